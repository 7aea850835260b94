/** Signatures of algorithms that WebCrypto does not have: our verdict beside that of the installed OpenSSL, on right and on changed signatures. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Certificate, checkIssued, readCertificateFile } from "../../../server/src/pki/index.ts";
import { verdict } from "../../../server/src/pki/stacks/index.ts";
import { oid, pem, sequence, time, tlv } from "../../certificates/build.ts";
import { openssl as run } from "../../harness/openssl.ts";
import { AUTHORITY, END_ENTITY, issue, KEYS } from "../../oracle/issue.ts";
import { installedOpenssl } from "../../oracle/real.ts";

let folder = "";
const openssl = (...args: readonly string[]): void => void run(folder, args);

before(() => {
  folder = mkdtempSync(join(tmpdir(), "tlslint-rare-"));
  openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "leaf.key");
  openssl("req", "-new", "-key", "leaf.key", "-subj", "/CN=leaf.example", "-out", "leaf.csr");
  writeFileSync(
    join(folder, "leaf.ext"),
    "basicConstraints=critical,CA:FALSE\nsubjectAltName=DNS:leaf.example\nsubjectKeyIdentifier=hash\n",
  );
});
after(() => rmSync(folder, { recursive: true, force: true }));

const dsa = (bits: number, order: number): readonly (readonly string[])[] => [
  [
    "genpkey",
    "-genparam",
    "-algorithm",
    "DSA",
    "-pkeyopt",
    `dsa_paramgen_bits:${bits}`,
    "-pkeyopt",
    `dsa_paramgen_q_bits:${order}`,
    "-out",
    "dsa.pem",
  ],
  ["genpkey", "-paramfile", "dsa.pem", "-out", "root.key"],
];
const rsa = [["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "root.key"]];
/** A size that is no whole number of bytes. */
const oddRsa = [["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2049", "-out", "root.key"]];
const curve = (name: string): readonly (readonly string[])[] => [["ecparam", "-name", name, "-genkey", "-noout", "-out", "root.key"]];
const pss = (mask: string, salt: number): readonly string[] =>
  ["rsa_padding_mode:pss", `rsa_mgf1_md:${mask}`, `rsa_pss_saltlen:${salt}`].flatMap((it) => ["-sigopt", it]);

function readCertificate(der: Uint8Array): Certificate {
  const parsed = readCertificateFile(der).sections[0]?.parsed;
  assert.ok(parsed?.kind === "certificate");
  return parsed;
}

interface Rare {
  readonly key: readonly (readonly string[])[];
  readonly hash: string;
  readonly more?: readonly string[];
}
const RARE: Readonly<Record<string, Rare>> = {
  "DSA 2048/256 with SHA-256": { key: dsa(2048, 256), hash: "sha256" },
  "DSA 2048/224 with SHA-224": { key: dsa(2048, 224), hash: "sha224" },
  "DSA 2048/224 with SHA-256, cut to the order": { key: dsa(2048, 224), hash: "sha256" },
  "DSA 1024/160 with SHA-1": { key: dsa(1024, 160), hash: "sha1" },
  "RSA with MD5": { key: rsa, hash: "md5" },
  "RSA with SHA-224": { key: rsa, hash: "sha224" },
  "RSA-PSS with SHA-256 and a mask by SHA-1": { key: rsa, hash: "sha256", more: pss("sha1", 32) },
  "RSA-PSS with SHA-512 and a mask by SHA-256": { key: rsa, hash: "sha512", more: pss("sha256", 20) },
  "RSA-PSS with SHA-224, without salt": { key: oddRsa, hash: "sha224", more: pss("sha224", 0) },
  "RSA-PSS with two hashes, 2049 bit": { key: oddRsa, hash: "sha384", more: pss("sha1", 48) },
  "RSA with SHA3-224": { key: rsa, hash: "sha3-224" },
  "RSA with SHA3-256": { key: rsa, hash: "sha3-256" },
  "RSA with SHA3-384": { key: rsa, hash: "sha3-384" },
  "RSA with SHA3-512": { key: rsa, hash: "sha3-512" },
  "RSA with RIPEMD-160, which level 2 refuses": { key: rsa, hash: "rmd160" },
  "RSA-PSS with SHA-512/256": { key: rsa, hash: "sha512-256", more: pss("sha512-256", 20) },
  "RSA-PSS with SHA-512/224": { key: rsa, hash: "sha512-224", more: pss("sha512-224", 28) },
  secp256k1: { key: curve("secp256k1"), hash: "sha256" },
  "P-224": { key: curve("secp224r1"), hash: "sha224" },
  "P-224, with a longer hash": { key: curve("secp224r1"), hash: "sha384" },
  "P-192, which level 2 refuses": { key: curve("prime192v1"), hash: "sha256" },
  brainpoolP256r1: { key: curve("brainpoolP256r1"), hash: "sha256" },
  brainpoolP384r1: { key: curve("brainpoolP384r1"), hash: "sha384" },
  "brainpoolP512r1, with a shorter hash": { key: curve("brainpoolP512r1"), hash: "sha256" },
};

function real(leaf: Uint8Array, level: 1 | 2): boolean {
  writeFileSync(join(folder, "asked.pem"), pem("CERTIFICATE", leaf));
  const asked = [
    "verify",
    "-CAfile",
    "root.pem",
    "-purpose",
    "sslserver",
    "-auth_level",
    String(level),
    "-attime",
    "1800000000",
    "asked.pem",
  ];
  const { status, stdout, stderr } = spawnSync("openssl", asked, { cwd: folder, encoding: "utf8" });
  assert.match(stdout + stderr, /OK|error/);
  return status === 0;
}

for (const [name, { key, hash, more = [] }] of Object.entries(RARE)) {
  test(name, async () => {
    for (const command of key) openssl(...command);
    const issued = ["-days", "3650", `-${hash}`, "-not_before", "20260101000000Z"].slice(0, 3);
    openssl("req", "-new", "-x509", "-key", "root.key", "-subj", "/CN=root", "-out", "root.pem", ...issued, ...more);
    const given = ["-req", "-in", "leaf.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-extfile", "leaf.ext"];
    openssl("x509", ...given, "-out", "leaf.pem", ...issued, ...more);
    const root = new Uint8Array(new X509Certificate(readFileSync(join(folder, "root.pem"))).raw);
    const leaf = new Uint8Array(new X509Certificate(readFileSync(join(folder, "leaf.pem"))).raw);
    const now = 1_800_000_000_000;
    let accepted = 0;
    for (const changed of [undefined, leaf.length - 3, leaf.length - 30, 40]) {
      const asked = Uint8Array.from(leaf);
      if (changed !== undefined) asked[changed] = (asked[changed] ?? 0) ^ 1;
      for (const securityLevel of [1, 2] as const) {
        const question = { leaf: asked, intermediates: [], roots: [root], as: "server", now } as const;
        const answer = await verdict(question, { name: "openssl", version: "3", securityLevel });
        assert.ok(answer !== undefined && answer.verdict !== "cannot tell", "it can tell");
        const took = answer.verdict === "accepted";
        assert.equal(took, real(asked, securityLevel), `${changed} at level ${securityLevel}: ${JSON.stringify(answer)}`);
        if (took) accepted++;
        assert.ok(changed === undefined || !took);
      }
    }
    // Whatever a level says of its hash.
    const holder = readCertificate(root);
    const changed = Uint8Array.from(leaf, (byte, at) => (at === leaf.length - 3 ? byte ^ 1 : byte));
    assert.equal(await checkIssued(leaf, root, holder.key), "valid");
    assert.equal(await checkIssued(changed, root, holder.key), "invalid");
    // What level 1 refuses for its hash is no proof of the arithmetic: MD5 and SHA-1.
    assert.ok(accepted > 0 || hash === "md5" || hash === "sha1");
  });
}

/** SHA-3 within RSA-PSS, which the program of OpenSSL 3.0 verifies and cannot write. */
const HASHES = { "sha3-224": [7, 28], "sha3-256": [8, 32], "sha3-384": [9, 48], "sha3-512": [10, 64] } as const;
for (const [hash, [number, salt]] of Object.entries(HASHES)) {
  test(`RSA-PSS with ${hash}`, async () => {
    const inner = sequence(oid(`2.16.840.1.101.3.4.2.${number}`), tlv(0x05));
    const masks = sequence(oid("1.2.840.113549.1.1.8"), inner);
    const parameters = sequence(tlv(0xa0, inner), tlv(0xa1, masks), tlv(0xa2, tlv(0x02, salt)));
    const algorithm = { identifier: sequence(oid("1.2.840.113549.1.1.10"), parameters), hash, salt };
    const [issuer, notAfter] = [KEYS.rsa2048, time("2030-01-01T00:00:00Z")];
    const root = issue({ spec: { subject: "root", issuer: "root", notAfter, extensions: AUTHORITY }, key: issuer, issuer });
    const leaf = issue({ spec: { subject: "leaf", issuer: "root", notAfter, extensions: END_ENTITY }, key: KEYS.leaf, issuer, algorithm });
    writeFileSync(join(folder, "root.pem"), pem("CERTIFICATE", root));
    for (const asked of [leaf, Uint8Array.from(leaf, (byte, at) => (at === leaf.length - 3 ? byte ^ 1 : byte))]) {
      const answer = await verdict(
        { leaf: asked, intermediates: [], roots: [root], as: "server", now: 1_800_000_000_000 },
        { name: "openssl", version: "3" },
      );
      assert.equal(answer?.verdict, asked === leaf ? "accepted" : "refused");
      assert.equal(real(asked, 2), asked === leaf);
    }
  });
}

test("ECDSA with SHA-3, which OpenSSL has since 3.2", async () => {
  const installed = installedOpenssl();
  assert.ok(installed !== undefined);
  const [issuer, notAfter] = [KEYS.root, time("2030-01-01T00:00:00Z")];
  const root = issue({ spec: { subject: "root", issuer: "root", notAfter, extensions: AUTHORITY }, key: issuer, issuer });
  const algorithm = { identifier: sequence(oid("2.16.840.1.101.3.4.3.10")), hash: "sha3-256" };
  const leaf = issue({ spec: { subject: "leaf", issuer: "root", notAfter, extensions: END_ENTITY }, key: KEYS.leaf, issuer, algorithm });
  writeFileSync(join(folder, "root.pem"), pem("CERTIFICATE", root));
  const ask = (asked: Uint8Array, version: string) =>
    verdict({ leaf: asked, intermediates: [], roots: [root], as: "server", now: 1_800_000_000_000 }, { name: "openssl", version });
  const changed = Uint8Array.from(leaf, (byte, at) => (at === leaf.length - 3 ? byte ^ 1 : byte));
  for (const asked of [leaf, changed]) assert.equal((await ask(asked, installed))?.verdict === "accepted", real(asked, 2));
  // Read off the sources of 3.1.4 and 3.2.1, which are not installed.
  assert.equal((await ask(leaf, "3.1.4"))?.verdict, "refused");
  assert.equal((await ask(leaf, "3.2.1"))?.verdict, "accepted");
  assert.equal((await ask(changed, "3.2.1"))?.verdict, "refused");
});

test("a key of another length than its kind has is none to OpenSSL", async () => {
  const body = KEYS.ed25519.spki.subarray(-35);
  const now = Date.parse("2026-03-01T00:00:00Z");
  const root = issue({ spec: { issuer: "Root", subject: "Root", extensions: AUTHORITY }, key: KEYS.root, issuer: KEYS.root });
  const kinds: string[] = [];
  for (const type of ["1.3.101.112", "1.3.101.113"]) {
    const key = { ...KEYS.ed25519, spki: sequence(sequence(oid(type)), body) };
    const leaf = issue({ spec: { issuer: "Root", subject: "leaf", extensions: END_ENTITY }, key, issuer: KEYS.root });
    const stack = { name: "openssl", version: "3.0", securityLevel: 2 } as const;
    const found = await verdict({ leaf, intermediates: [], roots: [root], as: "client", now }, stack);
    kinds.push(found?.verdict === "refused" ? found.kind : String(found?.verdict));
  }
  assert.deepEqual(kinds, ["accepted", "EE certificate key too weak"]);
});
