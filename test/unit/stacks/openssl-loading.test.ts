/** What OpenSSL can load at all, beside the installed one: parameters of algorithms of any type, and strings of names. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { readOpensslCertificate } from "../../../server/src/pki/stacks/openssl/certificate.ts";
import { readOpensslList } from "../../../server/src/pki/stacks/openssl/lists.ts";
import { opensslBehaviour } from "../../../server/src/pki/stacks/openssl/versions.ts";
import { bytes, certificate, fromHex, KEYS, noise, oid, revocationList, sequence, text, tlv, toHex } from "../../certificates/build.ts";
import { installedOpenssl } from "../../oracle/real.ts";

const version = installedOpenssl();
const behaviour = opensslBehaviour(version ?? "3.0.19");

function agrees(program: "x509" | "crl", der: Uint8Array): boolean {
  const { status } = spawnSync("openssl", [program, "-inform", "der", "-noout"], { input: der });
  const read =
    program === "x509"
      ? readOpensslCertificate(der, { role: "leaf" }, behaviour)
      : readOpensslList(der, { role: "list", number: 1 }, behaviour);
  const loads = !("offset" in read);
  assert.equal(loads, status === 0);
  return loads;
}

/** Each type with contents that it may have and that it may not; in pieces or in one; and of other classes. */
const VALUES =
  "0500 050100 2500 0101ff 01020000 0100 2101ff 0200 020101 2203020101 06012a 0600 260306012a 06028001 06032a8001 06022a80 0a0101 0a00 " +
  "2a03020101 1e0141 1e020041 1c0152 1c04526f6f74 3000 1000 3100 1100 0300 030100 03020041 0400 2400 24030401aa 0c01ff 170100 8000 a000 " +
  "0701aa 0d01aa";

test("parameters of signatures and keys", { skip: version === undefined }, () => {
  const outcomes = new Set<boolean>();
  for (const value of VALUES.split(" ").map(fromHex)) {
    const algorithm = sequence(oid("1.2.840.10045.4.3.2"), value);
    const key = sequence(sequence(oid("1.2.840.10045.2.1"), value), tlv(0x03, 0, KEYS.p256.subarray(-65)));
    outcomes.add(agrees("x509", certificate({ algorithm })));
    outcomes.add(agrees("x509", certificate({ key })));
    outcomes.add(agrees("crl", revocationList({ algorithm })));
  }
  assert.equal(outcomes.size, 2);
});

test("strings of names", { skip: version === undefined }, () => {
  for (const value of "1c04526f6f74 1c040000d800 1c040010ffff 1c0400110000 1e04d83dde00 1e020041 1e02ffff 1e02dfff 0c03eda080".split(" ")) {
    const subject = [["2.5.4.3", fromHex(value)]] as const;
    agrees("x509", certificate({ subject }));
    agrees("crl", revocationList({ issuer: subject }));
  }
});

/** `asn1_template_noexp_d2i` does not look at that bit of what holds several. */
test("MISSING: what holds the entries of a list may say that it holds nothing", { skip: version === undefined }, () => {
  const entry = sequence(tlv(0x02, 5), tlv(0x17, text("251101000000Z")));
  const list = revocationList({ entries: [entry] });
  const at = toHex(list).indexOf(toHex(sequence(entry))) / 2;
  assert.ok(at > 0 && list[at] === 0x30);
  const der = list.with(at, 0x10);
  assert.equal(spawnSync("openssl", ["crl", "-inform", "der", "-noout"], { input: der }).status, 0);
  assert.ok("offset" in readOpensslList(der, { role: "list", number: 1 }, behaviour));
});

test("RSA keys that are two numbers, and others", { skip: version === undefined }, () => {
  const [n, e] = [
    tlv(
      0x02,
      0,
      noise("n", 256).map((it, at) => (at === 0 ? it | 0x80 : it)),
    ),
    tlv(0x02, 1, 0, 1),
  ];
  const outcomes = [
    sequence(n, e),
    bytes(0x30, 0x82, 0x01, 0x0a, n, 2, 2, 1, 0, 1),
    sequence(n, e, tlv(0x05)),
    bytes(sequence(n, e), 5, 0),
    sequence(n),
    sequence(n, tlv(0x02)),
    sequence(n, tlv(0x04, 1, 0, 1)),
    sequence(n, tlv(0x02, 0, 1, 0, 1)),
    tlv(0x31, n, e),
  ].map((numbers) => {
    const der = certificate({ key: sequence(sequence(oid("1.2.840.113549.1.1.1"), tlv(0x05)), tlv(0x03, 0, numbers)) });
    const { stdout } = spawnSync("openssl", ["x509", "-inform", "der", "-noout", "-pubkey"], { input: der, encoding: "utf8" });
    const read = readOpensslCertificate(der, { role: "leaf" }, behaviour);
    const decodes = !("offset" in read) && read.keyDecodes;
    assert.equal(decodes, stdout.includes("BEGIN PUBLIC KEY"));
    return decodes;
  });
  assert.ok(outcomes.includes(true) && outcomes.includes(false));
});

test("1.1.1 takes characters that Unicode does not have", () => {
  const subject = [["2.5.4.3", fromHex("1c04526f6f74")]] as const;
  const read = readOpensslCertificate(certificate({ subject }), { role: "leaf" }, opensslBehaviour("1.1.1"));
  assert.ok(!("offset" in read));
});
