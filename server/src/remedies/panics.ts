/** Where code ends the program instead of returning an error: whether a fix adds such a place is told by counting them before and after. */
import type { RustFile } from "../rust/index.ts";
import { itemAncestor, visitAll } from "./trail.ts";

const METHODS: ReadonlySet<string> = new Set(["expect", "expect_err", "unwrap", "unwrap_err"]);
const MACROS: ReadonlySet<string> = new Set(["assert", "assert_eq", "assert_ne", "panic", "todo", "unimplemented", "unreachable"]);

export interface Panics {
  /** Calls on what failed: `.expect(…)`. */
  readonly calls: number;
  /** Macros: `assert!(…)`. */
  readonly macros: number;
}

export function panicsIn(file: RustFile): Panics {
  const count = { calls: 0, macros: 0 };
  visitAll(file.items.map(itemAncestor), (it) => {
    if (it.of === "expression" && it.node.kind === "method" && METHODS.has(it.node.name)) count.calls++;
    if (it.of === "expression" && it.node.kind === "macro" && MACROS.has(it.node.path.segments.at(-1)?.name ?? "")) count.macros++;
    return true;
  });
  return count;
}
