/** Code and the files it names: hovers on paths, never outside of the roots; files that know which code reads them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { basicConstraints, certificatePem, extension, sequence, time, tlv, uri } from "../../certificates/build.ts";
import { caseFile } from "../../certificates/cases.ts";
import { exampleFiles } from "../../certificates/examples.ts";
import { memoryHost, NOON } from "../../harness/memory-host.ts";

const PEM = certificatePem({ subject: "linked.example", notAfter: time("2026-01-01T00:00:00Z") });
const source = (path: string) => `pub fn bytes() -> Vec<u8> {\n    std::fs::read("${path}").unwrap()\n}\n`;

async function hover(path: string, files: Record<string, string | Uint8Array> = {}, from = "/w/a/src/main.rs") {
  const text = source(path);
  const service = await createLintService(
    memoryHost({ [from]: text, "/w/a/Cargo.toml": '[package]\nname = "a"\n', "/w/Cargo.toml": "[workspace]\n", ...files }),
    {
      roots: ["/w"],
    },
  );
  const found = await service.hover(from, text.indexOf(path) + 2);
  return found && { ...found, covered: text.slice(found.span.start, found.span.end) };
}

test("a path is looked for in the package, in the workspace and beside the file", async () => {
  for (const place of ["/w/a/certs/x.pem", "/w/certs/x.pem", "/w/a/src/certs/x.pem"]) {
    const found = await hover("certs/x.pem", { [place]: PEM });
    assert.match(found?.markdown ?? "", /linked\.example/, place);
    assert.match(found?.markdown ?? "", /`expired-certificate`/);
    assert.equal(found?.covered, "certs/x.pem");
  }
});

test("a hover on a path begins with what people ask first, and says what only the workspace knows", async () => {
  const examples = await exampleFiles(NOON);
  const wanted = ["server-chain.pem", "server.key", "ca-bundle.pem"];
  const files = Object.fromEntries(wanted.map((it) => [`/w/a/certs/${it}`, examples.get(it) ?? ""]));
  const { markdown = "" } = (await hover("certs/server-chain.pem", files)) ?? {};
  assert.match(
    markdown,
    /^\*\*expires in 300 days [^·]+ · server certificate for service.example, 1 of 2 · rustls\\-webpki 0.103 accepts, /,
  );
  assert.match(markdown, /\n\n\*\*expires in \d+ days [^·]+ · intermediate certificate for Example Server CA 1, 2 of 2\*\*/);
  assert.match(markdown, /chain: service.example → Example Server CA 1 → Example Server Root/);
  assert.match(markdown, /private key: a\/certs\/server\.key/);
  assert.doesNotMatch(markdown, /server\\?-chain\.pem|^expires:/m, "what stands below the cursor, and what was said");
});

test("dots lead where they lead, but not out of the roots", async () => {
  assert.ok(await hover("../b/x.pem", { "/w/b/x.pem": PEM }));
  assert.equal(await hover("../../x.pem", { "/x.pem": PEM }), undefined);
  assert.equal(await hover("../../../../etc/x.pem", { "/etc/x.pem": PEM }), undefined);
  assert.equal(await hover("/etc/x.pem", { "/etc/x.pem": PEM }), undefined);
  assert.ok(await hover("/w/b/x.pem", { "/w/b/x.pem": PEM }));
});

test("a link inside the project that leads outside is not followed", async () => {
  const text = source("certs/x.pem");
  const host = memoryHost({ "/w/src/main.rs": text, "/w/certs/x.pem": PEM });
  const at = text.indexOf("certs/x.pem");
  const outside = await createLintService(
    { ...host, realPath: async (path) => (path === "/w/certs/x.pem" ? "/etc/x.pem" : path) },
    { roots: ["/w"] },
  );
  assert.equal(await outside.hover("/w/src/main.rs", at), undefined);
  const inside = await createLintService({ ...host, realPath: async (path) => path }, { roots: ["/w"] });
  assert.ok(await inside.hover("/w/src/main.rs", at));
});

test("strings that name no certificate have no card", async () => {
  assert.equal(await hover("certs/none.pem"), undefined);
  assert.equal(await hover("notes.md", { "/w/a/notes.md": "# words" }), undefined);
  assert.equal(await hover("https://example.com/x.pem"), undefined);
});

test("an open document counts before it is saved", async () => {
  const text = source("new.pem");
  const service = await createLintService(memoryHost({ "/w/main.rs": text }), { roots: ["/w"] });
  assert.equal(await service.hover("/w/main.rs", text.indexOf("new.pem")), undefined);
  service.open("/w/new.pem", PEM);
  assert.match((await service.hover("/w/main.rs", text.indexOf("new.pem")))?.markdown ?? "", /linked/);
});

test("a hover on a finding tells the rule", async () => {
  const text = "pub fn f() { let _ = reqwest::Client::builder().danger_accept_invalid_certs(true).build(); }\n";
  const service = await createLintService(memoryHost({ "/w/main.rs": text }), { roots: ["/w"] });
  const [finding] = (await service.lint("/w/main.rs")).findings;
  const found = await service.hover("/w/main.rs", finding?.place.span.start ?? 0);
  assert.match(found?.markdown ?? "", /\[disabled-verification\]\(https:/);
  assert.equal(await service.hover("/w/main.rs", 0), undefined);
});

const CA = certificatePem({ subject: "Some CA", issuer: "Some CA", extensions: [basicConstraints(true)] });
const OTHER_CA = certificatePem({ subject: "Other CA", issuer: "Other CA", extensions: [basicConstraints(true)] });
const acceptor = (call: string) => `use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod};

pub fn acceptor() -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    builder.${call}?;
    Ok(builder.build())
}
`;

test("a certificate file is judged by how the code of the workspace reads it, and anew when the code changes", async () => {
  const served = acceptor('set_certificate_chain_file("certs/ca.pem")');
  const trusted = acceptor('set_ca_file("certs/ca.pem")');
  const host = memoryHost({ "/w/src/main.rs": served, "/w/certs/ca.pem": CA, "/w/other/certs/ca.pem": CA });
  const service = await createLintService(host, { roots: ["/w"] });
  const levels = async (path: string) =>
    (await service.lint(path)).findings.filter((it) => it.rule === "ca-as-end-entity").map((it) => it.severity);
  const alone = await levels("/w/other/certs/ca.pem");
  assert.deepEqual(await levels("/w/certs/ca.pem"), ["error"]);
  assert.notDeepEqual(alone, ["error"]);
  service.open("/w/src/main.rs", trusted);
  assert.deepEqual(await levels("/w/certs/ca.pem"), []);
  service.close("/w/src/main.rs");
  assert.deepEqual(await levels("/w/certs/ca.pem"), ["error"]);
  host.contents.set("/w/src/main.rs", trusted);
  service.invalidate(["/w/src/main.rs"]);
  assert.deepEqual(await levels("/w/certs/ca.pem"), []);
});

test("what an unknown conversion makes of a struct has the files of the struct's fields, each as itself", async () => {
  const text = (options: string) => `use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod};

#[derive(Default)]
pub struct Files { ca: Option<&'static str>, chain: Option<&'static str> }
#[derive(Default)]
pub struct Options { name: String, files: Files }

impl Options {
    pub fn ca(mut self, path: &'static str) -> Self { self.files.ca = Some(path); self }
    pub fn chain(mut self, path: &'static str) -> Self { self.files.chain = Some(path); self }
}

fn acceptor(given: impl Into<Options>) -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let options = given.into();
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    if let Some(ca) = options.files.ca { builder.set_ca_file(ca)?; }
    if let Some(chain) = options.files.chain { builder.set_certificate_chain_file(chain)?; }
    Ok(builder.build())
}

pub fn main() {
    acceptor(${options}).unwrap();
}
`;
  const host = memoryHost({ "/w/src/main.rs": text('Options::default().ca("ca.pem")'), "/w/ca.pem": CA, "/w/chain.pem": OTHER_CA });
  const service = await createLintService(host, { roots: ["/w"] });
  const served = async (path: string) => (await service.lint(path)).findings.some((it) => it.rule === "ca-as-end-entity");
  assert.deepEqual([await served("/w/ca.pem"), await served("/w/chain.pem")], [false, false]);
  for (const both of [
    'Options::default().ca("ca.pem").chain("chain.pem")',
    'Options { name: String::new(), files: Files { ca: Some("ca.pem"), chain: Some("chain.pem") } }',
  ]) {
    service.open("/w/src/main.rs", text(both));
    assert.deepEqual([await served("/w/ca.pem"), await served("/w/chain.pem")], [false, true], both);
  }
});

test("code that reads a file which would not work there says so, and the file names the code", async () => {
  const text = `pub fn roots() -> Vec<u8> {
    let file = std::fs::File::open("ca.pem").unwrap();
    let mut store = rustls::RootCertStore::empty();
    for it in rustls_pemfile::certs(&mut std::io::BufReader::new(file)) { store.add(it.unwrap()).unwrap(); }
    let config = rustls::ClientConfig::builder().with_root_certificates(store).with_no_client_auth();
    Vec::new()
}
`;
  const host = memoryHost({
    "/w/src/main.rs": text,
    "/w/ca.pem": certificatePem({ notAfter: time("2026-01-01T00:00:00Z"), extensions: [basicConstraints(true)] }),
  });
  const service = await createLintService(host, { roots: ["/w"] });
  const inFile = (await service.lint("/w/ca.pem")).findings.find((it) => it.rule === "expired-certificate");
  assert.ok(inFile?.related.some((it) => it.file === "/w/src/main.rs" && text.slice(it.span.start, it.span.end).includes("ca.pem")));
  const inCode = (await service.lint("/w/src/main.rs")).findings.find((it) => it.rule === "expired-certificate");
  assert.match(inCode?.message ?? "", /^`ca\.pem`: certificate expired/);
  assert.equal(inCode?.related[0]?.file, "/w/ca.pem");
  // A suppression in the code holds for it, and is used.
  host.contents.set("/w/src/main.rs", text.replace("    let file", "    // tlslint: allow(expired-certificate): a test\n    let file"));
  service.invalidate(["/w/src/main.rs"]);
  assert.deepEqual(
    (await service.lint("/w/src/main.rs")).findings.filter((it) => /expired|suppress/.test(it.rule)),
    [],
  );
  // A right file, and the finding is gone.
  host.contents.set("/w/src/main.rs", text);
  host.contents.set("/w/ca.pem", certificatePem({ notAfter: time("2028-01-01T00:00:00Z"), extensions: [basicConstraints(true)] }));
  service.invalidate(["/w/src/main.rs", "/w/ca.pem"]);
  assert.ok((await service.lint("/w/src/main.rs")).findings.every((it) => it.rule !== "expired-certificate"));
});

/** Two crates of one workspace that have locked different releases, and one authority for both. */
const lockedCrates = (() => {
  const member = (name: string, rustls: string) => `[package]\nname = "${name}"\nversion = "0.1.0"\n[dependencies]\nrustls = "${rustls}"\n`;
  const own = (name: string, rustls: string) => `[[package]]\nname = "${name}"\nversion = "0.1.0"\ndependencies = ["rustls ${rustls}"]\n`;
  const locked = (name: string, version: string, dependencies = "") =>
    `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\n${dependencies}`;
  const code = `pub fn trust() -> rustls::RootCertStore {
    let file = std::fs::File::open("../ca.pem").unwrap();
    let mut store = rustls::RootCertStore::empty();
    for it in rustls_pemfile::certs(&mut std::io::BufReader::new(file)) { store.add(it.unwrap()).unwrap(); }
    store
}
`;
  const constraint = extension("2.5.29.30", sequence(tlv(0xa0, sequence(uri("example")))), true);
  return {
    "/w/Cargo.toml": '[workspace]\nmembers = ["old", "new"]\n',
    "/w/Cargo.lock": [
      "version = 3\n",
      own("old", "0.22.4"),
      own("new", "0.23.40"),
      locked("rustls", "0.22.4", 'dependencies = ["rustls-webpki 0.102.8"]\n'),
      locked("rustls", "0.23.40", 'dependencies = ["rustls-webpki 0.103.13"]\n'),
      locked("rustls-webpki", "0.102.8"),
      locked("rustls-webpki", "0.103.13"),
    ].join("\n"),
    "/w/old/Cargo.toml": member("old", "0.22"),
    "/w/new/Cargo.toml": member("new", "0.23"),
    "/w/old/src/lib.rs": code,
    "/w/new/src/lib.rs": code,
    "/w/ca.pem": certificatePem({ subject: "Some CA", issuer: "Some CA", extensions: [basicConstraints(true), constraint] }),
  };
})();

test("what is told in a file is a note where code reads it", async () => {
  const files = {
    "/w/Cargo.toml": '[package]\nname = "w"\n',
    "/w/src/main.rs": acceptor('set_certificate_chain_file("old.pem")'),
    "/w/old.pem": PEM,
  };
  const service = await createLintService(memoryHost(files), { roots: ["/w"] });
  const levels = async (path: string) =>
    (await service.lint(path)).findings.filter((it) => it.rule === "expired-certificate").map((it) => it.severity);
  assert.deepEqual(await levels("/w/old.pem"), ["error"]);
  assert.deepEqual(await levels("/w/src/main.rs"), ["info"]);
});

test("code that loads a certificate with a key whose computed public half is another is told, once", async () => {
  const told = async (name: string) => {
    const [certificate = "", own = ""] = new TextDecoder().decode(await caseFile(name)).split(/(?=-----BEGIN (?:EC )?PRIVATE KEY)/);
    const files = {
      "/w/Cargo.toml": '[package]\nname = "w"\n',
      "/w/src/main.rs": acceptor('set_certificate_chain_file("one.pem")?;\n    builder.set_private_key_file("two.key", SslFiletype::PEM)'),
      "/w/one.pem": certificate,
      "/w/two.key": own,
    };
    const { findings } = await (await createLintService(memoryHost(files), { roots: ["/w"] })).lint("/w/src/main.rs");
    return findings.filter((it) => /-(?:key|mismatch)$/.test(it.rule)).map((it) => `${it.severity} ${it.rule}`);
  };
  assert.deepEqual(await told("own-ed25519-key"), []);
  assert.deepEqual(await told("foreign-ed25519-key"), ["error key-mismatch"]);
  assert.deepEqual(await told("own-key-without-public-half"), []);
  // What contradicts itself is told as that, which is loud in the file.
  assert.deepEqual(await told("key-of-two-halves"), ["info inconsistent-key"]);
  assert.deepEqual(await told("ed25519-key-with-foreign-public-half"), ["info inconsistent-key"]);
});

test("code is warned for the release that its own crate has locked", async () => {
  const service = await createLintService(memoryHost(lockedCrates), { roots: ["/w"] });
  const told = async (path: string) => (await service.lint(path)).findings.find((it) => it.rule === "wrong-name-constraint");
  const old = await told("/w/old/src/lib.rs");
  assert.match(old?.message ?? "", /rustls-webpki 0\.102\.8 ignores/);
  assert.equal(old?.severity, "warning");
  const recent = await told("/w/new/src/lib.rs");
  assert.match(recent?.message ?? "", /rustls rejects certificates below it/);
  // As the file itself says.
  assert.equal(recent?.severity, "info");
  // The file itself: what the newest of its readers does.
  assert.match((await told("/w/ca.pem"))?.message ?? "", /rustls rejects certificates below it/);
});

test("the bytes of a file that are taken for DER are judged as such, and what another call has made of them is not", async () => {
  const found = async (body: string) => {
    const text = `use rustls_pki_types::CertificateDer;\n\npub fn load(store: &mut rustls::RootCertStore) {\n${body}\n}\n`;
    const old = `pub fn load(store: &mut rustls::RootCertStore) {\n${body}\n    let _ = rustls::ServerConfig::builder().with_safe_defaults();\n}\n`;
    const main = body.includes("CertificateDer") ? text : old;
    const service = await createLintService(memoryHost({ "/w/src/main.rs": main, "/w/ca.pem": CA }), { roots: ["/w"] });
    return (await service.lint("/w/ca.pem")).findings.filter((it) => it.rule === "wrong-file-contents").map((it) => it.message);
  };
  const DER = [/reads DER, but this file is PEM/];
  for (const [body, wanted] of [
    ['    store.add(CertificateDer::from(std::fs::read("ca.pem").unwrap())).unwrap();', DER],
    ['    let bytes = std::fs::read("ca.pem").unwrap();\n    let _one = CertificateDer::from(bytes);', DER],
    ['    let _one = CertificateDer::from_slice(include_bytes!("../ca.pem"));', DER],
    [
      '    for it in rustls_pemfile::certs(&mut &std::fs::read("ca.pem").unwrap()[..]) { store.add(CertificateDer::from(it.unwrap())).unwrap(); }',
      [],
    ],
    [
      '    let bytes = std::fs::read("ca.pem").unwrap();\n    let der = other::decode(&bytes).unwrap();\n    store.add(CertificateDer::from(der)).unwrap();',
      [],
    ],
  ] as const) {
    const messages = await found(body);
    assert.equal(messages.length, wanted.length, `${body}: ${messages}`);
    for (const [index, it] of wanted.entries()) assert.match(messages[index] ?? "", it);
  }
});
