/** Private keys of every kind, made anew each time, with the bytes of each that no output may hold. */
import { execFileSync } from "node:child_process";
import { type KeyObject, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { integer, oid, sequence, tlv } from "../certificates/build.ts";
import { dsaPair, ecPair, ed25519Pair, rsaPair, x25519Pair } from "../harness/key-pairs.ts";

export interface SecretKey {
  readonly kind: string;
  /** As it stands in a DER file, or between the boundaries. */
  readonly der: Uint8Array;
  readonly label: string;
  /** Lines of RFC 1421, without which its bytes are noise. */
  readonly headers?: string;
  readonly secrets: readonly Uint8Array[];
}

const member = (key: KeyObject, name: "d" | "p" | "q" | "dp" | "dq" | "qi"): Uint8Array =>
  Uint8Array.from(Buffer.from(key.export({ format: "jwk" })[name] ?? "", "base64url"));

const rsa = rsaPair(2048).privateKey;
const ec = ecPair("P-256").privateKey;
const wide = ecPair("P-521").privateKey;
const ed = ed25519Pair().privateKey;
const x = x25519Pair().privateKey;
const dsa = dsaPair(1024, 160).privateKey;

const rsaSecrets = (["d", "p", "q", "dp", "dq", "qi"] as const).map((name) => member(rsa, name));
const PASSWORD = { cipher: "aes-256-cbc", passphrase: "correct horse" } as const;

const der = (key: KeyObject, type: "pkcs1" | "pkcs8" | "sec1", encrypted = false): Uint8Array =>
  Uint8Array.from(key.export({ type, format: "der", ...(encrypted && PASSWORD) }));

/** All but the headers, whose first bytes say no more than what it is. */
const tail = (whole: Uint8Array, from: number): Uint8Array => whole.subarray(from);

function traditional(): SecretKey {
  const lines = String(rsa.export({ type: "pkcs1", format: "pem", ...PASSWORD }))
    .trim()
    .split("\n");
  const end = lines.indexOf("");
  const body = Uint8Array.from(Buffer.from(lines.slice(end + 1, -1).join(""), "base64"));
  return { kind: "traditional encrypted", label: "RSA PRIVATE KEY", headers: lines.slice(1, end).join("\n"), der: body, secrets: [body] };
}

/** By the programs that make them; where they are not installed, the kind is not tried. */
function byProgram(kind: string, label: string, make: (folder: string) => Uint8Array, from: number): readonly SecretKey[] {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-keys-"));
  try {
    const made = make(folder);
    return [{ kind, label, der: made, secrets: [tail(made, from)] }];
  } catch {
    return [];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const openSsh = (passphrase: string) => (folder: string) => {
  const file = join(folder, "key");
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", passphrase, "-C", "", "-f", file], { stdio: "pipe" });
  return bodyOf(readFileSync(file, "utf8"));
};

const bodyOf = (pem: string): Uint8Array => Uint8Array.from(Buffer.from(pem.replace(/-----[^-]*-----/g, ""), "base64"));

function keyStore(folder: string): Uint8Array {
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]): void => void execFileSync("openssl", args, { stdio: "pipe" });
  openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", at("k"), "-out", at("c"), "-subj", "/CN=a", "-days", "30");
  openssl("pkcs12", "-export", "-in", at("c"), "-inkey", at("k"), "-out", at("p"), "-passout", "pass:");
  return Uint8Array.from(readFileSync(at("p")));
}

/** The seed of FIPS 204 alone, as RFC 9881 has it; nothing here computes with it. */
function mlDsa(): SecretKey {
  const seed = Uint8Array.from(randomBytes(32));
  return {
    kind: "ML-DSA-65",
    label: "PRIVATE KEY",
    der: sequence(integer(0), sequence(oid("2.16.840.1.101.3.4.3.18")), tlv(0x04, tlv(0x80, seed))),
    secrets: [seed],
  };
}

function dsaKey(): SecretKey {
  const pem = String(dsa.export({ type: "pkcs8", format: "pem" }));
  const whole = bodyOf(pem);
  return { kind: "DSA", label: "PRIVATE KEY", der: whole, secrets: [tail(whole, whole.length - 18)] };
}

const sec1 = (key: KeyObject, kind: string): SecretKey => ({
  kind,
  label: "EC PRIVATE KEY",
  der: der(key, "sec1"),
  secrets: [member(key, "d")],
});

const encrypted = der(ec, "pkcs8", true);

export const secretKeys: readonly SecretKey[] = [
  { kind: "PKCS#1", label: "RSA PRIVATE KEY", der: der(rsa, "pkcs1"), secrets: rsaSecrets },
  { kind: "PKCS#8 RSA", label: "PRIVATE KEY", der: der(rsa, "pkcs8"), secrets: rsaSecrets },
  { kind: "PKCS#8 EC", label: "PRIVATE KEY", der: der(ec, "pkcs8"), secrets: [member(ec, "d")] },
  { kind: "PKCS#8 Ed25519", label: "PRIVATE KEY", der: der(ed, "pkcs8"), secrets: [member(ed, "d")] },
  { kind: "PKCS#8 X25519", label: "PRIVATE KEY", der: der(x, "pkcs8"), secrets: [member(x, "d")] },
  sec1(ec, "SEC 1"),
  sec1(wide, "SEC 1 P-521"),
  { kind: "encrypted PKCS#8", label: "ENCRYPTED PRIVATE KEY", der: encrypted, secrets: [tail(encrypted, encrypted.length - 120)] },
  dsaKey(),
  mlDsa(),
  traditional(),
  ...byProgram("OpenSSH", "OPENSSH PRIVATE KEY", openSsh(""), 130),
  ...byProgram("encrypted OpenSSH", "OPENSSH PRIVATE KEY", openSsh("correct horse"), 200),
  ...byProgram("PKCS#12", "PKCS12", keyStore, 100),
];

/** Made as others were: what they share is no secret. */
export const likeOthers: readonly Uint8Array[] = [
  ...byProgram("PKCS#12", "PKCS12", keyStore, 0),
  ...byProgram("OpenSSH", "OPENSSH PRIVATE KEY", openSsh(""), 0),
  ...byProgram("encrypted OpenSSH", "OPENSSH PRIVATE KEY", openSsh("correct horse"), 0),
]
  .map((it) => it.der)
  // How it is encrypted.
  .concat(encrypted.subarray(0, encrypted.length - 120));

/** As text, for it is nothing else. */
export const webKeys: readonly { readonly kind: string; readonly json: string; readonly secrets: readonly Uint8Array[] }[] = [
  { kind: "JWK RSA", json: JSON.stringify(rsa.export({ format: "jwk" })), secrets: rsaSecrets },
  { kind: "JWK EC", json: JSON.stringify(ec.export({ format: "jwk" })), secrets: [member(ec, "d")] },
  { kind: "JWK Ed25519", json: JSON.stringify(ed.export({ format: "jwk" }), null, 2), secrets: [member(ed, "d")] },
];
