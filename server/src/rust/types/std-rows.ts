/** What the standard library's methods give, as far as it tells the types of receivers: data. */

/** `self`, an argument of the receiver's type by its number, what a closure gives, or a type of them. */
export type Term = "self" | number | "closure" | Made;
type Made = readonly [path: string, ...args: (number | "closure")[]];

export interface StdRow {
  readonly of: readonly string[];
  readonly methods: readonly string[];
  readonly gives: Term;
  /** What its closure is called with. */
  readonly closure?: readonly Term[];
}

export const OPTION = "std::option::Option";
export const RESULT = "std::result::Result";
export const VEC = "std::vec::Vec";
const BOOL = ["std::primitive::bool"] as const;

/** They are seen through: what they do not have is looked for in what they point to. */
export const POINTERS: ReadonlySet<string> = new Set([
  "std::boxed::Box",
  "std::rc::Rc",
  "std::sync::Arc",
  "std::pin::Pin",
  "std::borrow::Cow",
  "std::sync::MutexGuard",
  "std::sync::RwLockReadGuard",
  "std::sync::RwLockWriteGuard",
  "std::cell::Ref",
  "std::cell::RefMut",
  "std::sync::LazyLock",
  "std::cell::LazyCell",
  "once_cell::sync::Lazy",
]);

/** A `for` over them takes one argument at a time. */
export const COLLECTIONS: ReadonlySet<string> = new Set([
  VEC,
  OPTION,
  "std::collections::VecDeque",
  "std::collections::HashSet",
  "std::collections::BTreeSet",
  "std::collections::LinkedList",
]);
const MAPS = ["std::collections::HashMap", "std::collections::BTreeMap"];
export const KEYED: ReadonlySet<string> = new Set(MAPS);

/** Of every type, unless it has its own: what derives and conversions give. */
export const SELF_GIVING: ReadonlySet<string> = new Set(["clone", "to_owned", "borrow", "borrow_mut", "as_ref", "as_mut", "by_ref"]);

const EITHER = [OPTION, RESULT];
const LISTS = [
  VEC,
  "std::collections::VecDeque",
  "std::collections::HashSet",
  "std::collections::BTreeSet",
  "std::collections::LinkedList",
];
const TEXTS = ["std::string::String", "std::primitive::str"];
const CELLS = ["std::sync::Mutex", "std::sync::RwLock"];
const ASYNC_CELLS = ["tokio::sync::Mutex", "tokio::sync::RwLock", "parking_lot::Mutex", "parking_lot::RwLock", "futures::lock::Mutex"];
const ONCE = ["std::sync::OnceLock", "std::cell::OnceCell", "once_cell::sync::OnceCell"];

export const STD_ROWS: readonly StdRow[] = [
  { of: EITHER, methods: ["unwrap", "expect", "unwrap_or", "unwrap_or_default", "unwrap_unchecked", "unwrap_or_else"], gives: 0 },
  {
    of: [...EITHER, ...LISTS, ...MAPS],
    methods: ["as_ref", "as_mut", "as_deref", "as_deref_mut", "clone", "cloned", "copied", "to_owned", "inspect", "take", "replace", "or"],
    gives: "self",
  },
  { of: [OPTION], methods: ["filter", "or_else", "xor"], gives: "self", closure: [0] },
  { of: [OPTION], methods: ["map"], gives: [OPTION, "closure"], closure: [0] },
  { of: [RESULT], methods: ["map"], gives: [RESULT, "closure", 1], closure: [0] },
  { of: EITHER, methods: ["and_then"], gives: "closure", closure: [0] },
  { of: EITHER, methods: ["map_or", "map_or_else", "is_some_and", "is_ok_and"], gives: "closure", closure: [0] },
  { of: [OPTION], methods: ["ok_or", "ok_or_else"], gives: [RESULT, 0] },
  { of: [OPTION], methods: ["insert", "get_or_insert", "get_or_insert_with"], gives: 0 },
  { of: [RESULT], methods: ["ok"], gives: [OPTION, 0] },
  { of: [RESULT], methods: ["err"], gives: [OPTION, 1] },
  { of: [RESULT], methods: ["unwrap_err", "expect_err"], gives: 1 },
  { of: [RESULT], methods: ["map_err"], gives: [RESULT, 0], closure: [1] },
  // An iterator is taken for the collection that it goes over.
  { of: LISTS, methods: ["iter", "iter_mut", "into_iter", "drain", "rev", "skip", "peekable", "chain", "as_slice"], gives: "self" },
  { of: LISTS, methods: ["filter", "skip_while", "take_while"], gives: "self", closure: [0] },
  { of: LISTS, methods: ["map"], gives: [VEC, "closure"], closure: [0] },
  { of: LISTS, methods: ["for_each", "try_for_each", "position"], gives: "self", closure: [0] },
  { of: LISTS, methods: ["any", "all"], gives: BOOL, closure: [0] },
  { of: [...LISTS, ...MAPS, ...TEXTS], methods: ["is_empty", "contains", "contains_key", "starts_with", "ends_with"], gives: BOOL },
  { of: EITHER, methods: ["is_some", "is_none", "is_ok", "is_err"], gives: BOOL },
  { of: LISTS, methods: ["find"], gives: [OPTION, 0], closure: [0] },
  {
    of: LISTS,
    methods: ["next", "first", "last", "get", "get_mut", "pop", "first_mut", "last_mut", "pop_front", "pop_back", "nth"],
    gives: [OPTION, 0],
  },
  { of: MAPS, methods: ["get", "get_mut", "remove"], gives: [OPTION, 1] },
  { of: MAPS, methods: ["values", "values_mut", "into_values"], gives: [VEC, 1] },
  { of: MAPS, methods: ["keys", "into_keys"], gives: [VEC, 0] },
  { of: CELLS, methods: ["lock", "read", "write", "into_inner", "get_mut"], gives: [RESULT, 0] },
  { of: ASYNC_CELLS, methods: ["lock", "read", "write", "into_inner"], gives: 0 },
  { of: ["std::cell::RefCell"], methods: ["borrow", "borrow_mut", "into_inner"], gives: 0 },
  { of: ONCE, methods: ["get"], gives: [OPTION, 0] },
  { of: ONCE, methods: ["get_or_init"], gives: 0 },
];

/** What operators give, whatever they are between. */
export const STD_OPERATORS: Readonly<Record<string, Term>> = Object.fromEntries(
  ["==", "!=", "<", ">", "<=", ">=", "&&", "||"].map((it) => [it, BOOL]),
);

/** What functions of the standard library make of their first argument. */
export const STD_MAKERS: readonly { readonly path: string; readonly gives: Term }[] = [
  ...[...POINTERS, ...CELLS, ...ASYNC_CELLS, "std::cell::RefCell", "std::cell::Cell"].flatMap((path) => [
    { path: `${path}::new`, gives: [path, 0] as const },
    { path: `${path}::from`, gives: [path, 0] as const },
    { path: `${path}::pin`, gives: [path, 0] as const },
    { path: `${path}::clone`, gives: 0 as const },
  ]),
  ...[...LISTS, ...MAPS].flatMap((path) =>
    ["with_capacity", "from", "from_iter", "default"].map((name) => ({ path: `${path}::${name}`, gives: [path] as const })),
  ),
  { path: `${OPTION}::Some`, gives: [OPTION, 0] },
  { path: `${RESULT}::Ok`, gives: [RESULT, 0] },
  { path: "std::clone::Clone::clone", gives: 0 },
  { path: "std::mem::take", gives: 0 },
  { path: "std::mem::replace", gives: 0 },
];
