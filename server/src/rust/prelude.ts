/** Names that Rust knows without an import, as the paths of `std` under which their documentation stands. */

/** The parts of the standard library: what `core` and `alloc` hold is named by its path in `std`. */
export const STANDARD: ReadonlyMap<string, string> = new Map([
  ["std", "std"],
  ["core", "std"],
  ["alloc", "std"],
  ["proc_macro", "proc_macro"],
  ["test", "test"],
]);

/** https://doc.rust-lang.org/std/prelude/ (edition 2024), without macros. */
export const PRELUDE: ReadonlyMap<string, readonly string[]> = new Map(
  [
    "option::Option",
    "option::Option::Some",
    "option::Option::None",
    "result::Result",
    "result::Result::Ok",
    "result::Result::Err",
    "boxed::Box",
    "string::String",
    "string::ToString",
    "vec::Vec",
    "borrow::ToOwned",
    "clone::Clone",
    "cmp::Eq",
    "cmp::Ord",
    "cmp::PartialEq",
    "cmp::PartialOrd",
    "convert::AsMut",
    "convert::AsRef",
    "convert::From",
    "convert::Into",
    "convert::TryFrom",
    "convert::TryInto",
    "default::Default",
    "future::Future",
    "future::IntoFuture",
    "iter::DoubleEndedIterator",
    "iter::ExactSizeIterator",
    "iter::Extend",
    "iter::FromIterator",
    "iter::IntoIterator",
    "iter::Iterator",
    "marker::Copy",
    "marker::Send",
    "marker::Sized",
    "marker::Sync",
    "marker::Unpin",
    "mem::drop",
    "ops::Drop",
    "ops::Fn",
    "ops::FnMut",
    "ops::FnOnce",
  ].map((path) => {
    const segments = ["std", ...path.split("::")];
    return [segments.at(-1) ?? path, segments];
  }),
);

/** `u8::MAX` is `std::primitive::u8::MAX`. */
export const PRIMITIVES: ReadonlySet<string> = new Set([
  ...["bool", "char", "str", "f32", "f64", "isize", "usize"],
  ...["8", "16", "32", "64", "128"].flatMap((bits) => [`i${bits}`, `u${bits}`]),
]);
