/** What a view does with the answers for its list: no answer is never an empty list. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Listed } from "../../../client/src/overview/answers.ts";
import { loadList, stateOf } from "../../../client/src/overview/load-list.ts";
import manifest from "../../../package.json" with { type: "json" };

/** Answers one after the other, and notes what was asked for. */
function server(...answers: readonly (Listed<number> | undefined)[]) {
  const asked: (readonly [number, number])[] = [];
  return {
    asked,
    ask: async (from: number, count: number) => {
      asked.push([from, count]);
      return answers[asked.length - 1];
    },
  };
}

test("a list comes in portions until there is enough of it", async () => {
  const { ask, asked } = server({ total: 9, items: [1, 2] }, { total: 9, items: [3], notListed: 4 });
  assert.deepEqual(await loadList(ask, 3, 2), { total: 9, items: [1, 2, 3], notListed: 4 });
  assert.deepEqual(asked, [
    [0, 2],
    [2, 1],
  ]);
  assert.deepEqual(await loadList(server({ total: 0, items: [] }).ask, 3, 2), { total: 0, items: [] });
  // It became shorter meanwhile.
  assert.deepEqual(await loadList(server({ total: 9, items: [1, 2] }, { total: 2, items: [] }).ask, 9, 2), { total: 2, items: [1, 2] });
});

test("without an answer it is asked for once more, and then not known", async () => {
  const changed = server(undefined, { total: 1, items: [1] });
  assert.deepEqual(await loadList(changed.ask, 3, 2), { total: 1, items: [1] });
  assert.equal(await loadList(server(undefined, undefined).ask, 3, 2), undefined);
  assert.equal(await loadList(server({ total: 3, items: [1, 2] }, undefined, undefined).ask, 3, 2), undefined);
});

test("only an answer of a running server says that a list is empty", () => {
  const empty = { total: 0, items: [] };
  assert.deepEqual([stateOf(empty, "running"), stateOf(undefined, "running")], ["none", "failed"]);
  assert.equal(stateOf({ total: 1, items: [1] }, "running"), "some");
  assert.equal(stateOf({ ...empty, notListed: 1 }, "running"), "some");
  assert.equal(stateOf({ ...empty, unfiltered: 3 }, "running"), "some", "a filter hides them");
  for (const state of ["starting", "stopped"] as const) assert.equal(stateOf(empty, state), undefined);
});

test("in each state of each view one welcome text is shown", () => {
  for (const view of ["tlslint.certificates", "tlslint.endpoints"]) {
    const shown = (context: Readonly<Record<string, string>>): readonly string[] =>
      manifest.contributes.viewsWelcome.filter((it) => it.view === view && holds(it.when, context)).map((it) => it.contents);
    const cases: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
      [{}, /^Analysing the workspace…$/],
      [{ "tlslint.server": "starting" }, /^Analysing the workspace…$/],
      [{ "tlslint.server": "running" }, /^Analysing the workspace…$/],
      [
        { "tlslint.server": "running", [view]: "failed" },
        /^The workspace could not be analysed\.\n\[Show Output\]\(command:tlslint\.showOutput\)$/,
      ],
      [{ "tlslint.server": "running", [view]: "none" }, /^No .* in this workspace\./],
      [{ "tlslint.server": "stopped" }, /^The language server is not running, so the workspace was not analysed\./],
    ];
    for (const [context, text] of cases) {
      const [only = "", ...more] = shown({ workspaceFolderCount: "1", ...context });
      assert.match(only, text, JSON.stringify(context));
      assert.deepEqual(more, []);
    }
    assert.deepEqual(shown({ workspaceFolderCount: "0" }), [
      "Open a folder to list what is in it.\n[Open Folder](command:vscode.openFolder)",
    ]);
  }
});

/** As VS Code reads conditions, of those that are used here. */
const holds = (when: string, context: Readonly<Record<string, string>>): boolean =>
  when.split(" && ").every((part) => {
    const [, not, key = "", operator, value] = /^(!?)([\w.]+)(?: (==|!=) (\w+))?$/.exec(part) ?? assert.fail(part);
    if (operator === undefined) return (context[key] === undefined) === (not === "!");
    return (context[key] === value) === (operator === "==");
  });
