/** Two files that change together with one that is created: what all tests of writing write. */
import { join } from "node:path";

export const BEFORE = { "src/a.rs": "old a", "src/below/b.rs": "old b" } as const;
export const AFTER = { "src/a.rs": "new a", "src/below/b.rs": "new b", "src/c.key": "new c" } as const;

export const CHANGES = (root: string) =>
  (["src/a.rs", "src/below/b.rs"] as const).map((it) => ({ file: join(root, it), before: BEFORE[it], after: AFTER[it] }));
export const CREATED = (root: string) => [{ file: join(root, "src/c.key"), text: AFTER["src/c.key"], mode: 0o600 }];
