/** Fixing from the command line: what is changed, what is not and why, patches that git takes, files that must not be touched. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { skipWithout } from "../harness/programs.ts";
import { CLI, folder, MISTAKEN, tlslint } from "./cli.ts";
import { writerOf } from "./fault.ts";

const MAIN = "src/main.rs";
/** Two mistakes in one chain, one that only a person may fix, one that nobody can. */
const SEVERAL = {
  ...MISTAKEN,
  "Cargo.toml": `${MISTAKEN["Cargo.toml"]}openssl = "0.10.70"\n`,
  [MAIN]: `use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};
use reqwest::Client;

pub fn client() -> reqwest::Result<Client> {
    Client::builder()
        .danger_accept_invalid_certs(true)
        .danger_accept_invalid_hostnames(true)
        .build()
}

pub fn server() -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("client-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER);
    Ok(builder.build())
}
`,
} as const;
const read = (cwd: string, name = MAIN): string => readFileSync(join(cwd, name), "utf8");

test("--fix makes all that is safe in one go, and tells what it did and what it left to a person", (context) => {
  const cwd = folder(context, SEVERAL);
  const { stderr, status } = tlslint(cwd, ["check", "--fix"]);
  assert.match(stderr, /src\/main\.rs: disabled-verification: not fixed: needs review: Enable certificate and hostname verification/);
  assert.match(stderr, /src\/main\.rs: missing-session-context: \w/);
  assert.match(stderr, /^tlslint: 3 fixes need review: `--diff` shows them, `--fix-review` applies them$/m);
  assert.match(read(cwd), /danger_accept_invalid_certs\(true\).*set_session_id_context/s);
  assert.equal(status, 1, "those that are left still count");
  assert.deepEqual(readdirSync(join(cwd, "src")), ["main.rs"], "nothing is left behind");
  const fixed = read(cwd);
  tlslint(cwd, ["check", "--fix"]);
  assert.equal(read(cwd), fixed, "twice changes nothing");
});

test("--fix-review makes the others, too, and what nobody can fix says why", (context) => {
  const cwd = folder(context, {
    ...SEVERAL,
    "src/other.rs": `pub fn f(verify: bool) -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().danger_accept_invalid_certs(!verify).build()
}
`,
  });
  const { stderr } = tlslint(cwd, ["check", "--fix-review"]);
  assert.match(read(cwd), /^ {4}Client::builder\(\)\.build\(\)$.*SslVerifyMode::PEER \| SslVerifyMode::FAIL_IF_NO_PEER_CERT/ms);
  const [unfixed = "", ...more] = stderr.split("\n").filter((it) => it.includes("other.rs"));
  assert.match(unfixed, /: no fix: it is asked for/);
  assert.deepEqual(more, []);
});

test("no report offers a choice, and nothing makes it", (context) => {
  const open = `use openssl::ssl::{SslAcceptor, SslMethod};

pub fn server() -> Result<SslAcceptor, openssl::error::ErrorStack> {
    Ok(SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?.build())
}
`;
  const cwd = folder(context, { ...SEVERAL, [MAIN]: open });
  assert.doesNotMatch(tlslint(cwd, ["check"]).stdout, /fix:/);
  assert.match(tlslint(cwd, ["check", "--fix-review"]).stderr, /no-client-auth: no fix: it needs a decision/);
  assert.equal(read(cwd), open);
});

test("the patch is the fix: git applies it, from the repository's root and from below", {
  skip: skipWithout("git", "--version"),
}, (context) => {
  const names = [MAIN, "src/with blank.rs", 'src/quo"te.rs', "src/ünïcode.rs", "src/last-line.rs", "src/carriage.rs"];
  const text = MISTAKEN[MAIN];
  const files: Readonly<Record<string, string>> = {
    ...Object.fromEntries(names.map((it) => [`app/${it}`, text])),
    "app/Cargo.toml": MISTAKEN["Cargo.toml"],
    "app/src/last-line.rs": text.trimEnd(),
    "app/src/carriage.rs": text.replaceAll("\n", "\r\n"),
  };
  const [patched, fixed] = [folder(context, files), folder(context, files)];
  tlslint(join(fixed, "app"), ["check", "--fix-review"]);
  execFileSync("git", ["init", "--quiet"], { cwd: patched });
  // Windows' names are stricter; what git does with line ends is not the question.
  execFileSync("git", ["config", "core.autocrlf", "false"], { cwd: patched });
  for (const cwd of [patched, join(patched, "app")]) {
    const { stdout } = tlslint(cwd, ["check", "--diff"]);
    execFileSync("git", ["apply", "--check", "-"], { cwd, input: stdout });
    if (cwd !== patched) execFileSync("git", ["apply", "-"], { cwd, input: stdout });
  }
  for (const name of names) {
    assert.notEqual(read(fixed, `app/${name}`), files[`app/${name}`], name);
    assert.equal(read(patched, `app/${name}`), read(fixed, `app/${name}`), name);
  }
  assert.equal(tlslint(patched, ["check", "--diff"]).stdout, "", "nothing is left to patch");
});

test("--stdin --diff fixes what was piped in", (context) => {
  const cwd = folder(context, { "Cargo.toml": MISTAKEN["Cargo.toml"] });
  const { stdout } = tlslint(cwd, ["check", "--stdin", "--stdin-path", MAIN, "--diff"], MISTAKEN[MAIN]);
  assert.match(stdout, /^--- a\/src\/main\.rs$/m);
  assert.match(stdout, /^-\s+\.danger_accept_invalid_certs\(true\)$/m);
});

test("line ends, tabs and a byte order mark stay", (context) => {
  const text = `\uFEFF${MISTAKEN[MAIN].replaceAll("    ", "\t").replaceAll("\n", "\r\n")}`;
  const cwd = folder(context, { ...MISTAKEN, [MAIN]: text });
  tlslint(cwd, ["check", "--fix-review"]);
  const fixed = read(cwd);
  assert.ok(fixed.startsWith("\uFEFFuse reqwest"));
  assert.doesNotMatch(fixed, /[^\r]\n|^ |danger/m);
});

test("a link stays a link, and modes stay as they were", { skip: process.platform === "win32" }, (context) => {
  const cwd = folder(context, { ...MISTAKEN, "shared/real.rs": MISTAKEN[MAIN], [MAIN]: "mod linked;\n" });
  symlinkSync("../shared/real.rs", join(cwd, "src/linked.rs"));
  chmodSync(join(cwd, "shared/real.rs"), 0o664);
  tlslint(cwd, ["check", "--fix-review", "src"]);
  assert.ok(lstatSync(join(cwd, "src/linked.rs")).isSymbolicLink());
  assert.doesNotMatch(read(cwd, "shared/real.rs"), /danger/);
  assert.equal(statSync(join(cwd, "shared/real.rs")).mode & 0o777, 0o664);
});

test("a file that is not UTF-8 is not written: its other bytes would be lost", (context) => {
  const bytes = Buffer.concat([Buffer.from(MISTAKEN[MAIN]), Buffer.from([0x2f, 0x2f, 0xff, 0x0a])]);
  const cwd = folder(context, { ...MISTAKEN, [MAIN]: bytes });
  const { stderr, status } = tlslint(cwd, ["check", "--fix-review"]);
  assert.equal(status, 2);
  assert.match(stderr, /not fixed: src\/main\.rs was changed by someone else meanwhile, or is not UTF-8/);
  assert.ok(readFileSync(join(cwd, MAIN)).equals(bytes));
});

/** As if the disk were full beyond some kilobytes: that stops root, too, whom permissions do not. */
function withLittleRoom(cwd: string, args: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync("sh", ["-c", 'trap "" XFSZ; ulimit -f 4; exec "$@"', "sh", process.execPath, CLI, ...args], {
    cwd,
    encoding: "utf8",
    timeout: 240_000,
  });
  return { status, stderr };
}

test("a file that cannot be written keeps its old text", { skip: process.platform === "win32" }, (context) => {
  const text = `${MISTAKEN[MAIN]}${"// many words\n".repeat(1000)}`;
  const cwd = folder(context, { ...MISTAKEN, [MAIN]: text });
  const { status, stderr } = withLittleRoom(cwd, ["check", "--fix-review"]);
  assert.equal(status, 2);
  assert.match(stderr, /disabled-verification: not fixed: the file would be too large/);
  assert.equal(read(cwd), text);
  assert.deepEqual(readdirSync(join(cwd, "src")), ["main.rs"], "nothing is left behind");
});

test("what was changed since it was read is not written, nor what belongs to it", (context) => {
  const cwd = folder(context, { "a.rs": "old a", "b.rs": "meanwhile another b" });
  const change = (name: string) => ({ file: join(cwd, `${name}.rs`), before: `old ${name}`, after: `new ${name}` });
  const writer = writerOf(cwd, join(folder(context, {}), "journal"));
  assert.match(writer.writeAll([change("a"), change("b")], []) ?? "", /b\.rs was changed by someone else meanwhile/);
  assert.deepEqual([read(cwd, "a.rs"), read(cwd, "b.rs")], ["old a", "meanwhile another b"]);
  assert.deepEqual(readdirSync(cwd).sort(), ["a.rs", "b.rs"], "nothing is left behind");
  assert.equal(writer.writeAll([change("a")], []), undefined);
  assert.equal(read(cwd, "a.rs"), "new a");
});

test("what a generator or a macro writes is not edited", (context) => {
  const cwd = folder(context, {
    ...MISTAKEN,
    [MAIN]: `// @generated by a tool\n${MISTAKEN[MAIN]}`,
    "src/macros.rs": `pub async fn f() -> reqwest::Result<reqwest::Client> {
    other::with_retries! { 3, reqwest::Client::builder().danger_accept_invalid_certs(true).build() }
}
`,
  });
  const before = [MAIN, "src/macros.rs"].map((it) => read(cwd, it));
  const { stderr } = tlslint(cwd, ["check", "--fix-review"]);
  assert.match(stderr, /src\/macros\.rs: disabled-verification: no fix: the code stands inside a macro/);
  assert.match(stderr, /src\/main\.rs: disabled-verification: no fix: the file is generated: change what generates it/);
  assert.deepEqual(
    [MAIN, "src/macros.rs"].map((it) => read(cwd, it)),
    before,
  );
});

test("nor is what any other generator marked, or what a build script wrote", (context) => {
  const marks = [
    "/* automatically generated by rust-bindgen 0.69.4 */",
    "// This file is generated by rust-protobuf 3.7.1. Do not edit",
    "//! @generated by prost-build",
    "// automatically generated by the FlatBuffers compiler, do not modify",
  ];
  const generated = Object.fromEntries(marks.map((it, at) => [`src/g${at}.rs`, `${it}\n\n${MISTAKEN[MAIN]}`]));
  const output = "target/debug/build/client-0123456789abcdef/out/client.rs";
  const main = 'include!(concat!(env!("OUT_DIR"), "/client.rs"));\n\n// what is generated here is generated by hand\nfn main() {}\n';
  const files = { ...MISTAKEN, ...generated, [MAIN]: main, [output]: MISTAKEN[MAIN] };
  const cwd = folder(context, files);
  const { stderr } = tlslint(cwd, ["check", "--fix-review"]);
  assert.equal(stderr.match(/no fix: the file is generated: change what generates it/g)?.length, marks.length);
  for (const [name, text] of Object.entries(files)) assert.equal(read(cwd, name), text, name);
  const word = folder(context, { ...MISTAKEN, [MAIN]: `// Passwords are generated elsewhere.\n${MISTAKEN[MAIN]}` });
  tlslint(word, ["check", "--fix-review"]);
  assert.doesNotMatch(read(word), /danger/, "a word in a comment is no mark");
});

test("a link that leads out of the project is no way to change what lies there", { skip: process.platform === "win32" }, (context) => {
  const outside = folder(context, { "real.rs": MISTAKEN[MAIN] });
  const cwd = folder(context, { ...MISTAKEN, [MAIN]: "mod linked;\n" });
  symlinkSync(join(outside, "real.rs"), join(cwd, "src/linked.rs"));
  symlinkSync(outside, join(cwd, "src/folder"));
  tlslint(cwd, ["check", "--fix-review"]);
  assert.equal(read(outside, "real.rs"), MISTAKEN[MAIN]);
});

/** A server whose remedy reads a PEM file with a crate that the manifest does not have yet. */
const LACKING = {
  "Cargo.toml": '[package]\nname = "server"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nrustls = "0.21"\n',
  "tlslint.toml": 'client-ca = "certs/client-ca.pem"\n',
  [MAIN]: `use std::sync::Arc;

use rustls::server::AllowAnyAnonymousOrAuthenticatedClient;
use rustls::{Certificate, PrivateKey, RootCertStore, ServerConfig};

pub fn config(chain: Vec<Certificate>, key: PrivateKey) -> ServerConfig {
    let roots = RootCertStore::empty();
    let verifier = AllowAnyAnonymousOrAuthenticatedClient::new(roots);
    ServerConfig::builder()
        .with_safe_defaults()
        .with_client_cert_verifier(Arc::new(verifier))
        .with_single_cert(chain, key)
        .unwrap()
}
`,
} as const;

test("what the fixed code needs is added to the manifest, and shown, and told", { skip: skipWithout("git", "--version") }, (context) => {
  const cwd = folder(context, LACKING);
  const { stdout } = tlslint(cwd, ["check"]);
  assert.match(stdout, /^ {5}Cargo\.toml$/m);
  assert.match(stdout, /^ {5}\+rustls-pemfile = "1"$/m);
  assert.match(stdout, /= needs: Cargo\.toml gets `rustls-pemfile` \(1\)/);
  const { stderr } = tlslint(cwd, ["check", "--fix-review"]);
  assert.match(stderr, /empty-trust-store: [\w ]+; panic on error with `\.expect\(…\)`, with Cargo\.toml$/m);
  assert.match(read(cwd, "Cargo.toml"), /^rustls = "0\.21"\nrustls-pemfile = "1"$/m);
  assert.match(read(cwd), /rustls_pemfile::certs/);
  const patched = folder(context, LACKING);
  execFileSync("git", ["apply", "-"], { cwd: patched, input: tlslint(patched, ["check", "--diff"]).stdout });
  for (const name of [MAIN, "Cargo.toml"]) assert.equal(read(patched, name), read(cwd, name));
});

test("of two files that belong together, none is written when one cannot be", (context) => {
  for (const locked of ["Cargo.toml", MAIN]) {
    const cwd = folder(context, LACKING);
    chmodSync(join(cwd, locked), 0o444);
    const { stderr, status } = tlslint(cwd, ["check", "--fix-review"]);
    assert.equal(status, 2);
    assert.match(stderr, new RegExp(`empty-trust-store: not fixed: ${locked.replaceAll(".", "\\.")} is read-only`));
    for (const name of [MAIN, "Cargo.toml"] as const) assert.doesNotMatch(read(cwd, name), /pemfile/);
  }
});

test("nor when the disk takes only one of them", { skip: process.platform === "win32" }, (context) => {
  const comment = { "Cargo.toml": "# many words\n", [MAIN]: "// many words\n" } as const;
  for (const large of ["Cargo.toml", MAIN] as const) {
    const texts = { ...LACKING, [large]: LACKING[large] + comment[large].repeat(1000) };
    const cwd = folder(context, texts);
    const { status, stderr } = withLittleRoom(cwd, ["check", "--fix-review"]);
    assert.equal(status, 2);
    assert.match(stderr, /empty-trust-store: not fixed: the file would be too large/);
    for (const name of [MAIN, "Cargo.toml"] as const) assert.equal(read(cwd, name), texts[name]);
  }
});

test("a newer release that is compatible is asked for, an incompatible one is only named", (context) => {
  const stale = (version: string) => ({
    "Cargo.toml": `[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nrustls = "${version}"\n`,
    [MAIN]: `use std::sync::Arc;

use rustls::pki_types::CertificateRevocationListDer;
use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::RootCertStore;

pub fn f(roots: Arc<RootCertStore>, crls: Vec<CertificateRevocationListDer<'static>>) -> Arc<dyn ClientCertVerifier> {
    WebPkiClientVerifier::builder(roots).with_crls(crls).build().unwrap()
}
`,
  });
  const near = folder(context, stale("0.23.4"));
  tlslint(near, ["check", "--fix-review"]);
  assert.match(read(near), /\.enforce_revocation_expiration\(\)/);
  assert.match(read(near, "Cargo.toml"), /^rustls = "0\.23\.8"$/m);
  const far = folder(context, stale("0.22.4"));
  assert.match(tlslint(far, ["check"]).stdout, /no fix: rustls 0\.22\.4 has no way to write it: it takes 0\.23\.8 or later/);
});
