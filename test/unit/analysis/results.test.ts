/** Results that nobody looks at, bundles of which one certificate is taken, files, addresses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { read, seen } from "./stage.ts";

const KIND = ["dropped-error"] as const;
const store = (body: string, source = "certs(path)"): string => `
use rustls::RootCertStore;
fn certs(path: &str) -> Vec<rustls::pki_types::CertificateDer<'static>> { todo!() }
fn roots(path: &str) -> Result<RootCertStore, Box<dyn std::error::Error>> {
    let mut roots = RootCertStore::empty();
    for c in ${source} { ${body} }
    Ok(roots)
}`;

test("ways to drop the error of an anchor", () => {
  assert.deepEqual(seen(store("let _ = roots.add(c);"), KIND), ["dropped-error add «let _»"]);
  assert.deepEqual(seen(store("roots.add(c).ok();"), KIND), ["dropped-error add «ok»"]);
  assert.deepEqual(seen(store("roots.add(c);"), KIND), ["dropped-error add «add»"]);
  assert.deepEqual(seen(store("roots.add(c).unwrap_or_default();"), KIND), ["dropped-error add «unwrap_or_default»"]);
  assert.deepEqual(seen(store("if let Ok(()) = roots.add(c) { n += 1; }"), KIND), ["dropped-error add «Ok(())»"]);
  assert.deepEqual(seen(store("if roots.add(c).is_err() { continue; }"), KIND), ["dropped-error add «roots.add(c).is_err()»"]);
  assert.deepEqual(seen(store("match roots.add(c) { Ok(()) => {} Err(_) => {} }"), KIND), ["dropped-error add «Err(_)»"]);
  assert.deepEqual(seen(store("roots.add(c).map_err(|e| anyhow!(e)).ok();"), KIND), ["dropped-error add «ok»"]);
  assert.deepEqual(seen(store('match roots.add(c) { Ok(()) => warn!("added"), Err(_) => {} }'), KIND), ["dropped-error add «Err(_)»"]);
});

test("ways to tell a log of it", () => {
  for (const [body, place] of [
    ['if let Err(e) = roots.add(c) { warn!("{e}"); }', "Err(e)"],
    ['match roots.add(c) { Ok(()) => {} Err(e) => tracing::warn!("{e}") }', "Err(e)"],
    ['if let Ok(()) = roots.add(c) {} else { slog::error!(logger, "refused"); }', "Ok(())"],
    ['roots.add(c).map_err(|e| log::warn!("{e}")).ok();', "ok"],
    ['let _ = roots.add(c).inspect_err(|e| eprintln!("{e}"));', "let _"],
    ['roots.add(c).map_err(|e| { log::warn!("{e}"); anyhow!(e) }).ok();', "ok"],
    ["roots.add(c).unwrap_or_else(|e| self.logger.warn(&e));", "unwrap_or_else"],
    ["roots.add(c).log_err();", "log_err"],
  ] as const) {
    assert.deepEqual(seen(store(body), KIND), [`dropped-error add logged «${place}»`], body);
  }
});

test("errors that are looked at", () => {
  for (const body of [
    "roots.add(c)?;",
    "roots.add(c).unwrap();",
    'roots.add(c).expect("x");',
    "roots.add(c).map_err(|e| bad(e))?;",
    "if let Err(e) = roots.add(c) { return Err(e.into()); }",
    'if roots.add(c).is_err() { panic!("no"); }',
    "match roots.add(c) { Ok(()) => {} Err(e) => return Err(e.into()) }",
    "roots.add(c).ok().unwrap();",
  ])
    assert.deepEqual(seen(store(body), KIND), [], body);
});

test("the system's store is read as well as it can be", () => {
  assert.deepEqual(seen(store("roots.add(c).ok();", "rustls_native_certs::load_native_certs().unwrap()"), KIND), [
    "dropped-error add system «ok»",
  ]);
});

test("one of many", () => {
  const bundle = (rest: string): string => `
fn f(path: &str) -> Result<rustls::RootCertStore, E> {
    let mut roots = rustls::RootCertStore::empty();
    let mut certs = rustls_pemfile::certs(&mut std::io::BufReader::new(std::fs::File::open("ca-bundle.pem")?)).collect::<Result<Vec<_>, _>>()?;
    ${rest}
    Ok(roots)
}`;
  const found = (rest: string): string[] => seen(bundle(rest), ["partial-bundle"]);
  assert.deepEqual(found("roots.add(certs[0].clone())?;"), ["partial-bundle [0] ca-bundle.pem «[0]»"]);
  assert.deepEqual(found("roots.add(certs.first().unwrap().clone())?;"), ["partial-bundle first ca-bundle.pem «first»"]);
  assert.deepEqual(found("roots.add(certs.remove(0))?;"), ["partial-bundle remove ca-bundle.pem «remove»"]);
  assert.deepEqual(found("roots.add(certs.pop().unwrap())?;"), ["partial-bundle pop ca-bundle.pem «pop»"]);
  assert.deepEqual(found("roots.add(certs.into_iter().next().unwrap())?;"), ["partial-bundle next ca-bundle.pem «next»"]);
  assert.deepEqual(found("for c in certs { roots.add(c)?; }"), []);
  assert.deepEqual(found("show(&certs[0]); for c in certs { roots.add(c)?; }"), []);
  assert.deepEqual(
    seen('fn f() { let c = openssl::x509::X509::from_pem(&std::fs::read("bundle.pem").unwrap()).unwrap(); go(c); }', ["partial-bundle"]),
    ["partial-bundle openssl::x509::X509::from_pem bundle.pem «openssl::x509::X509::from_pem»"],
  );
});

test("revocation lists that may be none", () => {
  const with_ = (crls: string): string => `
fn f(roots: std::sync::Arc<rustls::RootCertStore>) -> std::sync::Arc<X> {
    let v = rustls::server::WebPkiClientVerifier::builder(roots).with_crls(${crls}).build().unwrap();
    v
}`;
  const lists = (crls: string): string | undefined => seen(with_(crls), ["revocation"])[0]?.split(" ")[1];
  assert.equal(lists("vec![]"), "none");
  assert.equal(lists("std::iter::empty()"), "none");
  assert.equal(lists("rustls_pemfile::crls(&mut r).collect::<Result<Vec<_>, _>>().unwrap_or_default()"), "maybe-none");
  assert.equal(lists("rustls_pemfile::crls(&mut r).flatten()"), "maybe-none");
  assert.equal(lists("rustls_pemfile::crls(&mut r).collect::<Result<Vec<_>, _>>().unwrap()"), "loaded");
  assert.equal(lists("load()"), "loaded");
});

test("the guide's imaginary calls, as they were meant", () => {
  const source = `
use native_tls::{Identity, TlsAcceptor};
fn f(identity: Identity) {
    let mut builder = native_tls::TlsAcceptor::builder(identity);
    builder.client_auth_native_tls(native_tls::ClientAuthMode::Verify);
    go(builder.build());
}`;
  assert.deepEqual(seen(source, ["imaginary-call"]), [
    "imaginary-call client_auth_native_tls required «native_tls::ClientAuthMode::Verify»",
  ]);
  assert.deepEqual(seen(source.replace("::Verify", "::None"), ["imaginary-call"]), [
    "imaginary-call client_auth_native_tls none «native_tls::ClientAuthMode::None»",
  ]);
});

test("signs that mutual TLS is meant", () => {
  const reasons = (source: string): string[] => read(source).intent.map((it) => it.reason);
  assert.deepEqual(reasons("fn f() { reqwest::Client::new(); } // mtls"), []);
  assert.ok(reasons('fn f() { open("certs/client-ca.pem"); }').some((it) => it.includes("client-ca.pem")));
  assert.ok(reasons("fn mtls_config() {}").some((it) => it.includes("mtls_config")));
  assert.deepEqual(reasons("fn f() { rustls::ClientConfig::builder().with_root_certificates(r).with_client_auth_cert(c, k); }"), []);
  const { readsPeerIdentity } = read("fn f(c: &rustls::ServerConnection) { c.peer_certificates(); }");
  assert.equal(readsPeerIdentity, true);
});

test("a getter that nobody here calls is no sign; one that is called is", () => {
  const getter = "struct C(quinn::Connection); impl C { pub fn identity(&self) -> Option<Box<dyn Any>> { self.0.peer_identity() } }";
  const signs = (source: string): number =>
    read(source).intent.filter((it) => it.reason.startsWith("the peer's certificate is read here")).length;
  assert.equal(signs(getter), 0);
  assert.equal(read(getter).readsPeerIdentity, true);
  assert.equal(signs(`${getter} fn f(c: C) { check(c.identity()); }`), 1);
  assert.equal(signs(getter.replace("pub fn", "fn")), 1);
});

test("a store that nobody asks is no fault; one that is handed on may be", () => {
  const none = (body: string): number =>
    seen(`use rustls::RootCertStore; fn f() { ${body} }`, ["trust"], { defaults: true }).filter((it) => it.startsWith("trust none")).length;
  assert.equal(none("let roots = RootCertStore::empty();"), 0);
  assert.equal(none("let roots = RootCertStore::empty(); go(roots);"), 1);
  assert.equal(
    none("let roots = RootCertStore::empty(); go(rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth());"),
    1,
  );
});

test("a trait's method offers by its name what only its callers ask for", () => {
  const offer = `trait Dangerous { fn connect_unverified(&self); }
    impl Dangerous for Endpoint { fn connect_unverified(&self) { go(reqwest::Client::builder().danger_accept_invalid_certs(true)); } }`;
  assert.deepEqual(seen(offer, ["server-verification"]), ["server-verification off «true» [connect_unverified opt-in]"]);
  const called = `${offer} fn f(e: Endpoint) { Dangerous::connect_unverified(&e); }`;
  assert.deepEqual(seen(called, ["server-verification"]), ["server-verification off «true»"]);
});

test("an error that the program keeps is not lost", () => {
  for (const body of [
    "if let Err(e) = roots.add(c) { errors.push(e); }",
    'if let Err(e) = roots.add(c) { errors.push(format!("{path}: {e}")); }',
    "if let Err(e) = roots.add(c) { last = Some(e); }",
    "if let Err(e) = roots.add(c) { problems.send(e); }",
    "if roots.add(c).is_err() { refused += 1; }",
    "if roots.add(c).is_err() { complete = false; }",
    "roots.add(c).map_err(|e| errors.push(e)).ok();",
    "let added = roots.add(c); if let Err(e) = &added { errors.push(e.to_string()); } added.ok();",
  ])
    assert.deepEqual(seen(store(`let mut errors = Vec::new(); ${body}`), KIND), [], body);
});

test("counts that nobody reads", () => {
  const counted = (statement: string): string => `
fn f(certs: Vec<rustls::pki_types::CertificateDer<'static>>) { let mut roots = rustls::RootCertStore::empty(); ${statement} go(roots); }`;
  assert.deepEqual(seen(counted("roots.add_parsable_certificates(certs);"), KIND), [
    "dropped-error add_parsable_certificates «add_parsable_certificates»",
  ]);
  assert.deepEqual(seen(counted("let (_added, _ignored) = roots.add_parsable_certificates(certs);"), KIND), [
    "dropped-error add_parsable_certificates «add_parsable_certificates»",
  ]);
  assert.deepEqual(seen(counted("let (_, ignored) = roots.add_parsable_certificates(certs); assert_eq!(ignored, 0);"), KIND), []);
});

test("elements that are left out", () => {
  const loaded = (chain: string): string => store("roots.add(c)?;", `rustls_pemfile::certs(&mut reader(path))${chain}`);
  assert.deepEqual(seen(loaded(".flatten()"), KIND), ["dropped-error rustls_pemfile::certs «flatten»"]);
  assert.deepEqual(seen(loaded(".filter_map(Result::ok)"), KIND), ["dropped-error rustls_pemfile::certs «filter_map»"]);
  assert.deepEqual(seen(loaded(".filter_map(|c| c.ok())"), KIND), ["dropped-error rustls_pemfile::certs «filter_map»"]);
  assert.deepEqual(seen(loaded(".flat_map(|c| c.ok())"), KIND), ["dropped-error rustls_pemfile::certs «flat_map»"]);
  assert.deepEqual(seen(loaded(".collect::<Result<Vec<_>, _>>()?"), KIND), []);
  assert.deepEqual(seen(loaded(".map(|c| c.unwrap())"), KIND), []);
  const pem = `
use rustls::pki_types::{pem::PemObject, CertificateDer};
fn f(path: &str) -> Vec<CertificateDer<'static>> { CertificateDer::pem_file_iter(path).unwrap().flatten().collect() }`;
  assert.deepEqual(seen(pem, KIND), ["dropped-error CertificateDer::pem_file_iter «flatten»"]);
  const stops = "fn f(r: &mut R) { let mut it = rustls_pemfile::certs(r); while let Some(Ok(c)) = it.next() { go(c); } }";
  assert.deepEqual(seen(stops, KIND), ["dropped-error rustls_pemfile::certs «Ok(c)»"]);
});

test("files, and what becomes of them", () => {
  const source = `
use rustls::{server::WebPkiClientVerifier, RootCertStore, ServerConfig, pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer}};
const CA: &str = "client-ca.pem";
fn config() -> Result<ServerConfig, Box<dyn std::error::Error>> {
    let mut roots = RootCertStore::empty();
    for ca in CertificateDer::pem_file_iter(CA)? { roots.add(ca?)?; }
    let verifier = WebPkiClientVerifier::builder(std::sync::Arc::new(roots)).build()?;
    let chain = CertificateDer::pem_file_iter("server-chain.pem")?.collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_file("server-key.pem")?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?)
}`;
  assert.deepEqual(seen(source, ["file"]), [
    'file client-ca.pem certificates client-ca «"client-ca.pem"»',
    'file server-chain.pem certificates own-chain «"server-chain.pem"»',
    'file server-key.pem private-key own-key «"server-key.pem"»',
  ]);
  const embedded = `fn f() { let r = rustls_pemfile::certs(&mut &include_bytes!("../certs/ca.pem")[..]); go(r); }`;
  assert.deepEqual(seen(embedded, ["file"]), ['file ../certs/ca.pem certificates unknown «"../certs/ca.pem"»']);
});

test("addresses, by who can reach them", () => {
  const bound = (address: string, more = ""): string | undefined =>
    seen(`${more}\nasync fn main() { let port = arg(); actix_web::HttpServer::new(app).bind(${address}).unwrap().run().await; }`, [
      "listener",
    ])[0]?.split(" ")[2];
  assert.equal(bound('"127.0.0.1:80"'), "loopback");
  assert.equal(bound('"[::1]:80"'), "loopback");
  assert.equal(bound('("localhost", 80)'), "loopback");
  assert.equal(bound('"0.0.0.0:80"'), "public");
  assert.equal(bound('"[::]:80"'), "public");
  assert.equal(bound('("0.0.0.0", port)'), "public");
  assert.equal(bound('format!("0.0.0.0:{}", port)'), "public");
  assert.equal(bound('format!("127.0.0.1:{port}")'), "loopback");
  assert.equal(bound("std::net::SocketAddr::from(([0, 0, 0, 0], port))"), "public");
  assert.equal(bound("std::net::SocketAddr::from(([127, 0, 0, 1], port))"), "loopback");
  assert.equal(bound("(std::net::Ipv4Addr::UNSPECIFIED, port)"), "public");
  assert.equal(bound("ADDRESS", 'const ADDRESS: &str = "0.0.0.0:80";'), "public");
  assert.equal(bound('std::env::var("ADDR").unwrap_or("0.0.0.0:80".to_string())'), "public");
  assert.equal(bound("cfg.address"), "unknown");
});

test("a server's hook and listeners, in order", () => {
  const { endpoints } = read(`
async fn main() {
    let cfg = rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(chain(), key()).unwrap();
    actix_web::HttpServer::new(app).on_connect(peer).bind_rustls_0_23("0.0.0.0:443", cfg).unwrap().bind("0.0.0.0:80").unwrap().run().await;
}`);
  const listener = endpoints.find((it) => it.sort === "listener");
  assert.deepEqual(
    listener?.facts.map((it) => it.fact.kind),
    ["connection-hook", "listener", "listener"],
  );
  assert.equal(listener?.parts.length, 1);
});
