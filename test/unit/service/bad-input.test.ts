/** Bad input: a clear message each, no crash, no hang, nothing lost, and never "clean" for what was not analysed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failureOf } from "../../../server/src/service/gaps.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const BAD = `use reqwest::Client;

pub fn client() -> reqwest::Result<Client> {
    Client::builder().danger_accept_invalid_certs(true).build()
}
`;
const utf8 = (text: string) => new TextEncoder().encode(text);

async function lint(
  content: string | Uint8Array | { readonly unreadable: string },
  path = "/w/src/main.rs",
  rest: Record<string, string> = {},
) {
  const host = memoryHost({ [path]: content, ...rest });
  const service = await createLintService(host, { roots: ["/w"] });
  const report = await service.lint(path);
  return { report, rules: report.findings.map((it) => it.rule), host, service };
}

test("a syntax error elsewhere costs no finding", async () => {
  for (const broken of [`${BAD}\nfn half( {\n`, `fn half(x: -> {\n}\n${BAD}`, `${BAD}\nstruct S { a: }\nimpl S { fn`]) {
    const { report, rules } = await lint(broken);
    assert.deepEqual(rules, ["disabled-verification"], broken);
    assert.equal(failureOf(report), undefined);
  }
});

test("half a line costs findings of its own function at most, however much the parser loses", async () => {
  const call = "reqwest::Client::builder().danger_accept_invalid_certs(true).build()";
  const fn = (name: string, first = "let x = 1;") =>
    `pub fn ${name}() -> reqwest::Result<reqwest::Client> {\n    ${first}\n    ${call}\n}\n\n`;
  const method = (name: string, first = "") => `    ${fn(name, first).trim().replaceAll("\n", "\n    ")}\n\n`;
  for (const half of [
    "#[cfg(",
    "/*",
    '"abc',
    'r#"',
    "match x {",
    "{",
    "fn half(",
    "let y = vec![",
    "impl X {",
    "struct S {",
    "println!(",
    "}",
    "use a::{",
    "#[derive(Debug",
  ]) {
    const between = await lint(`${fn("a")}${half}\n${fn("b")}${fn("c")}`);
    assert.equal(between.rules.length, 3, `${half} between functions`);
    const inside = await lint(`${fn("a")}${fn("b", half)}${fn("c")}`);
    assert.ok(inside.rules.length >= 2, `${half} inside a function`);
    const member = await lint(`pub struct S;\nimpl S {\n${method("a")}${method("b", half)}${method("c")}}\n`);
    assert.ok(member.rules.length >= 2, `${half} inside a method`);
    for (const { report } of [between, inside, member]) {
      for (const { place } of report.findings) assert.ok(place.span.end > place.span.start);
    }
  }
});

test("ten megabytes of Rust are refused with a reason, and passed over when they say nothing about TLS", async () => {
  const filler = "fn f() { let x = 1 + 2; }\n".repeat(400_000);
  const { report } = await lint(BAD + filler);
  assert.match(failureOf(report) ?? "", /^the file could not be parsed: /);
  const started = process.cpuUsage();
  assert.deepEqual((await lint(filler)).report, { file: "/w/src/main.rs", findings: [], gaps: [] });
  assert.ok(process.cpuUsage(started).user < 10_000_000);
});

test("settings and manifests above four million units are refused with a reason", async () => {
  for (const path of ["/w/Cargo.toml", "/w/.env", "/w/Rocket.toml"]) {
    const { report } = await lint("# a\n".repeat(1 << 20).concat("x"), path);
    assert.match(failureOf(report) ?? "", /^4194305 code units, at most 4194304 are read$/, path);
  }
});

test("types and patterns that nest deeper than anybody writes are passed over, and cost no other finding", async () => {
  const deep = `pub struct D(${"Vec<".repeat(300)}u8${">".repeat(300)});\npub fn f(${"&".repeat(300)}x: u8) {}\n`;
  const { rules } = await lint(deep + BAD);
  assert.deepEqual(rules, ["disabled-verification"]);
});

test("binary files are named as such", async () => {
  const noise = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256);
  assert.match(failureOf((await lint(noise)).report) ?? "", /binary/);
  assert.match(failureOf((await lint(Uint8Array.from([0xff, 0xfe, 0x66, 0, 0x6e, 0]))).report) ?? "", /UTF-16/);
  const { report } = await lint(noise, "/w/ca.pem");
  assert.deepEqual(
    report.gaps.map((it) => [it.kind, it.reason]),
    [["out of reach", "the file is binary, but not DER"]],
  );
});

test("bytes that are not UTF-8 are said, and the rest is linted", async () => {
  const bytes = Uint8Array.from([...utf8(`${BAD}// caf`), 0xe9, ...utf8("\n")]);
  const { report, rules } = await lint(bytes);
  assert.deepEqual(rules, ["disabled-verification"]);
  assert.match(failureOf(report) ?? "", /^line 6 holds bytes that are not UTF-8/);
});

test("a lone carriage return and a byte order mark move no finding", async () => {
  for (const text of [BAD.replaceAll("\n", "\r"), `\uFEFF${BAD}`, BAD.replaceAll("\n", "\r\n")]) {
    const { report, service } = await lint(text);
    const [finding] = report.findings;
    assert.equal(finding?.rule, "disabled-verification", JSON.stringify(text.slice(0, 30)));
    const seen = await service.text("/w/src/main.rs");
    assert.equal(seen, text);
    assert.match(text.slice(finding?.place.span.start, finding?.place.span.end), /danger_accept_invalid_certs|true/);
  }
});

test("deep nesting ends in an answer", async () => {
  for (const [open, close] of [
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
    ["Some(", ")"],
    ["&", ""],
    ["!", ""],
  ] as const) {
    const text = `${BAD}pub fn deep() { let x = ${open.repeat(20_000)}1${close.repeat(20_000)}; }\n`;
    const { report, rules } = await lint(text);
    assert.ok(rules.includes("disabled-verification") || failureOf(report) !== undefined, open);
    assert.doesNotMatch(failureOf(report) ?? "", /tlslint failed/);
  }
});

test("long chains and many functions end in an answer", async () => {
  const chain = `pub fn f() { reqwest::Client::builder()${".no_proxy()".repeat(3000)}.danger_accept_invalid_certs(true).build(); }\n`;
  const { report } = await lint(chain);
  assert.doesNotMatch(failureOf(report) ?? "", /tlslint failed/);
});

test("unreadable and vanished files are no clean files", async () => {
  assert.equal(failureOf((await lint({ unreadable: "permission denied" })).report), "it cannot be read: permission denied");
  const { host, service } = await lint(BAD);
  host.contents.delete("/w/src/main.rs");
  service.invalidate(["/w/src/main.rs"]);
  const report = await service.lint("/w/src/main.rs");
  assert.deepEqual([report.findings.length, failureOf(report)], [0, "there is no such file"]);
});

test("a broken lock file or manifest is a finding there, and no other file is lost", async () => {
  const files = { "/w/Cargo.toml": '[package]\nname = "a"\n[dependencies]\nreqwest = "0.12"\n', "/w/Cargo.lock": "[[package]]\nname = \n" };
  const { rules, service } = await lint(BAD, "/w/src/main.rs", files);
  assert.deepEqual(rules, ["disabled-verification"]);
  const { findings } = await service.lint("/w/Cargo.lock");
  assert.deepEqual(
    findings.map((it) => it.rule),
    ["unreadable-toml"],
  );
  const broken = await lint(BAD, "/w/src/main.rs", { "/w/Cargo.toml": "[package\nname = 1" });
  assert.deepEqual(broken.rules, ["disabled-verification"]);
});

test("what is no file of ours says so", async () => {
  assert.deepEqual(
    (await lint("x", "/w/notes.md")).report.gaps.map((it) => [it.kind, it.reason]),
    [["skipped", "it is no kind of file that tlslint reads"]],
  );
  assert.match(failureOf((await lint("", "/w/empty.pem")).report) ?? "", /empty/);
  assert.deepEqual((await lint("")).report, { file: "/w/src/main.rs", findings: [], gaps: [] });
});

test("a caller that gives up gets its own reason back, and the next one an answer", async () => {
  const { service } = await lint(BAD, "/w/src/main.rs", { "/w/b.rs": BAD });
  await assert.rejects(service.lint("/w/b.rs", AbortSignal.abort(new Error("given up"))), /given up/);
  assert.equal((await service.lint("/w/b.rs")).findings.length, 1);
});

test("zero bytes hide nothing, and an open document is what its file is", async () => {
  const path = "/w/src/main.rs";
  for (const [text, rules, gaps] of [
    [BAD.replace("use ", "// \0\nuse "), ["disabled-verification"], []],
    [[...BAD].join("\0"), [], ["it is a binary file: too many of its bytes are zero"]],
  ] as const) {
    const { service, report } = await lint(text);
    const said = (it: typeof report) => [it.findings.map(({ rule }) => rule), it.gaps.map(({ reason }) => reason)];
    assert.deepEqual(said(report), [rules, gaps]);
    service.open(path, text);
    assert.deepEqual(said(await service.lint(path)), [rules, gaps]);
    assert.equal(await service.text(path), text);
    service.close(path);
    assert.deepEqual(said(await service.lint(path)), [rules, gaps]);
  }
});
