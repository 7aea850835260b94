/** What hovers over certificate files say: the section under the cursor, the field, and what the workspace adds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import {
  ALGORITHMS,
  alternativeNames,
  basicConstraints,
  certificatePem,
  dns,
  KEYS,
  pem,
  privateKey,
  purposes,
  requestBody,
  revocationList,
  SERVER,
  signed,
  time,
} from "../../certificates/build.ts";
import { exampleFiles, listedAt } from "../../certificates/examples.ts";
import { memoryHost, NOON } from "../../harness/memory-host.ts";

const expired = certificatePem({
  notAfter: time("2026-01-01T00:00:00Z"),
  extensions: [basicConstraints(false), purposes(SERVER), alternativeNames(dns("a.example")), listedAt("http://lists.example/ca.crl")],
});
const fresh = certificatePem({
  serial: Uint8Array.of(0x21),
  notAfter: time("2027-01-01T00:00:00Z"),
  extensions: [basicConstraints(false), purposes(SERVER), alternativeNames(dns("a.example")), listedAt("http://lists.example/ca.crl")],
});
async function service(files: Record<string, string | Uint8Array>) {
  const host = memoryHost(files);
  return { host, lint: await createLintService(host, { roots: ["/w"] }) };
}

test("a hover tells the section under the cursor, with its findings", async () => {
  const { lint } = await service({ "/w/a.pem": `words\n${fresh}${expired}` });
  const hover = await lint.hover("/w/a.pem", 6 + fresh.length + 5);
  assert.match(hover?.markdown ?? "", /^\*\*expired \d+ days? ago [^·]+ · server certificate for service.example, 2 of 2\*\*/);
  assert.doesNotMatch(hover?.markdown ?? "", /^expired:/m);
  assert.match(hover?.markdown ?? "", /`expired-certificate`/);
  assert.match((await lint.hover("/w/a.pem", 1))?.markdown ?? "", /^help: .*\n\n\*\*\[text-outside-sections\]/);
});

test("a hover tells the chain through the workspace, its end, the key beside it and what the stacks will say", async () => {
  const examples = await exampleFiles(NOON);
  const wanted = ["server-chain.pem", "server.key", "ca-bundle.pem", "missing-intermediate.pem"];
  const { lint } = await service(Object.fromEntries(wanted.map((it) => [`/w/${it}`, examples.get(it) ?? ""])));
  const { markdown = "" } = (await lint.hover("/w/server-chain.pem", 5)) ?? {};
  assert.match(markdown, /chain: service.example → Example Server CA 1 → Example Server Root \\\(ca\\-bundle.pem\\\)/);
  assert.match(markdown, /private key: server.key/);
  assert.match(
    markdown,
    /^\*\*expires in 300 days [^·]+ · server certificate for service.example, 1 of 2 · rustls\\-webpki 0.103 accepts, OpenSSL 3 accepts\*\*/,
  );
  // The intermediate is found elsewhere: a hover shows what holds, the finding what is missing in this file.
  const lone = (await lint.hover("/w/missing-intermediate.pem", 5))?.markdown ?? "";
  assert.match(lone, /\[missing-intermediate\]/);
  const { entries } = await lint.inspect("/w/server-chain.pem");
  assert.match(entries[0]?.pem ?? "", /^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/);
  assert.equal((await lint.inspect("/w/server.key")).entries[0]?.pem, undefined);
});

test("a hover says which stack refuses a certificate, by which error", async () => {
  const examples = await exampleFiles(NOON);
  const files = Object.fromEntries(["server-chain.pem", "ca-bundle.pem"].map((it) => [`/w/${it}`, examples.get(it) ?? ""]));
  const later = await createLintService(memoryHost(files, NOON + 320 * 24 * 3600 * 1000), { roots: ["/w"] });
  const { markdown = "" } = (await later.hover("/w/server-chain.pem", 5)) ?? {};
  const line = markdown.split("\n").find((it) => it.startsWith("as server for localhost")) ?? "";
  assert.match(
    line,
    /rustls\\-webpki 0.103 refuses: CertExpired \\\(the leaf: .*\\\); OpenSSL 3 refuses: certificate has expired \\\(the leaf: /,
  );
  assert.match(markdown, /expired \d+ days ago/);
});

test("a hover tells who signed a list, whose a key is, and what was issued for a request", async () => {
  const examples = await exampleFiles(NOON);
  const wanted = ["server-chain.pem", "server.key", "ca-bundle.pem", "client-ca.pem", "client-ca.crl"];
  const request = pem(
    "CERTIFICATE REQUEST",
    signed(requestBody("a.example", KEYS.p256, [alternativeNames(dns("a.example"))]), ALGORITHMS.ecdsaSha256),
  );
  const { lint } = await service({
    ...Object.fromEntries(wanted.map((it) => [`/w/${it}`, examples.get(it) ?? ""])),
    "/w/lone.crl": pem("X509 CRL", revocationList()),
    "/w/lone.key": pem("PRIVATE KEY", privateKey()),
    "/w/a.csr": request,
    "/w/a/a.pem": fresh,
  });
  const told = async (file: string, label: string) => {
    const { entries } = await lint.inspect(`/w/${file}`);
    return entries[0]?.fields.find((it) => it.label === label)?.value;
  };
  assert.equal(await told("client-ca.crl", "signed by"), "Example Client Root (client-ca.pem)");
  assert.equal(await told("lone.crl", "signed by"), "no certificate of its issuer lies in the workspace");
  assert.equal(await told("server.key", "certificate"), "service.example (server-chain.pem)");
  assert.equal(await told("lone.key", "certificate"), "service.example (a/a.pem)");
  assert.equal(await told("a.csr", "proof"), "not made by its key");
  assert.equal(await told("a.csr", "issued"), "service.example (a/a.pem)");
  const { markdown = "" } = (await lint.hover("/w/client-ca.crl", 40)) ?? {};
  assert.match(markdown, /signed by: Example Client Root/);
});

test("a hover on base64 names the field under it", async () => {
  const { lint } = await service({ "/w/a.pem": fresh });
  const fields = new Map<string, string>();
  for (let at = 28; at < fresh.indexOf("-----END"); at += 3) {
    const found = await lint.hover("/w/a.pem", at);
    const path = /^byte \d+: (.*)$/m.exec(found?.markdown ?? "")?.[1];
    if (path !== undefined && found) fields.set(path, fresh.slice(found.span.start, found.span.end));
  }
  for (const it of [
    "serialNumber = 21",
    "issuer › CN=Example CA",
    "validity › notAfter = 2027\\-01\\-01 00:00:00 UTC",
    "extensions › extKeyUsage = serverAuth",
    "extensions › subjectAltName › DNS a.example",
    "signature",
  ])
    assert.ok(fields.has(it), `${it} in ${[...fields.keys()].join("; ")}`);
});
