/** Names of peers compared in part: by which ways they get from a certificate to the comparison, and what is no such comparison. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../server/src/analysis/index.ts";
import { models } from "../../../server/src/models/index.ts";
import { STD } from "../../../server/src/models/std.ts";
import { rustParser } from "../../../server/src/rust/index.ts";
import { programOf } from "../../harness/flow.ts";

const HEAD = `use openssl::ssl::SslRef;
use openssl::nid::Nid;
fn name_of(ssl: &SslRef) -> Option<String> {
    Some(ssl.peer_certificate()?.subject_name().entries_by_nid(Nid::COMMONNAME).next()?.data().as_utf8().ok()?.to_string())
}
fn names_of(ssl: &SslRef) -> Vec<String> {
    ssl.peer_certificate().unwrap().subject_alt_names().into_iter().flatten().filter_map(|it| it.dnsname().map(str::to_string)).collect()
}
`;

/** `part: the text of the place`. */
function compared(text: string): readonly string[] {
  const source = HEAD + text;
  const rust = rustParser.parse(source);
  assert.ok(rust.ok);
  const file = { name: "/f.rs", file: rust.value, modulePath: [], testCode: false, crate: undefined };
  const { observations } = analyse({ files: [file], models, program: programOf(source), standard: STD });
  return observations.flatMap(({ fact, place, related }) => {
    if (fact.kind !== "name-comparison") return [];
    assert.equal(source.slice(related[0]?.span.start, related[0]?.span.end), "peer_certificate");
    return [`${fact.part}: ${source.slice(place.span.start, place.span.end)}`];
  });
}

const ADMIN = 'contains("admin")';
for (const [way, text] of [
  ["a parameter", `fn f(ssl: &SslRef) -> bool { is_admin(&name_of(ssl).unwrap()) } fn is_admin(name: &str) -> bool { name.${ADMIN} }`],
  ["a closure that somebody calls", `fn f(ssl: &SslRef) -> bool { names_of(ssl).iter().any(|it| it.${ADMIN}) }`],
  ["a closure of its own", `fn f(ssl: &SslRef) -> bool { let is = |it: &str| it.${ADMIN}; is(&name_of(ssl).unwrap()) }`],
  [
    "a function that is handed on",
    `fn f(ssl: &SslRef) -> bool { names_of(ssl).into_iter().any(is) } fn is(it: String) -> bool { it.${ADMIN} }`,
  ],
  ["a loop", `fn f(ssl: &SslRef) -> bool { for it in names_of(ssl) { if it.${ADMIN} { return true; } } false }`],
  [
    "a field that another function reads",
    `struct C { name: String } fn k(ssl: &SslRef, to: &mut Kept) { to.insert(C { name: name_of(ssl).unwrap() }); } fn f(c: &C) -> bool { c.name.${ADMIN} }`,
  ],
  [
    "what a generic call was asked for",
    `struct C { name: String } fn k(ssl: &SslRef, to: &mut Kept) { to.insert(C { name: name_of(ssl).unwrap() }); } fn f(r: Kept) -> bool { r.get::<C>().unwrap().name.${ADMIN} }`,
  ],
  ["pieces of a text", `fn f(ssl: &SslRef) -> bool { name_of(ssl).unwrap().to_lowercase().split(',').any(|it| it.trim().${ADMIN}) }`],
  [
    "a text that is put together",
    `fn f(ssl: &SslRef) -> bool { format!("{:?}", ssl.peer_certificate().unwrap().subject_name()).${ADMIN} }`,
  ],
] as const)
  test(`a name gets by ${way} to where it is compared`, () => assert.deepEqual(compared(text), [`anywhere: ${ADMIN}`]));

test("a text that only a function which calls itself hands on is known to nobody, and asked for once", () => {
  const again = (call: string): string =>
    `fn f(name: &str, text: &str) -> bool { name.contains(text) || ${call} } fn g(name: &str, text: &str) -> bool { f(name, text) }`;
  assert.deepEqual(compared(again("f(name, text)")), []);
  assert.deepEqual(compared(again("g(name, text)")), []);
  const given = 'fn h(ssl: &SslRef) -> bool { f(&name_of(ssl).unwrap(), "admin") }';
  assert.deepEqual(compared(`${again("f(name, text)")} ${given}`), ["anywhere: contains(text)"]);
});

test("what is compared with what tells which part is taken", () => {
  const by = (comparison: string): readonly string[] =>
    compared(`const LIST: &str = "alice,bob"; fn f(ssl: &SslRef) -> bool { let name = name_of(ssl).unwrap(); ${comparison} }`);
  assert.deepEqual(by('name.starts_with("admin")'), ['beginning: starts_with("admin")']);
  assert.deepEqual(by('name.ends_with("example.com")'), ['end: ends_with("example.com")']);
  assert.deepEqual(by("LIST.contains(&name)"), ["within: contains(&name)"]);
  assert.deepEqual(by('&name[..5] == "admin"'), ['beginning: &name[..5] == "admin"']);
  assert.deepEqual(by('let re = Regex::new("admin").unwrap(); re.is_match(&name)'), ["pattern: is_match(&name)"]);
});

for (const [what, text] of [
  ["whole names", `fn f(ssl: &SslRef) -> bool { names_of(ssl).contains(&"admin".to_string()) || name_of(ssl).unwrap() == "admin" }`],
  [
    "forms of names",
    `fn f(ssl: &SslRef) -> bool { let it = name_of(ssl).unwrap(); it.starts_with("CN=") || it.contains(' ') || it.ends_with(".example.com") }`,
  ],
  ["a whole pattern", `fn f(ssl: &SslRef) -> bool { Regex::new("^device-[0-9]+$").unwrap().is_match(&name_of(ssl).unwrap()) }`],
  ["its issuer", `fn f(ssl: &SslRef) -> bool { format!("{:?}", ssl.peer_certificate().unwrap().issuer_name()).${ADMIN} }`],
  [
    "another field",
    `struct C { name: String, path: String } fn f(ssl: &SslRef, path: String) -> bool { let c = C { name: name_of(ssl).unwrap(), path }; c.path.${ADMIN} } fn g(c: &C) -> bool { c.path.${ADMIN} }`,
  ],
  [
    "somebody else's certificate",
    `fn f(der: &[u8]) -> bool { openssl::x509::X509::from_der(der).unwrap().subject_name().to_string().${ADMIN} }`,
  ],
  ["what is logged alone", `fn f(ssl: &SslRef) { let name = name_of(ssl).unwrap(); if name.${ADMIN} { println!("{name}"); } }`],
] as const)
  test(`${what}: nothing is compared in part`, () => assert.deepEqual(compared(text), []));
