/** What a feature that is on by default makes insecure is put right in the manifest, where the feature's own code is meant as it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../server/src/base/text-edit.ts";
import { createLintService } from "../../server/src/service/index.ts";
import { memoryHost } from "../harness/memory-host.ts";

const manifest = (features: string): string => `[package]
name = "client"
version = "0.1.0"
edition = "2021"

[features]
${features}

[dependencies]
reqwest = { version = "0.12.15", features = ["native-tls"] }
`;
const CODE = `pub fn under_an_attribute() -> reqwest::Result<reqwest::Client> {
    let builder = reqwest::Client::builder();
    #[cfg(feature = "insecure")]
    let builder = builder.danger_accept_invalid_certs(true);
    builder.build()
}

pub fn as_an_argument() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().danger_accept_invalid_certs(cfg!(feature = "insecure")).build()
}
`;

async function fixed(features: string) {
  const text = manifest(features);
  const service = await createLintService(memoryHost({ "/w/Cargo.toml": text, "/w/src/lib.rs": CODE }), { roots: ["/w"] });
  const found = (await service.lint("/w/src/lib.rs")).findings.filter((it) => it.rule === "disabled-verification");
  const { left, groups } = await service.planFixes(["/w/src/lib.rs"], { allowed: "review" });
  const changed = new Map(groups.flat().map(({ file, after }) => [file, after]));
  service.dispose();
  const after = left.flatMap((it) => it.findings).filter((it) => it.rule === "disabled-verification");
  return { text, found, changed, after };
}

test("the feature leaves the list, and is asked for from then on", async () => {
  const { text, found, changed, after } = await fixed('default = ["json", "insecure"]\njson = []\ninsecure = []');
  assert.deepEqual(
    found.map(({ severity }) => severity),
    ["error", "error"],
  );
  for (const { fixes } of found) {
    const [fix, ...others] = fixes;
    assert.deepEqual(others, []);
    assert.equal(fix?.title, "Take `insecure` out of the default features");
    assert.equal(fix?.applicability, "review");
    assert.equal(applyEdits(text, fix?.edits[0]?.edits ?? []), text.replace(', "insecure"]', "]"));
  }
  assert.deepEqual([...changed.keys()], ["/w/Cargo.toml"]);
  assert.deepEqual(
    after.map(({ severity }) => severity),
    ["hint", "hint"],
  );
});

test("an empty list stays", async () => {
  const { changed } = await fixed('default = ["insecure"]\ninsecure = []');
  assert.match(changed.get("/w/Cargo.toml") ?? "", /default = \[\]\n/);
});

test("what another default feature brings is left there", async () => {
  for (const features of [
    'default = ["all"]\nall = ["insecure"]\ninsecure = []',
    'default = ["all", "insecure"]\nall = ["insecure"]\ninsecure = []',
  ]) {
    const { found, changed } = await fixed(features);
    assert.equal(found.length, 2);
    assert.equal(changed.get("/w/Cargo.toml"), undefined);
  }
});
