/** Who may take a fix: what would break a program that works is offered to nobody who does not ask for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../server/src/base/text-edit.ts";
import { createLintService } from "../../server/src/service/index.ts";
import { memoryHost } from "../harness/memory-host.ts";

const manifest = (dependencies: string): string => `[package]
name = "a"
version = "0.1.0"
edition = "2021"

[features]
own = []

[dependencies]
${dependencies}
`;

/** The first fix of the rule's only finding in `file`. */
async function first(rule: string, text: string, dependencies: string, { file = "src/main.rs", settings = "" } = {}) {
  const path = `/w/${file}`;
  const host = memoryHost({ [path]: text, "/w/Cargo.toml": manifest(dependencies), "/w/tlslint.toml": settings });
  const service = await createLintService(host, { roots: ["/w"] });
  const found = (await service.lint(path)).findings.filter((it) => it.rule === rule);
  service.dispose();
  assert.equal(found.length, 1, `${rule} is found`);
  const [fix] = found.flatMap((it) => it.fixes);
  assert.ok(fix !== undefined, "there is a fix");
  const edits = fix.edits.find((it) => it.file === path)?.edits ?? [];
  return { ...fix, text: applyEdits(text, edits), unfixed: found[0]?.unfixed };
}

const EMPTY = `use rustls::{ClientConfig, RootCertStore};

fn main() {
    ClientConfig::builder().with_root_certificates(RootCertStore::empty()).with_no_client_auth();
}
`;

test("a file that only its user can name is asked for, unless it is named in the configuration", async () => {
  const asked = await first("empty-trust-store", EMPTY, 'rustls = "0.23.20"');
  assert.deepEqual([asked.applicability, asked.preferred], ["input", false]);
  assert.match(asked.title, /; needs `ca\.pem`/);
  assert.match(asked.unfixed ?? "", /set `server-ca` to its file/);
  const named = await first("empty-trust-store", EMPTY, 'rustls = "0.23.20"', { settings: 'server-ca = "certs/servers.pem"\n' });
  assert.deepEqual([named.applicability, named.preferred, named.unfixed], ["review", true, undefined]);
  assert.doesNotMatch(named.title, /needs/);
  assert.match(named.text, /pem_file_iter\("certs\/servers\.pem"\)/);
});

test("a fix that leaves an empty block is looked at, although nobody is locked out by it", async () => {
  const text = `pub fn settings(builder: &mut s2n_tls::config::Builder) -> Result<(), s2n_tls::error::Error> {
    unsafe {
        builder.set_key_log_callback(None, std::ptr::null_mut())?;
    }
    Ok(())
}
`;
  const fix = await first("key-log", text, 's2n-tls = "0.3.10"', { file: "src/lib.rs" });
  assert.deepEqual([fix.applicability, fix.preferred], ["review", true]);
});

test("what is a choice stays one under a condition", async () => {
  const text = `use openssl::ssl::{SslAcceptor, SslMethod};

#[cfg(not(feature = "own"))]
fn main() {
    let builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
    builder.build();
}
`;
  assert.equal((await first("no-client-auth", text, 'openssl = "0.10.70"')).applicability, "choice");
});

const CLIENT = `fn main() {
    reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap();
}
`;

test("of tests and examples the server may sign for itself", async () => {
  const reqwest = 'reqwest = "0.12.15"';
  const own = await first("disabled-verification", CLIENT, reqwest);
  assert.deepEqual([own.applicability, own.preferred], ["review", true]);
  const shown = await first("disabled-verification", CLIENT, reqwest, { file: "examples/client.rs" });
  assert.deepEqual([shown.applicability, shown.preferred], ["choice", false]);
  assert.match(shown.unfixed ?? "", /servers of tests and examples/);
});

const database = (trusts: string): string => `use openssl::ssl::{SslConnector, SslMethod, SslVerifyMode};
use postgres_openssl::MakeTlsConnector;

fn main() {
    let mut builder = SslConnector::builder(SslMethod::tls()).unwrap();
    builder.set_verify(SslVerifyMode::NONE);${trusts}
    tokio_postgres::connect("host=db.shop.dev", MakeTlsConnector::new(builder.build()));
}
`;

test("servers of private authorities are verified where their CA is there", async () => {
  const crates = 'openssl = "0.10.70"\npostgres-openssl = "0.5.0"\ntokio-postgres = "0.7.12"';
  const without = await first("disabled-verification", database(""), crates);
  assert.deepEqual([without.applicability, without.preferred], ["choice", false]);
  assert.match(without.unfixed ?? "", /add it to the trust store/);
  const trusted = await first("disabled-verification", database('\n    builder.set_ca_file("db.pem").unwrap();'), crates);
  assert.ok(trusted.preferred);
});

test("clients of configured addresses need not reject plaintext", async () => {
  const text = `use hyper_rustls::HttpsConnectorBuilder;

pub fn either() {
    let _connector = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build();
}
`;
  assert.equal((await first("plaintext-upstream", text, 'hyper-rustls = "0.27.5"')).applicability, "choice");
});

test("a verifier that makes certificates optional is left to handlers that look at them", async () => {
  const verifier = (handler: string): string => `use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{DigitallySignedStruct, DistinguishedName, Error, ServerConnection, SignatureScheme};
use std::sync::Arc;

#[derive(Debug)]
pub struct Known(pub Arc<dyn ClientCertVerifier>);

impl ClientCertVerifier for Known {
    fn client_auth_mandatory(&self) -> bool {
        false
    }
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.0.root_hint_subjects()
    }
    fn verify_client_cert(&self, end: &CertificateDer<'_>, more: &[CertificateDer<'_>], now: UnixTime) -> Result<ClientCertVerified, Error> {
        self.0.verify_client_cert(end, more, now)
    }
    fn verify_tls12_signature(&self, m: &[u8], c: &CertificateDer<'_>, d: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        self.0.verify_tls12_signature(m, c, d)
    }
    fn verify_tls13_signature(&self, m: &[u8], c: &CertificateDer<'_>, d: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        self.0.verify_tls13_signature(m, c, d)
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

pub fn config(inner: Arc<dyn ClientCertVerifier>) -> rustls::ConfigBuilder<rustls::ServerConfig, rustls::server::WantsServerCert> {
    rustls::ServerConfig::builder().with_client_cert_verifier(Arc::new(Known(inner)))
}

pub fn name(connection: &ServerConnection) -> Option<usize> {
    ${handler}
}
`;
  const of = async (handler: string) =>
    (await first("optional-client-auth", verifier(handler), 'rustls = "0.23.20"', { file: "src/lib.rs" })).applicability;
  assert.equal(await of("connection.alpn_protocol().map(<[u8]>::len)"), "review");
  assert.equal(await of("connection.peer_certificates().map(<[_]>::len)"), "choice");
});

const CACHE = `use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ServerSessionMemoryCache, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

struct Shared {
    sessions: Arc<ServerSessionMemoryCache>,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

fn server(shared: &Shared, authorities: &str) -> Fallible<ServerConfig> {
    let mut clients = RootCertStore::empty();
    for authority in CertificateDer::pem_file_iter(authorities)? {
        clients.add(authority?)?;
    }
    let mut config = ServerConfig::builder()
        .with_client_cert_verifier(WebPkiClientVerifier::builder(clients.into()).build()?)
        .with_single_cert(shared.chain.clone(), shared.key.clone_key())?;
    config.session_storage = shared.sessions.clone();
    Ok(config)
}

pub fn both(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Fallible<[ServerConfig; 2]> {
    let shared = Shared { sessions: ServerSessionMemoryCache::new(1024), chain, key };
    Ok([server(&shared, "partners.pem")?, server(&shared, "staff.pem")?])
}
`;

const CHANNEL = `use std::net::TcpStream;

use native_tls::{TlsConnector, TlsStream};

enum Channel {
    Tls(TlsStream<TcpStream>),
    Plain(TcpStream),
}

fn open(host: &str) -> Result<Channel, Box<dyn std::error::Error>> {
    let connector = TlsConnector::new()?;
    match connector.connect(host, TcpStream::connect((host, 6514))?) {
        Ok(stream) => Ok(Channel::Tls(stream)),
        Err(_) => Ok(Channel::Plain(TcpStream::connect((host, 514))?)),
    }
}

fn main() {
    match open("logs.corp-internal.net") {
        Ok(Channel::Tls(stream)) => drop(stream),
        Ok(Channel::Plain(stream)) => drop(stream),
        Err(error) => eprintln!("{error}"),
    }
}
`;

test("what leaves a field that nobody reads, or a variant that nobody makes, is a choice", async () => {
  const rustls = 'rustls = "0.23.20"';
  const unread = await first("shared-session-state", CACHE, rustls);
  assert.deepEqual([unread.applicability, unread.preferred], ["choice", false]);
  assert.equal(unread.unfixed, "`sessions` of `Shared` would be left without a use: decide what becomes of it");
  const counted = CACHE.replace("    Ok([", '    println!("{}", Arc::strong_count(&shared.sessions));\n    Ok([');
  assert.equal((await first("shared-session-state", counted, rustls)).applicability, "review");
  const taken = CACHE.replace("    let mut config", "    let Shared { sessions: _sessions, .. } = shared;\n    let mut config");
  assert.equal((await first("shared-session-state", taken, rustls)).applicability, "review");
  const far = CACHE.replace("    Ok([", `    println!("{}", Arc::strong_count(&shared.${" ".repeat(200)}/* all */ sessions));\n    Ok([`);
  assert.equal((await first("shared-session-state", far, rustls)).applicability, "review");

  // Neither a method of that name nor a pattern that passes over a field reads it.
  for (const reads of ["shared.sessions()", "{ let Shared { sessions: _, .. } = &shared; }"]) {
    const passed = CACHE.replace("    Ok([", `    ${reads};\n    Ok([`).replace(
      "fn server",
      "impl Shared {\n    fn sessions(&self) {}\n}\n\nfn server",
    );
    assert.equal((await first("shared-session-state", passed, rustls)).applicability, "choice", reads);
  }
  // What a macro makes of a word nobody knows.
  const given = CACHE.replace("    Ok([", "    let _ = std::mem::offset_of!(Shared, sessions);\n    Ok([");
  assert.equal((await first("shared-session-state", given, rustls)).applicability, "review");
  // Of a library, only what no other crate can name.
  const library = { file: "src/lib.rs" };
  const open = CACHE.replace("struct Shared", "pub struct Shared");
  assert.equal((await first("shared-session-state", open, rustls, library)).applicability, "choice");
  assert.equal(
    (await first("shared-session-state", open.replace("sessions: Arc", "pub (crate) sessions: Arc"), rustls, library)).applicability,
    "choice",
  );
  assert.equal(
    (await first("shared-session-state", open.replace("sessions: Arc", "pub sessions: Arc"), rustls, library)).applicability,
    "review",
  );

  const unmade = await first("fail-open", CHANNEL, 'native-tls = "0.2"');
  assert.equal(unmade.applicability, "choice");
  assert.match(unmade.unfixed ?? "", /^`Plain` of `Channel`/);
  const asked = CHANNEL.replace(
    "fn main() {",
    'fn main() {\n    let _ = TcpStream::connect("logs.corp-internal.net:514").map(Channel::Plain);',
  );
  assert.equal((await first("fail-open", asked, 'native-tls = "0.2"')).applicability, "review");
  const imported = CHANNEL.replace(
    "fn main() {",
    'fn main() {\n    use Channel::*;\n    let _ = TcpStream::connect("logs.corp-internal.net:514").map(Plain);',
  );
  assert.equal((await first("fail-open", imported, 'native-tls = "0.2"')).applicability, "review");
});
