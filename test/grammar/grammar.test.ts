/** The parser and syn say the same of every Rust file here. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../harness/fixtures.ts";
import { missing } from "../oracle/real.ts";
import { compare, type Judgement, judge } from "./compare.ts";

const rustFiles = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((it) => it.endsWith(".rs") && !it.includes("target/"))
    .map((it) => join(ROOT, folder, it))
    .sort();

test("items and expressions of the fixtures are those of syn", async (t) => {
  const reason = missing("cargo", "--version");
  if (reason !== undefined && process.env["CI"] !== "true") return t.skip(reason);
  const paths = [...rustFiles("test/fixtures"), ...rustFiles("examples")];
  const seen = new Map<string, Judgement>();
  await compare(paths, (path, judgement) => void seen.set(path, judgement));
  assert.equal(seen.size, paths.length);
  const same = [...seen.values()].filter((it) => it.kind === "same");
  // What is broken on purpose is refused by both.
  const wrong = [...seen].filter(([, it]) => it.kind !== "same" && !(it.kind === "refused" && it.ours));
  assert.deepEqual(wrong, []);
  assert.ok(same.length > 1000, `${same.length} files`);
});

test("a comparison sees what differs", () => {
  const text = "fn f() { ä(1) + b }";
  const theirs = ["item\tfunction\tf", "binary\t9\t18", "call\t9\t14", "path\t9\t11", "literal\t12\t13", "path\t17\t18"];
  assert.deepEqual(judge(text, theirs), { kind: "same", nodes: 6 });
  assert.deepEqual(judge(text, [...theirs.slice(0, -1), "path\t16\t17"]), {
    kind: "different",
    theirs: ["path\t15\t16"],
    ours: ["path\t16\t17"],
  });
  assert.deepEqual(judge(text, undefined), { kind: "refused", ours: false });
  assert.equal(judge("fn f( {", []).kind, "false error");
});
