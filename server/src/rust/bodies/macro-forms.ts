/** Macros that are more than a call: what each does to control flow, by the last segment of its path. Any other macro is a call. */

export type MacroForm =
  /** Panics. */
  | "diverge"
  /** Panics unless its first argument holds, or its first two are equal, or differ. */
  | "assert"
  | "assert-equal"
  /** Returns a failure made of its arguments; unless the first holds. */
  | "bail"
  | "ensure"
  | "matches"
  /** `pattern = future => body`, one of which runs. */
  | "select"
  /** `if #[cfg(…)] { … } else { … }` */
  | "cfg-if"
  | "cfg"
  /** A collection of its arguments, or one repeated. */
  | "collection"
  /** A text made of its first argument. */
  | "format"
  /** A text made of all of them, in order. */
  | "concatenated"
  /** A text made of its second argument is written to what the first one is. */
  | "written"
  /** All of its arguments, as a tuple. */
  | "tuple"
  /** What all of its arguments give that succeed, as a tuple. */
  | "tried"
  /** Its argument, unchanged. */
  | "identity"
  /** `?`, as it was written before there was one. */
  | "attempt";

export const MACRO_FORMS: ReadonlyMap<string, MacroForm> = new Map<string, MacroForm>([
  ["panic", "diverge"],
  ["unreachable", "diverge"],
  // Not `todo!()`: what it stands for is not written yet, and the program goes on with what that will be.
  ["unimplemented", "diverge"],
  ["assert", "assert"],
  ["assert_eq", "assert-equal"],
  ["assert_ne", "assert-equal"],
  ["bail", "bail"],
  ["whatever", "bail"],
  ["ensure", "ensure"],
  ["ensure_whatever", "ensure"],
  ["matches", "matches"],
  ["assert_matches", "matches"],
  ["select", "select"],
  ["select_biased", "select"],
  ["cfg_if", "cfg-if"],
  ["cfg", "cfg"],
  ["vec", "collection"],
  ["smallvec", "collection"],
  ["format", "format"],
  ["format_args", "format"],
  ["concat", "concatenated"],
  ["write", "written"],
  ["writeln", "written"],
  ["join", "tuple"],
  ["try_join", "tried"],
  ["dbg", "identity"],
  ["pin", "identity"],
  ["try", "attempt"],
]);
