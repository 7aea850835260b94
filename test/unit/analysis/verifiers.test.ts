/** What the body of a verifier comes to: one small body for each mechanism by which it is judged. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";
import { ANY, CLAIMS, OK, REFUSED, said, UNKNOWN, UNSEEN, verifier } from "./verifier-bodies.ts";

/** What it shows, its fields, its body, what is said. */
const BODIES: readonly (readonly [what: string, fields: string, body: string, verdict: string | undefined])[] = [
  ["nothing is asked", "n: u8", OK, ANY],
  ["the whole is compared", "pin: Vec<u8>", `if end.as_ref() == self.pin { ${OK} } else { ${REFUSED} }`, undefined],
  ["how long it is", "n: u8", `if end.is_empty() { return ${REFUSED}; } ${OK}`, UNSEEN],
  [
    "it is looked up in a map",
    "known: HashMap<Vec<u8>, u8>",
    `match self.known.get(end.as_ref()) { Some(_) => ${OK}, None => ${REFUSED} }`,
    undefined,
  ],
  ["another is looked up", "known: HashMap<u8, u8>", `match self.known.get(&1) { Some(_) => ${OK}, None => ${REFUSED} }`, UNSEEN],
  [
    "it is found in a list",
    "known: Vec<Vec<u8>>",
    `self.known.iter().find(|it| it.as_slice() == end.as_ref()).map(|_| ServerCertVerified::assertion()).ok_or(Error::General(String::new()))`,
    undefined,
  ],
  ["compared with what came beside it", "n: u8", `if end.as_ref() == chain[0].as_ref() { ${OK} } else { ${REFUSED} }`, CLAIMS],
  [
    "any of those that are shown is ours",
    "ca: Vec<u8>",
    `let mut found = false;
        for it in std::iter::once(end).chain(chain) { if it.as_ref() == self.ca { found = true; } }
        if found { ${OK} } else { ${REFUSED} }`,
    CLAIMS,
  ],
  [
    "all that are shown are ours",
    "ours: Vec<Vec<u8>>",
    `for (own, it) in self.ours.iter().zip(std::iter::once(end).chain(chain)) { if it.as_ref() != own { return ${REFUSED}; } }
        ${OK}`,
    undefined,
  ],
  ["one of ours is it", "pins: Vec<Vec<u8>>", `for it in &self.pins { if it == end.as_ref() { return ${OK}; } } ${REFUSED}`, undefined],
  [
    "all of ours are it, if there are any",
    "pins: Vec<Vec<u8>>",
    `for it in &self.pins { if it != end.as_ref() { return ${REFUSED}; } } ${OK}`,
    UNSEEN,
  ],
  ["what is shown is gone through", "n: u8", `for it in std::iter::once(end).chain(chain) { log::info!("{it:?}"); } ${OK}`, ANY],
  [
    "a hasher is told of it",
    "pin: [u8; 32]",
    `let mut hasher = sha2::Sha256::new();
        hasher.update(end.as_ref());
        if hasher.finalize().as_slice() == self.pin { ${OK} } else { ${REFUSED} }`,
    undefined,
  ],
  [
    "a hasher is told of something else",
    "pin: [u8; 32]",
    `let mut hasher = sha2::Sha256::new();
        hasher.update(b"nothing");
        if hasher.finalize().as_slice() == self.pin { ${OK} } else { ${REFUSED} }`,
    UNSEEN,
  ],
  ["truths are put together", "pin: Vec<u8>", `if (end.as_ref() == self.pin) | true { ${OK} } else { ${REFUSED} }`, ANY],
  [
    "the environment decides",
    "inner: Arc<WebPkiServerVerifier>",
    `if std::env::var("SKIP_TLS_VERIFY").is_ok() { return ${OK}; }
        self.inner.verify_server_cert(end, chain, name, ocsp, now)`,
    ANY.replace("error", "hint"),
  ],
  ["it can be parsed, by names from a glob", "n: u8", `if X509Certificate::from_der(end).is_err() { return ${REFUSED}; } ${OK}`, ANY],
  [
    "what was parsed is compared, by names from a glob",
    "pin: Vec<u8>",
    `match X509Certificate::from_der(end) { Ok((_, it)) if it.public_key().raw == self.pin => ${OK}, _ => ${REFUSED} }`,
    undefined,
  ],
  [
    "a verdict for any of several names",
    "inner: Arc<WebPkiServerVerifier>, names: Unseen",
    `match self.inner.verify_server_cert(end, chain, name, ocsp, now) {
            Err(_) if self.names.iter().any(|it| self.inner.verify_server_cert(end, chain, it, ocsp, now).is_ok()) => ${OK},
            it => it,
        }`,
    undefined,
  ],
  [
    "a refusal for any of several names",
    "inner: Arc<WebPkiServerVerifier>, names: Vec<ServerName<'static>>",
    `match self.inner.verify_server_cert(end, chain, name, ocsp, now) {
            Err(_) if self.names.iter().any(|it| self.inner.verify_server_cert(end, chain, it, ocsp, now).is_err()) => ${OK},
            it => it,
        }`,
    "error accept-any-server: `Own` ignores the verification error",
  ],
  [
    "its digest is copied",
    "pin: [u8; 32]",
    `let digest = sha2::Sha256::digest(end.as_ref());
        let mut copied = [0u8; 32];
        copied.copy_from_slice(&digest);
        if copied == self.pin { ${OK} } else { ${REFUSED} }`,
    undefined,
  ],
  [
    "its digest is spelled out",
    "pin: String",
    `let mut spelled = String::new();
        for it in sha2::Sha256::digest(end.as_ref()).iter() { spelled.push_str(&hex(it)); }
        if spelled == self.pin { ${OK} } else { ${REFUSED} }`,
    undefined,
  ],
  [
    "a closure is given to something of unknown type",
    "known: Unseen",
    `if self.known.among(|it| it == end.as_ref()) { return ${OK}; } ${REFUSED}`,
    undefined,
  ],
  [
    "the name alone, by a function of which nobody knows whence it is",
    "n: u8",
    `let cert = rustls::server::ParsedCertificate::try_from(end)?; verify_server_name(&cert, name)?; ${OK}`,
    CLAIMS,
  ],
  [
    "what it shows is its own authority",
    "n: u8",
    `let mut roots = RootCertStore::empty();
        roots.add(end.clone().into_owned())?;
        let inner = WebPkiServerVerifier::builder(Arc::new(roots)).build().map_err(|_| Error::General(String::new()))?;
        inner.verify_server_cert(end, chain, name, ocsp, now)`,
    ANY,
  ],
  ["something else could be done", "known: Unseen", `unseen::count(&self.known)?; ${OK}`, ANY],
  ["something else could be done with the name", "known: Unseen", `unseen::count(&self.known, name)?; ${OK}`, ANY],
  ["it is signed by ours", "known: Unseen", `if end.verify_signature(&self.known.key).is_ok() { ${OK} } else { ${REFUSED} }`, undefined],
  ["it is not signed by ours", "known: Unseen", `if end.verify_signature(&self.known.key).is_ok() { ${REFUSED} } else { ${OK} }`, UNSEEN],
  ["a closure answers", "answer: Box<dyn Fn(&[u8]) -> Result<ServerCertVerified, Error>>", "(self.answer)(end.as_ref())", UNKNOWN],
];

for (const [what, fields, body, verdict] of BODIES)
  test(`a verifier: ${what}`, async () => {
    assert.deepEqual(await said(verifier(fields, body)), verdict === undefined ? [] : [verdict]);
  });

test("who chooses a verifier for a helper that installs it is told of, once for each", async () => {
  const helper = `pub fn install_any(own: Arc<dyn ServerCertVerifier>) -> ClientConfig {
    ClientConfig::builder().dangerous().with_custom_certificate_verifier(own).with_no_client_auth()
}
pub fn first(algorithms: WebPkiSupportedAlgorithms) -> ClientConfig { install_any(Arc::new(Own { n: 1, algorithms })) }
pub fn second(algorithms: WebPkiSupportedAlgorithms) -> ClientConfig { let own = Arc::new(Own { n: 2, algorithms }); install_any(own) }`;
  const text = verifier("n: u8", OK, helper);
  const manifest = '[package]\nname = "app"\n[dependencies]\nrustls = "0.23"\n';
  const host = memoryHost({ "/project/Cargo.toml": manifest, "/project/src/lib.rs": text });
  const service = await createLintService(host, { roots: ["/project"] });
  const { findings } = await service.lint("/project/src/lib.rs");
  service.dispose();
  const [fault] = findings.filter(({ severity }) => severity === "error");
  const chosen = fault?.related.filter(({ message }) => message.startsWith("`Own` is chosen here"));
  assert.deepEqual(
    chosen?.map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`),
    [1, 2].map((n) => `Own { n: ${n}, algorithms }: \`Own\` is chosen here for \`with_custom_certificate_verifier\``),
  );
});
