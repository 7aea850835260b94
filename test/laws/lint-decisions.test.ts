/** docs/lint-decisions.md is honest: each row's certificate has the lint that zlint found in it, and is judged as the row says. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createLintService } from "../../server/src/service/index.ts";
import { certificate, certificatePem } from "../certificates/build.ts";
import { NOW } from "../certificates/cases.ts";
import { lintCases } from "../certificates/lint-cases.ts";
import { ROOT } from "../harness/fixtures.ts";
import { memoryHost } from "../harness/memory-host.ts";

interface Row {
  readonly name: string;
  readonly lint: string;
  /** A rule, "silent" or "public-web". */
  readonly decision: string;
}
const page = readFileSync(join(ROOT, "docs/lint-decisions.md"), "utf8");
const rows: readonly Row[] = [
  ...page.matchAll(/^\| `([a-z-]+)` \| `([a-z0-9_]+)` \| (?:\[([a-z-]+)\]\(rules\/[a-z-]+\.md\)|(silent|public-web)) \| .{10,} \|$/gm),
].map(([, name = "", lint = "", rule, word]) => ({ name, lint, decision: rule ?? word ?? "" }));

/** What a dated run of zlint found, by the certificate's hash: a case that changes has to be recorded anew. */
interface LintRecord {
  readonly zlint: string;
  readonly date: string;
  readonly found: Readonly<Record<string, { readonly sha256: string; readonly lints: readonly string[] }>>;
}
const RECORD = join(ROOT, "test/certificates/lint-record.json");

test("each row's certificate has the lint of the row, and no other, as zlint found", () => {
  const fresh = process.env["ZLINT_FOUND"];
  if (fresh !== undefined) {
    const found = Object.fromEntries(
      readFileSync(fresh, "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => {
          const [path = "", lints = ""] = line.split("\t");
          const name = /([a-z-]+)\.pem$/.exec(path)?.[1] ?? "";
          return [name, { sha256: hashOf(name), lints: lints.split(" ").filter((it) => it !== "") }];
        }),
    );
    writeFileSync(RECORD, `${JSON.stringify({ zlint: "3.7.3", date: new Date().toISOString().slice(0, 10), found }, undefined, 1)}\n`);
  }
  const { found }: LintRecord = JSON.parse(readFileSync(RECORD, "utf8"));
  assert.deepEqual(
    Object.entries(found).map(([name, it]) => [name, it.sha256]),
    Object.keys(lintCases)
      .toSorted()
      .map((name) => [name, hashOf(name)]),
  );
  assert.deepEqual(
    Object.fromEntries(rows.map((it) => [it.name, [it.lint]])),
    Object.fromEntries(rows.map((it) => [it.name, found[it.name]?.lints])),
  );
  assert.deepEqual(found["nothing-against-it"]?.lints, []);
  assert.equal(rows.length, Object.keys(lintCases).length - 1);
});

const hashOf = (name: string): string =>
  createHash("sha256")
    .update(certificate(lintCases[name] ?? {}))
    .digest("hex");

async function rulesThatFire(name: string, profile: string): Promise<readonly string[]> {
  const files = { "/w/a.pem": certificatePem(lintCases[name] ?? {}), "/w/tlslint.toml": `profile = "${profile}"\n` };
  const { findings } = await (await createLintService(memoryHost(files, NOW), { roots: ["/w"] })).lint("/w/a.pem");
  return findings.map((it) => it.rule);
}

test("each decision is what a lint of the private profile does", async () => {
  const usual = await rulesThatFire("nothing-against-it", "public-web");
  assert.deepEqual(await rulesThatFire("nothing-against-it", "private-mtls"), []);
  for (const { name, decision } of rows) {
    const here = await rulesThatFire(name, "private-mtls");
    const reported = decision === "silent" || decision === "public-web" ? [] : [decision];
    assert.deepEqual(here, reported, name);
    const publicly = (await rulesThatFire(name, "public-web")).filter((it) => !usual.includes(it) || it === "unfit-for-public-web");
    if (decision === "public-web") assert.ok(publicly.length > 0, name);
    if (decision === "silent")
      assert.deepEqual(
        publicly.filter((it) => it !== "unfit-for-public-web"),
        [],
        name,
      );
  }
});
