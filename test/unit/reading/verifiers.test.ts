/** Verifiers and callbacks are judged by what their bodies let through. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { read, seen } from "./stage.ts";
import { HEAD, judged, server } from "./verifier-stage.ts";

test("acceptance on every path", async () => {
  assert.equal(await judged("Ok(ServerCertVerified::assertion())"), "accepts-anything");
  assert.equal(await judged("return Ok(ServerCertVerified::assertion());"), "accepts-anything");
  assert.equal(
    await judged('log::warn!("x"); if ocsp.is_empty() { return Ok(ServerCertVerified::assertion()); } Ok(ServerCertVerified::assertion())'),
    "accepts-anything",
  );
});

test("through helpers of the crate", async () => {
  const source = `${server("Self::fine()")}
impl V { fn fine() -> Result<ServerCertVerified, Error> { Ok(ServerCertVerified::assertion()) } }`;
  assert.deepEqual(await seen(source, ["verifier"]), ["verifier server accepts-anything V «verify_server_cert»"]);
});

test("an inner verifier's answer is returned", async () => {
  const ask = "self.inner.verify_server_cert(ee, im, name, ocsp, now)";
  assert.equal(await judged(ask), "delegates");
  assert.equal(await judged(`let ok = ${ask}?; Ok(ok)`), "delegates");
  assert.equal(await judged(`${ask}?; Ok(ServerCertVerified::assertion())`), "delegates");
  assert.equal(await judged(`match ${ask} { Ok(v) => Ok(v), Err(e) => { log::error!("{e}"); Err(e) } }`), "delegates");
  assert.equal(await judged(`${ask}.map_err(|e| { log::error!("{e}"); e })`), "delegates");
  assert.equal(
    await judged(
      "let v = rustls::client::WebPkiServerVerifier::builder(roots()).build().unwrap(); v.verify_server_cert(ee, im, name, &[], now)",
    ),
    "delegates",
  );
});

test("a second verdict counts as the side that was asked for, however it is written", async () => {
  const ask = (name: string): string => `self.inner.verify_server_cert(ee, im, ${name}, ocsp, now)`;
  const where = (condition: string): string =>
    `match ${ask("name")} { Ok(v) => Ok(v), Err(e) => if ${condition} { Ok(ServerCertVerified::assertion()) } else { Err(e) } }`;
  const second = ask("&other(name)");
  for (const given of [`${second}.is_ok()`, `${second}.is_ok() == true`, `!${second}.is_err()`, `${second}.is_err() == false`])
    assert.equal(await judged(where(given)), "delegates", given);
  for (const refused of [`${second}.is_err()`, `!${second}.is_ok()`, `${second}.is_ok() == false`, `${second}.is_ok() != true`])
    assert.equal(await judged(where(refused)), "drops-error", refused);
  const any = `self.names.iter().any(|it| ${ask("it")}.is_ok())`;
  assert.equal(await judged(where(any)), "delegates");
  for (const refused of [`!${any}`, `${any} == false`, `${any} != true`])
    assert.equal(await judged(where(refused)), "drops-error", refused);
});

test("an inner verifier's refusal is forgiven", async () => {
  const ask = "self.inner.verify_server_cert(ee, im, name, ocsp, now)";
  assert.equal(await judged(`let _ = ${ask}; Ok(ServerCertVerified::assertion())`), "drops-error");
  assert.equal(await judged(`if let Err(e) = ${ask} { log::warn!("{e}"); } Ok(ServerCertVerified::assertion())`), "drops-error");
  assert.equal(await judged(`match ${ask} { Ok(v) => Ok(v), Err(_) => Ok(ServerCertVerified::assertion()) }`), "drops-error");
  assert.equal(await judged(`${ask}.or_else(|_| Ok(ServerCertVerified::assertion()))`), "drops-error");
  assert.equal(await judged(`let r = ${ask}; if r.is_err() { return Ok(ServerCertVerified::assertion()); } r`), "drops-error");
  const only = (error: string): string =>
    `match ${ask} { Err(Error::InvalidCertificate(${error})) => Ok(ServerCertVerified::assertion()), r => r }`;
  assert.equal(await judged(only("CertificateError::NotValidForName")), "drops-name-error");
  assert.equal(await judged(only("CertificateError::NotValidForNameContext { .. }")), "drops-name-error");
  const either = `Err(Error::InvalidCertificate(CertificateError::NotValidForName)) | Err(Error::InvalidCertificate(CertificateError::NotValidForNameContext { .. }))`;
  assert.equal(await judged(`match ${ask} { ${either} => Ok(ServerCertVerified::assertion()), other => other }`), "drops-name-error");
  assert.equal(
    await judged(`match ${ask} { Ok(v) => Ok(v), ${either} => Ok(ServerCertVerified::assertion()), Err(e) => Err(e) }`),
    "drops-name-error",
  );
  assert.equal(await judged(`if let ${either} = ${ask} { return Ok(ServerCertVerified::assertion()); } Err(other())`), "drops-name-error");
  assert.equal(await judged(only("CertificateError::Expired")), "drops-time-error");
  assert.equal(await judged(only("CertificateError::UnknownIssuer")), "drops-error");
});

test("comparison with the certificate, or with something else", async () => {
  const ok = "Ok(ServerCertVerified::assertion())";
  const no = 'Err(Error::General("no".into()))';
  assert.equal(await judged(`if ee.as_ref() == self.pin.as_slice() { ${ok} } else { ${no} }`), "pins");
  assert.equal(await judged(`if ee.as_ref() != self.pin.as_slice() { return ${no}; } ${ok}`), "pins");
  assert.equal(await judged(`let hash = sha256(ee); if self.pins.contains(&hash) { ${ok} } else { ${no} }`), "pins");
  assert.equal(await judged(`let mut h = Sha256::new(); h.update(ee); if h.finalize() == self.pin { ${ok} } else { ${no} }`), "pins");
  assert.equal(await judged(`let x = yasna::parse_der(&ee, X509::load)?; if x.0.0.key == self.pin { ${ok} } else { ${no} }`), "pins");
  assert.equal(await judged(`if name.to_str() == self.host { ${ok} } else { ${no} }`), "compares-other");
  assert.equal(await judged(no), "rejects");
  assert.equal(await judged("unimplemented!()"), "rejects");
});

test("a signature under the certificate's own key", async () => {
  const parse = "let (_, cert) = X509Certificate::from_der(ee).map_err(bad)?;";
  const accept = "Ok(ServerCertVerified::assertion())";
  assert.equal(await judged(`${parse} cert.verify_signature(None).map_err(bad)?; ${accept}`), "accepts-anything");
  assert.equal(await judged(`${parse} cert.verify_signature(Some(cert.public_key())).map_err(bad)?; ${accept}`), "accepts-anything");
  assert.equal(await judged(`${parse} cert.verify_signature(Some(&self.issuer)).map_err(bad)?; ${accept}`), "delegates");
});

test("a refusal that is overruled by who looks at the certificate", async () => {
  const ask = "self.inner.verify_server_cert(ee, im, name, ocsp, now)";
  const overruled = (by: string): string =>
    `match ${ask} { Ok(v) => Ok(v), Err(e) if ${by} => Ok(ServerCertVerified::assertion()), Err(e) => Err(e) }`;
  assert.equal(await judged(overruled("(self.known)(ee.as_ref(), &e.to_string())")), "pins");
  assert.equal(await judged(overruled("(self.lenient)(&e.to_string())")), "drops-error");
  assert.equal(await judged(overruled("self.lenient")), "drops-error");
  assert.equal(
    await judged(overruled("self.names.iter().any(|it| self.inner.verify_server_cert(ee, im, it, ocsp, now).is_ok())")),
    "delegates",
  );
  assert.equal(
    await judged(overruled("!self.names.iter().any(|it| self.inner.verify_server_cert(ee, im, it, ocsp, now).is_ok())")),
    "drops-error",
  );
  const again = "self.inner.verify_server_cert(ee, im, it, ocsp, now)";
  const unless = (condition: string): string =>
    `match ${ask} { Ok(v) => Ok(v), Err(e) => { ${condition} if found { Ok(ServerCertVerified::assertion()) } else { Err(e) } } }`;
  assert.equal(await judged(unless(`let found = self.names.iter().any(|it| ${again}.is_ok());`)), "delegates");
  assert.equal(await judged(unless(`let found = self.names.iter().any(|it| ${again}.is_err());`)), "drops-error");
  assert.equal(await judged(unless(`let found = !self.names.iter().any(|it| ${again}.is_ok());`)), "drops-error");
});

test("a check of the crate's own that may fail", async () => {
  const source = `${server("self.check(ee)?; Ok(ServerCertVerified::assertion())")}
impl V { fn check(&self, cert: &CertificateDer<'_>) -> Result<(), Error> { if cert.as_ref() != self.pin { return Err(Error::General("no".into())); } Ok(()) } }`;
  assert.deepEqual(await seen(source, ["verifier"]), ["verifier server pins V «verify_server_cert»"]);
  assert.equal(
    await judged("let (_, c) = X509Certificate::from_der(ee).map_err(bad)?; log(c); Ok(ServerCertVerified::assertion())"),
    "accepts-anything",
  );
});

test("a configured exception guards the finding", async () => {
  assert.equal(
    await judged("if self.insecure { return Ok(ServerCertVerified::assertion()); } self.inner.verify_server_cert(ee, im, name, ocsp, now)"),
    "accepts-anything [self.insecure opt-in]",
  );
});

test("signatures count on their own where the certificate is looked at", async () => {
  const signature = `fn verify_tls13_signature(&self, m: &[u8], c: &CertificateDer<'_>, d: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> { Ok(HandshakeSignatureValid::assertion()) }`;
  const twelve = signature.replace("tls13", "tls12");
  const pin = 'if ee.as_ref() == self.pin { Ok(ServerCertVerified::assertion()) } else { Err(Error::General("no".into())) }';
  assert.deepEqual(await seen(server(pin, `${twelve}\n${signature}`), ["verifier"]), [
    "verifier server pins V «verify_server_cert»",
    "verifier signature accepts-anything V «verify_tls12_signature»",
  ]);
  assert.deepEqual(await seen(server("Ok(ServerCertVerified::assertion())", signature), ["verifier"]), [
    "verifier server accepts-anything V «verify_server_cert»",
  ]);
  const delegating = signature.replace(
    "Ok(HandshakeSignatureValid::assertion())",
    "rustls::crypto::verify_tls13_signature(m, c, d, &self.algs)",
  );
  assert.deepEqual(await seen(server(pin, delegating), ["verifier"]), ["verifier server pins V «verify_server_cert»"]);
});

test("a chain that is verified without the name", async () => {
  assert.equal(
    await judged(
      "let c = rustls::server::ParsedCertificate::try_from(ee)?; rustls::client::verify_server_cert_signed_by_trust_anchor(&c, &self.roots, im, now, ALGS)?; Ok(ServerCertVerified::assertion())",
    ),
    "drops-name-error",
  );
});

test("the place of installation is related, and its guard counts", async () => {
  const install = (condition: string): string => `${server("Ok(ServerCertVerified::assertion())")}
fn client(cfg: &Cfg, v: V) -> rustls::ClientConfig {
    let mut config = rustls::ClientConfig::builder().with_root_certificates(roots()).with_no_client_auth();
    ${condition} { config.dangerous().set_certificate_verifier(Arc::new(v)); }
    config
}`;
  assert.deepEqual(await seen(install("if cfg.insecure"), ["verifier"]), [
    "verifier server accepts-anything V «verify_server_cert» [cfg.insecure opt-in]",
  ]);
  const { observations } = await read(install(""));
  const found = observations.find((it) => it.fact.kind === "verifier");
  assert.deepEqual(found?.guards, []);
  assert.ok(found?.fact.kind === "verifier" && found.fact.installed);
  assert.match(found?.related[0]?.message ?? "", /installed here by `set_certificate_verifier`/);
});

test("an installed verifier that cannot be seen is unknown, a library's own is fine", async () => {
  const client = (verifier: string): string => `
fn client(v: std::sync::Arc<dyn Unseen>) -> rustls::ClientConfig {
    rustls::ClientConfig::builder().dangerous().with_custom_certificate_verifier(${verifier}).with_no_client_auth()
}`;
  assert.deepEqual(await seen(client("v"), ["verifier"]), ["verifier server unknown v «with_custom_certificate_verifier»"]);
  assert.deepEqual(await seen(client("std::sync::Arc::new(rustls_platform_verifier::Verifier::new())"), ["verifier"]), []);
});

test("client verifiers: acceptance, and whether a certificate is asked for", async () => {
  const source = `${HEAD}
impl ClientCertVerifier for V {
    fn client_auth_mandatory(&self) -> bool { false }
    fn verify_client_cert(&self, _: &CertificateDer<'_>, _: &[CertificateDer<'_>], _: UnixTime) -> Result<ClientCertVerified, Error> { Ok(ClientCertVerified::assertion()) }
}`;
  assert.deepEqual(await seen(source, ["verifier", "client-authentication"]), [
    "client-authentication optional «client_auth_mandatory»",
    "verifier client accepts-anything V «verify_client_cert»",
  ]);
});

test("callbacks: closures, named functions, the library's own answer", async () => {
  const acceptor = (callback: string, more = ""): string => `
use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};
fn acceptor() -> SslAcceptor {
    let mut b = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
    b.set_verify_callback(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT, ${callback});
    b.build()
}
${more}`;
  const judgement = async (callback: string, more = ""): Promise<string> =>
    (await seen(acceptor(callback, more), ["verifier"])).map((it) => it.split(" ").slice(1, 3).join(" ")).join();
  assert.equal(await judgement("|_, _| true"), "client accepts-anything");
  assert.equal(await judgement('|_ok, ctx| { println!("{:?}", ctx.error()); true }'), "client accepts-anything");
  assert.equal(await judgement("|ok, _| ok"), "client delegates");
  assert.equal(await judgement("|ok, ctx| ok && extra(ctx)"), "client delegates");
  assert.equal(await judgement("|ok, _| { if !ok { return true; } ok }"), "client drops-error");
  assert.equal(await judgement("|ok, ctx| ok || ctx.error_depth() > 0"), "client drops-error");
  assert.equal(await judgement("|ok, ctx| ok || ctx.error() == X509VerifyResult::CERT_HAS_EXPIRED"), "client drops-time-error");
  assert.equal(await judgement("|_, ctx| ctx.current_cert().unwrap().digest(sha()) == PIN"), "client pins");
  assert.equal(await judgement("check", "fn check(_ok: bool, _ctx: &mut X509StoreContextRef) -> bool { true }"), "client accepts-anything");
  assert.equal(await judgement("elsewhere::check"), "client unknown");
});

test("a later mode drops the callback", async () => {
  const source = `
use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};
fn acceptor() -> SslAcceptor {
    let mut b = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
    b.set_verify_callback(SslVerifyMode::PEER, |_, _| true);
    b.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    b.build()
}`;
  assert.deepEqual(await seen(source, ["verifier", "client-authentication"]), [
    "client-authentication required «SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT»",
  ]);
});

test("what a function that was not read says of the certificate is not known", async () => {
  const crate = { dependencies: new Map(), versions: new Map(), defaultFeatures: new Set<string>(), features: new Set<string>() };
  const given = { crate: { ...crate, dependencies: new Map([["rustls", { package: "rustls" }]]) } };
  const of = (body: string): Promise<string[]> => seen(`use crate::pins;\n${server(body)}`, ["verifier"], given);
  const after = "Ok(ServerCertVerified::assertion())";
  assert.deepEqual(await of(`pins::read(ee)?; ${after}`), ["verifier server unknown V «verify_server_cert»"]);
  assert.deepEqual(await of(`let known = pins::read(ee)?; if known != self.pin { return Err(Error::General(String::new())); } ${after}`), [
    "verifier server pins V «verify_server_cert»",
  ]);
  assert.deepEqual(await of(`pins::count(self)?; ${after}`), ["verifier server accepts-anything V «verify_server_cert»"]);
});

test("that a certificate could be parsed says nothing of whose it is", async () => {
  const after = "Ok(ServerCertVerified::assertion())";
  assert.equal(await judged(`rustls::server::ParsedCertificate::try_from(ee)?; ${after}`), "accepts-anything");
  const parse = "X509Certificate::from_der(ee)";
  const refuse = 'Err(Error::General("no".into()))';
  for (const body of [
    `match rustls::server::ParsedCertificate::try_from(ee) { Ok(_) => ${after}, Err(e) => Err(e) }`,
    `match ${parse} { Ok((_, cert)) => { log::debug!("{cert:?}"); ${after} } Err(_) => ${refuse} }`,
    `match ${parse} { Err(_) => ${refuse}, _ => ${after} }`,
    `if let Ok(_) = ${parse} { return ${after}; } ${refuse}`,
    `let Ok((_, cert)) = ${parse} else { return ${refuse}; }; ${after}`,
    `if ${parse}.is_err() { return ${refuse}; } ${after}`,
    `let readable = ${parse}.is_ok(); if !readable { return ${refuse}; } ${after}`,
    `if ${parse}.is_ok_and(|_| true) { ${after} } else { ${refuse} }`,
    `${parse}.map(|_| ServerCertVerified::assertion()).map_err(bad)`,
    `${parse}.map_or(${refuse}, |_| ${after})`,
    `match self.parser.parse(ee) { Ok(_) => ${after}, Err(_) => ${refuse} }`,
    `match ${parse}.ok() { Some(cert) => ${after}, None => ${refuse} }`,
    `if matches!(${parse}, Ok(_)) { ${after} } else { ${refuse} }`,
  ])
    assert.equal(await judged(body), "accepts-anything", body);
});

test("who looks at what was parsed, or looks it up, compares", async () => {
  const after = "Ok(ServerCertVerified::assertion())";
  const parse = "X509Certificate::from_der(ee)";
  const refuse = 'Err(Error::General("no".into()))';
  for (const body of [
    `match ${parse} { Ok((_, cert)) if cert.serial == self.serial => ${after}, _ => ${refuse} }`,
    `match ${parse} { Ok((_, cert)) => { if cert.subject() != self.name { return ${refuse}; } ${after} } Err(_) => ${refuse} }`,
    `if ${parse}.is_ok_and(|(_, cert)| cert.serial == self.serial) { ${after} } else { ${refuse} }`,
  ])
    assert.equal(await judged(body), "compares-claims", body);
  for (const body of [
    `match ${parse} { Ok((_, cert)) if cert.public_key().raw == self.pin => ${after}, _ => ${refuse} }`,
    `match ${parse} { Ok((_, cert)) => { if cert.public_key().raw != self.pin { return ${refuse}; } ${after} } Err(_) => ${refuse} }`,
    `if let Ok((_, cert)) = ${parse} { if cert.public_key().raw == self.pin { return ${after}; } } ${refuse}`,
    `if ${parse}.is_ok_and(|(_, cert)| cert.public_key().raw == self.pin) { ${after} } else { ${refuse} }`,
    `match self.pins.get(&sha256(ee)) { Some(_) => ${after}, None => ${refuse} }`,
    `if self.pins.get(ee.as_ref()).is_none() { return ${refuse}; } ${after}`,
    `match kind_of(ee) { Kind::Known => ${after}, _ => ${refuse} }`,
  ])
    assert.equal(await judged(body), "pins", body);
  assert.equal(await judged(`self.store.lookup(&sha256(ee)).map_err(bad)?; ${after}`), "unknown");
});

test("a check of the crate's own counts, however its answer is asked for", async () => {
  const check =
    'impl V { fn check(&self, cert: &CertificateDer<\'_>) -> Result<(), Error> { if cert.as_ref() != self.pin { return Err(Error::General("no".into())); } Ok(()) } }';
  for (const body of [
    "match self.check(ee) { Ok(()) => Ok(ServerCertVerified::assertion()), Err(e) => Err(e) }",
    "self.check(ee).map(|_| ServerCertVerified::assertion())",
    "if self.check(ee).is_err() { return Err(Error::DecryptError); } Ok(ServerCertVerified::assertion())",
  ])
    assert.deepEqual(await seen(`${server(body)} ${check}`, ["verifier"]), ["verifier server pins V «verify_server_cert»"], body);
});

test("a callback that only wants to see a certificate", async () => {
  const source = `
use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};
fn acceptor() -> SslAcceptor {
    let mut b = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
    b.set_verify_callback(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT, |_, ctx| ctx.current_cert().is_some());
    b.build()
}`;
  assert.match((await seen(source, ["verifier"]))[0] ?? "", /client accepts-anything/);
});

test("a fingerprint is the certificate's in whatever form it is compared", async () => {
  const hash = "let fp = sha2::Sha256::digest(ee.as_ref());";
  const pinned = (steps: string, condition: string): string =>
    `${hash} ${steps} if ${condition} { Ok(ServerCertVerified::assertion()) } else { Err(other()) }`;
  for (const [steps, condition] of [
    ['let s: String = fp.iter().map(|b| format!("{:02x}", b)).collect();', "s == self.pin"],
    ['let s = format!("{:x}", fp);', "s == self.pin"],
    ['let s = format!("sha256:{}", hex::encode(fp));', "s == self.pin"],
    ['let s = format!("{fp:x}");', "s == self.pin"],
    ['let mut s = String::new(); for b in fp.iter() { write!(s, "{:02x}", b).unwrap(); }', "s == self.pin"],
    ['let mut s = String::new(); for b in fp.iter() { write!(&mut s, "{b:02x}").unwrap(); }', "s == self.pin"],
    ["let mut s = String::new(); for b in fp.iter() { s.push_str(&hx(b)); }", "s == self.pin"],
    ["let mut h = [0u8; 32]; h.copy_from_slice(&fp);", "h == self.pin"],
    ["let mut h = vec![0u8; 32]; for i in 0..32 { h[i] = fp[i]; }", "h == self.pin"],
    ["let s = hex::encode(fp);", 'std::fs::read_to_string("t").unwrap().lines().any(|l| l == s)'],
    ["let s = hex::encode(fp);", 'std::fs::read_to_string("t").unwrap().contains(&s)'],
    ["", "fp.iter().zip(&self.pin).fold(0u8, |a, (x, y)| a | (x ^ y)) == 0"],
  ] as const)
    assert.equal(await judged(pinned(steps, condition)), "pins", `${steps} ${condition}`);
  const arms =
    "match &self.o { Some(p) if *p != fp => Err(other()), Some(_) => Ok(ServerCertVerified::assertion()), None => Err(other()) }";
  assert.equal(await judged(`${hash} ${arms}`), "pins");
});

test("a signature is verified, or it is not", async () => {
  const strict = "self.inner.verify_server_cert(ee, im, name, ocsp, now)";
  const method = (body: string): string =>
    `fn verify_tls13_signature(&self, message: &[u8], cert: &CertificateDer<'_>, dss: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> { ${body} }`;
  const signed = async (body: string): Promise<string> => {
    const found = await seen(server(strict, method(body)), ["verifier"]);
    return found.find((it) => it.startsWith("verifier signature"))?.split(" ")[2] ?? "";
  };
  const ask = "self.inner.verify_tls13_signature(message, cert, dss)";
  const valid = "Ok(HandshakeSignatureValid::assertion())";
  assert.equal(await signed(ask), "");
  assert.equal(await signed(`${ask}?; ${valid}`), "");
  assert.equal(await signed(valid), "accepts-anything");
  for (const dropped of [
    `${ask}.or_else(|_| ${valid})`,
    `${ask}.or(${valid})`,
    `match ${ask} { Ok(v) => Ok(v), Err(_) => ${valid} }`,
    `if let Err(e) = ${ask} { log::warn!("{e}"); } ${valid}`,
    `let _ = ${ask}; ${valid}`,
    `${ask}.ok(); ${valid}`,
  ])
    assert.equal(await signed(dropped), "drops-error", dropped);
  const key = "ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, &self.pin)";
  assert.equal(await signed(`${key}.verify(message, dss.signature()).map_err(|_| other())?; ${valid}`), "");
  assert.equal(await signed(`if ${key}.verify(message, dss.signature()).is_err() { return Err(other()); } ${valid}`), "");
});

test("a condition on the error is no option, and a way past a pin no pin", async () => {
  const ask = "self.inner.verify_server_cert(ee, im, name, ocsp, now)";
  const fine = "Ok(ServerCertVerified::assertion())";
  const named = "Error::InvalidCertificate(CertificateError::NotValidForName)";
  assert.equal(await judged(`${ask}.or_else(|e| match e { ${named} => ${fine}, other => Err(other) })`), "drops-name-error");
  assert.equal(await judged(`match ${ask} { Err(e) if matches!(e, ${named}) => ${fine}, r => r }`), "drops-name-error");
  assert.equal(
    await judged(`match ${ask} { Err(e) if matches!(e, Error::InvalidCertificate(CertificateError::UnknownIssuer)) => ${fine}, r => r }`),
    "drops-error",
  );
  const pinned = "if self.pins.iter().any(|it| it == ee.as_ref())";
  assert.equal(await judged(`${pinned} { return ${fine}; } match ${ask} { Ok(v) => Ok(v), Err(_) => ${fine} }`), "drops-error");
  assert.equal(await judged(`${pinned} { return ${fine}; } ${ask}`), "pins");
  assert.equal(await judged(`${pinned} { return ${fine}; } if other(ee) { return ${fine}; } Err(other())`), "pins");
});
