/** Flow over an edit: what was made of a changed body is made again, nothing else is, and the answer is that of a fresh one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Flow, Printer, ResolvedProgram } from "../../../server/src/flow/index.ts";
import { READERS } from "../../../server/src/models/configuration.ts";
import { STD } from "../../../server/src/models/std.ts";
import { WorkspaceNames } from "../../../server/src/project/workspace-names.ts";

const place = { modulePath: [], role: "source", crate: "src", parents: [] } as const;
const files = (leaf: string) =>
  [
    [
      { path: "/p/src/main.rs", owner: undefined, place },
      "mod leaf;\nfn apart() -> u32 { 7 }\nfn middle() -> u32 { leaf::leaf() }\nfn top() -> u32 { middle() }\n",
    ],
    [{ path: "/p/src/leaf.rs", owner: undefined, place: { ...place, modulePath: ["leaf"] } }, leaf],
  ] as const;

const idOf = (program: ResolvedProgram, name: string): string => [...program.ids.bodies()].find((it) => it.endsWith(`::${name}`)) ?? "";

test("an edit of a body makes its callers anew, and leaves what has nothing to do with it", () => {
  const names = WorkspaceNames.among(files("pub fn leaf() -> u32 { 1 }\n"));
  const before = new ResolvedProgram(names.maps, names.calls, READERS);
  const flow = new Flow(before, STD);
  const printer = new Printer();
  const says = (program: ResolvedProgram, of: string): string =>
    printer.value(flow.summary(idOf(program, of))?.result ?? flow.values.never);
  assert.deepEqual([says(before, "top"), says(before, "apart")], ["1", "7"]);
  assert.equal(names.replaced("/p/src/leaf.rs", "pub fn leaf() -> u32 { 2 }\n"), true);
  const after = new ResolvedProgram(names.maps, names.calls, READERS);
  const gone = flow.continueWith(after, undefined, (id) => before.fileOf(id) === "/p/src/leaf.rs");
  assert.deepEqual([...gone].map((it) => it.split("::").at(-1)).toSorted(), ["leaf", "middle", "top"]);
  const evaluated = flow.evaluations;
  assert.deepEqual([says(after, "top"), says(after, "apart")], ["2", "7"]);
  assert.equal(flow.evaluations - evaluated, 3);
});
