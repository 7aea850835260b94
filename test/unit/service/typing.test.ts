/** Typing: a service that lived through many edits says what a fresh one says of the last text, fixes included. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createLintService, type FileReport, type LintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const example = (name: string): string => readFileSync(join(process.env["TLSLINT_ROOT"] ?? "", "examples", name), "utf8");
const MANIFEST = example("actix-openssl/Cargo.toml");
const FILE = "/w/src/bin/app.rs";
const MISTAKEN = example("actix-openssl/src/bin/mistaken.rs");

const service = (text?: string): Promise<LintService> =>
  createLintService(memoryHost({ "/w/Cargo.toml": MANIFEST, ...(text === undefined ? {} : { [FILE]: text }) }), { roots: ["/w"] });

/** As data: what is made when it is read is read. */
const said = (report: FileReport): unknown => JSON.parse(JSON.stringify(report));

async function fresh(text: string): Promise<unknown> {
  const closed = await service(text);
  const report = said(await closed.lint(FILE));
  closed.dispose();
  return report;
}

/** A small generator with a seed, so that a failure can be had again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Edits that leave the text parsing or not: names, blanks, comments, whole lines gone or twice. */
function edited(text: string, next: (below: number) => number): string {
  const lines = text.split("\n");
  const at = next(lines.length);
  const line = lines[at] ?? "";
  const replaced = [
    () => [],
    () => [line, line],
    () => [line, `// ${next(1000)}`],
    () => [`${line} `],
    () => [line.replace(/\w+/, (it) => `${it}x`)],
    () => [line.replace("NONE", "PEER").replace("true", "false")],
    () => [line.replace(/[(){}"]/, "")],
  ][next(7)]?.();
  lines.splice(at, 1, ...(replaced ?? [line]));
  return lines.join("\n");
}

test("after random edits and undoing them, a service that lives says what a fresh one says", async () => {
  const next = random(20_11);
  const living = await service();
  living.open(FILE, MISTAKEN);
  let text = MISTAKEN;
  let findings = 0;
  for (let round = 0; round < 40; round++) {
    const before = text;
    text = edited(text, next);
    living.change(FILE, text, undefined);
    const report = await living.lint(FILE);
    assert.deepEqual(said(report), await fresh(text), `round ${round}`);
    findings += report.findings.length;
    // Most edits are undone, so that the text stays worth linting.
    if (next(4) > 0) {
      text = before;
      living.change(FILE, text, undefined);
      if (round % 8 === 0) assert.deepEqual(said(await living.lint(FILE)), await fresh(text), `undone in round ${round}`);
    }
  }
  assert.ok(findings > 100, `${findings} findings in all`);
  living.dispose();
});

test("fixes that are asked for after the text moved on are those of the text that the finding is about", async () => {
  const living = await service();
  living.open(FILE, MISTAKEN);
  const old = await living.lint(FILE);
  living.change(FILE, `// moved\n${MISTAKEN.replaceAll("SslVerifyMode::NONE", "SslVerifyMode::PEER")}`, undefined);
  await living.lint(FILE);
  assert.deepEqual(said(old), await fresh(MISTAKEN));
  assert.ok(old.findings.some((it) => it.fixes.length > 0));
  living.dispose();
  assert.deepEqual(said(old), await fresh(MISTAKEN));
});

test("a mistake is found wherever in a file, and in whichever file, it is typed or moved to, though no name of the workspace comes or goes", async () => {
  const UNVERIFIED = "reqwest::Client::builder().danger_accept_invalid_certs(true).build()";
  const fn = (name: string, body: string): string => `pub fn ${name}() { let _ = ${body}; }\n`;
  const files = (bodies: readonly string[]): Readonly<Record<string, string>> => ({
    "/w/Cargo.toml": '[package]\nname = "a"\nversion = "0.1.0"\n\n[dependencies]\nreqwest = "0.12"\n',
    "/w/src/main.rs": `mod other;\n${fn("first", bodies[0] ?? "0")}${fn("second", bodies[1] ?? "0")}fn main() {}\n`,
    "/w/src/other.rs": `${fn("third", bodies[2] ?? "0")}${fn("fourth", bodies[3] ?? "0")}`,
  });
  const states = [
    [UNVERIFIED, "0", "super::first()", "0"],
    [UNVERIFIED, UNVERIFIED, "0", "super::first()"],
    ["0", UNVERIFIED, "super::first()", UNVERIFIED],
    ["crate::other::third()", "0", UNVERIFIED, "super::first()"],
    ["0", "crate::other::third()", UNVERIFIED, "super::first()"],
    ["0", "0", "0", UNVERIFIED],
  ];
  for (const before of states)
    for (const after of states) {
      const lived = await createLintService(memoryHost(files(before)), { roots: ["/w"] });
      const fresh = await createLintService(memoryHost(files(after)), { roots: ["/w"] });
      for (const [path, text] of Object.entries(files(before))) {
        lived.open(path, text);
        await lived.lint(path);
      }
      for (const [path, text] of Object.entries(files(after))) lived.change(path, text, undefined);
      for (const path of ["/w/src/main.rs", "/w/src/other.rs"]) {
        const report = await fresh.lint(path);
        const text = files(after)[path] ?? "";
        assert.equal(report.findings.length, text.split(UNVERIFIED).length - 1);
        assert.deepEqual(said(await lived.lint(path)), said(report), `${files(before)[path]} became ${text}`);
      }
      lived.dispose();
      fresh.dispose();
    }
});

test("a file that is open in an editor and was never written belongs to the workspace from the start", async () => {
  const opened = await createLintService(memoryHost({ "/w/Cargo.toml": MANIFEST }), { roots: ["/w"] });
  opened.open("/w/src/main.rs", "mod server;\n\nfn main() {\n    server::run();\n}\n");
  const reasons = async (): Promise<readonly string[]> => (await opened.lint("/w/src/main.rs")).gaps.map((it) => it.reason);
  assert.deepEqual(await reasons(), ["module `server` is not read: no file of it is within the workspace"]);
  opened.open("/w/src/server.rs", "pub fn run() {}\n");
  assert.deepEqual(await reasons(), []);
});

test("whether a function is called follows what is typed in any file of its crate", async () => {
  const folder = join(process.env["TLSLINT_ROOT"] ?? "", "test/fixtures/workspaces/called-where-macros-are-cut");
  const names = ["Cargo.toml", "src/main.rs", "src/http.rs", "src/options.rs"];
  const files = Object.fromEntries(names.map((it) => [`/w/${it}`, readFileSync(join(folder, it), "utf8")]));
  const main = files["/w/src/main.rs"] ?? "";
  const severity = async (lint: LintService): Promise<readonly string[]> =>
    (await lint.lint("/w/src/http.rs")).findings.map((it) => it.severity);
  const lived = await createLintService(memoryHost(files), { roots: ["/w"] });
  assert.deepEqual(await severity(lived), ["error"]);
  lived.open("/w/src/main.rs", main.replace("again!();", ""));
  assert.deepEqual(await severity(lived), ["hint"]);
  lived.open("/w/src/main.rs", main);
  assert.deepEqual(await severity(lived), ["error"]);
});

test("an import of another crate joins its file to the caller, whatever else was there before", async () => {
  const caller = "fn main() {\n    drop(acceptor(ClientPolicy::Optional));\n}\n";
  const files = {
    "/w/app/Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nnet-tls = { path = "../net" }\n',
    "/w/app/src/main.rs": caller,
    "/w/net/Cargo.toml": '[package]\nname = "net-tls"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nopenssl = "0.10"\n',
    "/w/net/src/lib.rs": `use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};

pub enum ClientPolicy {
    Required,
    Optional,
}

pub fn acceptor(policy: ClientPolicy) -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls_server())?;
    builder.set_ca_file("client-ca.pem")?;
    builder.set_verify(match policy {
        ClientPolicy::Required => SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT,
        ClientPolicy::Optional => SslVerifyMode::PEER,
    });
    Ok(builder.build())
}
`,
  };
  const path = "/w/app/src/main.rs";
  const living = await createLintService(memoryHost(files), { roots: ["/w"] });
  assert.deepEqual((await living.lint(path)).findings, []);
  const text = `use net_tls::{acceptor, ClientPolicy};\n\n${caller}`;
  living.open(path, text);
  const now = await living.lint(path);
  assert.deepEqual(
    now.findings.map((it) => it.rule),
    ["optional-client-auth"],
  );
  const other = await createLintService(memoryHost({ ...files, [path]: text }), { roots: ["/w"] });
  assert.deepEqual(said(now), said(await other.lint(path)));
});
