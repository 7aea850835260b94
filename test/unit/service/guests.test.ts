/** A program that is full leaves files to others: those know all the same under which conditions the first one calls them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

test("what is called from a program that has no room is judged by how it is called", async (context) => {
  const many = Array.from({ length: 20 }, (_, at) => `m${at}`);
  const files = {
    "/project/Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\n',
    "/project/src/lib.rs": ["app", ...many, "transport", "zone"].map((it) => `pub mod ${it};`).join("\n"),
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
  context.after(() => service.dispose());
  const said = (await service.lint("/project/src/zone.rs")).findings.map((it) => `${it.severity} ${it.rule}`);
  assert.deepEqual(said, ["hint disabled-verification"]);
  // What was found in the guest itself is told once, by its own program.
  assert.deepEqual((await service.lint("/project/src/transport.rs")).findings, []);
});
