/** Workspaces of several files: what the carets in each of them say, with everything read together. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { createLintService } from "../server/src/service/index.ts";
import { bless, differences, expectations } from "./harness/expectations.ts";
import { memoryHost } from "./harness/memory-host.ts";
import { listSaid, unlisted } from "./harness/messages.ts";
import { workspaces } from "./harness/workspaces.ts";

const UPDATE = process.env["UPDATE"] === "1";
const all = workspaces();
/** Files of which something cannot be told. */
const FAILED: ReadonlySet<string> = new Set(["called-where-macros-are-cut/src/http.rs"]);

for (const { name, files } of all) {
  test(name, async (context) => {
    const host = memoryHost(Object.fromEntries([...files].map(([path, { text }]) => [`/project/${path}`, text])));
    const service = await createLintService(host, { roots: ["/project"] });
    context.after(() => service.dispose());
    for (const [path, { text, file }] of files) {
      if (!path.endsWith(".rs")) continue;
      const { findings, gaps } = await service.lint(`/project/${path}`);
      // Modules that a fixture leaves out are out of reach.
      const failed = gaps.filter((it) => it.kind !== "out of reach");
      assert.equal(failed.length, FAILED.has(`${name}/${path}`) ? 1 : 0, `${path}: ${failed.map((it) => it.reason)}`);
      if (UPDATE) {
        writeFileSync(file, bless(text, findings));
        listSaid(findings);
      } else assert.deepEqual([...differences(text, findings), ...unlisted(findings)], [], path);
    }
    assert.deepEqual(
      host.lines.filter(({ level }) => level === "error" || level === "warning"),
      [],
    );
  });
}

test("some of them have findings, and some look bad and are fine", () => {
  const silent = all.filter(({ files }) => [...files].every(([, { text }]) => expectations(text).length === 0));
  assert.ok(silent.length >= 2 && all.length - silent.length >= 6);
});

test("the order of asking does not matter", async () => {
  for (const { name, files } of all) {
    const texts = Object.fromEntries([...files].map(([path, { text }]) => [`/project/${path}`, text]));
    const rust = [...files.keys()].filter((path) => path.endsWith(".rs"));
    const answers = async (paths: readonly string[]): Promise<readonly string[]> => {
      const service = await createLintService(memoryHost(texts), { roots: ["/project"] });
      const found: string[] = [];
      for (const path of paths) found.push(`${path}: ${JSON.stringify((await service.lint(`/project/${path}`)).findings)}`);
      service.dispose();
      return found.sort();
    };
    assert.deepEqual(await answers(rust), await answers(rust.toReversed()), name);
  }
});

test("an edit is seen in the other files", async () => {
  const host = memoryHost({
    "/project/Cargo.toml": '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\n',
    "/project/src/main.rs": "mod http;\nfn main() { http::client(false); }\n",
    "/project/src/http.rs":
      "pub fn client(lenient: bool) -> reqwest::Client {\n    reqwest::Client::builder().danger_accept_invalid_certs(lenient).build().unwrap()\n}\n",
  });
  const service = await createLintService(host, { roots: ["/project"] });
  const rulesIn = async (path: string) => (await service.lint(path)).findings.map(({ rule }) => rule);
  assert.deepEqual(await rulesIn("/project/src/http.rs"), []);
  service.open("/project/src/main.rs", "mod http;\nfn main() { http::client(true); }\n");
  assert.deepEqual(await rulesIn("/project/src/main.rs"), ["disabled-verification"]);
  service.open("/project/src/http.rs", "pub fn client(_: bool) {}\n");
  assert.deepEqual(await rulesIn("/project/src/main.rs"), []);
  service.close("/project/src/http.rs");
  assert.deepEqual(await rulesIn("/project/src/main.rs"), ["disabled-verification"]);
  host.contents.set("/project/src/other.rs", "pub fn f() { crate::http::client(true); }\n");
  service.invalidate(["/project/src/other.rs"]);
  assert.deepEqual(await rulesIn("/project/src/other.rs"), ["disabled-verification"]);
  host.contents.delete("/project/src/http.rs");
  service.invalidate(["/project/src/http.rs"]);
  assert.deepEqual(await rulesIn("/project/src/other.rs"), []);
  service.dispose();
});
