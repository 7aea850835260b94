/** Clients that a struct keeps beside one another: whether one is used is decided where its field is taken. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";
import { said } from "../../harness/said.ts";

const keeping = (name: string, takes: string, made = "Client::builder().build()?"): string => `use reqwest::{Client, Error, Response};
pub struct Http { strict: Client, ${name}: Client, level: u8 }
impl Http {
    pub fn new(level: u8) -> Result<Self, Error> {
        let strict = ${made};
        Ok(Self { strict, ${name}: Client::builder().danger_accept_invalid_certs(true).build()?, level })
    }
    ${takes}
}
`;

const CHOICE = "pub fn client(&self) -> &Client { if self.level > 3 { &self.NAME } else { &self.strict } }";
const choice = (name: string): string => CHOICE.replace("NAME", name);
const [ERROR, WARNING, HINT] = ["error", "warning", "hint"].map((it) => `6 ${it} disabled-verification: true`);

test("a condition where it is taken counts, and the name of the field", async () => {
  assert.deepEqual(await said(keeping("other", choice("other"))), [WARNING]);
  assert.deepEqual(await said(keeping("insecure", choice("insecure"))), [HINT]);
  const inClosure = "pub fn client(&self) -> &Client { Some(&self.strict).filter(|_| self.level < 3).unwrap_or_else(|| &self.insecure) }";
  assert.deepEqual(await said(keeping("insecure", inClosure)), [ERROR]);
});

test("nobody takes it, or somebody under no condition, or where the other one has failed", async () => {
  assert.deepEqual(await said(keeping("insecure", "pub fn client(&self) -> &Client { &self.strict }")), [ERROR]);
  const both = `${choice("insecure")}\n    pub fn update(&self) -> Client { self.insecure.clone() }`;
  assert.deepEqual(await said(keeping("insecure", both)), [ERROR]);
  const again = `pub async fn get(&self, url: &str) -> Result<Response, Error> {
        match self.strict.get(url).send().await { Ok(it) => Ok(it), Err(_) => self.insecure.get(url).send().await }
    }`;
  assert.deepEqual(await said(keeping("insecure", again)), [ERROR]);
});

test("of two that are insecure one is taken in any case", async () => {
  const lax = "Client::builder().danger_accept_invalid_certs(true).build()?";
  assert.deepEqual(await said(keeping("insecure", choice("insecure"), lax)), ["5 error disabled-verification: true", ERROR]);
});

test("a field of that name in another type is none of it", async () => {
  const other = `${choice("insecure")}\n}\npub struct Other { insecure: u8 }\nimpl Other {\n    pub fn level(&self) -> u8 { self.insecure }`;
  assert.deepEqual(await said(keeping("insecure", other)), [HINT]);
});

test("who takes it may stand in another file, and be edited", async () => {
  const manifest = '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\n';
  const kept = keeping("insecure", "").replace(
    "strict: Client, insecure: Client, level",
    "pub strict: Client, pub insecure: Client, pub level",
  );
  const taking = (body: string): string => `use crate::http::Http;\npub fn take(http: &Http) -> &reqwest::Client { ${body} }\n`;
  const [chosen, always, never] = ["if http.level > 3 { &http.insecure } else { &http.strict }", "&http.insecure", "&http.strict"];
  const host = memoryHost({
    "/w/Cargo.toml": manifest,
    "/w/src/lib.rs": "pub mod http;\npub mod take;\n",
    "/w/src/http.rs": kept,
    "/w/src/take.rs": taking(never),
  });
  const service = await createLintService(host, { roots: ["/w"] });
  const severities: string[] = [];
  for (const body of [never, chosen, always, chosen, never]) {
    service.open("/w/src/take.rs", taking(body));
    severities.push(...(await service.lint("/w/src/http.rs")).findings.map((it) => it.severity));
  }
  service.dispose();
  assert.deepEqual(severities, ["error", "hint", "error", "hint", "error"]);
});

test("MISSING: a client that is taken where a function that nobody has read says so", async () => {
  const byHost = `pub struct ByHost { strict: reqwest::Client, insecure: reqwest::Client }
impl ByHost {
    pub fn new() -> Self {
        let strict = reqwest::Client::builder().build().unwrap();
        let insecure = reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap();
        Self { strict, insecure }
    }
    pub fn get(&self, host: &str) -> &reqwest::Client { if is_listed(host) { &self.insecure } else { &self.strict } }
}
fn main() { serve(ByHost::new()); }
`;
  // A hint would be right: the field's name says what is chosen.
  assert.deepEqual(await said(byHost), ["5 error disabled-verification: true"]);
});
