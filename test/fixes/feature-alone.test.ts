/** A setting that has no effect without a feature is put right in the manifest alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../server/src/base/text-edit.ts";
import { createLintService } from "../../server/src/service/index.ts";
import { memoryHost } from "../harness/memory-host.ts";

const MANIFEST = `[package]
name = "broker"
version = "0.1.0"
edition = "2021"

[dependencies]
rumqttd = { version = "0.20", features = ["use-rustls"] }
`;
const CODE = `use rumqttd::TlsConfig;

pub fn tls() -> TlsConfig {
    TlsConfig::Rustls {
        capath: Some("clients.pem".to_owned()),
        certpath: "server.pem".to_owned(),
        keypath: "server.key".to_owned(),
    }
}
`;

test("an authority that nobody reads gets the feature that reads it", async () => {
  const service = await createLintService(memoryHost({ "/w/Cargo.toml": MANIFEST, "/w/src/lib.rs": CODE }), { roots: ["/w"] });
  const { findings } = await service.lint("/w/src/lib.rs");
  const [finding] = findings.filter((it) => it.rule === "no-client-auth");
  assert.equal(finding?.severity, "warning");
  const [fix] = finding?.fixes ?? [];
  assert.equal(fix?.applicability, "review");
  assert.deepEqual(
    fix?.edits.map((it) => it.file),
    ["/w/Cargo.toml"],
  );
  const manifest = applyEdits(MANIFEST, fix?.edits[0]?.edits ?? []);
  assert.match(manifest, /features = \["use-rustls", "verify-client-cert"\]/);
  const { left } = await service.planFixes(["/w/src/lib.rs"], { allowed: "choice" });
  assert.deepEqual(
    left[0]?.findings.filter((it) => it.rule === "no-client-auth"),
    [],
  );
  service.dispose();
});
