/** What manifests and lock files say of a crate: names, versions, features. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { satisfies } from "../../../server/src/base/version.ts";
import { crateFacts, lowerBound, readLock, readManifest } from "../../../server/src/cargo/index.ts";
import { broughtCrates } from "../../../server/src/models/manifests/brought-crates.ts";

function facts(manifest: string, { workspace, lock }: { workspace?: string; lock?: string } = {}) {
  const read = readManifest(manifest);
  const root = workspace === undefined ? undefined : readManifest(workspace);
  const locked = lock === undefined ? undefined : readLock(lock);
  assert.ok(read.ok && (root?.ok ?? true) && (locked?.ok ?? true));
  const workspaceRoot = root?.ok ? root.value : undefined;
  return crateFacts(read.value, { workspace: workspaceRoot, lock: locked?.ok ? locked.value : undefined, rows: broughtCrates });
}

const LOCK = `
version = 4
[[package]]
name = "app"
version = "0.1.0"
dependencies = ["hyper", "rustls 0.23.5"]
[[package]]
name = "old"
version = "0.1.0"
dependencies = ["rustls 0.21.12"]
[[package]]
name = "hyper"
version = "1.0.0"
source = "registry+https://example.org/index"
dependencies = ["rustls-pemfile"]
[[package]]
name = "rustls"
version = "0.21.12"
source = "registry+https://example.org/index"
[[package]]
name = "rustls"
version = "0.23.5"
source = "registry+https://example.org/index"
[[package]]
name = "rustls-pemfile"
version = "2.2.0"
source = "registry+https://example.org/index"
`;

test("of several versions each package gets the one that its dependency list names", () => {
  const app = facts('[package]\nname = "app"\nversion = "0.1.0"\n[dependencies]\nhyper = "1"\nrustls = "0.23"\n', { lock: LOCK });
  assert.deepEqual(app.dependencies.get("rustls"), { package: "rustls", version: "0.23.5", features: new Set(), locked: true });
  assert.deepEqual(app.versions.get("rustls"), ["0.23.5"]);
  const old = facts('[package]\nname = "old"\nversion = "0.1.0"\n[dependencies]\nrustls = "0.21"\n', { lock: LOCK });
  assert.deepEqual(old.dependencies.get("rustls"), { package: "rustls", version: "0.21.12", features: new Set(), locked: true });
});

test("what is reached through others has its version, too", () => {
  const app = facts('[package]\nname = "app"\nversion = "0.1.0"\n[dependencies]\nhyper = "1"\n', { lock: LOCK });
  assert.deepEqual(app.versions.get("rustls-pemfile"), ["2.2.0"]);
});

test("a renamed dependency is known by its name in code", () => {
  const { dependencies } = facts('[package]\nname = "a"\n[dependencies]\nmy-tls = { package = "rustls", version = "0.22.1" }\n');
  assert.deepEqual(dependencies.get("my_tls"), { package: "rustls", version: "0.22.1", features: new Set() });
  assert.equal(dependencies.has("rustls"), false);
});

test("two versions of one package under two names are kept apart", () => {
  const manifest = `[package]
name = "both"
version = "0.1.0"
[dependencies]
rustls = "0.23"
rustls-old = { package = "rustls", version = "0.21" }
`;
  const lock = LOCK.replace('name = "app"', 'name = "both"').replace('"rustls 0.23.5"]', '"rustls 0.23.5", "rustls 0.21.12"]');
  const { dependencies, versions } = facts(manifest, { lock });
  assert.equal(dependencies.get("rustls")?.version, "0.23.5");
  assert.equal(dependencies.get("rustls_old")?.version, "0.21.12");
  assert.deepEqual(versions.get("rustls"), ["0.23.5", "0.21.12"]);
});

test("workspace inheritance gives requirement, package and version", () => {
  const workspace = `[workspace]
members = ["a"]
[workspace.package]
version = "3.0.0"
[workspace.dependencies]
tls = { package = "rustls", version = "0.21", features = ["logging"] }
`;
  const { dependencies } = facts(
    '[package]\nname = "a"\nversion.workspace = true\n[dependencies]\ntls = { workspace = true, features = ["quic"] }\n',
    { workspace },
  );
  assert.deepEqual(dependencies.get("tls"), { package: "rustls", version: "0.21.0", features: new Set(["logging", "quic"]) });
});

test("dev, build and target tables count, a normal dependency first", () => {
  const { dependencies } = facts(`[package]
name = "a"
[dev-dependencies]
rustls = "0.20"
openssl = "0.10.55"
[build-dependencies]
rustls = "0.21"
[target.'cfg(unix)'.dependencies]
rustls = "0.23"
`);
  assert.equal(dependencies.get("rustls")?.version, "0.23.0");
  assert.equal(dependencies.get("openssl")?.version, "0.10.55");
});

test("default features are followed through other features and optional dependencies", () => {
  const { defaultFeatures, features } = facts(`[package]
name = "a"
[dependencies]
openssl = { version = "0.10", optional = true }
rustls = { version = "0.23", optional = true }
hidden = { version = "1", optional = true }
[features]
default = ["tls"]
tls = ["rustls/logging", "hidden?/x"]
insecure = ["dep:hidden"]
`);
  assert.deepEqual([...defaultFeatures].sort(), ["default", "rustls", "tls"]);
  assert.deepEqual([...features].sort(), ["default", "insecure", "openssl", "rustls", "tls"]);
});

test("requirements as Cargo reads them", () => {
  assert.equal(lowerBound("0.23"), "0.23.0");
  assert.equal(lowerBound(">=0.22, <0.24"), "0.22.0");
  assert.equal(lowerBound("*"), undefined);
  assert.equal(lowerBound("1.*"), "1.0.0");
  for (const [version, requirement, expected] of [
    ["0.23.5", "0.23", true],
    ["0.24.0", "0.23", false],
    ["1.9.0", "1.2", true],
    ["2.0.0", "1.2", false],
    ["0.0.4", "0.0.3", false],
    ["1.2.9", "~1.2.3", true],
    ["1.3.0", "~1.2.3", false],
    ["0.22.4", ">=0.22, <0.24", true],
    ["0.24.0", ">=0.22, <0.24", false],
    ["1.2.3", "=1.2.3", true],
    ["1.2.4", "=1.2.3", false],
    ["1.5.0", "*", true],
  ] as const) {
    assert.equal(satisfies(version, requirement), expected, `${version} ${requirement}`);
  }
});

test("wrong types and missing tables are passed over", () => {
  const { dependencies, features } = facts('dependencies = 3\nfeatures = []\n[package]\nname = "a"\n');
  assert.equal(dependencies.size + features.size, 0);
});

test("a crate is called as its manifest says, and a workspace alone is called nothing", () => {
  assert.equal(facts('[package]\nname = "a-b"\nversion = "0.1.0"\n').name, "a-b");
  assert.equal(facts("[workspace]\nmembers = []\n").name, "");
});
