/** What anybody can write into a certificate, or send beside it, proves nothing: comparing it is no verification. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { judged } from "./verifier-stage.ts";

test("what anybody can write into a certificate, or send beside it", () => {
  const parse = "let (_, cert) = X509Certificate::from_der(ee).map_err(bad)?;";
  const where = (condition: string): string =>
    `${parse} if ${condition} { Ok(ServerCertVerified::assertion()) } else { Err(Error::General("no".into())) }`;
  const claims = [
    'cert.subject().to_string() == "CN=orders"',
    "cert.issuer() == self.subject()",
    "cert.validity().is_valid()",
    "cert.tbs_certificate.validity.not_after > now.into()",
    "self.serials.contains(&cert.tbs_certificate.serial)",
    "cert.subject().iter_common_name().next().and_then(|cn| cn.as_str().ok()) == Some(&self.host)",
    "cert.extensions().iter().any(|it| it.oid == OID)",
    "im.iter().any(|it| it.as_ref() == self.pin)",
    "im.contains(&self.authority)",
    "std::iter::once(ee).chain(im).any(|it| it.as_ref() == self.pin)",
  ];
  for (const condition of claims) assert.equal(judged(where(condition)), "compares-claims", condition);
  const accept = "Ok(ServerCertVerified::assertion())";
  assert.equal(judged(`${parse} if !cert.validity().is_valid() { return Err(expired()); } ${accept}`), "compares-claims");
  assert.equal(judged(`${parse} cert.verify_signature(None).map_err(bad)?; ${where("cert.is_ca()")}`), "compares-claims");
  assert.equal(judged(`let cert = ParsedCertificate::try_from(ee)?; verify_server_name(&cert, name)?; ${accept}`), "compares-claims");
  const named = "let cert = ParsedCertificate::try_from(ee)?; verify_server_name(&cert, name)?;";
  assert.equal(judged(`if ee.as_ref() != self.pin { return Err(bad()); } ${named} ${accept}`), "pins");
  // Beside something that its owner alone has, or a verdict, they are a further check.
  const pinned = [
    "cert.validity().is_valid() && ee.as_ref() == self.pin",
    "cert.public_key().raw == self.key",
    "cert.tbs_certificate.subject_pki.raw == self.key && cert.subject() == self.name",
    "sha256(ee) == self.pin",
  ];
  for (const condition of pinned) assert.equal(judged(where(condition)), "pins", condition);
  const ask = "self.inner.verify_server_cert(ee, im, name, ocsp, now)?;";
  assert.equal(judged(`${ask} ${where('cert.subject().to_string() == "CN=orders"')}`), "delegates");
  assert.equal(judged(`${parse} cert.verify_signature(Some(&self.authority))?; ${where("cert.is_ca()")}`), "delegates");
  assert.equal(judged(`self.store.lookup(&sha256(ee)).map_err(bad)?; ${where("cert.validity().is_valid()")}`), "unknown");
});

test("the peer's certificate as its own authority", () => {
  const built = "let inner = WebPkiServerVerifier::builder(Arc::new(roots)).build().map_err(bad)?;";
  const ask = "inner.verify_server_cert(ee, im, name, ocsp, now)";
  const own = (certificate: string, answer: string): string =>
    `use rustls::{RootCertStore, client::WebPkiServerVerifier}; let mut roots = RootCertStore::empty(); roots.add(${certificate})?; ${built} ${answer}`;
  for (const answer of [ask, `${ask}.map_err(|e| { log::warn!("{e}"); e })`, `${ask}?; Ok(ServerCertVerified::assertion())`])
    assert.equal(judged(own("ee.clone().into_owned()", answer)), "accepts-anything", answer);
  assert.equal(judged(own("self.authority.clone()", ask)), "delegates");
  assert.equal(judged(`if ee.as_ref() != self.pin { return Err(bad()); } ${own("ee.clone().into_owned()", ask)}`), "pins");
});
