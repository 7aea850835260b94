/** The files that a program reads: which, how, and what for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../server/src/analysis/index.ts";
import { models } from "../../../server/src/models/index.ts";
import { STD } from "../../../server/src/models/std.ts";
import { createRustParser } from "../../../server/src/rust/index.ts";
import { programOf } from "../../harness/flow.ts";

const parser = createRustParser();

/** `path reads role at`. */
function files(text: string): readonly string[] {
  const rust = parser.parse(text);
  assert.ok(rust.ok);
  const source = { name: "/f.rs", file: rust.value, modulePath: [], testCode: false, crate: undefined };
  return analyse({ files: [source], models, program: programOf(text), standard: STD }).observations.flatMap(({ fact, place }) =>
    fact.kind === "file" ? [`${fact.path} ${fact.loader.reads} ${fact.loader.role} ${text.slice(place.span.start, place.span.end)}`] : [],
  );
}

test("the CA of a server's clients, its chain and its key", () => {
  const text = `use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod};
const CA: &str = "client-ca.pem";
pub fn acceptor(path: &str) -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file(CA)?;
    builder.set_certificate_chain_file(path)?;
    builder.set_private_key_file("server.key", SslFiletype::PEM)?;
    Ok(builder.build())
}
pub fn main() {
    acceptor("server.pem").unwrap();
}
`;
  assert.deepEqual(files(text).toSorted(), [
    'client-ca.pem certificates client-ca "client-ca.pem"',
    'server.key private-key own-key "server.key"',
    'server.pem certificates own-chain "server.pem"',
  ]);
});

test("certificates that go through a loader into a store, and from there to a client", () => {
  const text = `use rustls::pki_types::{pem::PemObject, CertificateDer};
use rustls::{ClientConfig, RootCertStore};
pub fn client() -> Result<ClientConfig, Box<dyn std::error::Error>> {
    let mut roots = RootCertStore::empty();
    for it in CertificateDer::pem_file_iter("ca.pem")? {
        roots.add(it?)?;
    }
    Ok(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}
`;
  assert.deepEqual(files(text), ['ca.pem certificates server-ca "ca.pem"']);
});

const adding = (bytes: string): string => `use rustls::pki_types::CertificateDer;
pub fn add(roots: &mut rustls::RootCertStore) {
    roots.add(CertificateDer::from(${bytes})).unwrap();
}
`;

test("bytes that a macro takes into the program", () => {
  assert.deepEqual(files(adding('include_bytes!("../ca.der").to_vec()')), ['../ca.der first-certificate unknown "../ca.der"']);
});

test("bytes as they were read, and what somebody has made of them", () => {
  assert.deepEqual(files(adding('std::fs::read("ca.der").unwrap()')), ['ca.der first-certificate unknown "ca.der"']);
  assert.deepEqual(files(adding('other::decode(&std::fs::read("ca.pem").unwrap())')), []);
  assert.deepEqual(files(adding('std::fs::read("ca.pem").unwrap().decoded()')), []);
});

/** `call permissions line`, of each key that is written to a file that others may read. */
function written(text: string): readonly string[] {
  const rust = parser.parse(text);
  assert.ok(rust.ok);
  const source = { name: "/f.rs", file: rust.value, modulePath: [], testCode: false, crate: undefined };
  return analyse({ files: [source], models, program: programOf(text), standard: STD }).observations.flatMap(({ fact, place }) =>
    fact.kind === "private-key-file"
      ? [`${fact.call} ${fact.permissions ?? "default"} ${text.slice(0, place.span.start).split("\n").length}`]
      : [],
  );
}

const storing = (before: string, after: string, more = ""): string => `use std::os::unix::fs::PermissionsExt;
pub fn store(path: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    let key = rcgen::KeyPair::generate()?;
    ${before}
    std::fs::write(path, key.serialize_pem())?;
    ${after}
    Ok(())
}
${more}`;

test("a key that is written to a file, by whoever may read that", () => {
  assert.deepEqual(written(storing("", "")), ["std::fs::write default 5"]);
  const permitted = (mode: string): string => `std::fs::set_permissions(path, std::fs::Permissions::from_mode(${mode}))?;`;
  assert.deepEqual(written(storing("", permitted("0o600"))), []);
  assert.deepEqual(written(storing("", permitted("0o640"))), []);
  assert.deepEqual(written(storing(permitted("0o600"), "")), []);
  assert.deepEqual(written(storing("", permitted("0o644"))), [`std::fs::write ${0o644} 5`]);
  assert.deepEqual(written(storing("", permitted("asked()"))), []);
  assert.deepEqual(written(storing("", "std::fs::set_permissions(other, std::fs::Permissions::from_mode(0o600))?;")), [
    "std::fs::write default 5",
  ]);
});

test("a program that masks what it writes, and a path of this file system's devices", () => {
  assert.deepEqual(written(storing("", "", "pub fn main() { unsafe { libc::umask(0o077) }; }")), []);
  assert.deepEqual(written(storing('let path = "/dev/fd/3";', "")), []);
});

test("a program that tells who may read the file", () => {
  assert.deepEqual(written(storing("", 'std::process::Command::new("/bin/chmod").arg("600").arg(path).status()?;')), []);
  assert.deepEqual(written(storing("", 'std::process::Command::new("ls").arg(path).status()?;')), ["std::fs::write default 5"]);
});
