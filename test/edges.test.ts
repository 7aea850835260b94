/** Workspaces with a proxy or a deployment in front of their programs: what the carets say at both ends, with everything read together. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { createLintService } from "../server/src/service/index.ts";
import { bless, differences, expectations } from "./harness/expectations.ts";
import { memoryHost } from "./harness/memory-host.ts";
import { listSaid, unlisted } from "./harness/messages.ts";
import { workspaces } from "./harness/workspaces.ts";

const UPDATE = process.env["UPDATE"] === "1";

for (const { name, files } of workspaces("edges"))
  test(name, async (context) => {
    const host = memoryHost(Object.fromEntries([...files].map(([path, { text }]) => [`/project/${path}`, text])));
    const service = await createLintService(host, { roots: ["/project"] });
    context.after(() => service.dispose());
    const listed = new Set((await service.files("/project")).files);
    for (const [path, { text, file }] of files) {
      // A fixture that nobody would look at shows nothing.
      assert.ok(listed.has(`/project/${path}`), path);
      const { findings, gaps } = await service.lint(`/project/${path}`);
      assert.deepEqual(gaps, [], path);
      if (UPDATE) {
        writeFileSync(file, bless(text, findings, path.endsWith(".rs") ? "//" : "#"));
        listSaid(findings);
      } else assert.deepEqual([...differences(text, findings), ...unlisted(findings)], [], path);
      for (const { related } of findings)
        for (const it of related) assert.ok(files.has(it.file.slice("/project/".length)), "a related place is in the workspace");
    }
    assert.deepEqual(
      host.lines.filter(({ level }) => level === "error" || level === "warning"),
      [],
    );
  });

test("what is found at one end names the other", async () => {
  const { files } = workspaces("edges").find(({ name }) => name === "mutual-tls-ends-at-nginx") ?? assert.fail();
  const text = [...files.values()].map((it) => it.text).join("\n");
  const rules = new Set(expectations(text).map(({ rule }) => rule));
  for (const rule of ["bypassable-proxy", "plaintext-upstream", "spoofable-identity-header", "unverified-forwarded-identity"])
    assert.ok(rules.has(rule), rule);
});
