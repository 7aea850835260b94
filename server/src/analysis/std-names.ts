/** Names that analysis asks for again and again: how an option or a result came out. */

export const SOME = "std::option::Option::Some";
export const NONE = "std::option::Option::None";
export const OK = "std::result::Result::Ok";
export const ERR = "std::result::Result::Err";

/** Of something that there is: variants, and what flow calls either. */
export const PRESENT: ReadonlySet<string> = new Set(["success", SOME, OK]);
export const ABSENT: ReadonlySet<string> = new Set([NONE, ERR]);
/** Variants that hold what there is. */
export const WRAPPING: ReadonlySet<string> = new Set([SOME, OK]);
