/** Clients that switch the library's check of the name off: whether they compare the peer's names themselves, and nothing gets past it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "./stage.ts";

const HEAD = `
use std::net::TcpStream;
use openssl::nid::Nid;
use openssl::ssl::{SslConnector, SslMethod, SslRef, SslStream};
use x509_parser::prelude::*;
type Failure = Box<dyn std::error::Error>;

fn names_of(ssl: &SslRef) -> Vec<String> {
    let certificate = ssl.peer_certificate().expect("a server has a certificate");
    certificate.subject_alt_names().into_iter().flatten().filter_map(|it| it.dnsname().map(str::to_string)).collect()
}
fn check(ssl: &SslRef, expected: &str) -> Result<(), Failure> {
    if names_of(ssl).iter().any(|name| name == expected) { return Ok(()); }
    Err("another's".into())
}
fn by_common_name(ssl: &SslRef, expected: &str) -> Result<(), Failure> {
    let certificate = ssl.peer_certificate().ok_or("nobody's")?;
    for entry in certificate.subject_name().entries_by_nid(Nid::COMMONNAME) {
        if entry.data().as_utf8()?.to_string() == expected { return Ok(()); }
    }
    Err("another's".into())
}
fn is_ours(ssl: &SslRef, expected: &str) -> bool { names_of(ssl).contains(&expected.to_string()) }
`;
const client = (after: string, more = ""): string => `${HEAD}
pub fn open(stream: TcpStream, host: &str, expected: &str, strict: bool) -> Result<SslStream<TcpStream>, Failure> {
    let connector = SslConnector::builder(SslMethod::tls())?.build();
    let mut configuration = connector.configure()?;
    configuration.set_verify_hostname(false);
    let stream = configuration.connect(host, stream)?;
    ${after}
    Ok(stream)
}
${more}`;

function isCompared(after: string, more?: string): boolean {
  const { observations } = read(client(after, more));
  const facts = observations.flatMap(({ fact }) =>
    fact.kind === "hostname-verification" && !fact.enabled ? [fact.compared === true] : [],
  );
  assert.equal(facts.length, 1);
  return facts[0] === true;
}

const LEAF = `let certificate = stream.ssl().peer_certificate().ok_or("none")?;`;

for (const after of [
  "check(stream.ssl(), expected)?;",
  "if let Err(error) = check(stream.ssl(), expected) { return Err(error); }",
  'check(stream.ssl(), expected).map_err(|it| { eprintln!("{it}"); it })?;',
  "check(stream.ssl(), expected).unwrap();",
  `if check(stream.ssl(), expected).is_err() { return Err("another's".into()); }`,
  `if !is_ours(stream.ssl(), expected) { return Err("another's".into()); }`,
  `if is_ours(stream.ssl(), expected) { println!("ours"); } else { return Err("another's".into()); }`,
  "assert!(is_ours(stream.ssl(), expected));",
  `is_ours(stream.ssl(), expected).then_some(()).ok_or("another's")?;`,
  `let names = names_of(stream.ssl()); if !names.iter().any(|it| it.eq_ignore_ascii_case(expected)) { anyhow::bail!("another's"); }`,
  `${LEAF} let der = certificate.to_der()?; let (_, parsed) = X509Certificate::from_der(&der)?; let Some(_) = parsed.subject().iter_common_name().find(|it| it.as_str() == Ok(expected)) else { return Err("another's".into()); };`,
  `let names = names_of(stream.ssl()); match names.first() { Some(name) => { if name != expected { return Err("another's".into()); } } None => return Err("nobody's".into()) }`,
  "by_common_name(stream.ssl(), expected)?;",
])
  test(`compares: ${after}`, () => assert.equal(isCompared(after), true));

for (const [what, after, more] of [
  ["nothing", ""],
  ["a log line", `println!("connected to {:?}", names_of(stream.ssl()));`],
  ["a comparison that is logged", `if !is_ours(stream.ssl(), expected) { eprintln!("another's"); }`],
  ["a comparison in a log line", `println!("{}", is_ours(stream.ssl(), expected));`],
  ["an answer that is dropped", "let _ = check(stream.ssl(), expected);"],
  ["an error that is logged", `if let Err(error) = check(stream.ssl(), expected) { eprintln!("{error}"); }`],
  ["an error that is let go", "check(stream.ssl(), expected).ok();"],
  ["the wrong way round", `if is_ours(stream.ssl(), expected) { return Err("ours".into()); }`],
  ["only where it is wanted", "if strict { check(stream.ssl(), expected)?; }"],
  ["only after a way out", "if !strict { return Ok(stream); } check(stream.ssl(), expected)?;"],
  ["where something else will do, too", `if !is_ours(stream.ssl(), expected) && strict { return Err("another's".into()); }`],
  [
    "only names that are there",
    `let names = names_of(stream.ssl()); for name in names { if name != expected { return Err("another's".into()); } }`,
  ],
  [
    "with a name of the certificate itself",
    `${LEAF} let der = certificate.to_der()?; let (_, parsed) = X509Certificate::from_der(&der)?; if parsed.subject() != parsed.issuer() { return Err("another's".into()); }`,
  ],
  ["how many names there are", `if names_of(stream.ssl()).len() != 1 { return Err("another's".into()); }`],
  [
    "with nothing",
    `if names_of(stream.ssl()).contains(&String::new()) || names_of(stream.ssl()).first() == None { return Err("nobody's".into()); }`,
  ],
  [
    "by one client of two",
    "check(stream.ssl(), expected)?;",
    `pub fn unseen(connector: &SslConnector, host: &str, stream: TcpStream) -> Result<SslStream<TcpStream>, Failure> { Ok(connector.connect(host, stream)?) }`,
  ],
] as const)
  test(`does not: ${what}`, () => assert.equal(isCompared(after, more), false));

test("the certificate of whom the program serves is another's", () => {
  const source = client("check(accepted.ssl(), expected)?;").replace(
    "(stream: TcpStream, host",
    "(accepted: &SslStream<TcpStream>, stream: TcpStream, host",
  );
  const { observations } = read(source);
  assert.ok(observations.some(({ fact }) => fact.kind === "hostname-verification" && !fact.enabled && fact.compared === undefined));
});
