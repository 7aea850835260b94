/** Where code ends the program instead of returning an error: whether a fix adds such a place is told by counting them before and after. */
import type { Expression, RustFile } from "../rust/index.ts";
import { itemAncestor, visitAll } from "./trail.ts";

const METHODS: ReadonlySet<string> = new Set(["expect", "expect_err", "unwrap", "unwrap_err"]);
const MACROS: ReadonlySet<string> = new Set(["assert", "assert_eq", "assert_ne", "panic", "todo", "unimplemented", "unreachable"]);

export function panicsIn(file: RustFile): number {
  let count = 0;
  visitAll(file.items.map(itemAncestor), (it) => {
    if (it.of === "expression" && panics(it.node)) count++;
    return true;
  });
  return count;
}

const panics = (it: Expression): boolean =>
  it.kind === "method" ? METHODS.has(it.name) : it.kind === "macro" && MACROS.has(it.path.segments.at(-1)?.name ?? "");
