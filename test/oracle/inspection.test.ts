/** What `inspect --format json` says of hundreds of certificates, lists and requests is what OpenSSL's programs print of them. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readCertificateFile, type SectionValue, sectionValue } from "../../server/src/pki/index.ts";
import type { ExtensionValue } from "../../server/src/pki/values/extension-values.ts";
import { pem } from "../certificates/build.ts";
import { openssl } from "../harness/openssl.ts";
import type { Bytes } from "./chain.ts";
import { inspectedCertificates, inspectedLists, inspectedRequests } from "./inspected-objects.ts";
import { shownBy } from "./openssl-text.ts";
import { extensionWords } from "./openssl-words.ts";

const folder = mkdtempSync(join(tmpdir(), "tlslint-inspection-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** RFC 4514, with characters as they are. */
const NAMES = ["-nameopt", "esc_2253,esc_ctrl,utf8,sep_comma_plus,dn_rev,sname"];

/** Undefined: OpenSSL cannot read it. */
function shown(kind: "x509" | "crl" | "req", der: Bytes) {
  writeFileSync(join(folder, "object.der"), der);
  const more = kind === "req" ? [] : ["-fingerprint", "-sha1", ...(kind === "x509" ? ["-serial"] : [])];
  try {
    return shownBy(openssl(folder, [kind, "-inform", "DER", "-in", "object.der", "-noout", "-text", ...NAMES, ...more]).toString());
  } catch {
    return undefined;
  }
}

/** As JSON has them. */
async function valuesOf(label: string, der: Bytes): Promise<SectionValue> {
  const [section] = readCertificateFile(new TextEncoder().encode(pem(label, der))).sections;
  assert.ok(section !== undefined);
  const value: SectionValue = JSON.parse(JSON.stringify(await sectionValue(section)));
  return value;
}

const sha256 = (der: Bytes): string => createHash("sha256").update(der).digest("hex");

/** OpenSSL writes directory names in general names in a way that differs by release: letters and digits are compared. */
const plain = (line: string): string =>
  line
    .replace(/DirName:\/?/g, "DirName:")
    .replace(/\s*=\s*/g, "=")
    .replace(/(?<=\b[0-9A-F]{2}:)\s+(?=[0-9A-F]{2}\b)/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** What both say of the extensions that OpenSSL decodes; the others are compared by what they are called. */
function sameExtensions(ours: readonly ExtensionValue[], theirs: readonly string[], what: string): void {
  assert.equal(ours.length, theirs.length, what);
  ours.forEach((extension, at) => {
    const words = extensionWords(extension);
    const line = theirs[at] ?? "";
    assert.ok(extension.hex !== undefined, `${what} ${line}: nothing is kept back`);
    if (words !== undefined) assert.equal(plain(words), plain(line), what);
    else assert.equal(extension.critical, line.includes("(critical)"), `${what} ${line}`);
  });
}

test("certificates", async (t) => {
  const all = inspectedCertificates();
  let compared = 0;
  for (const der of all) {
    const theirs = shown("x509", der);
    const value = await valuesOf("CERTIFICATE", der);
    if (theirs === undefined || !("certificate" in value)) continue;
    const { certificate } = value;
    const { fields } = theirs;
    const what = Buffer.from(der).toString("base64");
    assert.deepEqual(
      {
        version: String(certificate.version),
        serial: certificate.serial.toUpperCase(),
        issuer: certificate.issuer.text,
        subject: certificate.subject.text,
        notBefore: certificate.notBefore,
        notAfter: certificate.notAfter,
        signature: certificate.signature,
        sha1: certificate.fingerprints.sha1,
        sha256: certificate.fingerprints.sha256,
      },
      {
        version: fields["version"],
        serial: fields["serial"],
        issuer: fields["issuer"],
        subject: fields["subject"],
        notBefore: fields["notBefore"],
        notAfter: fields["notAfter"],
        signature: fields["signature"],
        sha1: fields["sha1"]?.replaceAll(":", "").toLowerCase(),
        sha256: sha256(der),
      },
      what,
    );
    const { key } = certificate;
    if (fields["modulus"] !== undefined) {
      assert.equal(key.modulus, fields["modulus"], what);
      assert.equal(String(key.exponent), fields["exponent"], what);
    } else if (key.type === "EC" || key.type.startsWith("Ed")) assert.equal(key.publicKey, fields["point"], what);
    if (fields["bits"] !== undefined) assert.equal(String(key.bits), fields["bits"], what);
    const salt = certificate.signatureAlgorithm.pss?.saltLength.toString(16).toUpperCase().padStart(2, "0");
    assert.equal(salt, certificate.signatureAlgorithm.pss === undefined ? undefined : fields["salt"], what);
    sameExtensions(certificate.extensions, theirs.extensions, what);
    compared++;
  }
  t.diagnostic(`${compared} of ${all.length} certificates`);
  assert.ok(compared >= 200 && compared >= all.length * 0.95, `${compared} of ${all.length}`);
});

test("revocation lists, entry by entry", async (t) => {
  const all = inspectedLists();
  let compared = 0;
  for (const der of all) {
    const theirs = shown("crl", der);
    const value = await valuesOf("X509 CRL", der);
    if (theirs === undefined || !("revocationList" in value)) continue;
    const { revocationList: list } = value;
    const { fields } = theirs;
    const what = Buffer.from(der).toString("base64");
    assert.deepEqual(
      [String(list.version), list.issuer.text, list.thisUpdate, list.nextUpdate ?? "NONE", list.signature],
      [fields["version"], fields["issuer"], fields["thisUpdate"], fields["nextUpdate"], fields["signature"]],
      what,
    );
    assert.equal(list.fingerprints.sha1, fields["sha1"]?.replaceAll(":", "").toLowerCase());
    sameExtensions(list.extensions, theirs.extensions, what);
    const entries = list.entries.map(({ serial, date, extensions = [] }) =>
      [serial, date, ...extensions.map((it) => extensionWords(it) ?? "")].map(plain).join("; "),
    );
    assert.deepEqual(entries, theirs.entries.map(plain), what);
    compared++;
  }
  t.diagnostic(`${compared} of ${all.length} lists`);
  assert.ok(compared >= 30 && compared >= all.length * 0.8, `${compared} of ${all.length}`);
});

test("requests", async () => {
  const all = inspectedRequests();
  assert.ok(all.length >= 20);
  for (const der of all) {
    const theirs = shown("req", der);
    const value = await valuesOf("CERTIFICATE REQUEST", der);
    assert.ok(theirs !== undefined && "request" in value);
    const { request } = value;
    assert.equal(String(request.version), theirs.fields["version"]);
    assert.equal(request.subject.text, theirs.fields["subject"]);
    assert.equal(request.signature, theirs.fields["signature"]);
    sameExtensions(request.extensions, theirs.extensions, Buffer.from(der).toString("base64"));
  }
});
