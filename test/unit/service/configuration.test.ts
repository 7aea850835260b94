/** Configuration through the service: whose settings win, what is excluded, what is wrong in the files and what happens meanwhile. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failureOf } from "../../../server/src/service/gaps.ts";
import { createLintService, type LintOptions } from "../../../server/src/service/index.ts";
import { alternativeNames, basicConstraints, certificatePem, dns, purposes, SERVER, time } from "../../certificates/build.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const expired = certificatePem({
  notAfter: time("2026-01-01T00:00:00Z"),
  extensions: [basicConstraints(false), purposes(SERVER), alternativeNames(dns("a.internal"))],
});

/** The severity of the one finding in `/w/a/b/x.pem`, or "off". */
async function severity(files: Record<string, string>, options: Partial<LintOptions> = {}) {
  const lint = await createLintService(memoryHost({ "/w/a/b/x.pem": expired, ...files }), { roots: ["/w"], ...options });
  const report = await lint.lint("/w/a/b/x.pem");
  assert.equal(failureOf(report), undefined);
  return report.findings[0]?.severity ?? "off";
}
const rule = (level: string) => `[rules]\nexpired-certificate = "${level}"\n`;
const metadata = (table: string, level: string) => `[${table}.metadata.tlslint.rules]\nexpired-certificate = "${level}"\n`;

test("later places win: editor, workspace, package, tlslint.toml", async () => {
  const settings = { rules: { "expired-certificate": "hint" } };
  assert.equal(await severity({}, { settings }), "hint");
  const workspace = { "/w/Cargo.toml": `[workspace]\n${metadata("workspace", "info")}` };
  assert.equal(await severity({ ...workspace, "/w/a/Cargo.toml": '[package]\nname = "a"\n' }, { settings }), "info");
  const own = { "/w/a/Cargo.toml": `[package]\nname = "a"\n${metadata("package", "warning")}` };
  assert.equal(await severity({ ...workspace, ...own }, { settings }), "warning");
  assert.equal(await severity({ ...workspace, ...own, "/w/tlslint.toml": rule("off") }, { settings }), "off");
});

test("the nearest tlslint.toml decides, and none above the roots", async () => {
  assert.equal(await severity({ "/w/tlslint.toml": rule("hint"), "/w/a/tlslint.toml": rule("info") }), "info");
  assert.equal(await severity({ "/tlslint.toml": rule("off") }), "error");
});

test("a configuration that is named wins over those that are found", async () => {
  const files = { "/w/a/tlslint.toml": rule("info"), "/etc/strict.toml": rule("hint") };
  assert.equal(await severity(files, { configuration: "/etc/strict.toml" }), "hint");
});

test("keys of different places add up", async () => {
  const found = await severity({
    "/w/Cargo.toml": `[workspace]\n${metadata("workspace", "info")}`,
    "/w/a/Cargo.toml": '[package]\nname = "a"\n[package.metadata.tlslint]\nmtls = "off"\n',
  });
  assert.equal(found, "info");
});

test("excluded files are not walked, and say so when they are asked for", async () => {
  const host = memoryHost({
    "/w/tlslint.toml": 'exclude = ["vendor/", "*.old.pem"]\n',
    "/w/vendor/x.pem": expired,
    "/w/y.old.pem": expired,
    "/w/z.pem": expired,
  });
  const lint = await createLintService(host, { roots: ["/w"] });
  assert.deepEqual((await lint.files("/w")).files, ["/w/tlslint.toml", "/w/z.pem"]);
  const report = await lint.lint("/w/vendor/x.pem");
  assert.deepEqual(
    [report.findings.length, report.gaps.map((it) => [it.kind, it.reason])],
    [0, [["skipped", "the configuration excludes it"]]],
  );
});

test("unknown keys, rules and values are warnings at their places, with a suggestion", async () => {
  const text = 'mtlss = "auto"\nmtls = "require"\n[rules]\nexpired-certificat = "off"\nweak-key = "warn"\n';
  const lint = await createLintService(memoryHost({ "/w/tlslint.toml": text }), { roots: ["/w"] });
  const { findings, gaps } = await lint.lint("/w/tlslint.toml");
  assert.deepEqual(gaps, []);
  assert.deepEqual(
    findings.map((it) => [it.rule, it.severity, text.slice(it.place.span.start, it.place.span.end), it.help]),
    [
      ["unknown-configuration", "warning", "mtlss", "did you mean `mtls`"],
      ["unknown-configuration", "warning", '"require"', "did you mean `required`"],
      ["unknown-configuration", "warning", "expired-certificat", "did you mean `expired-certificate`"],
      ["unknown-configuration", "warning", '"warn"', "did you mean `warning`"],
    ],
  );
});

test("metadata tables of a manifest are checked in place", async () => {
  const text = '[package]\nname = "a"\n[package.metadata.tlslint]\nexclud = []\n[workspace.metadata.tlslint.rules]\nnope = "off"\n';
  const lint = await createLintService(memoryHost({ "/w/Cargo.toml": text }), { roots: ["/w"] });
  const { findings } = await lint.lint("/w/Cargo.toml");
  assert.deepEqual(
    findings.map((it) => text.slice(it.place.span.start, it.place.span.end)),
    ["exclud", "nope"],
  );
});

test("while tlslint.toml is half written, its last readable state counts, and the place is marked", async () => {
  const host = memoryHost({ "/w/a.pem": expired, "/w/tlslint.toml": rule("hint") });
  const lint = await createLintService(host, { roots: ["/w"] });
  assert.equal((await lint.lint("/w/a.pem")).findings[0]?.severity, "hint");
  const half = `${rule("hint")}mtls = "req\nprofile = "public-web"\n`;
  lint.open("/w/tlslint.toml", half);
  const report = await lint.lint("/w/tlslint.toml");
  assert.equal(report.findings[0]?.rule, "unreadable-toml");
  assert.equal(half.slice(0, report.findings[0]?.place.span.start).split("\n").length, 3);
  assert.ok(failureOf(report));
  assert.equal((await lint.lint("/w/a.pem")).findings[0]?.severity, "hint");
  lint.open("/w/tlslint.toml", rule("info"));
  assert.equal((await lint.lint("/w/a.pem")).findings[0]?.severity, "info");
  lint.close("/w/tlslint.toml");
  assert.equal((await lint.lint("/w/a.pem")).findings[0]?.severity, "hint");
});

test("bad settings of the editor are logged, others' settings ignored", async () => {
  const host = memoryHost({ "/w/a.pem": expired });
  const lint = await createLintService(host, { roots: ["/w"], settings: { mtls: "perhaps", trace: { server: "off" }, profile: null } });
  await lint.lint("/w/a.pem");
  assert.equal(host.lines.filter((it) => it.level === "warning").length, 1);
  assert.match(
    host.lines[0]?.message ?? "",
    /^the editor's settings: unknown value `perhaps` for `mtls`; expected `auto`, `required` or `off`/,
  );
});

test("changed options take effect on what was linted before", async () => {
  const lint = await createLintService(memoryHost({ "/w/a.pem": expired }), { roots: ["/w"] });
  assert.equal((await lint.lint("/w/a.pem")).findings.length, 1);
  lint.setOptions({ roots: ["/w"], settings: { rules: { "expired-certificate": "off" } } });
  assert.equal((await lint.lint("/w/a.pem")).findings.length, 0);
});

test("the rules about suppressions and configuration can be set like all others", async () => {
  const files = { "/w/tlslint.toml": 'oops = 1\n[rules]\nunknown-configuration = "hint"\n' };
  const lint = await createLintService(memoryHost(files), { roots: ["/w"] });
  assert.equal((await lint.lint("/w/tlslint.toml")).findings[0]?.severity, "hint");
});
