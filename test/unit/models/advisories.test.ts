/** Which versions an advisory is about is what the RustSec database says, as recorded; `UPDATE=1 ADVISORIES=CHECKOUT` records it anew. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseToml, stringsAt, tableAt } from "../../../server/src/cargo/toml.ts";
import { advisories } from "../../../server/src/models/manifests/index.ts";
import { ROOT } from "../../harness/fixtures.ts";

const RECORD = join(ROOT, "test/unit/models/advisories.json");
const all = advisories.flatMap((crate) => crate.advisories.map((it) => ({ package: crate.package, ...it })));
const checkout = process.env["ADVISORIES"];
if (process.env["UPDATE"] === "1" && checkout !== undefined) writeFileSync(RECORD, recorded(checkout));

/** The head of each advisory, and the commit of the database that has it. */
function recorded(folder: string): string {
  const git = (...given: readonly string[]): string => execFileSync("git", ["-C", folder, ...given], { encoding: "utf8" });
  const entries = all.map(({ package: name, id }) => {
    const head = /```toml\n(.*?)```/s.exec(git("show", `HEAD:crates/${name}/${id}.md`))?.[1] ?? "";
    const parsed = parseToml(head);
    const versions = parsed.ok ? tableAt(parsed.value, "versions") : undefined;
    const functions = parsed.ok ? Object.keys(tableAt(tableAt(parsed.value, "affected"), "functions") ?? {}) : [];
    const withdrawn = /^withdrawn\b/m.test(head);
    return [
      id,
      { package: name, patched: stringsAt(versions, "patched"), unaffected: stringsAt(versions, "unaffected"), functions, withdrawn },
    ] as const;
  });
  const lines = entries.map(([id, it]) => `    ${JSON.stringify(id)}: ${JSON.stringify(it)}`);
  const source = `rustsec/advisory-db ${git("log", "-1", "--format=%H %cs").trim()}`;
  return `{\n  "source": ${JSON.stringify(source)},\n  "advisories": {\n${lines.join(",\n")}\n  }\n}\n`;
}

test("each advisory is about the versions that the database names, and none is withdrawn", () => {
  const { source, advisories: known }: Recorded = JSON.parse(readFileSync(RECORD, "utf8"));
  assert.match(source, /^rustsec\/advisory-db [0-9a-f]{40} \d{4}-\d\d-\d\d$/);
  const plain = (ranges: readonly string[]): readonly string[] => ranges.map((it) => it.replaceAll(" ", "")).sort();
  for (const { id, package: name, patched, unaffected = [] } of all) {
    const said = known[id];
    assert.ok(said?.package === name && !said.withdrawn, id);
    assert.deepEqual(
      { patched: plain(patched), unaffected: plain(unaffected) },
      { patched: plain(said.patched), unaffected: plain(said.unaffected) },
      id,
    );
  }
  assert.equal(Object.keys(known).length, all.length);
});

test("what the database names of an advisory about functions is among the names that lead there", () => {
  const { advisories: known }: Recorded = JSON.parse(readFileSync(RECORD, "utf8"));
  const asked = all.flatMap(({ id, names }) => (known[id]?.functions ?? []).map((path) => ({ id, path, names })));
  for (const { id, path, names } of asked)
    assert.ok(
      path.split("::").some((it) => names?.includes(it)),
      `${id}: ${path}`,
    );
  assert.ok(asked.length > 5);
});

interface Recorded {
  readonly source: string;
  readonly advisories: Readonly<
    Record<
      string,
      {
        readonly package: string;
        readonly patched: readonly string[];
        readonly unaffected: readonly string[];
        readonly functions: readonly string[];
        readonly withdrawn: boolean;
      }
    >
  >;
}
