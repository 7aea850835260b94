/** Verifiers that compare something: whether it is the certificate, in whatever form, or what says nothing of whose it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { seen } from "./stage.ts";
import { judged, server } from "./verifier-stage.ts";

test("comparison with the certificate, or with something else", () => {
  const ok = "Ok(ServerCertVerified::assertion())";
  const no = 'Err(Error::General("no".into()))';
  assert.equal(judged(`if ee.as_ref() == self.pin.as_slice() { ${ok} } else { ${no} }`), "pins");
  assert.equal(judged(`if ee.as_ref() != self.pin.as_slice() { return ${no}; } ${ok}`), "pins");
  assert.equal(judged(`let hash = sha256(ee); if self.pins.contains(&hash) { ${ok} } else { ${no} }`), "pins");
  assert.equal(judged(`let mut h = Sha256::new(); h.update(ee); if h.finalize() == self.pin { ${ok} } else { ${no} }`), "pins");
  assert.equal(judged(`let x = yasna::parse_der(&ee, X509::load)?; if x.0.0.key == self.pin { ${ok} } else { ${no} }`), "pins");
  // Whom the library asks about says nothing of who answers, on whichever side of it nobody is refused.
  for (const condition of ["name.to_str() == self.host", 'name.to_str() == "localhost"', "now < self.until", "self.hosts.contains(&name)"])
    assert.equal(judged(`if ${condition} { ${ok} } else { ${no} }`), "accepts-anything", condition);
  const inner = "self.inner.verify_server_cert(ee, im, name, ocsp, now)";
  assert.equal(judged(`if name.to_str() == self.host { ${ok} } else { ${inner} }`), "compares-other");
  assert.equal(judged(`if name.to_str() == self.host && ee.as_ref() == self.pin.as_slice() { ${ok} } else { ${no} }`), "pins");
  assert.equal(judged(no), "rejects");
  assert.equal(judged("unimplemented!()"), "rejects");
});

test("a signature under the certificate's own key", () => {
  const parse = "let (_, cert) = X509Certificate::from_der(ee).map_err(bad)?;";
  const accept = "Ok(ServerCertVerified::assertion())";
  assert.equal(judged(`${parse} cert.verify_signature(None).map_err(bad)?; ${accept}`), "accepts-anything");
  assert.equal(judged(`${parse} cert.verify_signature(Some(cert.public_key())).map_err(bad)?; ${accept}`), "accepts-anything");
  assert.equal(judged(`${parse} cert.verify_signature(Some(&self.issuer)).map_err(bad)?; ${accept}`), "delegates");
});

test("a check of the crate's own that may fail", () => {
  const source = `${server("self.check(ee)?; Ok(ServerCertVerified::assertion())")}
impl V { fn check(&self, cert: &CertificateDer<'_>) -> Result<(), Error> { if cert.as_ref() != self.pin { return Err(Error::General("no".into())); } Ok(()) } }`;
  assert.deepEqual(seen(source, ["verifier"]), ["verifier server pins V «verify_server_cert»"]);
  assert.equal(
    judged("let (_, c) = X509Certificate::from_der(ee).map_err(bad)?; log(c); Ok(ServerCertVerified::assertion())"),
    "accepts-anything",
  );
});

test("that a certificate could be parsed says nothing of whose it is", () => {
  const after = "Ok(ServerCertVerified::assertion())";
  assert.equal(judged(`rustls::server::ParsedCertificate::try_from(ee)?; ${after}`), "accepts-anything");
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
    assert.equal(judged(body), "accepts-anything", body);
});

test("who looks at what was parsed, or looks it up, compares", () => {
  const after = "Ok(ServerCertVerified::assertion())";
  const parse = "X509Certificate::from_der(ee)";
  const refuse = 'Err(Error::General("no".into()))';
  for (const body of [
    `match ${parse} { Ok((_, cert)) if cert.serial == self.serial => ${after}, _ => ${refuse} }`,
    `match ${parse} { Ok((_, cert)) => { if cert.subject() != self.name { return ${refuse}; } ${after} } Err(_) => ${refuse} }`,
    `if ${parse}.is_ok_and(|(_, cert)| cert.serial == self.serial) { ${after} } else { ${refuse} }`,
  ])
    assert.equal(judged(body), "compares-claims", body);
  for (const body of [
    `match ${parse} { Ok((_, cert)) if cert.public_key().raw == self.pin => ${after}, _ => ${refuse} }`,
    `match ${parse} { Ok((_, cert)) => { if cert.public_key().raw != self.pin { return ${refuse}; } ${after} } Err(_) => ${refuse} }`,
    `if let Ok((_, cert)) = ${parse} { if cert.public_key().raw == self.pin { return ${after}; } } ${refuse}`,
    `if ${parse}.is_ok_and(|(_, cert)| cert.public_key().raw == self.pin) { ${after} } else { ${refuse} }`,
    `match self.pins.get(&sha256(ee)) { Some(_) => ${after}, None => ${refuse} }`,
    `if self.pins.get(ee.as_ref()).is_none() { return ${refuse}; } ${after}`,
    `match kind_of(ee) { Kind::Known => ${after}, _ => ${refuse} }`,
  ])
    assert.equal(judged(body), "pins", body);
  assert.equal(judged(`self.store.lookup(&sha256(ee)).map_err(bad)?; ${after}`), "unknown");
});

test("a check of the crate's own counts, however its answer is asked for", () => {
  const check =
    'impl V { fn check(&self, cert: &CertificateDer<\'_>) -> Result<(), Error> { if cert.as_ref() != self.pin { return Err(Error::General("no".into())); } Ok(()) } }';
  for (const body of [
    "match self.check(ee) { Ok(()) => Ok(ServerCertVerified::assertion()), Err(e) => Err(e) }",
    "self.check(ee).map(|_| ServerCertVerified::assertion())",
    "if self.check(ee).is_err() { return Err(Error::DecryptError); } Ok(ServerCertVerified::assertion())",
  ])
    assert.deepEqual(seen(`${server(body)} ${check}`, ["verifier"]), ["verifier server pins V «verify_server_cert»"], body);
});

test("a condition on the error is no option, and a way past a pin no pin", () => {
  const ask = "self.inner.verify_server_cert(ee, im, name, ocsp, now)";
  const fine = "Ok(ServerCertVerified::assertion())";
  const named = "Error::InvalidCertificate(CertificateError::NotValidForName)";
  assert.equal(judged(`${ask}.or_else(|e| match e { ${named} => ${fine}, other => Err(other) })`), "drops-name-error");
  assert.equal(judged(`match ${ask} { Err(e) if matches!(e, ${named}) => ${fine}, r => r }`), "drops-name-error");
  assert.equal(
    judged(`match ${ask} { Err(e) if matches!(e, Error::InvalidCertificate(CertificateError::UnknownIssuer)) => ${fine}, r => r }`),
    "drops-error",
  );
  const pinned = "if self.pins.iter().any(|it| it == ee.as_ref())";
  assert.equal(judged(`${pinned} { return ${fine}; } match ${ask} { Ok(v) => Ok(v), Err(_) => ${fine} }`), "drops-error");
  assert.equal(judged(`${pinned} { return ${fine}; } ${ask}`), "pins");
  assert.equal(judged(`${pinned} { return ${fine}; } if other(ee) { return ${fine}; } Err(other())`), "pins");
});

test("what a function that was not read says of the certificate is not known", () => {
  const crate = {
    dependencies: new Map(),
    versions: new Map(),
    reached: "unknown" as const,
    defaultFeatures: new Set<string>(),
    features: new Set<string>(),
  };
  const given = { crate: { ...crate, dependencies: new Map([["rustls", { package: "rustls" }]]) } };
  const of = (body: string): string[] => seen(`use crate::pins;\n${server(body)}`, ["verifier"], given);
  const after = "Ok(ServerCertVerified::assertion())";
  assert.deepEqual(of(`pins::known(ee)?; ${after}`), ["verifier server unknown V «verify_server_cert»"]);
  assert.deepEqual(of(`let known = pins::read(ee)?; if known != self.pin { return Err(Error::General(String::new())); } ${after}`), [
    "verifier server pins V «verify_server_cert»",
  ]);
  assert.deepEqual(of(`pins::count(self)?; ${after}`), ["verifier server accepts-anything V «verify_server_cert»"]);
});

test("a fingerprint is the certificate's in whatever form it is compared", () => {
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
    assert.equal(judged(pinned(steps, condition)), "pins", `${steps} ${condition}`);
  const arms =
    "match &self.o { Some(p) if *p != fp => Err(other()), Some(_) => Ok(ServerCertVerified::assertion()), None => Err(other()) }";
  assert.equal(judged(`${hash} ${arms}`), "pins");
});
