/** What only the removed code used goes with it; what anything else may mean stays. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyEdits, composed, minimal, type TextEdit } from "../../server/src/base/text-edit.ts";
import { createLintService } from "../../server/src/service/index.ts";
import { memoryHost } from "../harness/memory-host.ts";

const MANIFEST =
  '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nrustls = "0.23.20"\nrustls-native-certs = "0.8"\nopenssl = "0.10.70"\n';
const VERIFIER = `#[derive(Debug)]
struct NoVerify;

impl ServerCertVerifier for NoVerify {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::RSA_PSS_SHA256]
    }
}
`;
const IMPORTS = `use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, Error, SignatureScheme};
`;
const CLIENT = `pub fn client() -> rustls::ClientConfig {
    rustls::ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(std::sync::Arc::new(NoVerify))
        .with_no_client_auth()
}
`;

/** What the verifier's fix makes of the files. */
async function fixed(files: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, string>> {
  const service = await createLintService(memoryHost({ "/w/Cargo.toml": MANIFEST, ...files }), { roots: ["/w"] });
  const texts = new Map(Object.entries(files));
  const reports = await Promise.all(Object.keys(files).map((it) => service.lint(it)));
  const fix = reports.flatMap((it) => it.findings).find((it) => it.fixes.length > 0)?.fixes[0];
  assert.ok(fix !== undefined, "it is fixed");
  for (const { file, edits } of fix.edits) texts.set(file, applyEdits(texts.get(file) ?? "", edits));
  service.dispose();
  return texts;
}
const inOne = async (text: string, rest: Readonly<Record<string, string>> = {}): Promise<string> =>
  (await fixed({ "/w/src/lib.rs": text, ...rest })).get("/w/src/lib.rs") ?? "";

test("a verifier and its imports go with their last use", async () => {
  const text = await inOne(`${IMPORTS}\n${VERIFIER}\n${CLIENT}`);
  assert.doesNotMatch(text, /NoVerify|UnixTime|SignatureScheme|danger/);
  assert.match(text, /with_root_certificates/);
});

test("what is offered to others stays", async () => {
  const text = await inOne(`${IMPORTS}\n${VERIFIER.replace("struct", "pub struct")}\n${CLIENT}`);
  assert.match(text, /pub struct NoVerify/);
  assert.match(text, /UnixTime/);
});

test("what is used once more stays, and what only a comment names does not", async () => {
  assert.match(
    await inOne(`${IMPORTS}\n${VERIFIER}\n${CLIENT}\npub fn again() -> impl std::fmt::Debug {\n    NoVerify\n}\n`),
    /struct NoVerify/,
  );
  assert.match(
    await inOne(`${IMPORTS}\n${VERIFIER}\n${CLIENT}\nmacro_rules! any {\n    () => {\n        NoVerify\n    };\n}\n`),
    /struct NoVerify/,
  );
  assert.match(
    await inOne(
      `${IMPORTS}\n${VERIFIER}\n${CLIENT}\n#[cfg(test)]\nmod tests {\n    use super::NoVerify;\n    fn made() -> NoVerify {\n        NoVerify\n    }\n}\n`,
    ),
    /struct NoVerify/,
  );
  assert.doesNotMatch(await inOne(`${IMPORTS}\n${VERIFIER}\n${CLIENT}\n// NoVerify was here\n`), /struct NoVerify/);
});

test("another item of its name, by its path in the standard library, is no use", async () => {
  const boxed = CLIENT.replace("-> rustls::ClientConfig {", "-> Result<rustls::ClientConfig, Box<dyn std::error::Error>> {").replace(
    / {4}rustls::ClientConfig::builder\(\)([\s\S]*?)\n\}/,
    "    Ok(rustls::ClientConfig::builder()$1)\n}",
  );
  assert.doesNotMatch(await inOne(`${IMPORTS}\n${VERIFIER}\n${boxed}`), /use rustls::.*\bError/);
  assert.match(await inOne(`${IMPORTS}\n${VERIFIER}\n${boxed.replace("std::error", "crate")}`), /use rustls::\{?.*\bError\b/);
  assert.match(await inOne(`${IMPORTS}\n${VERIFIER}\n${boxed.replace("std::error", "crate::std")}`), /use rustls::\{?.*\bError\b/);
});

test("a trait stays where its methods are called", async () => {
  const calling =
    "pub fn schemes(it: &dyn std::any::Any, of: &Other) -> usize {\n    of.0.supported_verify_schemes().len()\n}\npub struct Other(pub std::sync::Arc<dyn rustls::client::danger::ServerCertVerifier>);\n";
  assert.match(await inOne(`${IMPORTS}\n${VERIFIER}\n${CLIENT}\n${calling}`), /use rustls::client::danger::ServerCertVerifier;/);
  const reading = `use std::io::Read;\n${IMPORTS}\n${VERIFIER}\nimpl Read for NoVerify {\n    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {\n        Ok(0)\n    }\n}\n\n${CLIENT}`;
  assert.match(await inOne(reading), /use std::io::Read;/);
});

test("attributes that may do something keep an item, conditions do not", async () => {
  const attributed = (attribute: string): string =>
    `${IMPORTS}\n${VERIFIER.replace("#[derive(Debug)]", `#[derive(Debug)]\n#[${attribute}]`)}\n${CLIENT}`;
  assert.match(await inOne(attributed("registered")), /struct NoVerify/);
  assert.match(await inOne(attributed("allow(dead_code)")), /struct NoVerify/);
  assert.doesNotMatch(await inOne(attributed("cfg(unix)")), /NoVerify/);
  assert.doesNotMatch(await inOne(attributed("\n                    cfg(unix)\n")), /NoVerify|#\[/);
});

test("in a module of its own it goes, too, unless another file names it", async () => {
  const files = {
    "/w/src/lib.rs": `mod flags;

use crate::flags::UNVERIFIED;
use openssl::ssl::{SslConnectorBuilder, SslVerifyMode};

pub fn relax(builder: &mut SslConnectorBuilder) {
    builder.set_verify(UNVERIFIED);
}
`,
    "/w/src/flags.rs": "use openssl::ssl::SslVerifyMode;\n\npub(crate) const UNVERIFIED: SslVerifyMode = SslVerifyMode::NONE;\n",
  };
  const gone = await fixed(files);
  assert.doesNotMatch(gone.get("/w/src/lib.rs") ?? "", /UNVERIFIED/);
  assert.equal(gone.get("/w/src/flags.rs"), "");
  const kept = await fixed({ ...files, "/w/src/other.rs": "pub const NAME: &str = stringify!(UNVERIFIED);\n" });
  assert.equal(kept.get("/w/src/flags.rs"), files["/w/src/flags.rs"]);
});

const edit = (length: number): fc.Arbitrary<TextEdit> =>
  fc
    .tuple(fc.nat(length), fc.nat(length), fc.constantFrom("", "x", "yz"))
    .map(([a, b, text]) => ({ span: { start: Math.min(a, b), end: Math.max(a, b) }, text }));
/** In order; they may touch, and several may insert at one place. */
const round = (length: number): fc.Arbitrary<readonly TextEdit[]> =>
  fc.array(edit(length), { maxLength: 4 }).map((all) => {
    const kept: TextEdit[] = [];
    for (const it of [...all].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
      if (it.span.start >= (kept.at(-1)?.span.end ?? 0)) kept.push(it);
    }
    return kept;
  });

test("two rounds of edits in one do the same", () => {
  const text = "abxcdyzefxghizxjkyz";
  fc.assert(
    fc.property(
      round(text.length).chain((first) => fc.tuple(fc.constant(first), round(applyEdits(text, first).length))),
      ([first, second]) => {
        const both = composed(text, first, second);
        assert.equal(applyEdits(text, both), applyEdits(applyEdits(text, first), second));
        const fewest = minimal(text, both);
        assert.equal(applyEdits(text, fewest), applyEdits(text, both));
        for (const edits of [both, fewest])
          for (const [at, { span }] of edits.entries()) assert.ok(at === 0 || (edits[at - 1]?.span.end ?? 0) <= span.start);
      },
    ),
    { numRuns: 5000 },
  );
});

test("an import is used in its own module alone, and a module with nothing left in it goes", async () => {
  const own = `mod auth {\n${IMPORTS}\n${VERIFIER.replace("struct NoVerify", "pub(super) struct NoVerify")}\n}\n`;
  const client = CLIENT.replace("NoVerify", "auth::NoVerify");
  assert.doesNotMatch(await inOne(`use rustls::Error;\n${own}\n${client}\npub type Failure = Error;\n`), /mod auth/);
  const reaching = own.replace("mod auth {", "mod auth {\n    pub mod inner {\n        pub type Failure = super::Error;\n    }");
  assert.match(await inOne(`${reaching}\n${client}`), /mod auth \{[\s\S]*use rustls::Error;/);
});
