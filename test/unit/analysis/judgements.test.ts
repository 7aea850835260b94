/** Verifiers and callbacks are judged by what their bodies let through. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { read, seen } from "./stage.ts";
import { HEAD, judged, server } from "./verifier-stage.ts";

test("acceptance on every path", () => {
  assert.equal(judged("Ok(ServerCertVerified::assertion())"), "accepts-anything");
  assert.equal(judged("return Ok(ServerCertVerified::assertion());"), "accepts-anything");
  assert.equal(
    judged('log::warn!("x"); if ocsp.is_empty() { return Ok(ServerCertVerified::assertion()); } Ok(ServerCertVerified::assertion())'),
    "accepts-anything",
  );
});

test("through helpers of the crate", () => {
  const source = `${server("Self::fine()")}
impl V { fn fine() -> Result<ServerCertVerified, Error> { Ok(ServerCertVerified::assertion()) } }`;
  assert.deepEqual(seen(source, ["verifier"]), ["verifier server accepts-anything V «verify_server_cert»"]);
});

test("an inner verifier's answer is returned", () => {
  const ask = "self.inner.verify_server_cert(ee, im, name, ocsp, now)";
  assert.equal(judged(ask), "delegates");
  assert.equal(judged(`let ok = ${ask}?; Ok(ok)`), "delegates");
  assert.equal(judged(`${ask}?; Ok(ServerCertVerified::assertion())`), "delegates");
  assert.equal(judged(`match ${ask} { Ok(v) => Ok(v), Err(e) => { log::error!("{e}"); Err(e) } }`), "delegates");
  assert.equal(judged(`${ask}.map_err(|e| { log::error!("{e}"); e })`), "delegates");
  assert.equal(
    judged("let v = rustls::client::WebPkiServerVerifier::builder(roots()).build().unwrap(); v.verify_server_cert(ee, im, name, &[], now)"),
    "delegates",
  );
});

test("a second verdict counts as the side that was asked for, however it is written", () => {
  const ask = (name: string): string => `self.inner.verify_server_cert(ee, im, ${name}, ocsp, now)`;
  const where = (condition: string): string =>
    `match ${ask("name")} { Ok(v) => Ok(v), Err(e) => if ${condition} { Ok(ServerCertVerified::assertion()) } else { Err(e) } }`;
  const second = ask("&other(name)");
  for (const given of [`${second}.is_ok()`, `${second}.is_ok() == true`, `!${second}.is_err()`, `${second}.is_err() == false`])
    assert.equal(judged(where(given)), "delegates", given);
  for (const refused of [`${second}.is_err()`, `!${second}.is_ok()`, `${second}.is_ok() == false`, `${second}.is_ok() != true`])
    assert.equal(judged(where(refused)), "drops-error", refused);
  const any = `self.names.iter().any(|it| ${ask("it")}.is_ok())`;
  assert.equal(judged(where(any)), "delegates");
  for (const refused of [`!${any}`, `${any} == false`, `${any} != true`]) assert.equal(judged(where(refused)), "drops-error", refused);
});

test("an inner verifier's refusal is forgiven", () => {
  const ask = "self.inner.verify_server_cert(ee, im, name, ocsp, now)";
  assert.equal(judged(`let _ = ${ask}; Ok(ServerCertVerified::assertion())`), "drops-error");
  assert.equal(judged(`if let Err(e) = ${ask} { log::warn!("{e}"); } Ok(ServerCertVerified::assertion())`), "drops-error");
  assert.equal(judged(`match ${ask} { Ok(v) => Ok(v), Err(_) => Ok(ServerCertVerified::assertion()) }`), "drops-error");
  assert.equal(judged(`${ask}.or_else(|_| Ok(ServerCertVerified::assertion()))`), "drops-error");
  assert.equal(judged(`let r = ${ask}; if r.is_err() { return Ok(ServerCertVerified::assertion()); } r`), "drops-error");
  const only = (error: string): string =>
    `match ${ask} { Err(Error::InvalidCertificate(${error})) => Ok(ServerCertVerified::assertion()), r => r }`;
  assert.equal(judged(only("CertificateError::NotValidForName")), "drops-name-error");
  assert.equal(judged(only("CertificateError::NotValidForNameContext { .. }")), "drops-name-error");
  const either = `Err(Error::InvalidCertificate(CertificateError::NotValidForName)) | Err(Error::InvalidCertificate(CertificateError::NotValidForNameContext { .. }))`;
  assert.equal(judged(`match ${ask} { ${either} => Ok(ServerCertVerified::assertion()), other => other }`), "drops-name-error");
  assert.equal(
    judged(`match ${ask} { Ok(v) => Ok(v), ${either} => Ok(ServerCertVerified::assertion()), Err(e) => Err(e) }`),
    "drops-name-error",
  );
  assert.equal(judged(`if let ${either} = ${ask} { return Ok(ServerCertVerified::assertion()); } Err(other())`), "drops-name-error");
  assert.equal(judged(only("CertificateError::Expired")), "drops-time-error");
  assert.equal(judged(only("CertificateError::UnknownIssuer")), "drops-error");
});

test("a refusal that is overruled by who looks at the certificate", () => {
  const ask = "self.inner.verify_server_cert(ee, im, name, ocsp, now)";
  const overruled = (by: string): string =>
    `match ${ask} { Ok(v) => Ok(v), Err(e) if ${by} => Ok(ServerCertVerified::assertion()), Err(e) => Err(e) }`;
  assert.equal(judged(overruled("(self.known)(ee.as_ref(), &e.to_string())")), "pins");
  assert.equal(judged(overruled("(self.lenient)(&e.to_string())")), "drops-error");
  assert.equal(judged(overruled("self.lenient")), "drops-error");
  assert.equal(judged(overruled("self.names.iter().any(|it| self.inner.verify_server_cert(ee, im, it, ocsp, now).is_ok())")), "delegates");
  assert.equal(
    judged(overruled("!self.names.iter().any(|it| self.inner.verify_server_cert(ee, im, it, ocsp, now).is_ok())")),
    "drops-error",
  );
  const again = "self.inner.verify_server_cert(ee, im, it, ocsp, now)";
  const unless = (condition: string): string =>
    `match ${ask} { Ok(v) => Ok(v), Err(e) => { ${condition} if found { Ok(ServerCertVerified::assertion()) } else { Err(e) } } }`;
  assert.equal(judged(unless(`let found = self.names.iter().any(|it| ${again}.is_ok());`)), "delegates");
  assert.equal(judged(unless(`let found = self.names.iter().any(|it| ${again}.is_err());`)), "drops-error");
  assert.equal(judged(unless(`let found = !self.names.iter().any(|it| ${again}.is_ok());`)), "drops-error");
});

test("a configured exception guards the finding", () => {
  assert.equal(
    judged("if self.insecure { return Ok(ServerCertVerified::assertion()); } self.inner.verify_server_cert(ee, im, name, ocsp, now)"),
    "accepts-anything [self.insecure opt-in]",
  );
});

test("signatures count on their own where the certificate is looked at", () => {
  const signature = `fn verify_tls13_signature(&self, m: &[u8], c: &CertificateDer<'_>, d: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> { Ok(HandshakeSignatureValid::assertion()) }`;
  const twelve = signature.replace("tls13", "tls12");
  const pin = 'if ee.as_ref() == self.pin { Ok(ServerCertVerified::assertion()) } else { Err(Error::General("no".into())) }';
  assert.deepEqual(seen(server(pin, `${twelve}\n${signature}`), ["verifier"]), [
    "verifier server pins V «verify_server_cert»",
    "verifier signature accepts-anything V «verify_tls12_signature»",
  ]);
  assert.deepEqual(seen(server("Ok(ServerCertVerified::assertion())", signature), ["verifier"]), [
    "verifier server accepts-anything V «verify_server_cert»",
  ]);
  const delegating = signature.replace(
    "Ok(HandshakeSignatureValid::assertion())",
    "rustls::crypto::verify_tls13_signature(m, c, d, &self.algs)",
  );
  assert.deepEqual(seen(server(pin, delegating), ["verifier"]), ["verifier server pins V «verify_server_cert»"]);
});

test("a chain that is verified without the name", () => {
  assert.equal(
    judged(
      "let c = rustls::server::ParsedCertificate::try_from(ee)?; rustls::client::verify_server_cert_signed_by_trust_anchor(&c, &self.roots, im, now, ALGS)?; Ok(ServerCertVerified::assertion())",
    ),
    "drops-name-error",
  );
});

test("the place of installation is related, and its guard counts", () => {
  const install = (condition: string): string => `${server("Ok(ServerCertVerified::assertion())")}
fn client(cfg: &Cfg, v: V) -> rustls::ClientConfig {
    let mut config = rustls::ClientConfig::builder().with_root_certificates(roots()).with_no_client_auth();
    ${condition} { config.dangerous().set_certificate_verifier(Arc::new(v)); }
    config
}`;
  assert.deepEqual(seen(install("if cfg.insecure"), ["verifier"]), [
    "verifier server accepts-anything V «verify_server_cert» [cfg.insecure opt-in]",
  ]);
  const { observations } = read(install(""));
  const found = observations.find((it) => it.fact.kind === "verifier");
  assert.deepEqual(found?.guards, []);
  assert.ok(found?.fact.kind === "verifier" && found.fact.installed);
  assert.match(found?.related[0]?.message ?? "", /installed here by `set_certificate_verifier`/);
});

test("an installed verifier that cannot be seen is unknown, a library's own is fine", () => {
  const client = (verifier: string): string => `
fn client(v: std::sync::Arc<dyn Unseen>) -> rustls::ClientConfig {
    rustls::ClientConfig::builder().dangerous().with_custom_certificate_verifier(${verifier}).with_no_client_auth()
}`;
  assert.deepEqual(seen(client("v"), ["verifier"]), ["verifier server unknown v «with_custom_certificate_verifier»"]);
  assert.deepEqual(seen(client("std::sync::Arc::new(rustls_platform_verifier::Verifier::new())"), ["verifier"]), []);
});

test("client verifiers: acceptance, and whether a certificate is asked for", () => {
  const source = `${HEAD}
impl ClientCertVerifier for V {
    fn client_auth_mandatory(&self) -> bool { false }
    fn verify_client_cert(&self, _: &CertificateDer<'_>, _: &[CertificateDer<'_>], _: UnixTime) -> Result<ClientCertVerified, Error> { Ok(ClientCertVerified::assertion()) }
}`;
  assert.deepEqual(seen(source, ["verifier", "client-authentication"]), [
    "client-authentication optional «client_auth_mandatory»",
    "verifier client accepts-anything V «verify_client_cert»",
  ]);
});

test("a later mode drops the callback", () => {
  const source = `
use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};
fn acceptor() -> SslAcceptor {
    let mut b = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
    b.set_verify_callback(SslVerifyMode::PEER, |_, _| true);
    b.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    b.build()
}`;
  assert.deepEqual(seen(source, ["verifier", "client-authentication"]), [
    "client-authentication required «SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT»",
  ]);
});

test("a callback that only wants to see a certificate", () => {
  const source = `
use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};
fn acceptor() -> SslAcceptor {
    let mut b = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
    b.set_verify_callback(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT, |_, ctx| ctx.current_cert().is_some());
    b.build()
}`;
  assert.match(seen(source, ["verifier"])[0] ?? "", /client accepts-anything/);
});

test("a signature is verified, or it is not", () => {
  const strict = "self.inner.verify_server_cert(ee, im, name, ocsp, now)";
  const method = (body: string): string =>
    `fn verify_tls13_signature(&self, message: &[u8], cert: &CertificateDer<'_>, dss: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> { ${body} }`;
  const signed = (body: string): string => {
    const found = seen(server(strict, method(body)), ["verifier"]);
    return found.find((it) => it.startsWith("verifier signature"))?.split(" ")[2] ?? "";
  };
  const ask = "self.inner.verify_tls13_signature(message, cert, dss)";
  const valid = "Ok(HandshakeSignatureValid::assertion())";
  assert.equal(signed(ask), "");
  assert.equal(signed(`${ask}?; ${valid}`), "");
  assert.equal(signed(valid), "accepts-anything");
  for (const dropped of [
    `${ask}.or_else(|_| ${valid})`,
    `${ask}.or(${valid})`,
    `match ${ask} { Ok(v) => Ok(v), Err(_) => ${valid} }`,
    `if let Err(e) = ${ask} { log::warn!("{e}"); } ${valid}`,
    `let _ = ${ask}; ${valid}`,
    `${ask}.ok(); ${valid}`,
  ])
    assert.equal(signed(dropped), "drops-error", dropped);
  const key = "ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, &self.pin)";
  assert.equal(signed(`${key}.verify(message, dss.signature()).map_err(|_| other())?; ${valid}`), "");
  assert.equal(signed(`if ${key}.verify(message, dss.signature()).is_err() { return Err(other()); } ${valid}`), "");
});

test("callbacks: closures, named functions, the library's own answer", () => {
  const acceptor = (callback: string, more = ""): string => `
use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};
use openssl::x509::X509VerifyResult;
fn acceptor() -> SslAcceptor {
    let mut b = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
    b.set_verify_callback(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT, ${callback});
    b.build()
}
${more}`;
  const judgement = (callback: string, more = ""): string =>
    seen(acceptor(callback, more), ["verifier"])
      .map((it) => it.split(" ").slice(1, 3).join(" "))
      .join();
  assert.equal(judgement("|_, _| true"), "client accepts-anything");
  assert.equal(judgement('|_ok, ctx| { println!("{:?}", ctx.error()); true }'), "client accepts-anything");
  assert.equal(judgement("|ok, _| ok"), "client delegates");
  assert.equal(judgement("|ok, ctx| ok && extra(ctx)"), "client delegates");
  assert.equal(judgement("|ok, _| { if !ok { return true; } ok }"), "client drops-error");
  assert.equal(judgement("|ok, ctx| ok || ctx.error_depth() > 0"), "client drops-error");
  assert.equal(judgement("|ok, ctx| ok || ctx.error() == X509VerifyResult::CERT_HAS_EXPIRED"), "client drops-time-error");
  assert.equal(judgement("|_, ctx| ctx.current_cert().unwrap().digest(sha()) == PIN"), "client pins");
  assert.equal(judgement("check", "fn check(_ok: bool, _ctx: &mut X509StoreContextRef) -> bool { true }"), "client accepts-anything");
  assert.equal(judgement("elsewhere::check"), "client unknown");
});
