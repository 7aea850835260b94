/** Each report format as its consumer takes it: validated by its schema or read by a parser that is not ours, with names that break carelessly made reports. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Ajv, { type AnySchema } from "ajv";
import { FORMATS } from "../../server/src/cli/report/formats.ts";
import { ROOT } from "../harness/fixtures.ts";
import { folder, MISTAKEN, tlslint } from "./cli.ts";

const POSIX = process.platform !== "win32";

/** Line ends, what divides properties and columns in one format or another, and signs that are longer in UTF-8. */
const ODD = 'src/a\nb:c,d;e]f%25"<&>é#.rs';
const SOURCE = MISTAKEN["src/main.rs"].replace("    Client::builder()", "    /* ä𐐀 */ Client::builder()").replace(/\n {8}\./, ".");
const FILES = { ...MISTAKEN, [ODD]: SOURCE, "src/binary.rs": new Uint8Array([0, 159, 146, 150, 0]) };

const json = (path: string): AnySchema => JSON.parse(readFileSync(join(ROOT, path), "utf8"));
function assertValid(schema: AnySchema, value: unknown): void {
  const ajv = new Ajv({ allErrors: true, strict: false });
  assert.ok(ajv.validate(schema, value), JSON.stringify(ajv.errors?.slice(0, 3)));
}
const report = (context: Parameters<typeof folder>[0], format: string, ...args: readonly string[]) =>
  tlslint(folder(context, FILES), ["check", "--format", format, ...args]);

test("json and json-lines follow their published schema, and name files exactly", { skip: !POSIX }, (context) => {
  const schema = json("server/schema/report.schema.json");
  const { stdout } = report(context, "json");
  const whole = JSON.parse(stdout);
  assertValid(schema, whole);
  assert.throws(() => assertValid(schema, { ...whole, files: [{ path: 3 }] }));
  const { findings } = whole.files.find((it: { path: string }) => it.path === ODD);
  const { column, byteColumn } = findings[0].range.start;
  const line = SOURCE.split("\n")[findings[0].range.start.line - 1] ?? "";
  assert.equal(byteColumn, Buffer.byteLength(line.slice(0, column - 1)) + 1);
  assert.notEqual(byteColumn, column);

  const lines = report(context, "json-lines")
    .stdout.trimEnd()
    .split("\n")
    .map((it) => JSON.parse(it));
  assert.deepEqual(
    lines.map((it) => it.type),
    ["finding", "finding", "not-analysed", "summary"],
  );
  const { type, path, ...finding } = lines.find((it) => it.path === ODD);
  assert.deepEqual([type, path, finding], ["finding", ODD, findings[0]]);
  assert.deepEqual(lines.at(-1).counts, whole.counts);
});

test("gitlab gives every entry a fingerprint of its own", { skip: !POSIX }, (context) => {
  const entries = JSON.parse(report(context, "gitlab").stdout);
  assertValid(json("test/cli/schemas/gitlab.schema.json"), entries);
  assert.equal(entries.length, 3);
  assert.equal(new Set(entries.map((it: { fingerprint: string }) => it.fingerprint)).size, 3);
  assert.deepEqual(
    entries.map((it: { location: { path: string } }) => it.location.path).sort(),
    [ODD, "src/binary.rs", "src/main.rs"].sort(),
  );
});

test("rdjson counts columns in bytes, and its suggestion applies", { skip: !POSIX }, (context) => {
  const result = JSON.parse(report(context, "rdjson").stdout);
  assertValid(json("test/cli/schemas/rdjson.schema.json"), result);
  const { location, suggestions } = result.diagnostics.find((it: { location: { path: string } }) => it.location.path === ODD);
  const bytes = Buffer.from(SOURCE.split("\n")[location.range.start.line - 1] ?? "");
  assert.match(bytes.subarray(location.range.start.column - 1, location.range.end.column - 1).toString(), /^danger_accept|^true/);
  assert.equal(suggestions.length, 1);
  const [{ range, text }] = suggestions;
  const fixed = `${bytes.subarray(0, range.start.column - 1)}${text}${bytes.subarray(range.end.column - 1)}`;
  assert.match(fixed, /^ {4}\/\* ä𐐀 \*\/ Client::builder\(\)/);
  assert.doesNotMatch(fixed, /true/);
});

test("junit follows Ant's schema, and counts what it holds", { skip: !POSIX }, async (context) => {
  const { XmlDocument, XsdValidator } = await import("libxml2-wasm");
  const schema = XsdValidator.fromDoc(XmlDocument.fromString(readFileSync(join(ROOT, "test/cli/schemas/junit.xsd"), "utf8")));
  const document = XmlDocument.fromString(report(context, "junit").stdout);
  schema.validate(document);
  const number = (path: string): number => document.find(path).length;
  const counted = Object.fromEntries(
    ["tests", "failures", "errors"].map((it) => [it, Number(document.get(`/testsuites/testsuite/@${it}`)?.content)]),
  );
  assert.deepEqual(counted, { tests: number("//testcase"), failures: number("//failure"), errors: number("//error") });
  assert.deepEqual([counted["failures"], counted["errors"]], [2, 1]);
  const broken = XmlDocument.fromString("<testsuites><testsuite/></testsuites>");
  assert.throws(() => schema.validate(broken));
  const quiet = XmlDocument.fromString(
    tlslint(folder(context, { ...FILES, "tlslint.toml": '[rules]\ndisabled-verification = "info"\n' }), ["check", "--format", "junit"])
      .stdout,
  );
  assert.equal(quiet.find("//failure").length, 0);
  assert.match(quiet.get("//system-out")?.content ?? "", /src\/main\.rs:5:\d+: info\[disabled-verification\]/);
});

test("checkstyle is XML that keeps every name", { skip: !POSIX }, async (context) => {
  const { XmlDocument } = await import("libxml2-wasm");
  const document = XmlDocument.fromString(report(context, "checkstyle").stdout);
  assert.deepEqual(
    document
      .find("/checkstyle/file/@name")
      .map((it) => it.content)
      .sort(),
    [ODD, "src/binary.rs", "src/main.rs"].sort(),
  );
  assert.deepEqual(
    document.find("//error[@source='tlslint.disabled-verification']/@severity").map((it) => it.content),
    ["error", "error"],
  );
  assert.equal(document.get("//file[@name='src/main.rs']/error/@line")?.content, "5");
});

/** As the runner reads a line: what it does not take for a command it shows as text. */
function annotation(line: string): {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
} {
  const [, head, data] = /^::(.*?)::(.*)$/.exec(line) ?? assert.fail(`no command: ${line}`);
  const [, command = "", rest = ""] = /^(\w+) (.*)$/.exec(head ?? "") ?? [];
  const properties = rest
    .split(",")
    .map((it): [string, string] => [it.slice(0, it.indexOf("=")), unescapeProperty(it.slice(it.indexOf("=") + 1))]);
  return { command, properties: Object.fromEntries(properties), data: unescapeData(data ?? "") };
}
const unescapeData = (text: string): string => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
const unescapeProperty = (text: string): string =>
  text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%25", "%");

test("github prints annotations and nothing else", { skip: !POSIX }, (context) => {
  const { stdout, stderr, status } = report(context, "github");
  assert.deepEqual([stderr, status], ["", 2]);
  const annotations = stdout.trimEnd().split("\n").map(annotation);
  assert.deepEqual(
    annotations.map((it) => it.command),
    ["error", "error", "error"],
  );
  assert.deepEqual(annotations.map((it) => it.properties["file"]).sort(), [ODD, "src/binary.rs", "src/main.rs"].sort());
  const odd = annotations.find((it) => it.properties["file"] === ODD);
  assert.equal(odd?.properties["title"], "tlslint: disabled-verification");
  assert.equal(Number(odd?.properties["line"]), 4);
  const clean = tlslint(folder(context, { "src/lib.rs": "pub fn f() {}\n" }), ["check", "--format", "github"]);
  assert.deepEqual([clean.stdout, clean.stderr, clean.status], ["", "", 0]);
  const written = folder(context, FILES);
  tlslint(written, ["check", "--format", "github", "--output", "log"]);
  assert.equal(readFileSync(join(written, "log"), "utf8"), stdout, "the same into a file");
});

test("whatever is said beside annotations goes to standard error, in lines that no runner takes for commands", {
  skip: !POSIX,
}, (context) => {
  const cwd = folder(context, { ...FILES, "::error::x.rs": MISTAKEN["src/main.rs"] });
  tlslint(cwd, ["check", "--baseline", "known.json", "--update-baseline"]);
  writeFileSync(join(cwd, "src/main.rs"), "fn main() {}\n");
  writeFileSync(join(cwd, "src/new.rs"), MISTAKEN["src/main.rs"]);
  for (const [format, command] of [
    ["github", /^::(?:error|warning|notice) file=/],
    ["azure", /^##vso\[task\.logissue /],
  ] as const)
    for (const more of [["--statistics"], ["--baseline", "known.json"], ["--trace"], ["--fix-review"], ["--cache-dir", "src/main.rs"]]) {
      const { stdout, stderr } = tlslint(cwd, ["check", "--format", format, ...more]);
      for (const line of stdout.split("\n").slice(0, -1)) assert.match(line, command, `${more}`);
      if (more[0] !== "--trace") assert.notEqual(stderr, "", `${more}`);
      for (const line of stderr.split("\n")) assert.doesNotMatch(line, /^\s*(?:::|##vso|##\[)/, `${more}`);
      if (more[0] === "--fix-review") writeFileSync(join(cwd, "src/new.rs"), MISTAKEN["src/main.rs"]);
    }
});

test("what ends a strict run with 2 is an entry in every format, and as loud as a failure", (context) => {
  const cwd = folder(context, { "Cargo.toml": MISTAKEN["Cargo.toml"], "src/main.rs": "mod gone;\nfn main() {}\n" });
  const errorIn: Readonly<Partial<Record<(typeof FORMATS)[number], RegExp>>> = {
    sarif: /"level": "error",\n\s*"message": \{\n\s*"text": "out of reach: /,
    github: /^::error file=src\/main\.rs,/,
    azure: /type=error;sourcepath=src\/main\.rs;.*\]out of reach: /,
    junit: /errors="1"[\s\S]*<error type="out-of-reach"/,
  };
  for (const format of FORMATS) {
    const { status, stdout } = tlslint(cwd, ["check", "--strict", "--format", format]);
    assert.equal(status, 2, format);
    assert.match(stdout, errorIn[format] ?? /module `?gone/, format);
  }
});

test("a name that is not UTF-8 is told as such", { skip: process.platform !== "linux" }, (context) => {
  const cwd = folder(context, { "Cargo.toml": MISTAKEN["Cargo.toml"], "src/main.rs": "fn main() {}\n" });
  writeFileSync(Buffer.concat([Buffer.from(`${cwd}/src/`), Buffer.from([0xff, 0xfe]), Buffer.from(".rs")]), MISTAKEN["src/main.rs"]);
  const { status, stdout } = tlslint(cwd, ["check", "--format", "concise"]);
  assert.equal(status, 2);
  assert.match(stdout, /\.rs: not analysed: it cannot be read: its path is not valid UTF-8\n/);
});

test("azure prints logging commands and nothing else", { skip: !POSIX }, (context) => {
  const lines = report(context, "azure").stdout.trimEnd().split("\n");
  const issues = lines.map((line) => {
    const [, properties = "", message = ""] = /^##vso\[task\.logissue ([^\]]*)\](.*)$/.exec(line) ?? assert.fail(line);
    const entries = properties
      .split(";")
      .filter((it) => it !== "")
      .map((it): [string, string] => [it.slice(0, it.indexOf("=")), it.slice(it.indexOf("=") + 1)]);
    const decode = (text: string): string =>
      text.replaceAll("%3B", ";").replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%5D", "]").replaceAll("%AZP25", "%");
    return { ...Object.fromEntries(entries.map(([key, value]) => [key, decode(value)])), message: decode(message) };
  });
  assert.deepEqual(issues.map((it) => ("sourcepath" in it ? it["sourcepath"] : "")).sort(), [ODD, "src/binary.rs", "src/main.rs"].sort());
  assert.ok(issues.every((it) => /^(?:the|not analysed|`)/.test(it.message)));
});

test("sarif names files by addresses that are read as they were", { skip: !POSIX }, (context) => {
  const [{ results, originalUriBaseIds }] = JSON.parse(report(context, "sarif").stdout).runs;
  const paths = results.map((it: Located) => {
    const { uri, uriBaseId } = it.locations[0].physicalLocation.artifactLocation;
    const base = new URL(originalUriBaseIds[uriBaseId].uri);
    return decodeURIComponent(new URL(uri, base).pathname.slice(base.pathname.length));
  });
  assert.deepEqual(paths.sort(), [ODD, "src/main.rs"].sort());
});
interface Located {
  readonly locations: readonly [
    { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string } } },
  ];
}

test("concise is one line a finding, whatever files are called", { skip: !POSIX }, (context) => {
  const lines = report(context, "concise").stdout.trimEnd().split("\n");
  assert.equal(lines.length, 4);
  assert.match(lines[0] ?? "", /^src\/a\\u\{a\}b:c,d;e\]f%25"<&>é#\.rs:4:\d+: error\[disabled-verification\]: /);
  assert.match(lines[3] ?? "", /^2 errors in 3 files$/);
});

test("markdown holds no markup of strangers, and fits into a comment", { skip: !POSIX }, (context) => {
  const { stdout } = report(context, "markdown");
  assert.match(stdout, /^### tlslint: 2 errors\n/);
  assert.match(stdout, /- line 5, error \[disabled-verification\]\(https:\/\/github\.com\/tlslint\/[^)]+\): /);
  assert.doesNotMatch(stdout, /</);
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`src/m${at}.rs`, MISTAKEN["src/main.rs"]]));
  const cut = tlslint(folder(context, { ...MISTAKEN, ...many }), ["check", "--format", "markdown"]).stdout;
  assert.ok(cut.length < 65_536 && cut.length > 50_000, `${cut.length}`);
  assert.match(cut, /\d+ more entries do not fit in a comment\.\n$/);
});

test("every format ends in the same status, and a clean folder is told in each", (context) => {
  const cwd = folder(context, MISTAKEN);
  const clean = folder(context, { "src/lib.rs": "pub fn f() {}\n" });
  for (const format of FORMATS) {
    assert.equal(tlslint(cwd, ["check", "--format", format]).status, 1, format);
    const { status, stderr } = tlslint(clean, ["check", "--format", format]);
    assert.deepEqual([status, stderr], [0, ""], format);
  }
});
