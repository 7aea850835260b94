/** Where the strict fix needs what the workspace lacks, it says so and offers what is possible. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../server/src/base/text-edit.ts";
import { createLintService } from "../../server/src/service/index.ts";
import { basicConstraints, certificatePem, type ListSpec, pem, revocationList } from "../certificates/build.ts";
import { memoryHost } from "../harness/memory-host.ts";

const FILE = "/w/src/lib.rs";
const manifest = (version: string): string =>
  `[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nrustls = "${version}"\n`;
const ca = (subject: string): string => certificatePem({ subject, issuer: subject, extensions: [basicConstraints(true)] });
const list = (issuer: string): string => pem("X509 CRL", revocationList({ issuer } satisfies ListSpec));

const LISTLESS = `use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::RootCertStore;
use std::sync::Arc;

pub fn verifier() -> Result<Arc<dyn ClientCertVerifier>, Box<dyn std::error::Error>> {
    let mut roots = RootCertStore::empty();
    for it in CertificateDer::pem_file_iter("certs/client-ca.pem")? {
        roots.add(it?)?;
    }
    let none: Vec<CertificateRevocationListDer<'static>> = Vec::new();
    Ok(WebPkiClientVerifier::builder(Arc::new(roots)).with_crls(none).build()?)
}
`;
const UNASKED = `use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::ServerConfig;

pub fn config(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<ServerConfig, rustls::Error> {
    ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key)
}
`;

/** The fix that comes first, as text with its notes. */
async function fixed(rule: string, text: string, files: Readonly<Record<string, string>>, version = "0.23.20") {
  const host = memoryHost({ [FILE]: text, "/w/Cargo.toml": manifest(version), "/w/tlslint.toml": 'mtls = "required"\n', ...files });
  const service = await createLintService(host, { roots: ["/w"] });
  const finding = (await service.lint(FILE)).findings.find((it) => it.rule === rule);
  service.dispose();
  assert.ok(finding !== undefined, `${rule} is found`);
  const [fix] = finding.fixes;
  const own = fix?.edits.find((it) => it.file === FILE)?.edits ?? [];
  return { text: applyEdits(text, own), fix, unfixed: finding.unfixed };
}

test("the list of the client CA is taken, and no other authority's", async () => {
  const both = { "/w/certs/client-ca.pem": ca("Clients"), "/w/certs/partners.crl": list("Partners") };
  const other = await fixed("empty-crl-list", LISTLESS, both);
  assert.doesNotMatch(other.text, /partners/);
  assert.match(other.fix?.notes.join() ?? "", /no revocation list of the client CA was found: .* create one as docs\/private-ca\.md shows/);
  assert.equal(other.fix?.applicability, "input");
  assert.ok((other.fix?.placeholders.length ?? 0) > 0, "the place is marked");
  const own = await fixed("empty-crl-list", LISTLESS, { ...both, "/w/certs/clients.crl": list("Clients") });
  assert.match(own.text, /pem_file_iter\("certs\/clients\.crl"\)/);
  assert.deepEqual(own.fix?.notes, []);
});

test("a list whose name would be ours, and is another authority's, is not meant", async () => {
  const { text, fix } = await fixed("empty-crl-list", LISTLESS, {
    "/w/certs/client-ca.pem": ca("Clients"),
    "/w/client-ca.crl.pem": list("Partners"),
  });
  assert.match(text, /pem_file_iter\("your-client-ca\.crl\.pem"\)/);
  assert.equal(fix?.notes.length, 1);
});

test("a list is known by the CA that the code names, whatever the file is called", async () => {
  const text = LISTLESS.replace("certs/client-ca.pem", "certs/partners.pem");
  const files = {
    "/w/certs/partners.pem": ca("Partners"),
    "/w/certs/client-ca.pem": ca("Clients"),
    "/w/certs/a.crl": list("Clients"),
    "/w/certs/b.crl": list("Partners"),
  };
  assert.match((await fixed("empty-crl-list", text, files)).text, /"certs\/b\.crl"/);
});

test("a client is given no list of the CA that signs clients", async () => {
  const text = LISTLESS.replace("server::danger::ClientCertVerifier", "client::WebPkiServerVerifier")
    .replace("use rustls::server::WebPkiClientVerifier;\n", "")
    .replace("Arc<dyn ClientCertVerifier>", "Arc<WebPkiServerVerifier>")
    .replace("WebPkiClientVerifier::builder", "WebPkiServerVerifier::builder")
    .replace("certs/client-ca.pem", "/etc/ssl/servers.pem");
  const files = { "/w/certs/client-ca.pem": ca("Clients"), "/w/certs/clients.crl": list("Clients") };
  const { text: mended, fix } = await fixed("empty-crl-list", text, files);
  assert.doesNotMatch(mended, /clients\.crl/);
  assert.match(mended, /"ca\.crl\.pem"/);
  assert.match(fix?.notes.join() ?? "", /the revocation list of the CA that issued your servers' certificates/);
});

test("without a client CA the step to create one is named", async () => {
  const { text, fix } = await fixed("no-client-auth", UNASKED, {});
  assert.match(text, /"client-ca\.pem"/);
  assert.match(fix?.notes.join() ?? "", /no file of a client CA was found: .* create one as docs\/private-ca\.md shows/);
  assert.ok((fix?.placeholders.length ?? 0) > 0);
  const found = await fixed("no-client-auth", UNASKED, { "/w/certs/client-ca.pem": ca("Clients") });
  assert.match(found.text, /"certs\/client-ca\.pem"/);
  assert.deepEqual(found.fix?.notes, []);
});

test("a release without the call is told the one that has it", async () => {
  const stale = LISTLESS.replace("Vec::new();", 'CertificateRevocationListDer::pem_file_iter("a.crl")?.collect::<Result<_, _>>()?;');
  const far = await fixed("stale-crl-accepted", stale, {}, "0.22.4");
  assert.equal(far.fix, undefined);
  assert.match(far.unfixed ?? "", /rustls 0\.22\.4 has no way to write it: it takes 0\.23\.8 or later/);
  const near = await fixed("stale-crl-accepted", stale, {}, "0.23.4");
  assert.match(near.text, /enforce_revocation_expiration/);
  assert.match(near.fix?.notes.join() ?? "", /Cargo\.toml gets `rustls`/);
});

test("a helper that is given its authority gets one list for all of its callers, and the fix says so", async () => {
  const text = LISTLESS.replace("pub fn verifier()", "pub fn verifier(roots: RootCertStore)").replace(
    / {4}let mut roots[\s\S]*?\n {4}}\n/,
    "",
  );
  const { fix } = await fixed("empty-crl-list", text, {});
  assert.equal(
    fix?.title,
    "Load the CRL of your CA, for all callers of `verifier`; needs `client-ca.crl.pem`; panic with `assert!(…)` if there is none",
  );
  assert.equal(fix?.applicability, "input");
  assert.equal(
    (await fixed("empty-crl-list", LISTLESS, {})).fix?.title,
    "Load the CRL of your CA; needs `client-ca.crl.pem`; panic with `assert!(…)` if there is none",
  );
});

test("a server that is known to sign for itself is not looked for among the web's authorities", async () => {
  const client = (name: string): string => `use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, Error, SignatureScheme};
use std::sync::Arc;

#[derive(Debug)]
struct ${name};

impl ServerCertVerifier for ${name} {
    fn verify_server_cert(&self, _: &CertificateDer<'_>, _: &[CertificateDer<'_>], _: &ServerName<'_>, _: &[u8], _: UnixTime) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }
    fn verify_tls12_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }
    fn verify_tls13_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}

pub fn client() -> rustls::ClientConfig {
    rustls::ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(${name}))
        .with_no_client_auth()
}
`;
  const roots = { "/w/Cargo.toml": `${manifest("0.23.20")}webpki-roots = "1"\n` };
  const any = await fixed("accept-any-server", client("NoVerify"), roots);
  assert.equal(any.fix?.title, "Verify server certificates against Mozilla's roots");
  const own = await fixed("accept-any-server", client("AllowSelfSigned"), roots);
  assert.equal(own.fix?.title, "Verify server certificates against your CA; needs `ca.pem`; panic on error with `.expect(…)`");
  assert.equal(own.fix?.applicability, "input");
});
