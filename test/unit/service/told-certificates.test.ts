/** What people tell of certificates, and what the code around them does: hosts, lists of weak keys, and whom the code trusts. */
import assert from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { alternativeNames, basicConstraints, certificatePem, dns, purposes, rsaKey, SERVER } from "../../certificates/build.ts";
import { authority, endEntity } from "../../certificates/examples.ts";
import { memoryHost, NOON } from "../../harness/memory-host.ts";

const extensions = [basicConstraints(false), purposes(SERVER), alternativeNames(dns("service.example"))];
const PEM = certificatePem({ key: rsaKey(2048), extensions });

async function told(files: Readonly<Record<string, string | Uint8Array>>, path: string, settings: Readonly<Record<string, unknown>> = {}) {
  const host = memoryHost(files);
  const service = await createLintService(host, { roots: ["/w"], settings });
  const { findings } = await service.lint(path);
  return { service, host, rules: findings.map((it) => it.rule), findings };
}

test("hosts of a certificate stand in the configuration, beside its path as seen from there", async () => {
  const configured = (text: string) => ({ "/w/certs/server.pem": PEM, "/w/other.pem": PEM, "/w/tlslint.toml": text });
  const wrong = configured('[hosts]\n"certs/server.pem" = ["service.example", "api.example"]\n');
  const { findings } = await told(wrong, "/w/certs/server.pem");
  assert.match(findings.find((it) => it.rule === "uncovered-host")?.message ?? "", /does not cover `api.example`/);
  assert.ok(!(await told(wrong, "/w/other.pem")).rules.includes("uncovered-host"));
  const right = configured('[hosts]\n"./certs/server.pem" = ["service.example"]\n');
  assert.ok(!(await told(right, "/w/certs/server.pem")).rules.includes("uncovered-host"));
  const below = { "/w/certs/server.pem": PEM, "/w/certs/tlslint.toml": '[hosts]\n"server.pem" = ["api.example"]\n' };
  assert.ok((await told(below, "/w/certs/server.pem")).rules.includes("uncovered-host"));
  const editor = { hosts: { "certs/server.pem": ["api.example"] } };
  assert.ok((await told({ "/w/certs/server.pem": PEM }, "/w/certs/server.pem", editor)).rules.includes("uncovered-host"));
});

test("what is no host is told where it stands, and the others count", async () => {
  const text = '[hosts]\n"a.pem" = ["https://api.example"]\n"b.pem" = "api.example"\n"c.pem" = ["api.example"]\n';
  const files = { "/w/c.pem": PEM, "/w/tlslint.toml": text };
  const { findings } = await told(files, "/w/tlslint.toml");
  assert.deepEqual(
    findings.map((it) => [text.slice(it.place.span.start, it.place.span.end), it.message]),
    [
      ['["https://api.example"]', "unknown value `https://api.example` for `a.pem`; expected hostnames and addresses"],
      ['"api.example"', "invalid value for `b.pem`; expected an array of strings"],
    ],
  );
  assert.ok((await told(files, "/w/c.pem")).rules.includes("uncovered-host"));
});

test("weak keys are looked up in the lists that the configuration names", async () => {
  // As openssl-vulnkey(1) has it, by Node's OpenSSL.
  const modulus = Buffer.from(new X509Certificate(PEM).publicKey.export({ format: "jwk" }).n ?? "", "base64url").toString("hex");
  const line = createHash("sha1").update(`Modulus=${modulus.toUpperCase()}\n`).digest("hex").slice(20);
  const list = `# a comment\n${"0".repeat(20)}\r\n${line}\n`;
  const files = { "/w/a.pem": PEM, "/w/tlslint.toml": 'weak-key-lists = ["lists/weak"]\n', "/w/lists/weak": list };
  const { rules, host } = await told(files, "/w/a.pem");
  assert.ok(rules.includes("recoverable-key"));
  assert.deepEqual(host.lines, []);
  const others = { ...files, "/w/lists/weak": list.replace(line, "f".repeat(20)) };
  assert.ok(!(await told(others, "/w/a.pem")).rules.includes("recoverable-key"));
});

test("a list that cannot be read, or is none, is said once", async () => {
  const files = {
    "/w/a.pem": PEM,
    "/w/b.pem": PEM,
    "/w/tlslint.toml": 'weak-key-lists = ["gone", "prose"]\n',
    "/w/prose": "no key is here\n",
  };
  const { service, host } = await told(files, "/w/a.pem");
  await service.lint("/w/b.pem");
  assert.deepEqual(
    host.lines.map((it) => `${it.level} ${it.message}`),
    [
      "warning /w/gone: no weak keys are read from it: there is no such file",
      "warning /w/prose: no weak keys are read from it: no line of it has the twenty hexadecimal digits of a key",
    ],
  );
});

test("a certificate that the code presents is compared with what the code trusts for its role", async () => {
  const root = await authority("One Root", undefined, NOON, -100, 900);
  const stranger = await authority("Another Root", undefined, NOON, -100, 900);
  const server = await endEntity("service.example", root, NOON, extensions.slice(1));
  const code = `use openssl::ssl::{SslAcceptor, SslConnector, SslFiletype, SslMethod};
pub fn server() {
    let mut builder = SslAcceptor::mozilla_intermediate(SslMethod::tls()).unwrap();
    builder.set_certificate_chain_file("server.pem").unwrap();
    builder.set_private_key_file("server.key", SslFiletype::PEM).unwrap();
}
pub fn client() {
    let mut builder = SslConnector::builder(SslMethod::tls()).unwrap();
    builder.set_ca_file("ca.pem").unwrap();
}
`;
  const files = { "/w/src/main.rs": code, "/w/server.pem": server.pem, "/w/server.key": server.key };
  const rules = async (ca: string) => (await told({ ...files, "/w/ca.pem": ca }, "/w/server.pem")).rules;
  assert.ok(!(await rules(root.pem)).includes("unreachable-anchor"));
  assert.ok((await rules(stranger.pem)).includes("unreachable-anchor"));
  assert.ok(!(await told(files, "/w/server.pem")).rules.includes("unreachable-anchor"));
});
