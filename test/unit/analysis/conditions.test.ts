/** Which conditions lower what is said of an endpoint: those that decide something of it, not those under which it is there at all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../server/src/analysis/index.ts";
import { models } from "../../../server/src/models/index.ts";
import { STD } from "../../../server/src/models/std.ts";
import { rustParser } from "../../../server/src/rust/index.ts";
import { programOf } from "../../harness/flow.ts";
import { said } from "../../harness/said.ts";
import { seen } from "./stage.ts";

const USE = "use reqwest::{Client, Result};\n";
const LAX = "Client::builder().danger_accept_invalid_certs(true).build()";

test("a condition under which there is a client at all lowers nothing", async () => {
  const text = `${USE}pub fn client(tls: bool) -> Option<Client> {\n    if tls { ${LAX}.ok() } else { None }\n}\n`;
  assert.deepEqual(await said(text), ["3 error disabled-verification: true"]);
});

test("a condition that chooses between two clients does", async () => {
  const text = `${USE}pub fn client(level: u8) -> Result<Client> {\n    if level > 3 { ${LAX} } else { Client::builder().build() }\n}\n`;
  assert.deepEqual(await said(text), ["3 warning disabled-verification: true"]);
});

test("unless both are insecure", async () => {
  const text = `${USE}pub fn client(level: u8) -> Result<Client> {\n    if level > 3 {\n${LAX}\n    } else {\n${LAX}\n    }\n}\n`;
  assert.deepEqual(await said(text), ["4 error disabled-verification: true", "6 error disabled-verification: true"]);
});

test("a client that takes the place of one that could not be made is made under a condition", async () => {
  const strict = "fn strict() -> Result<Client> {\n    Client::builder().build()\n}\n";
  const text = `${USE}${strict}pub fn client() -> Result<Client> {\n    match strict() {\n        Ok(it) => Ok(it),\n        Err(_) => ${LAX},\n    }\n}\n`;
  assert.deepEqual(await said(text), ["8 warning disabled-verification: true"]);
});

test("what else may fail on the way is no condition", async () => {
  const text = `${USE}pub fn client(name: &str) -> std::result::Result<Client, Box<dyn std::error::Error>> {\n    let _: u8 = name.parse()?;\n    Ok(${LAX}?)\n}\n`;
  assert.deepEqual(await said(text), ["4 error disabled-verification: true"]);
});

test("a switch that only says that client authentication is meant is no doubt about how it is done", async () => {
  const text = `use std::sync::Arc;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
pub fn server(mutual: bool, roots: Arc<RootCertStore>) -> Result<(), Box<dyn std::error::Error>> {
    let builder = ServerConfig::builder();
    let builder = if mutual {
        builder.with_client_cert_verifier(WebPkiClientVerifier::builder(roots).allow_unauthenticated().build()?)
    } else {
        builder.with_no_client_auth()
    };
    drop(builder);
    Ok(())
}
`;
  assert.deepEqual(
    (await said(text)).filter((it) => it.includes("optional")),
    ["7 warning optional-client-auth: allow_unauthenticated"],
  );
});

test("what a function offers to this crate alone is no offer", async () => {
  const one = (visibility: string): string => `${USE}${visibility} fn insecure_client() -> Result<Client> {\n    ${LAX}\n}\n`;
  assert.deepEqual(await said(one("pub")), ["3 hint disabled-verification: true"]);
  assert.deepEqual(await said(one("pub(crate)")), ["3 error disabled-verification: true"]);
});

test("what ends early guards nothing, unless it is about whom one believes, or does the same in another way", async () => {
  const after = (before: string): Promise<readonly string[]> =>
    said(`${USE}pub struct Options { pub show: bool, pub verify_certs: bool }
pub fn run(options: &Options) -> Result<()> {
    let builder = Client::builder();
    ${before}
    let client = builder.danger_accept_invalid_certs(true).build()?;
    drop(client);
    Ok(())
}
`);
  assert.deepEqual(await after("if options.show { return Ok(()); }"), ["6 error disabled-verification: true"]);
  assert.deepEqual(await after("if options.verify_certs { return Ok(()); }"), ["6 hint disabled-verification: true"]);
  assert.deepEqual(await after("if options.show { drop(builder.build()?); return Ok(()); }"), ["6 warning disabled-verification: true"]);
});

test("who has to say no to a check has chosen to go without it", async () => {
  const asked = async (condition: string): Promise<string | undefined> =>
    (
      await said(`${USE}pub struct Options { verify: Option<bool>, insecure: Option<bool> }
impl Options { fn get(&self, _: &str) -> Option<&str> { None } }
pub fn lax(options: &Options, other: &dyn Settings) -> Result<Client> {
    let mut builder = Client::builder();
    if ${condition} { builder = builder.danger_accept_invalid_certs(true); }
    builder.build()
}
`)
    )[0]?.split(" ")[1];
  for (const chosen of [
    "options.verify == Some(false)",
    "options.insecure == Some(true)",
    'other.get("verify_certs") == "false"',
    'other.get("verify_certs").map_or(false, |it| it == "false")',
    'other.get("insecure").is_some_and(|it| it == "true")',
  ])
    assert.equal(await asked(chosen), "hint", chosen);
  for (const other of ["options.insecure == Some(false)", "options.verify == Some(true)", 'other.get("verify_certs") == "true"'])
    assert.equal(await asked(other), "warning", other);
});

test("each command of a program is what it is for, unless its name says more", async () => {
  const started = async (derives: string, command: string): Promise<string | undefined> =>
    (
      await said(`${USE}#[derive(${derives})]
pub enum Command { Serve { port: u16 }, Insecure, Print }
pub fn run(command: Command) -> Result<()> {
    let mut builder = Client::builder();
    if let Command::${command} = command { builder = builder.danger_accept_invalid_certs(true); }
    drop(builder.build()?);
    Ok(())
}
`)
    )[0]?.split(" ")[1];
  assert.equal(await started("clap::Subcommand", "Serve { .. }"), "error");
  assert.equal(await started("Debug", "Serve { .. }"), "warning");
  assert.equal(await started("clap::Subcommand", "Insecure"), "hint");
});

test("what is dropped by its name, or never gets one, verifies nobody", async () => {
  const after = (rest: string): Promise<readonly string[]> =>
    said(`${USE}pub fn client() -> Result<Client> {
    let strict = Client::builder();
    let lenient = Client::builder();
    ${rest}
    strict.build()
}
`);
  assert.deepEqual(await after("let lenient = lenient.danger_accept_invalid_certs(true); drop(lenient);"), []);
  assert.deepEqual(await after("let _ = lenient.danger_accept_invalid_certs(true);"), []);
  assert.deepEqual(await after("let lenient = lenient.danger_accept_invalid_certs(true);"), ["5 error disabled-verification: true"]);
});

test("who chose what is made has not chosen what is done to it", async () => {
  const started = (arm: string, before: string): Promise<readonly string[]> =>
    said(`use reqwest::Client;
pub enum Database { Postgres, Other }
fn connect(kind: Database) {
    ${before}
    match kind { Database::Postgres => { ${arm} } Database::Other => {} }
}
pub fn run() { connect(Database::Postgres); }
`);
  const make = "let b = Client::builder();";
  const lax = "drop(b.danger_accept_invalid_certs(true).build());";
  assert.deepEqual(await started(`${make} ${lax}`, ""), ["5 error disabled-verification: true"]);
  assert.deepEqual(await started(lax, make), ["7 error disabled-verification: Database::Postgres"]);
});

test("a condition that no branch asks is where the argument is given that decides by it", () => {
  const text = `${USE}pub fn client(verify: bool) -> Result<Client> {\n    Client::builder().danger_accept_invalid_certs(!verify).build()\n}\n`;
  const rust = rustParser.parse(text);
  assert.ok(rust.ok);
  const source = { name: "/f.rs", file: rust.value, modulePath: [], testCode: false, crate: undefined };
  const { observations } = analyse({ files: [source], models, program: programOf(text), standard: STD });
  const places = observations.flatMap(({ guards }) => guards.flatMap((it) => (it.kind === "condition" ? [it.place] : [])));
  assert.deepEqual(new Set(places.map(({ span }) => text.slice(span.start, span.end))), new Set(["!verify"]));
});

test("a call of which nobody knows when it happens is one condition for all that its callee does", async () => {
  const both = "fn both(a: Option<u8>, b: Option<u8>) -> Option<(u8, u8)> {\n    let a = a?;\n    let b = b?;\n    Some((a, b))\n}\n";
  const text = `${USE}${both}fn client(lax: bool) -> Result<Client> {
    let mut builder = Client::builder();
    if lax {
        builder = builder.danger_accept_invalid_certs(true);
    } else {
        builder = builder.danger_accept_invalid_certs(true);
    }
    builder.build()
}
pub fn start(a: Option<u8>, b: Option<u8>, lax: bool) {
    if let Some(_) = both(a, b) {
        run(client(lax).unwrap());
    }
}
`;
  assert.deepEqual(await said(text), ["10 error disabled-verification: true", "12 error disabled-verification: true"]);
});

test("a name that nothing declares is one condition, of what is made and of what is set", () => {
  const made = (condition: string): string[] =>
    seen(
      `use native_tls::TlsConnector;
fn connect() -> Made {
    if ${condition} { let mut b = TlsConnector::builder(); b.danger_accept_invalid_certs(true); Made::Of(b.build().unwrap()) } else { Made::None }
}`,
      ["server-verification"],
      { defaults: true },
    );
  assert.deepEqual(made("SECURE"), ["server-verification off «true»"]);
  assert.deepEqual(made("secure()"), ["server-verification off «true»"]);
});
