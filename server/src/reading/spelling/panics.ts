/** Where code ends the program instead of returning an error: whether a fix adds such a place is told by counting them before and after. */
import type { Expression, RustFile } from "../../rust/index.ts";
import { type Ancestor, inside, itemAncestor } from "./trail.ts";

const METHODS: ReadonlySet<string> = new Set(["expect", "expect_err", "unwrap", "unwrap_err"]);
const MACROS: ReadonlySet<string> = new Set(["assert", "assert_eq", "assert_ne", "panic", "todo", "unimplemented", "unreachable"]);

export function panicsIn(file: RustFile): number {
  let count = 0;
  const visit = (ancestor: Ancestor): void => {
    if (ancestor.of === "expression" && panics(ancestor.node)) count++;
    for (const next of inside(ancestor)) visit(next);
  };
  for (const item of file.items) visit(itemAncestor(item));
  return count;
}

const panics = (it: Expression): boolean =>
  it.kind === "method" ? METHODS.has(it.name) : it.kind === "macro" && MACROS.has(it.path.segments.at(-1)?.name ?? "");
