/** Macros whose arguments are expressions that run where they stand, as if they stood there without the macro: a remedy can be written in them. */
import type { Expression } from "../rust/index.ts";

const PLAIN_MACROS: ReadonlySet<string> = new Set(
  "vec dbg assert assert_eq assert_ne format print println eprint eprintln write writeln".split(" "),
);

/** What any other macro makes of its arguments is not known. */
export const isOpaqueMacro = (node: Expression): boolean =>
  node.kind === "macro" && !PLAIN_MACROS.has(node.path.segments.at(-1)?.name ?? "");
