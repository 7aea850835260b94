/** Fixes whose calls are behind Cargo features: offered where the manifest asks for one of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

async function offered(builder: string, dependency: string): Promise<string> {
  const manifest = `[package]\nname = "mailer"\nversion = "0.1.0"\n\n[dependencies]\nlettre = ${dependency}\n`;
  const text = `use lettre::transport::smtp::{authentication::Credentials, Error};
use lettre::{AsyncSmtpTransport, SmtpTransport, Tokio1Executor};
pub fn mailer(host: &str, login: Credentials) -> Result<(), Error> {
    send(${builder}::builder_dangerous(host).credentials(login).build());
    Ok(())
}
`;
  const host = memoryHost({ "/w/Cargo.toml": manifest, "/w/src/lib.rs": text });
  const service = await createLintService(host, { roots: ["/w"] });
  const { findings } = await service.lint("/w/src/lib.rs");
  const [finding, ...others] = findings.filter((it) => it.rule === "opportunistic-tls");
  assert.deepEqual(others, []);
  const said = finding?.fixes[0]?.title ?? finding?.unfixed ?? "no finding";
  service.dispose();
  return said;
}

const STARTTLS = "Upgrade with STARTTLS before anything is sent";

test("a call behind a feature is written where the manifest asks for one that has it", async () => {
  const asynchronous = "AsyncSmtpTransport::<Tokio1Executor>";
  assert.equal(await offered(asynchronous, '{ version = "0.11", features = ["tokio1", "tokio1-rustls-tls"] }'), STARTTLS);
  assert.equal(
    await offered(asynchronous, '{ version = "0.11", features = ["tokio1"] }'),
    "it takes a feature of `lettre`, such as `tokio1-native-tls`",
  );
});

test("features that are on by default are not looked at", async () => {
  assert.equal(await offered("SmtpTransport", '"0.11"'), STARTTLS);
  // MISSING: without TLS there is no such call.
  assert.equal(await offered("SmtpTransport", '{ version = "0.11", default-features = false, features = ["smtp-transport"] }'), STARTTLS);
});
