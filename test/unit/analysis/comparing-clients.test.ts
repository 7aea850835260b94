/** Clients that switch the library's check of the name off: whether nothing gets past what they compare themselves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../server/src/analysis/index.ts";
import { models } from "../../../server/src/models/index.ts";
import { STD } from "../../../server/src/models/std.ts";
import { rustParser } from "../../../server/src/rust/index.ts";
import { programOf } from "../../harness/flow.ts";

// A glob of a crate that is not here holds no other crate.
const client = (after: string, more = ""): string => `use openssl::ssl::{SslConnector, SslMethod, SslRef, SslStream};
use x509_parser::prelude::*;
use rustls::{client::verify_server_name, server::ParsedCertificate};
fn leaf(ssl: &SslRef) -> X509 { ssl.peer_certificate().unwrap() }
fn names_of(ssl: &SslRef) -> Vec<String> {
    ssl.peer_certificate().unwrap().subject_alt_names().into_iter().flatten().filter_map(|it| it.dnsname().map(str::to_string)).collect()
}
fn check(ssl: &SslRef, expected: &str) -> Result<(), Failure> {
    for name in names_of(ssl) { if name == expected { return Ok(()); } }
    Err(Failure)
}
pub fn open(stream: TcpStream, host: &str, expected: &str, strict: bool, other: &SslRef) -> Result<SslStream<TcpStream>, Failure> {
    let mut configuration = SslConnector::builder(SslMethod::tls())?.build().configure()?;
    configuration.set_verify_hostname(false);
    let stream = configuration.connect(host, stream)?;
    ${after}
    Ok(stream)
}
${more}`;

function isCompared(after: string, more?: string): boolean {
  const text = client(after, more);
  const rust = rustParser.parse(text);
  assert.ok(rust.ok);
  const file = { name: "/f.rs", file: rust.value, modulePath: [], testCode: false, crate: undefined };
  const { observations } = analyse({ files: [file], models, program: programOf(text), standard: STD });
  const facts = observations.flatMap(({ fact }) =>
    fact.kind === "hostname-verification" && !fact.enabled ? [fact.compared === true] : [],
  );
  assert.equal(facts.length, 1);
  return facts[0] === true;
}

for (const after of [
  "check(stream.ssl(), expected)?;",
  "if check(stream.ssl(), expected).is_err() { return Err(Failure); }",
  "if let Err(error) = check(stream.ssl(), expected).map_err(|it| it) { return Err(error); }",
  "if !names_of(stream.ssl()).iter().any(|it| it.eq_ignore_ascii_case(expected)) { return Err(Failure); }",
  "names_of(stream.ssl()).contains(&expected.to_string()).then_some(()).ok_or(Failure)?;",
  "assert!(names_of(stream.ssl()).contains(&expected.to_string()));",
  "check(stream.ssl(), expected).unwrap();",
  "if !names_of(stream.ssl()).contains(&expected.to_string()) { anyhow::bail!(Failure); }",
  "anyhow::ensure!(names_of(stream.ssl()).contains(&expected.to_string()));",
  "verify_server_name(&ParsedCertificate::try_from(&leaf(stream.ssl()))?, &named(expected))?;",
  "if verify_server_name(&ParsedCertificate::try_from(&leaf(stream.ssl()))?, &named(expected)).is_err() { return Err(Failure); }",
])
  test(`compared: ${after}`, () => assert.equal(isCompared(after), true));

for (const [what, after, more] of [
  ["nothing", ""],
  ["an answer that is dropped", "let _ = check(stream.ssl(), expected);"],
  ["one that is only wanted sometimes", "if strict { check(stream.ssl(), expected)?; }"],
  ["the wrong way round", "if names_of(stream.ssl()).contains(&expected.to_string()) { return Err(Failure); }"],
  ["a name of another's certificate", "verify_server_name(&ParsedCertificate::try_from(&leaf(other))?, &named(expected))?;"],
  [
    "a name of its own",
    "let it = leaf(stream.ssl()); verify_server_name(&ParsedCertificate::try_from(&it)?, &named(it.subject_alt_names()))?;",
  ],
  ["a verdict that is dropped", "let _ = verify_server_name(&ParsedCertificate::try_from(&leaf(stream.ssl()))?, &named(expected));"],
  ["how many there are", "if names_of(stream.ssl()).len() != 1 { return Err(Failure); }"],
  ["the certificate of another connection", "check(other, expected)?;"],
  ["with what it shows itself", "if names_of(stream.ssl()).first() != names_of(stream.ssl()).last() { return Err(Failure); }"],
  [
    "by one client of two",
    "check(stream.ssl(), expected)?;",
    "pub fn unseen(c: &SslConnector, host: &str, stream: TcpStream) -> Result<SslStream<TcpStream>, Failure> { Ok(c.connect(host, stream)?) }",
  ],
] as const)
  test(`not compared: ${what}`, () => assert.equal(isCompared(after, more), false));
