/** Certificate files through the service: findings, inspection, suppressions; nothing of a private key gets out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import {
  alternativeNames,
  basicConstraints,
  certificate,
  certificatePem,
  dns,
  pem,
  privateKey,
  purposes,
  SECRET_HEX,
  SERVER,
  time,
} from "../../certificates/build.ts";
import { exampleFiles, listedAt } from "../../certificates/examples.ts";
import { memoryHost, NOON } from "../../harness/memory-host.ts";

const expired = certificatePem({
  notAfter: time("2026-01-01T00:00:00Z"),
  extensions: [basicConstraints(false), purposes(SERVER), alternativeNames(dns("a.internal")), listedAt("http://lists.example/ca.crl")],
});
const fresh = certificatePem({
  serial: Uint8Array.of(0x21),
  notAfter: time("2027-01-01T00:00:00Z"),
  extensions: [basicConstraints(false), purposes(SERVER), alternativeNames(dns("a.example")), listedAt("http://lists.example/ca.crl")],
});
const other = certificatePem({
  serial: Uint8Array.of(0x22),
  notAfter: time("2027-02-01T00:00:00Z"),
  extensions: [basicConstraints(false), purposes(SERVER), alternativeNames(dns("a.example")), listedAt("http://lists.example/ca.crl")],
});

async function service(files: Record<string, string | Uint8Array>) {
  const host = memoryHost(files);
  return { host, lint: await createLintService(host, { roots: ["/w"] }) };
}
const ids = (report: { findings: readonly { rule: string }[] }) => report.findings.map((it) => it.rule);

test("an expired certificate is found at its date, and by the given clock only", async () => {
  const { lint } = await service({ "/w/a.pem": fresh + expired });
  const report = await lint.lint("/w/a.pem");
  assert.ok(ids(report).includes("expired-certificate"));
  const finding = report.findings.find((it) => it.rule === "expired-certificate");
  assert.ok(finding && finding.place.span.start > fresh.length);
  const earlier = await createLintService(memoryHost({ "/w/a.pem": fresh + expired }, NOON - 200 * 24 * 3600 * 1000), { roots: ["/w"] });
  assert.ok(!ids(await earlier.lint("/w/a.pem")).includes("expired-certificate"));
});

test("a suppression in the text of a PEM file holds for the section below it", async () => {
  const { lint } = await service({
    "/w/below.pem": `tlslint: allow(expired-certificate): a test of expiry\n${expired}`,
    "/w/above.pem": `${fresh}# tlslint: allow(expired-certificate): wrong place\n${other}${expired}`,
  });
  assert.deepEqual(ids(await lint.lint("/w/below.pem")), []);
  assert.deepEqual(ids(await lint.lint("/w/above.pem")), ["unused-suppression", "expired-certificate"]);
});

test("a suppression holds for the lines above its section, too, and below the last one for the rest", async () => {
  const allow = "# tlslint: allow(text-outside-sections): of a tool\n";
  const { lint } = await service({
    "/w/above.pem": `${allow}some words\n${fresh}`,
    "/w/below.pem": `${fresh}${allow}some words\n`,
    "/w/other.pem": `${allow}${fresh}some words\n`,
  });
  for (const name of ["above", "below"]) assert.deepEqual(ids(await lint.lint(`/w/${name}.pem`)), []);
  assert.deepEqual(ids(await lint.lint("/w/other.pem")).toSorted(), ["text-outside-sections", "unused-suppression"]);
});

test("a suppression holds for all sections that share the line of the first below it", async () => {
  const line = `${(fresh + pem("PRIVATE KEY", privateKey())).replaceAll("\n", "\\n")}\n`;
  const { lint } = await service({ "/w/a.pem": line, "/w/b.pem": `# tlslint: allow(silent-pem-loss): a variable\n${line}` });
  assert.ok(ids(await lint.lint("/w/a.pem")).includes("silent-pem-loss"));
  assert.ok(!ids(await lint.lint("/w/b.pem")).includes("silent-pem-loss"));
});

test("the offered suppression, applied, lets the finding go", async () => {
  const { host, lint } = await service({ "/w/a.pem": `# some words\r\n${fresh}${expired}` });
  const [finding] = (await lint.lint("/w/a.pem")).findings;
  assert.ok(finding);
  const [fix] = await lint.suppressions("/w/a.pem", finding);
  const [edit] = fix?.edits[0]?.edits ?? [];
  assert.ok(fix && edit);
  const text = (await lint.text("/w/a.pem")) ?? "";
  const edited = text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
  const [placeholder] = fix.placeholders;
  assert.equal(edited.slice(placeholder?.start, placeholder?.end), "reason");
  host.contents.set("/w/a.pem", edited);
  lint.invalidate(["/w/a.pem"]);
  assert.deepEqual(ids(await lint.lint("/w/a.pem")), []);
});

test("what a certificate says stays text in a hover", async () => {
  const subject = "[click](https://evil.example) <img src=x> **b** `c` \u202e www.evil.example";
  const { lint } = await service({ "/w/a.pem": certificatePem({ subject, extensions: [alternativeNames(dns("a.example"))] }) });
  const { markdown = "" } = (await lint.hover("/w/a.pem", 5)) ?? {};
  assert.doesNotMatch(markdown, /\[click\]\(|<img|\*\*b\*\*|https:\/\/evil|\u202e|www\.evil/);
  assert.match(markdown, /\\\[click/);
});

test("inspection lists every section, raw, with the days left", async () => {
  const { lint } = await service({ "/w/a.pem": expired + fresh, "/w/a.der": certificate({}) });
  const { entries, notAnalysed } = await lint.inspect("/w/a.pem");
  assert.equal(notAnalysed, undefined);
  assert.deepEqual(
    entries.map((it) => it.title),
    ["leaf certificate, 1 of 2", "leaf certificate, 2 of 2"],
  );
  assert.ok((entries[0]?.daysLeft ?? 0) < 0 && (entries[1]?.daysLeft ?? 0) > 0);
  assert.equal((await lint.inspect("/w/a.der")).entries.length, 1);
});

test("no bytes of a private key leave the service", async () => {
  const key = pem("PRIVATE KEY", privateKey());
  const secret = key.split("\n").slice(1, -2).join("");
  const { host, lint } = await service({ "/w/server.key": key });
  const outputs = JSON.stringify([
    await lint.lint("/w/server.key"),
    await lint.hover("/w/server.key", 40),
    await lint.inspect("/w/server.key"),
    host.lines,
  ]);
  assert.match(outputs, /private key/);
  for (let at = 0; at + 16 <= secret.length; at += 8) assert.ok(!outputs.includes(secret.slice(at, at + 16)));
  assert.ok(!outputs.toLowerCase().includes(SECRET_HEX));
});

test("a file of another name is seen by its content", async () => {
  const { lint } = await service({
    "/w/tls/server": expired,
    "/w/notes.txt": "words",
    "/w/LICENSE": "MIT",
    "/w/slides.key": "PK\u0003\u0004",
  });
  assert.deepEqual((await lint.files("/w")).files, ["/w/tls/server"]);
  assert.ok(ids(await lint.lint("/w/tls/server")).includes("expired-certificate"));
});

test("verdicts are for the releases that the lock file around a certificate names", async () => {
  const examples = await exampleFiles(NOON);
  const answers = async (...locked: readonly (readonly [name: string, version: string])[]) => {
    const lock = locked.map(([name, version]) => `[[package]]\nname = "${name}"\nversion = "${version}"\n`).join("\n");
    const { lint } = await service({
      "/w/server-chain.pem": examples.get("server-chain.pem") ?? "",
      "/w/ca-bundle.pem": examples.get("ca-bundle.pem") ?? "",
      ...(locked.length > 0 && { "/w/Cargo.lock": `version = 3\n\n${lock}` }),
    });
    const { entries } = await lint.inspect("/w/server-chain.pem");
    return entries[0]?.fields.find((it) => it.label === "as server for localhost")?.value;
  };
  assert.equal(await answers(), "rustls-webpki 0.103 accepts; OpenSSL 3 accepts");
  assert.equal(await answers(["serde", "1.0.0"]), "rustls-webpki 0.103 accepts; OpenSSL 3 accepts");
  assert.equal(await answers(["rustls-webpki", "0.102.8"]), "rustls-webpki 0.102.8 accepts");
  assert.equal(await answers(["native-tls", "0.2.14"]), "OpenSSL 3 accepts");
  assert.equal(await answers(["rustls-webpki", "0.101.7"], ["openssl", "0.10.70"]), "rustls-webpki 0.101.7 accepts; OpenSSL 3 accepts");
  assert.equal(await answers(["rustls-webpki", "0.120.0"]), "rustls-webpki 0.120.0 is not known here");
});

test("without a lock file verdicts are for the releases that the manifest's dependencies bring", async () => {
  const examples = await exampleFiles(NOON);
  const answers = async (dependencies: string) => {
    const { lint } = await service({
      "/w/server-chain.pem": examples.get("server-chain.pem") ?? "",
      "/w/ca-bundle.pem": examples.get("ca-bundle.pem") ?? "",
      "/w/Cargo.toml": `[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\n${dependencies}\n`,
    });
    const { entries } = await lint.inspect("/w/server-chain.pem");
    return entries[0]?.fields.find((it) => it.label === "as server for localhost")?.value;
  };
  assert.equal(await answers('tokio-rustls = "0.24"'), "rustls-webpki 0.101 accepts; OpenSSL 3 accepts");
  assert.equal(await answers('rustls = "=0.23.10"'), "rustls-webpki 0.102 accepts; OpenSSL 3 accepts");
  assert.equal(
    await answers('axum-server = { version = "0.5", features = ["tls-rustls"] }'),
    "rustls-webpki 0.101 accepts; OpenSSL 3 accepts",
  );
  assert.equal(await answers('axum-server = "0.5"'), "rustls-webpki 0.103 accepts; OpenSSL 3 accepts");
});

test("the verdict is that of the file as it is served, and an intermediate of another file is said to be one", async () => {
  const examples = await exampleFiles(NOON);
  const { lint } = await service({
    "/w/lone.pem": examples.get("missing-intermediate.pem") ?? "",
    "/w/server-chain.pem": examples.get("server-chain.pem") ?? "",
    "/w/ca-bundle.pem": examples.get("ca-bundle.pem") ?? "",
  });
  const [lone] = (await lint.inspect("/w/lone.pem")).entries;
  assert.deepEqual(
    lone?.verdicts.map(({ stack, verdict, kind, completedFrom }) => [stack, verdict, kind, completedFrom]),
    [
      ["rustls-webpki 0.103", "refused", "UnknownIssuer", undefined],
      ["openssl 3", "refused", "unable to get local issuer certificate", undefined],
      ["rustls-webpki 0.103", "accepted", undefined, ["server-chain.pem"]],
      ["openssl 3", "accepted", undefined, ["server-chain.pem"]],
    ],
  );
  const incomplete = lone?.surroundings.find((it) => it.label === "incomplete chain")?.value ?? "";
  assert.match(incomplete, /^intermediate .+ is missing from this file; the path was completed from server-chain\.pem$/);
  const [whole] = (await lint.inspect("/w/server-chain.pem")).entries;
  assert.ok(whole?.verdicts.every((it) => it.verdict === "accepted" && it.completedFrom === undefined));
  const { markdown = "" } = (await lint.hover("/w/lone.pem", 5)) ?? {};
  const headline = markdown.split("\n").find((it) => it.includes("refuses")) ?? "";
  assert.ok(headline.includes("refuses: UnknownIssuer") && !headline.includes("accepts"), headline);
});

test("what lies among tests and examples is made for them, and a hint", async () => {
  const package_ = '[package]\nname = "a"\n';
  const places = {
    "/w/a/certs/a.pem": "error",
    "/w/a/contest/a.pem": "error",
    "/w/a/test-ca/a.pem": "hint",
    "/w/a/integration_tests/certs/a.pem": "hint",
    "/w/a/examples/a.pem": "hint",
    "/w/a/sample-server/a.pem": "hint",
    "/w/a/certs/test.pem": "hint",
    "/w/mock-server/certs/a.pem": "hint",
  };
  const { lint } = await service({
    "/w/a/Cargo.toml": package_,
    "/w/mock-server/Cargo.toml": '[package]\nname = "mock-server"\n',
    ...Object.fromEntries(Object.keys(places).map((path) => [path, expired])),
  });
  const levels = await Promise.all(
    Object.keys(places).map(async (path) => {
      const { findings } = await lint.lint(path);
      return [path, findings.find((it) => it.rule === "expired-certificate")?.severity] as const;
    }),
  );
  assert.deepEqual(Object.fromEntries(levels), places);
});

test("long files in which there is nothing to compare take no room from those in which there is", async () => {
  const examples = await exampleFiles(NOON);
  const long = new TextEncoder().encode("x".repeat(23 * 1024 * 1024));
  const { lint } = await service({
    ...Object.fromEntries(["a", "b", "c"].map((name) => [`/w/${name}.der`, long])),
    "/w/zz/missing-intermediate.pem": examples.get("missing-intermediate.pem") ?? "",
    "/w/zz/server-chain.pem": examples.get("server-chain.pem") ?? "",
  });
  const { findings, gaps } = await lint.lint("/w/zz/missing-intermediate.pem");
  assert.ok(findings.some((it) => it.rule === "missing-intermediate"));
  assert.deepEqual(gaps, []);
});

test("a file is compared with all others, though there are thousands, up to a bound that is told", async () => {
  const examples = await exampleFiles(NOON);
  const lone = { "/w/zz/missing-intermediate.pem": examples.get("missing-intermediate.pem") ?? "" };
  const issuer = { "/w/zz/server-chain.pem": examples.get("server-chain.pem") ?? "" };
  const many = Object.fromEntries(
    Array.from({ length: 2500 }, (_, index) => [
      `/w/a/${index}.pem`,
      certificatePem({ serial: Uint8Array.of(0x30, index >> 8, index & 0xff) }),
    ]),
  );
  const crowd = await service({ ...many, ...lone, ...issuer });
  assert.ok(ids(await crowd.lint.lint("/w/zz/missing-intermediate.pem")).includes("missing-intermediate"));
  assert.deepEqual(
    crowd.host.lines.filter((it) => it.level === "trace"),
    [],
  );
  const filler = `${"words of explanation\n".repeat(1_100_000)}${fresh}`;
  const large = Object.fromEntries([1, 2, 3].map((index) => [`/w/a/${index}.pem`, filler]));
  const { host, lint } = await service({ ...large, ...lone, ...issuer });
  assert.deepEqual(ids(await lint.lint("/w/zz/missing-intermediate.pem")), []);
  assert.match(
    host.lines.find((it) => it.level === "trace")?.message ?? "",
    /^\/w\/zz\/missing-intermediate.pem: this and 1 more certificate files/,
  );
  assert.deepEqual((await lint.lint("/w/zz/missing-intermediate.pem")).gaps, [
    {
      file: "/w/zz/missing-intermediate.pem",
      kind: "out of reach",
      reason: "it is judged by itself, for the certificate files before it fill the room for what is compared",
    },
  ]);
  assert.deepEqual((await lint.lint("/w/a/1.pem")).gaps, []);
});
