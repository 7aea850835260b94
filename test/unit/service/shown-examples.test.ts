/** Examples are shown and copied: what is said of them, and of the library beside them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService, type Finding } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST = '[package]\nname = "app"\nversion = "0.1.0"\n\n[dependencies]\nreqwest = "0.12"\nrustls = "0.23"\n';
const CALL = "reqwest::Client::builder().danger_accept_invalid_certs(true).build()";
const fn = (name: string): string => `pub fn ${name}() -> reqwest::Result<reqwest::Client> {\n    ${CALL}\n}\n`;
async function lint(files: Record<string, string>) {
  const service = await createLintService(memoryHost({ "/w/Cargo.toml": MANIFEST, ...files }), { roots: ["/w"] });
  return { service, ...(await service.lint(Object.keys(files)[0] ?? "")) };
}
const brief = (findings: readonly Finding[]) => findings.map((it) => `${it.severity} ${it.rule}`);

test("an example of a library that others use is copied: what is loud in a program is a warning there, and all else a hint", async () => {
  const both = `${fn("client")}fn server() { let _ = rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(certs(), key()).unwrap(); }\n`;
  const severities = async (manifest: string, files: Record<string, string> = { "/w/src/lib.rs": "" }): Promise<string[]> =>
    brief((await lint({ "/w/examples/show.rs": both, "/w/Cargo.toml": manifest, ...files })).findings);
  const hints = ["hint disabled-verification", "hint no-client-auth"];
  assert.deepEqual(await severities(MANIFEST), ["warning disabled-verification", "hint no-client-auth"]);
  assert.deepEqual(await severities(`${MANIFEST}[lib]\npath = "own.rs"\n`, { "/w/own.rs": "" }), [
    "warning disabled-verification",
    "hint no-client-auth",
  ]);
  assert.deepEqual(await severities(MANIFEST.replace("[dependencies]", "publish = false\n\n[dependencies]")), hints);
  assert.deepEqual(await severities(MANIFEST, { "/w/src/main.rs": "" }), hints);
});

test("an example is meant to be what it says itself, whatever the library beside it does", async () => {
  const reading = "fn seen(c: &rustls::ServerConnection) -> bool { c.peer_certificates().is_some() }\n";
  const serving =
    "fn serve() { let _ = rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(certs(), key()).unwrap(); }\n";
  const severities = async (files: Record<string, string>): Promise<string[]> =>
    brief((await lint({ ...files, "/w/Cargo.toml": MANIFEST })).findings);
  assert.deepEqual(await severities({ "/w/examples/show.rs": serving, "/w/src/lib.rs": `${reading}fn used() { seen(&got()); }` }), [
    "hint no-client-auth",
  ]);
  assert.deepEqual(await severities({ "/w/examples/show.rs": `${serving}${reading}fn main() { seen(&got()); }`, "/w/src/lib.rs": "" }), [
    "warning no-client-auth",
  ]);
  assert.deepEqual(await severities({ "/w/src/lib.rs": `${serving}mod a;`, "/w/src/a.rs": `${reading}fn used() { seen(&got()); }` }), [
    "warning no-client-auth",
  ]);
});

test("a package in the examples of another is shown, not run", async () => {
  for (const [folder, severity] of [
    ["examples", "hint"],
    ["example", "hint"],
    ["demo", "hint"],
    ["benchmarks", "hint"],
    ["tests", "hint"],
    ["crates", "error"],
  ] as const) {
    const example = { [`/w/${folder}/x/Cargo.toml`]: MANIFEST, [`/w/${folder}/x/src/main.rs`]: fn("client") };
    const { service } = await lint({ "/w/src/lib.rs": "", "/w/Cargo.toml": MANIFEST, ...example });
    const { findings } = await service.lint(`/w/${folder}/x/src/main.rs`);
    assert.deepEqual(brief(findings), [`${severity} disabled-verification`], folder);
  }
});
