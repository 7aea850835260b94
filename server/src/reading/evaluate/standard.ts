/** What the standard library's names do to values: wrappers that change nothing, readers of files, chains over collections. Data only. */

/** Macros whose arguments are expressions that run where they stand, as if they stood there without the macro. */
export const PLAIN_MACROS: ReadonlySet<string> = new Set(
  "vec dbg assert assert_eq assert_ne format print println eprint eprintln write writeln".split(" "),
);

/** Methods after which the same thing is at hand, for a value that is known to be there. */
export const TRANSPARENT_METHODS: ReadonlySet<string> = new Set(
  `into as_ref as_mut to_owned to_vec to_string iter iter_mut into_iter map_err context with_context wrap_err wrap_err_with unwrap expect
  borrow borrow_mut lock read write get_mut as_slice as_mut_slice as_bytes as_str as_path as_os_str deref deref_mut cloned copied collect
  into_inner try_into boxed ok_or ok_or_else transpose peekable fuse into_owned to_path_buf into_boxed_slice into_bytes into_string by_ref
  as_deref as_deref_mut leak inspect inspect_err tap try_from into_vec to_str to_string_lossy canonicalize unwrap_unchecked expect_err
  trim trim_end trim_start rev clone_key into_boxed_path as_ptr make_mut unwrap_or_clone into_report change_context attach_printable
  try_collect collect_vec to_boxed_slice as_any upgrade downgrade get_ref map_or_err boxed_local into_future load load_full`.split(/\s+/),
);

/** Associated functions by their last two names: the first argument goes on. */
export const TRANSPARENT_FUNCTIONS: ReadonlySet<string> = new Set(
  `Arc::new Rc::new Box::new Box::pin Box::from Arc::from Rc::from Mutex::new RwLock::new RefCell::new Cell::new Cow::Borrowed Cow::Owned Cow::from
  Pin::new BufReader::new BufReader::with_capacity Cursor::new String::from PathBuf::from Path::new OsStr::new OsString::from Arc::clone
  Rc::clone Clone::clone Vec::from From::from Into::into mem::take Arc::make_mut Arc::get_mut Arc::try_unwrap Arc::into_inner
  Arc::unwrap_or_clone Rc::make_mut Rc::get_mut ManuallyDrop::new Data::new Data::from ArcSwap::new ArcSwap::from ArcSwap::from_pointee
  OnceLock::from Some::from Option::from Option::Some Result::Ok Poll::Ready future::ready Ok::<_> io::BufReader Box::leak SocketAddr::from
  IpAddr::from Ipv4Addr::from IpAddr::V4 IpAddr::V6 SocketAddr::V4 SocketAddr::V6 Bytes::from Bytes::from_static Bytes::copy_from_slice
  str::from_utf8 String::from_utf8 String::from_utf8_lossy i32::from u32::from c_int::from Wrapping::from AssertUnwindSafe::new Zeroizing::new Secret::new
  executor::block_on task::block_on future::block_on runtime::block_on iter::once Reverse::new Some::new Either::Left Either::Right
  Cow::Borrowed Reader::new VecDeque::from`.split(/\s+/),
);

/** Bare names. */
export const TRANSPARENT_BARE: ReadonlySet<string> = new Set(["Some", "Ok", "Box", "Arc", "identity", "black_box", "block_on"]);

/** Functions that take a closure and give its result. */
export const LAZY_FUNCTIONS: ReadonlySet<string> = new Set(
  `LazyLock::new Lazy::new LazyCell::new OnceCell::new OnceLock::new sync::Lazy::new iter::from_fn iter::repeat_with task::spawn_blocking
  tokio::spawn`.split(/\s+/),
);

/** Readers: what they return is the contents of the file that the first argument names. */
export const FILE_READERS: ReadonlySet<string> = new Set([
  "fs::read",
  "fs::read_to_string",
  "File::open",
  "read_to_string",
  "OpenOptions::open",
]);

/** Types around which a type is transparent, for annotations. */
export const WRAPPER_TYPES: ReadonlySet<string> = new Set(
  `Arc Rc Box Option Result Mutex RwLock RefCell Cell Cow Pin Weak LazyLock Lazy OnceLock OnceCell Data ArcSwap ArcSwapOption State Extension`.split(
    /\s+/,
  ),
);
export const LIST_TYPES: ReadonlySet<string> = new Set(["Vec", "VecDeque", "HashSet", "BTreeSet", "Stack", "SmallVec", "Box<[]>"]);

/** Methods that say that a chain goes over elements, so that `map` is an iterator's. */
export const ITERATING: ReadonlySet<string> = new Set(
  `iter iter_mut into_iter drain lines split split_whitespace chars bytes enumerate zip filter filter_map flat_map flatten rev keys values
  windows chunks skip skip_while take_while chain cycle peekable entries read_dir`.split(/\s+/),
);

/** Take one of many. The number is the argument that must stand there, where there is one. */
export const FIRST_ONLY: ReadonlyMap<string, number | undefined> = new Map([
  ["next", undefined],
  ["first", undefined],
  ["last", undefined],
  ["pop", undefined],
  ["pop_front", undefined],
  ["first_mut", undefined],
  ["remove", 0],
  ["swap_remove", 0],
  ["nth", 0],
  ["get", 0],
  ["take", 1],
  ["truncate", 1],
]);

/** Macros that end the function (or the program) by failure. */
export const FAILING_MACROS: ReadonlySet<string> = new Set([
  "panic",
  "unreachable",
  "todo",
  "unimplemented",
  "bail",
  "throw",
  "yeet",
  "abort",
  "report",
]);
export const FAILING_FUNCTIONS: ReadonlySet<string> = new Set([
  "process::exit",
  "process::abort",
  "std::process::exit",
  "hint::unreachable_unchecked",
  "unreachable_unchecked",
  "panic_any",
]);
/** What is given to them is gone. */
export const DROPPING_FUNCTIONS: ReadonlySet<string> = new Set(["drop", "mem::drop"]);
export const ASSERTING_MACROS: ReadonlySet<string> = new Set(["assert", "ensure", "debug_assert", "require"]);
export const EQUALITY_MACROS: ReadonlySet<string> = new Set(["assert_eq", "assert_ne", "ensure_eq"]);
