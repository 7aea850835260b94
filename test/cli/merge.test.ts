/** Parts of a run put together say what the whole run says; reports of repositories keep apart whose files they are. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { REPORT_FORMATS } from "../../server/src/cli/report/formats.ts";
import { folder, MISTAKEN, tlslint } from "./cli.ts";

const member = (name: string) => ({
  [`${name}/Cargo.toml`]: MISTAKEN["Cargo.toml"].replace("client", name),
  [`${name}/src/lib.rs`]: MISTAKEN["src/main.rs"],
});
const FILES = { ...member("a"), ...member("b"), ...member("c"), "c/src/binary.rs": new Uint8Array([0, 159, 146, 150, 0]) };

test("three shards merged are the whole run, in every format", (context) => {
  const cwd = folder(context, FILES);
  const shards = [1, 2, 3].map((at) => {
    const { status } = tlslint(cwd, ["check", "--format", "json", "--shard", `${at}/3`, "--output", `${at}.json`, "a", "b", "c"]);
    assert.ok(status === 1 || status === 2, `${status}`);
    return `${at}.json`;
  });
  for (const format of ["json", "concise", "gitlab", "checkstyle", "github", "markdown"]) {
    const whole = tlslint(cwd, ["check", "--format", format, "a", "b", "c"]);
    const merged = tlslint(cwd, ["merge", "--format", format, ...shards.toReversed()]);
    assert.deepEqual([merged.status, merged.stderr], [whole.status, ""], format);
    if (format !== "json") assert.equal(merged.stdout, whole.stdout, format);
    else assert.deepEqual(withoutParts(merged.stdout), JSON.parse(whole.stdout));
  }
});

/** Of which parts it was made is all that tells it from the whole. */
function withoutParts(json: string): unknown {
  const { parts, ...rest } = JSON.parse(json);
  assert.ok(parts.length > 0);
  return rest;
}

test("a part whose report is missing is named, in every format, and ends with 2 until a merge has it", (context) => {
  const { "c/src/binary.rs": _, ...files } = FILES;
  const cwd = folder(context, files);
  for (const at of [1, 2, 3]) tlslint(cwd, ["check", "--format", "json", "--shard", `${at}/3`, "--output", `${at}.json`, "a", "b", "c"]);
  for (const format of REPORT_FORMATS) {
    const { status, stdout, stderr } = tlslint(cwd, ["merge", "--format", format, "pay=1.json", "pay=3.json"]);
    assert.deepEqual([status, stderr], [2, "tlslint: pay: part 2 of 3 is missing\n"], format);
    assert.match(stdout, /part 2 of 3 is missing/, format);
  }
  const half = tlslint(cwd, ["merge", "1.json", "3.json", "--output", "half.json"]);
  assert.equal(half.status, 2);
  const whole = tlslint(cwd, ["merge", "half.json", "2.json", "--format", "concise"]);
  assert.deepEqual([whole.status, whole.stderr], [1, ""]);
  assert.doesNotMatch(whole.stdout, /missing/);
  const page = tlslint(cwd, ["report", "half.json"]);
  assert.match(page.stdout, /part 2 of 3 is missing/);
  const lines = tlslint(cwd, ["check", "--format", "json-lines", "--shard", "1/3", "a", "b", "c"]).stdout.trimEnd().split("\n");
  assert.deepEqual(JSON.parse(lines.at(-1) ?? "").parts, [{ index: 1, of: 3 }]);
  const odd = readFileSync(join(cwd, "1.json"), "utf8").replace('"index": 1', '"index": 4');
  writeFileSync(join(cwd, "odd.json"), odd);
  assert.match(tlslint(cwd, ["merge", "odd.json"]).stderr, /`odd\.json` cannot be used: it is not a report/);
});

test("a list of repositories is divided as paths are", (context) => {
  const cwd = folder(context, { ...FILES, "repositories.txt": "a\nb\nc\n" });
  const run = (...args: readonly string[]) => tlslint(cwd, ["check", "--format", "json", "--files-from", "repositories.txt", ...args]);
  const parts = [1, 2].map((at) => {
    const { stdout } = run("--shard", `${at}/2`);
    writeFileSync(join(cwd, `${at}.json`), stdout);
    const files: readonly { readonly path: string }[] = JSON.parse(stdout).files;
    return files.map((it) => it.path.split("/")[0] ?? "");
  });
  const names = parts.flatMap((it) => [...new Set<string>(it)]);
  assert.deepEqual(names.toSorted(), ["a", "b", "c"], "each repository in one part");
  assert.ok(parts.every((it) => it.length > 0));
  assert.deepEqual(withoutParts(tlslint(cwd, ["merge", "1.json", "2.json"]).stdout), JSON.parse(run().stdout));
});

test("reports of repositories are put below their names", (context) => {
  const cwd = folder(context, FILES);
  for (const name of ["a", "b"]) writeFileSync(join(cwd, `${name}.json`), tlslint(join(cwd, name), ["check", "--format", "json"]).stdout);
  const { stdout, status } = tlslint(cwd, ["merge", "pay=a.json", "ledger=b.json"]);
  assert.equal(status, 1);
  const files = JSON.parse(stdout).files.filter((it: { findings: readonly object[] }) => it.findings.length > 0);
  assert.deepEqual(
    files.map((it: { path: string; repository: string }) => [it.path, it.repository]),
    [
      ["ledger/src/lib.rs", "ledger"],
      ["pay/src/lib.rs", "pay"],
    ],
  );
  assert.equal(files[0].findings[0].fixes[0].edits[0].path, "ledger/src/lib.rs");
});

test("a shard file that is missing or broken is a mistake", (context) => {
  const cwd = folder(context, { "half.json": '{"version":1,"files":[', "list.json": "[]" });
  for (const [file, message] of [
    ["none.json", /^tlslint: `none\.json` cannot be used: there is no such file or folder$/m],
    ["half.json", /^tlslint: `half\.json` cannot be used: it is not valid JSON; expected what `tlslint check --format json` writes$/m],
    ["list.json", /^tlslint: `list\.json` cannot be used: it is not a report; /m],
  ] as const) {
    const { status, stdout, stderr } = tlslint(cwd, ["merge", file]);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, message);
  }
  assert.match(tlslint(cwd, ["merge"]).stderr, /needs reports/);
});
