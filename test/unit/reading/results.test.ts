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

test("ways to drop the error of an anchor", async () => {
  assert.deepEqual(await seen(store("let _ = roots.add(c);"), KIND), ["dropped-error add «let _»"]);
  assert.deepEqual(await seen(store("roots.add(c).ok();"), KIND), ["dropped-error add «ok»"]);
  assert.deepEqual(await seen(store("roots.add(c);"), KIND), ["dropped-error add «add»"]);
  assert.deepEqual(await seen(store("roots.add(c).unwrap_or_default();"), KIND), ["dropped-error add «unwrap_or_default»"]);
  assert.deepEqual(await seen(store("if let Ok(()) = roots.add(c) { n += 1; }"), KIND), ["dropped-error add «Ok(())»"]);
  assert.deepEqual(await seen(store("if roots.add(c).is_err() { continue; }"), KIND), ["dropped-error add «roots.add(c).is_err()»"]);
  assert.deepEqual(await seen(store("match roots.add(c) { Ok(()) => {} Err(_) => {} }"), KIND), ["dropped-error add «Err(_)»"]);
  assert.deepEqual(await seen(store("roots.add(c).map_err(|e| anyhow!(e)).ok();"), KIND), ["dropped-error add «ok»"]);
  assert.deepEqual(await seen(store('match roots.add(c) { Ok(()) => warn!("added"), Err(_) => {} }'), KIND), [
    "dropped-error add «Err(_)»",
  ]);
});

test("ways to tell a log of it", async () => {
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
    assert.deepEqual(await seen(store(body), KIND), [`dropped-error add logged «${place}»`], body);
  }
});

test("an error that the program keeps is not lost", async () => {
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
    assert.deepEqual(await seen(store(`let mut errors = Vec::new(); ${body}`), KIND), [], body);
});

test("errors that are looked at", async () => {
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
    assert.deepEqual(await seen(store(body), KIND), [], body);
});

test("counts that nobody reads", async () => {
  const counted = (statement: string): string => `
fn f(certs: Vec<rustls::pki_types::CertificateDer<'static>>) { let mut roots = rustls::RootCertStore::empty(); ${statement} go(roots); }`;
  assert.deepEqual(await seen(counted("roots.add_parsable_certificates(certs);"), KIND), [
    "dropped-error add_parsable_certificates «add_parsable_certificates»",
  ]);
  assert.deepEqual(await seen(counted("let (_added, _ignored) = roots.add_parsable_certificates(certs);"), KIND), [
    "dropped-error add_parsable_certificates «let (_added, _ignored)»",
  ]);
  assert.deepEqual(await seen(counted("let (_, ignored) = roots.add_parsable_certificates(certs); assert_eq!(ignored, 0);"), KIND), []);
});

test("elements that are left out", async () => {
  const loaded = (chain: string): string => store("roots.add(c)?;", `rustls_pemfile::certs(&mut reader(path))${chain}`);
  assert.deepEqual(await seen(loaded(".flatten()"), KIND), ["dropped-error rustls_pemfile::certs «flatten»"]);
  assert.deepEqual(await seen(loaded(".filter_map(Result::ok)"), KIND), ["dropped-error rustls_pemfile::certs «filter_map»"]);
  assert.deepEqual(await seen(loaded(".filter_map(|c| c.ok())"), KIND), ["dropped-error rustls_pemfile::certs «filter_map»"]);
  assert.deepEqual(await seen(loaded(".flat_map(|c| c.ok())"), KIND), ["dropped-error rustls_pemfile::certs «flat_map»"]);
  assert.deepEqual(await seen(loaded(".collect::<Result<Vec<_>, _>>()?"), KIND), []);
  assert.deepEqual(await seen(loaded(".map(|c| c.unwrap())"), KIND), []);
  const pem = `
use rustls::pki_types::{pem::PemObject, CertificateDer};
fn f(path: &str) -> Vec<CertificateDer<'static>> { CertificateDer::pem_file_iter(path).unwrap().flatten().collect() }`;
  assert.deepEqual(await seen(pem, KIND), ["dropped-error CertificateDer::pem_file_iter «flatten»"]);
  const stops = "fn f(r: &mut R) { let mut it = rustls_pemfile::certs(r); while let Some(Ok(c)) = it.next() { go(c); } }";
  assert.deepEqual(await seen(stops, KIND), ["dropped-error rustls_pemfile::certs «Some(Ok(c))»"]);
});

test("the system's store is read as well as it can be", async () => {
  assert.deepEqual(await seen(store("roots.add(c).ok();", "rustls_native_certs::load_native_certs().unwrap()"), KIND), [
    "dropped-error add system «ok»",
  ]);
});

test("one of many", async () => {
  const bundle = (rest: string): string => `
fn f(path: &str) -> Result<rustls::RootCertStore, E> {
    let mut roots = rustls::RootCertStore::empty();
    let mut certs = rustls_pemfile::certs(&mut std::io::BufReader::new(std::fs::File::open("ca-bundle.pem")?)).collect::<Result<Vec<_>, _>>()?;
    ${rest}
    Ok(roots)
}`;
  const found = (rest: string): Promise<string[]> => seen(bundle(rest), ["partial-bundle"]);
  assert.deepEqual(await found("roots.add(certs[0].clone())?;"), ["partial-bundle [0] ca-bundle.pem «[0]»"]);
  assert.deepEqual(await found("roots.add(certs.first().unwrap().clone())?;"), ["partial-bundle first ca-bundle.pem «first»"]);
  assert.deepEqual(await found("roots.add(certs.remove(0))?;"), ["partial-bundle remove ca-bundle.pem «remove»"]);
  assert.deepEqual(await found("roots.add(certs.pop().unwrap())?;"), ["partial-bundle pop ca-bundle.pem «pop»"]);
  assert.deepEqual(await found("roots.add(certs.into_iter().next().unwrap())?;"), ["partial-bundle next ca-bundle.pem «next»"]);
  assert.deepEqual(await found("for c in certs { roots.add(c)?; }"), []);
  assert.deepEqual(await found("show(&certs[0]); for c in certs { roots.add(c)?; }"), []);
  assert.deepEqual(
    await seen('fn f() { let c = openssl::x509::X509::from_pem(&std::fs::read("bundle.pem").unwrap()).unwrap(); go(c); }', [
      "partial-bundle",
    ]),
    ["partial-bundle openssl::x509::X509::from_pem bundle.pem «openssl::x509::X509::from_pem»"],
  );
});

test("revocation lists that may be none", async () => {
  const with_ = (crls: string): string => `
fn f(roots: std::sync::Arc<rustls::RootCertStore>) -> std::sync::Arc<X> {
    let v = rustls::server::WebPkiClientVerifier::builder(roots).with_crls(${crls}).build().unwrap();
    v
}`;
  const lists = async (crls: string): Promise<string | undefined> => (await seen(with_(crls), ["revocation"]))[0]?.split(" ")[1];
  assert.equal(await lists("vec![]"), "none");
  assert.equal(await lists("std::iter::empty()"), "none");
  assert.equal(await lists("rustls_pemfile::crls(&mut r).collect::<Result<Vec<_>, _>>().unwrap_or_default()"), "maybe-none");
  assert.equal(await lists("rustls_pemfile::crls(&mut r).flatten()"), "maybe-none");
  assert.equal(await lists("rustls_pemfile::crls(&mut r).collect::<Result<Vec<_>, _>>().unwrap()"), "loaded");
  assert.equal(await lists("load()"), "loaded");
});

test("files, and what becomes of them", async () => {
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
  assert.deepEqual(await seen(source, ["file"]), [
    'file client-ca.pem certificates client-ca «"client-ca.pem"»',
    'file server-chain.pem certificates own-chain «"server-chain.pem"»',
    'file server-key.pem private-key own-key «"server-key.pem"»',
  ]);
  const embedded = `fn f() { let r = rustls_pemfile::certs(&mut &include_bytes!("../certs/ca.pem")[..]); go(r); }`;
  assert.deepEqual(await seen(embedded, ["file"]), ['file ../certs/ca.pem certificates unknown «"../certs/ca.pem"»']);
});

test("addresses, by who can reach them", async () => {
  const bound = async (address: string, more = ""): Promise<string | undefined> =>
    (
      await seen(`${more}\nasync fn main() { let port = arg(); actix_web::HttpServer::new(app).bind(${address}).unwrap().run().await; }`, [
        "listener",
      ])
    )[0]?.split(" ")[2];
  assert.equal(await bound('"127.0.0.1:80"'), "loopback");
  assert.equal(await bound('"[::1]:80"'), "loopback");
  assert.equal(await bound('("localhost", 80)'), "loopback");
  assert.equal(await bound('"0.0.0.0:80"'), "public");
  assert.equal(await bound('"[::]:80"'), "public");
  assert.equal(await bound('("0.0.0.0", port)'), "public");
  assert.equal(await bound('format!("0.0.0.0:{}", port)'), "public");
  assert.equal(await bound('format!("127.0.0.1:{port}")'), "loopback");
  assert.equal(await bound("std::net::SocketAddr::from(([0, 0, 0, 0], port))"), "public");
  assert.equal(await bound("std::net::SocketAddr::from(([127, 0, 0, 1], port))"), "loopback");
  assert.equal(await bound("(std::net::Ipv4Addr::UNSPECIFIED, port)"), "public");
  assert.equal(await bound("ADDRESS", 'const ADDRESS: &str = "0.0.0.0:80";'), "public");
  assert.equal(await bound('std::env::var("ADDR").unwrap_or("0.0.0.0:80".to_string())'), "public");
  assert.equal(await bound("cfg.address"), "unknown");
});

test("a server's hook and listeners, in order", async () => {
  const { endpoints } = await read(`
async fn main(cfg: rustls::ServerConfig) {
    actix_web::HttpServer::new(app).on_connect(peer).bind_rustls_0_23("0.0.0.0:443", cfg).unwrap().bind("0.0.0.0:80").unwrap().run().await;
}`);
  const listener = endpoints.find((it) => it.sort === "listener");
  assert.deepEqual(
    listener?.facts.map((it) => it.fact.kind),
    ["connection-hook", "listener", "listener"],
  );
  assert.equal(listener?.parts.length, 1);
});

test("the guide's imaginary calls, as they were meant", async () => {
  const source = `
use native_tls::{Identity, TlsAcceptor};
fn f(identity: Identity) {
    let mut builder = native_tls::TlsAcceptor::builder(identity);
    builder.client_auth_native_tls(native_tls::ClientAuthMode::Verify);
    go(builder.build());
}`;
  assert.deepEqual(await seen(source, ["imaginary-call"]), [
    "imaginary-call client_auth_native_tls required «native_tls::ClientAuthMode::Verify»",
  ]);
  assert.deepEqual(await seen(source.replace("::Verify", "::None"), ["imaginary-call"]), [
    "imaginary-call client_auth_native_tls none «native_tls::ClientAuthMode::None»",
  ]);
});

test("signs that mutual TLS is meant", async () => {
  const reasons = async (source: string): Promise<string[]> => (await read(source)).intent.map((it) => it.reason);
  assert.deepEqual(await reasons("fn f() { reqwest::Client::new(); } // mtls"), []);
  assert.ok((await reasons('fn f() { open("certs/client-ca.pem"); }')).some((it) => it.includes("client-ca.pem")));
  assert.ok((await reasons("fn mtls_config() {}")).some((it) => it.includes("mtls_config")));
  assert.deepEqual(await reasons("fn f() { rustls::ClientConfig::builder().with_root_certificates(r).with_client_auth_cert(c, k); }"), []);
  const { readsPeerIdentity } = await read("fn f(c: &rustls::ServerConnection) { c.peer_certificates(); }");
  assert.equal(readsPeerIdentity, true);
});

test("a getter that nobody here calls is no sign; one that is called is", async () => {
  const getter = "struct C(quinn::Connection); impl C { pub fn identity(&self) -> Option<Box<dyn Any>> { self.0.peer_identity() } }";
  const signs = async (source: string): Promise<number> =>
    (await read(source)).intent.filter((it) => it.reason.startsWith("the peer's certificate is read here")).length;
  assert.equal(await signs(getter), 0);
  assert.equal((await read(getter)).readsPeerIdentity, true);
  assert.equal(await signs(`${getter} fn f(c: C) { check(c.identity()); }`), 1);
  assert.equal(await signs(getter.replace("pub fn", "fn")), 1);
});

test("a store that nobody asks is no fault; one that is handed on may be", async () => {
  const none = async (body: string): Promise<number> =>
    (await seen(`use rustls::RootCertStore; fn f() { ${body} }`, ["trust"], { defaults: true })).filter((it) => it.startsWith("trust none"))
      .length;
  assert.equal(await none("let roots = RootCertStore::empty();"), 0);
  assert.equal(await none("let roots = RootCertStore::empty(); go(roots);"), 1);
  assert.equal(
    await none(
      "let roots = RootCertStore::empty(); go(rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth());",
    ),
    1,
  );
});

test("a trait's method offers by its name what only its callers ask for", async () => {
  const offer = `trait Dangerous { fn connect_unverified(&self); }
    impl Dangerous for Endpoint { fn connect_unverified(&self) { go(reqwest::Client::builder().danger_accept_invalid_certs(true)); } }`;
  assert.deepEqual(await seen(offer, ["server-verification"]), ["server-verification off «true» [connect_unverified opt-in]"]);
  const called = `${offer} fn f(e: Endpoint) { Dangerous::connect_unverified(&e); }`;
  assert.deepEqual(await seen(called, ["server-verification"]), ["server-verification off «true»"]);
});
