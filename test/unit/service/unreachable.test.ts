/** Keys and certificates of nobody who can be reached: hints, unless code loads them; and what only tests load. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { alternativeNames, dns, ip, purposes, SERVER } from "../../certificates/build.ts";
import { authority, endEntity, type Identity, issue } from "../../certificates/examples.ts";
import { memoryHost, NOON } from "../../harness/memory-host.ts";

const DAY = 86_400_000;

async function severities(files: Record<string, string>, file: string, rule: string) {
  const lint = await createLintService(memoryHost(files), { roots: ["/w"] });
  const found = (await lint.lint(file)).findings.filter((it) => it.rule === rule);
  return found.map((it) => `${it.severity}${it.notes.some((note) => note.startsWith("only for this machine")) ? ", for nobody" : ""}`);
}

const made = authority("Some Root", undefined, NOON, -30, 900);
const server = async (...names: readonly Uint8Array[]): Promise<Identity> =>
  endEntity("a server", await made, NOON, [purposes(SERVER), alternativeNames(...names)]);
/** A key in a file that is named like what everybody has. */
const shared = async (certificate: Identity): Promise<readonly string[]> =>
  severities({ "/w/public.pem": certificate.key, "/w/cert.pem": certificate.pem }, "/w/public.pem", "exposed-private-key");

test("a key whose certificate is for this machine or reserved domains is a hint", async () => {
  assert.deepEqual(await shared(await server(dns("localhost"), ip(127, 0, 0, 1))), ["hint, for nobody"]);
  assert.deepEqual(await shared(await server(dns("*.example.org"), dns("a.test"))), ["hint, for nobody"]);
  assert.deepEqual(await shared(await issue("localhost", undefined, [NOON - DAY, NOON + DAY], [])), ["hint, for nobody"], "by its CN");
  assert.deepEqual(await shared(await server(dns("localhost"), dns("db.internal"))), ["warning"], "one of the names is somebody's");
  assert.deepEqual(await shared(await server(ip(192, 168, 1, 1))), ["warning"], "an address of some network");
  assert.deepEqual(await shared(await issue("some client", undefined, [NOON - DAY, NOON + DAY], [])), ["warning"], "no host at all");
});

test("a key of which nobody knows whose it is stays as it is", async () => {
  const { key } = await server(dns("localhost"));
  assert.deepEqual(await severities({ "/w/public.pem": key }, "/w/public.pem", "exposed-private-key"), ["warning"]);
});

test("a CA's key is a hint where all that it issued here is for nobody", async () => {
  const root = await made;
  const [local, other] = [await server(dns("localhost")), await server(dns("db.internal"))];
  const files = { "/w/public.pem": root.key, "/w/root.pem": root.pem };
  const of = (more: Record<string, string>) => severities({ ...files, ...more }, "/w/public.pem", "exposed-private-key");
  assert.deepEqual(await of({ "/w/a.pem": local.pem }), ["hint, for nobody"]);
  assert.deepEqual(await of({ "/w/a.pem": local.pem, "/w/b.pem": other.pem }), ["warning"]);
  assert.deepEqual(await of({}), ["warning"]);
});

test("a certificate for this machine may have expired", async () => {
  const late = async (name: string) => issue("a server", await made, [NOON - 9 * DAY, NOON - DAY], [alternativeNames(dns(name))]);
  const expired = async (name: string) => severities({ "/w/a.pem": (await late(name)).pem }, "/w/a.pem", "expired-certificate");
  assert.deepEqual(await expired("app.localhost"), ["hint, for nobody"]);
  assert.deepEqual(await expired("app.internal"), ["error"]);
});

test("code that loads a file is what it is for", async () => {
  const root = await made;
  const { pem } = await issue("a server", root, [NOON - 9 * DAY, NOON - DAY], [alternativeNames(dns("localhost"))]);
  const other = await issue("a server", root, [NOON - 9 * DAY, NOON - DAY], [alternativeNames(dns("a.internal"))]);
  const load = (attribute: string): string => `use rustls::pki_types::{pem::PemObject, CertificateDer};
${attribute}
pub fn serve(key: rustls::pki_types::PrivateKeyDer<'static>) -> rustls::ServerConfig {
    let chain = vec![CertificateDer::from_pem_file("certs/a.pem").unwrap()];
    rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap()
}
`;
  const manifest = '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nrustls = "0.23"\n';
  const of = (contents: string, attribute: string) =>
    severities(
      { "/w/Cargo.toml": manifest, "/w/src/lib.rs": load(attribute), "/w/certs/a.pem": contents },
      "/w/certs/a.pem",
      "expired-certificate",
    );
  assert.deepEqual(await of(pem, ""), ["error"]);
  assert.deepEqual(await of(pem, "#[cfg(test)]"), ["hint"]);
  assert.deepEqual(await of(other.pem, "#[cfg(test)]"), ["hint"]);
});
