/** A feature that code needs is not taken from its manifest: the fix waits until nothing names what it brings. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST = '[package]\nname = "a"\n\n[dependencies]\nrustls = { version = "0.21", features = ["dangerous_configuration"] }\n';
const NEEDS = "pub fn lax(c: &mut rustls::ClientConfig, v: V) { c.dangerous().set_certificate_verifier(v); }\n";

async function fixOf(files: Record<string, string>, change?: readonly [string, string]) {
  const service = await createLintService(memoryHost({ "/w/a/Cargo.toml": MANIFEST, ...files }), { roots: ["/w"] });
  if (change) {
    await service.lint("/w/a/Cargo.toml");
    service.open(...change);
  }
  const { findings } = await service.lint("/w/a/Cargo.toml");
  const [finding] = findings.filter((it) => it.rule === "insecure-feature");
  assert.ok(finding);
  const answer = { fixes: finding.fixes.map((it) => it.title), unfixed: finding.unfixed };
  service.dispose();
  return answer;
}

const REMOVED = { fixes: ["Remove feature `dangerous_configuration`"], unfixed: undefined };

test("what nothing needs is removed", async () => {
  assert.deepEqual(await fixOf({ "/w/a/src/lib.rs": "pub fn strict() {}\n" }), REMOVED);
});

test("what code needs stays, and the reason names the code", async () => {
  const { fixes, unfixed } = await fixOf({ "/w/a/src/lib.rs": "mod deep;\n", "/w/a/src/deep.rs": NEEDS });
  assert.deepEqual(fixes, []);
  assert.match(unfixed ?? "", /`dangerous`/);
});

test("code of a package elsewhere does not count, and code that changes does", async () => {
  assert.deepEqual(await fixOf({ "/w/a/src/lib.rs": "", "/w/b/Cargo.toml": '[package]\nname = "b"\n', "/w/b/src/lib.rs": NEEDS }), REMOVED);
  assert.deepEqual(await fixOf({ "/w/a/src/lib.rs": NEEDS }, ["/w/a/src/lib.rs", "pub fn strict() {}\n"]), REMOVED);
});
