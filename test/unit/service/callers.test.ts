/** What a function does is judged by how it is called, however much else its callers use. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const many = Array.from({ length: 20 }, (_, at) => `m${at}`);

/** A crate whose functions are called by one that calls twenty other files, too. */
async function said(zone: "mod zone" | "pub mod zone") {
  const files = {
    "/project/Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\n',
    "/project/src/lib.rs": [...["app", ...many, "transport"].map((it) => `pub mod ${it};`), `${zone};`].join("\n"),
    "/project/src/app.rs": `pub fn all(options: &Options) { crate::transport::chosen_client(options); let b = reqwest::Client::builder(); ${many.map((it) => `crate::${it}::make_${it}(b);`).join(" ")}}`,
    ...Object.fromEntries(
      many.map((it) => [
        `/project/src/${it}.rs`,
        `pub fn make_${it}(b: reqwest::ClientBuilder) -> reqwest::Client { b.use_rustls_tls().build().unwrap() }`,
      ]),
    ),
    "/project/src/transport.rs": `pub fn chosen_client(options: &Options) -> reqwest::Client {
      if options.insecure { crate::zone::other_client().build().unwrap() } else { reqwest::Client::new() }
    }`,
    "/project/src/zone.rs": `pub fn other_client() -> reqwest::ClientBuilder { reqwest::Client::builder().danger_accept_invalid_certs(true) }`,
  };
  const service = await createLintService(memoryHost(files), { roots: ["/project"] });
  const reports = [await service.lint("/project/src/zone.rs"), await service.lint("/project/src/transport.rs")];
  service.dispose();
  return reports.map(({ findings }) => findings.map((it) => `${it.severity} ${it.rule}`));
}

test("what a crate keeps to itself is judged by the condition under which it is called", async () => {
  assert.deepEqual(await said("mod zone"), [["hint disabled-verification"], []]);
});

test("what others can call is insecure whatever the crate's own callers ask", async () => {
  assert.deepEqual(await said("pub mod zone"), [["error disabled-verification"], []]);
});
