/** What a verifier comes to by whom it asks: halves of a library's verdict, closures, callbacks, keys. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ANY, IMPORTS, OK, PARAMETERS, REFUSED, SIGNATURES, said, UNSEEN, verifier } from "./verifier-bodies.ts";

/** The library is asked for the chain alone, and names are compared under a condition of the configuration. */
test("names are compared where there are any, or where an option asks for it", async () => {
  const chainAnd = (fields: string, condition: string, more = ""): string =>
    verifier(
      fields,
      `let cert = rustls::server::ParsedCertificate::try_from(end)?;
        rustls::client::verify_server_cert_signed_by_trust_anchor(&cert, &self.roots, chain, now, self.algorithms.all)?;
        if ${condition} { return ${REFUSED}; }
        ${OK}`,
      more,
    );
  const forgives = "error disabled-hostname-verification: `Own` ignores hostname errors";
  const options = "#[derive(Debug, Default)]\npub struct Options { pub compare: bool }\n";
  assert.deepEqual(await said(chainAnd("roots: RootCertStore", "chain.len() > 9")), [forgives]);
  assert.deepEqual(await said(chainAnd("roots: RootCertStore, pin: Vec<u8>", "end.as_ref() != self.pin")), []);
  assert.deepEqual(
    await said(chainAnd("roots: RootCertStore, pins: Vec<Vec<u8>>", "!self.pins.is_empty() && !self.pins.contains(end.as_ref())")),
    ["hint disabled-hostname-verification: `Own` compares its own list of names"],
  );
  assert.deepEqual(
    await said(chainAnd("roots: RootCertStore, o: Options, pin: Vec<u8>", "self.o.compare && end.as_ref() != self.pin", options)),
    ["warning disabled-hostname-verification: `Own` compares its own list of names"],
  );
});

test("a library's verifier that comes from elsewhere, in a pointer", async () => {
  const text = `${IMPORTS}
pub fn client(standard: Arc<WebPkiServerVerifier>) -> ClientConfig {
    ClientConfig::builder().dangerous().with_custom_certificate_verifier(standard).with_no_client_auth()
}
`;
  assert.deepEqual(await said(text), []);
  const cannotTell = "hint accept-any-server: cannot tell whether `standard` verifies the server certificate";
  assert.deepEqual(await said(text.replace("Arc<WebPkiServerVerifier>", "Arc<dyn ServerCertVerifier>")), [cannotTell]);
});

test("a verifier asks the closure that it is installed with", async () => {
  const asking = (closure: string): string => `${IMPORTS}
pub struct Own<F> { answer: F, algorithms: WebPkiSupportedAlgorithms }

impl<F: Fn(&[u8]) -> bool + Send + Sync> ServerCertVerifier for Own<F> {
    fn verify_server_cert(${PARAMETERS}) -> Result<ServerCertVerified, Error> {
        if (self.answer)(end.as_ref()) { ${OK} } else { ${REFUSED} }
    }${SIGNATURES}
}

pub fn install(pin: Vec<u8>, algorithms: WebPkiSupportedAlgorithms) -> ClientConfig {
    let own = Own { answer: ${closure}, algorithms };
    ClientConfig::builder().dangerous().with_custom_certificate_verifier(Arc::new(own)).with_no_client_auth()
}
`;
  assert.deepEqual(await said(asking("move |it: &[u8]| it == pin")), []);
  assert.deepEqual(await said(asking("move |it: &[u8]| it == pin || true")), [ANY]);
  assert.deepEqual(await said(asking("move |_: &[u8]| !pin.is_empty()")), [UNSEEN]);
});

/** In what a callback of OpenSSL is told of the verdict there is nothing of the certificate. */
test("a callback that asks how deep in the chain the error is", async () => {
  const callback = (answer: string): string => `use openssl::ssl::{SslConnector, SslMethod, SslVerifyMode};
pub fn client() -> Result<SslConnector, openssl::error::ErrorStack> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_verify_callback(SslVerifyMode::PEER, |ok, context| ${answer});
    Ok(builder.build())
}
`;
  const dropped = "error accept-any-server: this closure ignores the verification error";
  assert.deepEqual(await said(callback("ok || context.error_depth() > 0")), [dropped]);
  assert.deepEqual(await said(callback("ok | (context.error_depth() > 0)")), [dropped]);
  assert.deepEqual(await said(callback("ok & (context.error_depth() < 4)")), []);
  assert.deepEqual(await said(callback("ok | true")), ["error accept-any-server: this closure accepts any server certificate"]);
  assert.deepEqual(await said(callback("ok && context.error_depth() < 4")), []);
  assert.deepEqual(await said(callback("context.current_cert().is_some()")), [
    "error accept-any-server: this closure accepts any server certificate",
  ]);
  const pinned = "context.current_cert().map(|it| it.to_der().unwrap()) == Some(vec![1])";
  assert.deepEqual(await said(callback(`context.error_depth() > 0 || ${pinned}`)), []);
  assert.deepEqual(await said(callback(`context.error_depth() == 0 || ${pinned}`)), [
    "warning accept-any-server: this closure accepts the server without checking its certificate",
  ]);
  const expired = "context.error().as_raw() == openssl_sys::X509_V_ERR_CERT_HAS_EXPIRED";
  assert.deepEqual(await said(callback(`ok || ${expired}`)), [
    "warning accept-any-server: this closure accepts expired server certificates",
  ]);
  assert.deepEqual(await said(callback("ok || context.current_cert().map(|it| it.to_der().unwrap()) == Some(vec![1])")), []);
});

/** A signature under the certificate's own key is anybody's. */
test("a certificate is verified with its own key", async () => {
  const by = (key: string): string =>
    verifier(
      "key: openssl::pkey::PKey<openssl::pkey::Public>",
      `let it = openssl::x509::X509::from_der(end).map_err(|_| Error::General(String::new()))?;
        let own = it.public_key().map_err(|_| Error::General(String::new()))?;
        if !it.verify(${key}).unwrap_or(false) { return ${REFUSED}; }
        ${OK}`,
    );
  assert.deepEqual(await said(by("&own")), [ANY]);
  assert.deepEqual(await said(by("&self.key")), []);
});

/** A wrong name is forgiven, and the certificate is compared with what is allowed. */
test("who allows everybody by the list that is compared has dropped no check", async () => {
  const forgiving = (condition: string, fields = "patterns: Vec<Vec<u8>>", more = ""): string =>
    verifier(
      `inner: Arc<WebPkiServerVerifier>, ${fields}`,
      `match self.inner.verify_server_cert(end, chain, name, ocsp, now) {
            Err(Error::InvalidCertificate(CertificateError::NotValidForName)) => (),
            other => return other,
        }
        if ${condition} { return ${REFUSED}; }
        ${OK}`,
      more,
    );
  const forgives = "error disabled-hostname-verification: `Own` ignores hostname errors";
  const compared = "!self.patterns.iter().any(|it| it == end.as_ref())";
  assert.deepEqual(await said(forgiving("false")), [forgives]);
  assert.deepEqual(await said(forgiving(compared)), []);
  assert.deepEqual(await said(forgiving(`!self.patterns.iter().any(|it| it == b"*") && ${compared}`)), []);
  // What is asked there is another thing, if beside it.
  const options = "#[derive(Debug, Default)]\npub struct Options { pub any: Vec<u8>, pub patterns: Vec<Vec<u8>> }\n";
  const beside = 'self.o.any != b"*" && !self.o.patterns.iter().any(|it| it == end.as_ref())';
  assert.deepEqual(await said(forgiving(beside, "o: Options", options)), [forgives]);
  assert.deepEqual(
    await said(forgiving(`!self.hosts.iter().any(|it| it == b"*") && ${compared}`, "patterns: Vec<Vec<u8>>, hosts: Vec<Vec<u8>>")),
    [forgives],
  );
  // Nothing is written anywhere.
  assert.deepEqual(await said(forgiving(`!self.patterns.is_empty() && ${compared}`)), [forgives]);
});
