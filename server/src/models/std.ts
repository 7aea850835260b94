/** The standard library's combinators, pointers, locks and collections, and crates that mirror them: what calls give, as rows of flow. */
import type { Row, Rows, Term } from "../flow/rows.ts";
import { CONTEXT_TYPES } from "./error-context.ts";
import { FUTURE_FUNCTIONS, FUTURE_METHODS, FUTURE_TYPES } from "./futures.ts";
import { CONSTANTS } from "./std-constants.ts";

const SOME = "std::option::Option::Some";
const NONE = "std::option::Option::None";
const OK = "std::result::Result::Ok";
const ERR = "std::result::Result::Err";

const SELF: Term = { argument: 0 };
const HELD: Term = { load: SELF };
const FIRST: Term = { argument: 1 };
const SECOND: Term = { argument: 2 };
const PAYLOAD: Term = { payload: 0 };
const TRUE: Term = { constant: true };
const FALSE: Term = { constant: false };
const NOTHING: Term = { variant: NONE, fields: [] };
const SOMETHING: Term = { variant: SOME, fields: [PAYLOAD] };
const FINE: Term = { variant: OK, fields: [PAYLOAD] };
const FAILED: Term = { variant: ERR, fields: [PAYLOAD] };
const MAPPED: Term = { call: FIRST, with: [PAYLOAD] };
const MADE: Term = { call: FIRST, with: [] };
const ELEMENT: Term = { element: SELF };
const EMPTY: Term = { collection: "none" };
const MAYBE_ELEMENT: Term = { either: [{ variant: SOME, fields: [ELEMENT] }, NOTHING] };
/** What there is instead of what it may hold. */
const DEFAULT: Term = { default: { part: "success", of: SELF } };
const SOME_OF_THEM: Term = { map: SELF, to: PAYLOAD, fewer: true };

const identity: Row = { result: HELD };
/** A reference through which the same is seen, and changed. */
const through: Row = { result: SELF };
const unwrapped: Row = { result: { part: "success", of: SELF }, needs: 0 };
const maybeElement: Row = { result: MAYBE_ELEMENT };
const someOfThem: Row = { result: SOME_OF_THEM };
const number: Row = { result: { unknown: "number" } };
const count: Row = { result: { symbol: "std::len", of: [SELF] } };
/** Questions about what is given, to which nobody here knows the answer. */
const isEmpty: Row = { result: { symbol: "std::is_empty", of: [SELF] } };
const contains: Row = { result: { symbol: "std::contains", of: [SELF, FIRST] } };
/** What a closure says of an element. */
const ofAny: Row = { result: { symbol: "std::any", of: [{ call: FIRST, with: [ELEMENT] }] } };
const ofAll: Row = { result: { symbol: "std::all", of: [{ call: FIRST, with: [ELEMENT] }] } };
const emptied: Row = { result: { unit: true }, writes: [{ into: 0, value: EMPTY }] };
const pushed: Row = { result: { unit: true }, writes: [{ into: 0, value: { push: SELF, element: FIRST } }] };
const extended: Row = { result: { unit: true }, writes: [{ into: 0, value: { push: SELF, element: { element: FIRST } } }] };
const empty: Row = { result: EMPTY };
/** Questions by which what is looked for is there or not. */
const BY_KEY: Term = { symbol: "std::get", of: [SELF, FIRST] };
const BY_ASKING: Term = { symbol: "std::find", of: [{ call: FIRST, with: [ELEMENT] }] };
const lookedUp: Row = { result: { match: BY_KEY, arms: { [SOME]: { variant: SOME, fields: [ELEMENT] } }, otherwise: NOTHING } };
const foundBy: Row = { result: { match: BY_ASKING, arms: { [SOME]: { variant: SOME, fields: [ELEMENT] } }, otherwise: NOTHING } };
const reduced: Row = { result: MAYBE_ELEMENT, writes: [{ into: 0, value: SOME_OF_THEM }] };

/** What it gives it has from now on. */
const filledWithResult: Row["writes"] = [{ into: 0, value: { variant: SOME, fields: [{ result: true }] } }];
const option: Readonly<Record<string, Row>> = {
  map: { result: { match: SELF, arms: { [SOME]: { variant: SOME, fields: [MAPPED] }, [NONE]: NOTHING } } },
  and_then: { result: { match: SELF, arms: { [SOME]: MAPPED, [NONE]: NOTHING } } },
  and: { result: { match: SELF, arms: { [SOME]: FIRST, [NONE]: NOTHING } } },
  or: { result: { match: SELF, arms: { [SOME]: SOMETHING, [NONE]: FIRST } } },
  or_else: { result: { match: SELF, arms: { [SOME]: SOMETHING, [NONE]: MADE } } },
  filter: { result: { match: SELF, arms: { [SOME]: { either: [SOMETHING, NOTHING] }, [NONE]: NOTHING } } },
  flatten: { result: { match: SELF, arms: { [SOME]: PAYLOAD, [NONE]: NOTHING } } },
  unwrap: unwrapped,
  expect: unwrapped,
  unwrap_or: { result: { match: SELF, arms: { [SOME]: PAYLOAD, [NONE]: FIRST } } },
  unwrap_or_else: { result: { match: SELF, arms: { [SOME]: PAYLOAD, [NONE]: MADE } } },
  unwrap_or_default: { result: { match: SELF, arms: { [SOME]: PAYLOAD, [NONE]: DEFAULT } } },
  map_or: { result: { match: SELF, arms: { [SOME]: { call: SECOND, with: [PAYLOAD] }, [NONE]: FIRST } } },
  map_or_else: { result: { match: SELF, arms: { [SOME]: { call: SECOND, with: [PAYLOAD] }, [NONE]: MADE } } },
  ok_or: { result: { match: SELF, arms: { [SOME]: FINE, [NONE]: { variant: ERR, fields: [FIRST] } } } },
  ok_or_else: { result: { match: SELF, arms: { [SOME]: FINE, [NONE]: { variant: ERR, fields: [MADE] } } } },
  is_some: { result: { match: SELF, arms: { [SOME]: TRUE, [NONE]: FALSE } } },
  is_none: { result: { match: SELF, arms: { [SOME]: FALSE, [NONE]: TRUE } } },
  is_some_and: { result: { match: SELF, arms: { [SOME]: MAPPED, [NONE]: FALSE } } },
  is_none_or: { result: { match: SELF, arms: { [SOME]: MAPPED, [NONE]: TRUE } } },
  zip: {
    result: {
      match: SELF,
      arms: {
        [SOME]: {
          match: FIRST,
          arms: { [SOME]: { variant: SOME, fields: [{ tuple: [{ part: "success", of: SELF }, PAYLOAD] }] }, [NONE]: NOTHING },
        },
        [NONE]: NOTHING,
      },
    },
  },
  take: { result: HELD, writes: [{ into: 0, value: NOTHING }] },
  replace: { result: HELD, writes: [{ into: 0, value: { variant: SOME, fields: [FIRST] } }] },
  insert: { result: FIRST, writes: [{ into: 0, value: { variant: SOME, fields: [FIRST] } }] },
  get_or_insert: {
    result: { match: SELF, arms: { [SOME]: PAYLOAD, [NONE]: FIRST } },
    writes: [{ into: 0, value: { match: SELF, arms: { [SOME]: SOMETHING, [NONE]: { variant: SOME, fields: [FIRST] } } } }],
  },
  get_or_insert_with: { result: { match: SELF, arms: { [SOME]: PAYLOAD, [NONE]: MADE } }, writes: filledWithResult },
  as_ref: identity,
  as_mut: identity,
  as_deref: identity,
  as_deref_mut: identity,
  as_slice: identity,
  cloned: identity,
  copied: identity,
  inspect: identity,
  iter: {
    result: { match: SELF, arms: { [SOME]: { collection: "one", element: PAYLOAD }, [NONE]: EMPTY } },
  },
  into_iter: {
    result: { match: SELF, arms: { [SOME]: { collection: "one", element: PAYLOAD }, [NONE]: EMPTY } },
  },
};

/** Something is there only where it is so. */
const truth: Readonly<Record<string, Row>> = {
  // biome-ignore lint/suspicious/noThenProperty: the row of a method that is called so, which nobody awaits.
  then: { result: { match: SELF, arms: { "=true": { variant: SOME, fields: [MADE] } }, otherwise: NOTHING } },
  then_some: { result: { match: SELF, arms: { "=true": { variant: SOME, fields: [FIRST] } }, otherwise: NOTHING } },
};

const result: Readonly<Record<string, Row>> = {
  map: { result: { match: SELF, arms: { [OK]: { variant: OK, fields: [MAPPED] }, [ERR]: FAILED } } },
  map_err: { result: { match: SELF, arms: { [OK]: FINE, [ERR]: { variant: ERR, fields: [MAPPED] } } } },
  and_then: { result: { match: SELF, arms: { [OK]: MAPPED, [ERR]: FAILED } } },
  and: { result: { match: SELF, arms: { [OK]: FIRST, [ERR]: FAILED } } },
  or: { result: { match: SELF, arms: { [OK]: FINE, [ERR]: FIRST } } },
  or_else: { result: { match: SELF, arms: { [OK]: FINE, [ERR]: MAPPED } } },
  ok: { result: { match: SELF, arms: { [OK]: SOMETHING, [ERR]: NOTHING } } },
  err: { result: { match: SELF, arms: { [OK]: NOTHING, [ERR]: SOMETHING } } },
  unwrap: unwrapped,
  expect: unwrapped,
  unwrap_err: { result: { match: SELF, arms: { [ERR]: PAYLOAD } } },
  expect_err: { result: { match: SELF, arms: { [ERR]: PAYLOAD } } },
  unwrap_or: { result: { match: SELF, arms: { [OK]: PAYLOAD, [ERR]: FIRST } } },
  unwrap_or_else: { result: { match: SELF, arms: { [OK]: PAYLOAD, [ERR]: MAPPED } } },
  unwrap_or_default: { result: { match: SELF, arms: { [OK]: PAYLOAD, [ERR]: DEFAULT } } },
  map_or: { result: { match: SELF, arms: { [OK]: { call: SECOND, with: [PAYLOAD] }, [ERR]: FIRST } } },
  map_or_else: { result: { match: SELF, arms: { [OK]: { call: SECOND, with: [PAYLOAD] }, [ERR]: MAPPED } } },
  is_ok: { result: { match: SELF, arms: { [OK]: TRUE, [ERR]: FALSE } } },
  is_err: { result: { match: SELF, arms: { [OK]: FALSE, [ERR]: TRUE } } },
  is_ok_and: { result: { match: SELF, arms: { [OK]: MAPPED, [ERR]: FALSE } } },
  is_err_and: { result: { match: SELF, arms: { [OK]: FALSE, [ERR]: MAPPED } } },
  as_ref: identity,
  as_mut: identity,
  as_deref: identity,
  cloned: identity,
  copied: identity,
  inspect: identity,
  inspect_err: identity,
};

/** Pointers through which one value is seen: what they point to is what matters. */
const pointer: Readonly<Record<string, Row>> = {
  new: { result: SELF },
  pin: { result: SELF },
  from: { result: SELF },
  clone: through,
  as_ref: through,
  as_mut: through,
  get_mut: { result: { variant: SOME, fields: [SELF] } },
  make_mut: through,
  leak: through,
  into_inner: { result: { variant: SOME, fields: [HELD] } },
  try_unwrap: { result: { variant: OK, fields: [HELD] } },
  unwrap_or_clone: identity,
};

/** Locks that may be poisoned give a result. */
const guarded: Row = { result: { variant: OK, fields: [SELF] } };
const poisoned: Readonly<Record<string, Row>> = {
  get_mut: guarded,
  into_inner: { result: { variant: OK, fields: [HELD] } },
};
const unpoisoned: Readonly<Record<string, Row>> = { get_mut: through, into_inner: identity };
const mutex: Readonly<Record<string, Row>> = { ...unpoisoned, lock: through };
const readWriteLock: Readonly<Record<string, Row>> = { ...unpoisoned, read: through, write: through };
const refCell: Readonly<Record<string, Row>> = {
  ...unpoisoned,
  borrow: through,
  borrow_mut: through,
  replace: { result: HELD, writes: [{ into: 0, value: FIRST }] },
  take: { result: HELD, writes: [{ into: 0, value: { unknown: "default" } }] },
};

/** A value that is replaced as a whole, by several threads. */
const stored: Row = { result: { unit: true }, writes: [{ into: 0, value: FIRST, weak: true }] };
const exchanged: Row = { result: HELD, writes: [{ into: 0, value: FIRST, weak: true }] };
const atomic: Readonly<Record<string, Row>> = { load: identity, into_inner: identity, store: stored, swap: exchanged };
const cell: Readonly<Record<string, Row>> = { get: identity, into_inner: identity, set: stored, replace: exchanged };
const arcSwap: Readonly<Record<string, Row>> = { ...atomic, load_full: identity };

const once: Readonly<Record<string, Row>> = {
  get: identity,
  set: { result: { variant: OK, fields: [{ unit: true }] }, writes: [{ into: 0, value: { variant: SOME, fields: [FIRST] } }] },
  get_or_init: {
    result: { match: SELF, arms: { [SOME]: PAYLOAD, [NONE]: MADE } },
    writes: filledWithResult,
  },
  into_inner: identity,
};
/** Not yet in the standard library. */
const onceTried: Readonly<Record<string, Row>> = {
  ...once,
  get_or_try_init: {
    result: { match: SELF, arms: { [SOME]: FINE, [NONE]: MADE } },
    writes: [{ into: 0, value: { variant: SOME, fields: [{ part: "success", of: { result: true } }] } }],
  },
};

const lazy: Readonly<Record<string, Row>> = {
  new: { result: { call: SELF, with: [] } },
  force: identity,
};

/** Both ends share what it holds. What a row invents has a name that is no path: nothing else can be called so. */
const channel: Row = { result: { bind: { holder: EMPTY, type: "{channel}" }, in: { tuple: [PAYLOAD, PAYLOAD] } } };
/** Of tokio: its receiver gives what there is, or nothing. */
const queue: Row = { result: { bind: { holder: EMPTY, type: "{queue}" }, in: { tuple: [PAYLOAD, PAYLOAD] } } };
const sent: Row = {
  result: { variant: OK, fields: [{ unit: true }] },
  writes: [{ into: 0, value: { push: SELF, element: FIRST }, weak: true }],
};
const replaced: Row = { ...sent, result: ELEMENT };
/** Begins with a value, of which what is sent later takes the place. */
const watched: Row = {
  result: {
    bind: { holder: { collection: "one", element: SELF }, type: "{channel}" },
    in: { tuple: [PAYLOAD, PAYLOAD] },
  },
};
/** What runs beside is taken to have run. */
const spawned: Row = { result: { call: SELF, with: [] } };
const received: Row = { result: { variant: OK, fields: [ELEMENT] } };
const taken: Row = { result: { variant: SOME, fields: [ELEMENT] } };
const seen: Row = { result: ELEMENT };

/** What lists and sets have in common. */
const collection: Readonly<Record<string, Row>> = {
  new: { result: EMPTY },
  from: identity,
  extend: extended,
  clear: emptied,
  retain: { result: { unit: true }, writes: [{ into: 0, value: SOME_OF_THEM }] },
  iter: identity,
  into_iter: identity,
  clone: identity,
  len: count,
  is_empty: isEmpty,
  contains: contains,
};
const drained: Row = { result: HELD, writes: [{ into: 0, value: SOME_OF_THEM }] };
const list: Readonly<Record<string, Row>> = {
  ...collection,
  with_capacity: empty,
  append: extended,
  insert: { result: { unit: true }, writes: [{ into: 0, value: { push: SELF, element: SECOND } }] },
  truncate: { result: { unit: true }, writes: [{ into: 0, value: SOME_OF_THEM }] },
  drain: drained,
  get: maybeElement,
  get_mut: maybeElement,
  iter_mut: identity,
};
const removed: Row = { result: ELEMENT, writes: [{ into: 0, value: SOME_OF_THEM }] };
const vector: Readonly<Record<string, Row>> = {
  ...list,
  push: pushed,
  extend_from_slice: extended,
  pop: reduced,
  remove: removed,
  swap_remove: removed,
  first: maybeElement,
  last: maybeElement,
  first_mut: maybeElement,
  last_mut: maybeElement,
  as_slice: identity,
  as_ref: identity,
  to_vec: identity,
  into_boxed_slice: identity,
  chunks: { result: { collection: "unknown", element: HELD } },
};
const deque: Readonly<Record<string, Row>> = {
  ...list,
  push_back: pushed,
  push_front: pushed,
  pop_front: reduced,
  pop_back: reduced,
  remove: reduced,
  front: maybeElement,
  back: maybeElement,
  front_mut: maybeElement,
  back_mut: maybeElement,
};
const set: Readonly<Record<string, Row>> = {
  ...collection,
  insert: { ...pushed, ...contains },
  remove: contains,
  get: lookedUp,
  take: { ...lookedUp, writes: [{ into: 0, value: SOME_OF_THEM }] },
};
const hashSet: Readonly<Record<string, Row>> = { ...set, with_capacity: empty, drain: drained };
const sortedSet: Readonly<Record<string, Row>> = {
  ...set,
  append: extended,
  first: maybeElement,
  last: maybeElement,
  pop_first: reduced,
  pop_last: reduced,
};

const PAIR: Term = { tuple: [FIRST, SECOND] };
const VALUE: Term = { part: "1", of: ELEMENT };
const valueOfKey: Row = { result: { match: BY_KEY, arms: { [SOME]: { variant: SOME, fields: [VALUE] } }, otherwise: NOTHING } };
const map: Readonly<Record<string, Row>> = {
  new: { result: EMPTY },
  from: identity,
  insert: {
    result: { either: [{ variant: SOME, fields: [VALUE] }, NOTHING] },
    writes: [{ into: 0, value: { push: SELF, element: PAIR } }],
  },
  get: valueOfKey,
  get_mut: valueOfKey,
  remove: { ...valueOfKey, writes: [{ into: 0, value: SOME_OF_THEM }] },
  values: { result: { map: SELF, to: { part: "1", of: PAYLOAD } } },
  values_mut: { result: { map: SELF, to: { part: "1", of: PAYLOAD } } },
  into_values: { result: { map: SELF, to: { part: "1", of: PAYLOAD } } },
  keys: { result: { map: SELF, to: { part: "0", of: PAYLOAD } } },
  into_keys: { result: { map: SELF, to: { part: "0", of: PAYLOAD } } },
  iter: identity,
  iter_mut: identity,
  into_iter: identity,
  clone: identity,
  extend: extended,
  clear: emptied,
  len: count,
  is_empty: isEmpty,
  contains_key: contains,
};
const hashMap: Readonly<Record<string, Row>> = { ...map, with_capacity: empty };

const iterator: Readonly<Record<string, Row>> = {
  map: { result: { map: SELF, to: MAPPED } },
  filter: someOfThem,
  take_while: someOfThem,
  skip_while: someOfThem,
  skip: someOfThem,
  take: someOfThem,
  step_by: someOfThem,
  filter_map: { result: { map: SELF, to: { part: "success", of: MAPPED }, fewer: true } },
  map_while: { result: { map: SELF, to: { part: "success", of: MAPPED }, fewer: true } },
  flat_map: { result: { map: SELF, to: { element: MAPPED }, fewer: true } },
  flatten: { result: { map: SELF, to: { either: [{ part: "success", of: PAYLOAD }, { element: PAYLOAD }] }, fewer: true } },
  enumerate: { result: { map: SELF, to: { tuple: [{ unknown: "number" }, PAYLOAD] } } },
  zip: { result: { map: SELF, to: { tuple: [PAYLOAD, { element: FIRST }] }, fewer: true } },
  chain: { result: { push: SELF, element: { element: FIRST } } },
  for_each: { result: { bind: { map: SELF, to: MAPPED }, in: { unit: true } } },
  // Nothing at all is done where there is no element, which is as good as what is done with the last.
  try_for_each: { result: { call: FIRST, with: [ELEMENT] } },
  fold: { result: { either: [FIRST, { call: SECOND, with: [FIRST, ELEMENT] }] } },
  try_fold: {
    result: {
      either: [
        { variant: OK, fields: [FIRST] },
        { call: SECOND, with: [FIRST, ELEMENT] },
      ],
    },
  },
  next: maybeElement,
  last: maybeElement,
  nth: maybeElement,
  find: foundBy,
  position: {
    result: { match: BY_ASKING, arms: { [SOME]: { variant: SOME, fields: [{ unknown: "number" }] } }, otherwise: NOTHING },
  },
  max: maybeElement,
  min: maybeElement,
  reduce: maybeElement,
  find_map: { result: { either: [{ call: FIRST, with: [ELEMENT] }, NOTHING] } },
  any: ofAny,
  all: ofAll,
  collect: identity,
  cloned: identity,
  copied: identity,
  rev: { result: { map: SELF, to: PAYLOAD } },
  peekable: identity,
  by_ref: identity,
  inspect: identity,
  fuse: identity,
  count,
  sum: number,
};

const appended: Row = { result: { unit: true }, writes: [{ into: 0, value: { text: [SELF, FIRST] } }] };
/** By `write!`, which may fail elsewhere. */
const written: Row = { ...appended, result: { variant: OK, fields: [{ unit: true }] } };
const text: Readonly<Record<string, Row>> = {
  "{written}": written,
  as_bytes: identity,
  to_string: identity,
  to_owned: identity,
  into: identity,
  clone: identity,
  as_ref: identity,
  is_empty: isEmpty,
  len: count,
};
/** What `Display` writes to. */
const formatter: Readonly<Record<string, Row>> = {
  "{written}": written,
  write_str: written,
  pad: written,
};
const string: Readonly<Record<string, Row>> = {
  ...text,
  new: { result: { constant: "" } },
  from: identity,
  as_str: identity,
  into_bytes: identity,
  into_boxed_str: identity,
  push_str: appended,
  push: appended,
};

const borrowed: Readonly<Record<string, Row>> = {
  into_owned: { result: { part: "0", of: SELF } },
  to_mut: { result: { part: "0", of: SELF } },
  as_ref: { result: { part: "0", of: SELF } },
  from: identity,
};

const zero: Row = { result: { constant: 0 } };

/** What `Default` gives for types of the standard library. */
const DEFAULTS: Readonly<Record<string, Row>> = {
  "bool::default": { result: FALSE },
  "str::default": { result: { constant: "" } },
  "std::string::String::default": { result: { constant: "" } },
  "std::option::Option::default": { result: NOTHING },
  "i8::default": zero,
  "i16::default": zero,
  "i32::default": zero,
  "i64::default": zero,
  "i128::default": zero,
  "isize::default": zero,
  "u8::default": zero,
  "u16::default": zero,
  "u32::default": zero,
  "u64::default": zero,
  "u128::default": zero,
  "usize::default": zero,
  "f32::default": zero,
  "f64::default": zero,
  "std::vec::Vec::default": empty,
  "std::collections::VecDeque::default": empty,
  "std::collections::HashMap::default": empty,
  "std::collections::BTreeMap::default": empty,
  "std::collections::HashSet::default": empty,
  "std::collections::BTreeSet::default": empty,
};

/** By the path of the type, each method. */
const TYPES: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  bool: truth,
  "std::option::Option": option,
  "std::result::Result": result,
  "std::boxed::Box": pointer,
  "std::sync::Arc": pointer,
  "std::rc::Rc": pointer,
  "std::pin::Pin": pointer,
  "std::sync::Mutex": { ...poisoned, lock: guarded, new: { result: { holder: SELF, type: "std::sync::Mutex" } } },
  "std::sync::RwLock": { ...poisoned, read: guarded, write: guarded, new: { result: { holder: SELF, type: "std::sync::RwLock" } } },
  "std::cell::RefCell": { ...refCell, new: { result: { holder: SELF, type: "std::cell::RefCell" } } },
  "parking_lot::Mutex": { ...mutex, new: { result: { holder: SELF, type: "parking_lot::Mutex" } } },
  "parking_lot::RwLock": { ...readWriteLock, new: { result: { holder: SELF, type: "parking_lot::RwLock" } } },
  "tokio::sync::Mutex": { ...mutex, new: { result: { holder: SELF, type: "tokio::sync::Mutex" } } },
  "tokio::sync::RwLock": { ...readWriteLock, new: { result: { holder: SELF, type: "tokio::sync::RwLock" } } },
  "std::cell::Cell": { ...cell, new: { result: { holder: SELF, type: "std::cell::Cell" } } },
  "std::sync::atomic::AtomicBool": { ...atomic, new: { result: { holder: SELF, type: "std::sync::atomic::AtomicBool" } } },
  "std::sync::atomic::AtomicUsize": { ...atomic, new: { result: { holder: SELF, type: "std::sync::atomic::AtomicUsize" } } },
  "arc_swap::ArcSwap": {
    ...arcSwap,
    new: { result: { holder: SELF, type: "arc_swap::ArcSwap" } },
    from: { result: { holder: SELF, type: "arc_swap::ArcSwap" } },
    from_pointee: { result: { holder: SELF, type: "arc_swap::ArcSwap" } },
  },
  "std::sync::OnceLock": { ...once, new: { result: { holder: NOTHING, type: "std::sync::OnceLock" } } },
  "std::cell::OnceCell": { ...once, new: { result: { holder: NOTHING, type: "std::cell::OnceCell" } } },
  "once_cell::sync::OnceCell": { ...onceTried, new: { result: { holder: NOTHING, type: "once_cell::sync::OnceCell" } } },
  "tokio::sync::OnceCell": { ...onceTried, new: { result: { holder: NOTHING, type: "tokio::sync::OnceCell" } } },
  "std::sync::LazyLock": lazy,
  "once_cell::sync::Lazy": lazy,
  "std::sync::mpsc::Sender": { send: sent, clone: through },
  "std::sync::mpsc::SyncSender": { send: sent, try_send: sent, clone: through },
  "std::sync::mpsc::Receiver": { recv: received, try_recv: received },
  "tokio::sync::mpsc::Sender": { send: sent, try_send: sent, blocking_send: sent, clone: through },
  "tokio::sync::mpsc::UnboundedSender": { send: sent, clone: through },
  "tokio::sync::mpsc::Receiver": { recv: taken, blocking_recv: taken, try_recv: received },
  "tokio::sync::mpsc::UnboundedReceiver": { recv: taken, blocking_recv: taken, try_recv: received },
  "tokio::sync::oneshot::Sender": { send: sent },
  "tokio::sync::oneshot::Receiver": { try_recv: received, blocking_recv: received },
  "tokio::sync::watch::Sender": { send: sent, send_replace: replaced, subscribe: through, borrow: seen },
  "tokio::sync::watch::Receiver": { borrow: seen, borrow_and_update: seen, clone: through },
  "tokio::sync::broadcast::Sender": { send: sent, subscribe: through, clone: through },
  "tokio::sync::broadcast::Receiver": { recv: received, try_recv: received, blocking_recv: received },
  "{channel}": {
    send: sent,
    try_send: sent,
    send_replace: replaced,
    recv: received,
    try_recv: received,
    blocking_recv: received,
    borrow: seen,
    borrow_and_update: seen,
    clone: through,
    subscribe: through,
  },
  "{queue}": { send: sent, try_send: sent, blocking_send: sent, recv: taken, blocking_recv: taken, try_recv: received, clone: through },
  "std::vec::Vec": vector,
  "std::collections::VecDeque": deque,
  "std::collections::HashMap": hashMap,
  "std::collections::BTreeMap": map,
  "std::collections::HashSet": hashSet,
  "std::collections::BTreeSet": sortedSet,
  "std::iter::Iterator": iterator,
  "std::iter::DoubleEndedIterator": { next_back: maybeElement },
  "std::iter::IntoIterator": { into_iter: identity },
  // Of a value alone nobody can tell which collection, which text or which iterator it is.
  "{collection}": { ...deque, ...vector },
  ...CONTEXT_TYPES,
  ...FUTURE_TYPES,
  "{iterator}": { ...iterator, next_back: maybeElement, into_iter: identity },
  "std::string::String": string,
  str: text,
  "std::fmt::Formatter": formatter,
  "std::borrow::Cow": borrowed,
  "std::clone::Clone": { clone: identity },
  "std::convert::AsRef": { as_ref: through },
  "std::convert::AsMut": { as_mut: through },
  "std::borrow::Borrow": { borrow: through },
  "std::borrow::ToOwned": { to_owned: identity },
  "std::string::ToString": { to_string: identity },
};

const FUNCTIONS: Readonly<Record<string, Row>> = {
  ...DEFAULTS,
  // Only functions that derives stand for call it: what a file or the command line says.
  "{configured}::value": { result: { label: "configuration", of: { symbol: "{configured}::value", of: [{ argument: 0 }] } } },
  "{configured}::several": { result: { collection: "unknown", element: SELF } },
  "std::sync::mpsc::channel": channel,
  "std::sync::mpsc::sync_channel": channel,
  "tokio::sync::mpsc::channel": queue,
  "tokio::sync::mpsc::unbounded_channel": queue,
  "tokio::sync::broadcast::channel": channel,
  "tokio::sync::oneshot::channel": channel,
  "tokio::sync::watch::channel": watched,
  ...FUTURE_FUNCTIONS,
  "std::mem::drop": { result: { unit: true } },
  "std::mem::take": { result: HELD, writes: [{ into: 0, value: { unknown: "default" } }] },
  "std::mem::replace": { result: HELD, writes: [{ into: 0, value: FIRST }] },
  "std::mem::swap": {
    result: { unit: true },
    writes: [
      { into: 0, value: { load: FIRST } },
      { into: 1, value: HELD },
    ],
  },
  "std::iter::once": { result: { collection: "one", element: SELF } },
  "std::iter::empty": { result: EMPTY },
  "std::iter::repeat": { result: { collection: "many", element: SELF } },
  "std::thread::spawn": spawned,
  "std::env::var": {
    result: {
      bind: { symbol: "std::env::var", of: [SELF] },
      in: {
        match: { payload: 0 },
        arms: {
          [OK]: { variant: OK, fields: [{ label: "configuration", of: { payload: 0 } }] },
          [ERR]: { variant: ERR, fields: [{ payload: 0 }] },
        },
      },
    },
  },
  "std::convert::identity": { result: SELF },
  // What the compiler puts in is named by the argument.
  "include_bytes!": { result: { symbol: "std::include_bytes", of: [SELF] } },
  "include_str!": { result: { symbol: "std::include_str", of: [SELF] } },
};

export const STD: Rows = {
  types: TYPES,
  // What iterates over a collection is the same value.
  extends: {
    "std::option::Option": "{missed}",
    "std::result::Result": "{explained}",
    "std::vec::Vec": "{collection}",
    "std::collections::VecDeque": "{collection}",
    "std::collections::HashMap": "{iterator}",
    "std::collections::BTreeMap": "{iterator}",
    "std::collections::HashSet": "{iterator}",
    "std::collections::BTreeSet": "{iterator}",
    "std::iter::Iterator": "{iterator}",
    "{collection}": "{iterator}",
    str: "std::string::String",
    // A text is written to as what `Display` writes to, by `std::fmt::Write`.
    "std::string::String": "std::fmt::Formatter",
  },
  functions: FUNCTIONS,
  constants: CONSTANTS,
  anywhere: {
    ...FUTURE_METHODS,
    is_empty: isEmpty,
    len: count,
    clone: identity,
    to_owned: identity,
    borrow: through,
    borrow_mut: through,
    as_ref: through,
    as_mut: through,
    by_ref: through,
  },
  objects: ["std::result::Result", "std::option::Option", "std::iter::Iterator"],
  attempts: {
    [SOME]: "success",
    [NONE]: "failure",
    [OK]: "success",
    [ERR]: "failure",
    "std::ops::ControlFlow::Continue": "success",
    "std::ops::ControlFlow::Break": "failure",
  },
};
