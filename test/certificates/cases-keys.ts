/** Cases of private keys: whose they are, who can read them, and where they lie. */
import type { Loader } from "../../server/src/tls/facts.ts";
import { alternativeNames, dns, pem, privateKey, purposes, SERVER, text } from "./build.ts";
import type { Case } from "./cases.ts";
import { once } from "./cases-chain.ts";
import { rsaNumbers, rsaPrivateKey } from "./cases-inconsistent.ts";
import { encryptedKey } from "./cases-usage.ts";
import { endEntity, issue } from "./examples.ts";

const NOW = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const KEY_LINE = "-----BEGIN PRIVATE KEY-----";
const hosts = [purposes(SERVER), alternativeNames(dns("service.example"))];

const identities = once(async () => {
  const root = await issue("Key Root", undefined, [NOW - DAY, NOW + 900 * DAY], []);
  return { one: await endEntity("one.example", root, NOW, hosts), two: await endEntity("two.example", root, NOW, hosts) };
});
type Identities = Awaited<ReturnType<typeof identities>>;
const of = (make: (all: Identities) => string) => async () => text(make(await identities()));
const open = (): Uint8Array => text(pem("PRIVATE KEY", privateKey()));
const encrypted = (): Uint8Array => text(pem("ENCRYPTED PRIVATE KEY", encryptedKey));

const RSA_LINE = "-----BEGIN RSA PRIVATE KEY-----";
const reader = (call: string): Loader => ({ call, reads: "private-key", stack: "unknown", role: "own-key" });

export const keyCases = {
  "foreign-key": {
    about: "the key of another certificate in the same file",
    make: of(({ one, two }) => one.pem + two.key),
    path: "/w/server.pem",
    expect: [
      { rule: "key-mismatch", severity: "error", covers: KEY_LINE, says: /private key does not match `one\.example` of the same file/ },
    ],
  },
  "own-key": { about: "certificate and key that belong together", make: of(({ one }) => one.pem + one.key), path: "/w/server.pem" },
  "foreign-key-of-the-same-name": {
    about: "`server.key` beside `server-cert.pem`, whose it is not; the right one is found",
    make: of(({ two }) => two.key),
    path: "/w/server.key",
    beside: async () => {
      const { one, two } = await identities();
      return { "/w/server-cert.pem": one.pem, "/w/other.pem": two.pem };
    },
    expect: [{ rule: "key-mismatch", severity: "warning", covers: KEY_LINE, says: /`one.example` in `server-cert.pem`/ }],
  },
  "foreign-key-that-code-loads": {
    about: "the same names, where the code loads the key with another certificate",
    make: of(({ two }) => two.key),
    path: "/w/server.key",
    usedAs: [reader("load")],
    beside: async () => {
      const { one, two } = await identities();
      return { "/w/server-cert.pem": one.pem, "/w/other.pem": two.pem };
    },
  },
  "foreign-key-whose-partner-has-its-own": {
    about: "the same names, where the certificate's own key has another one",
    make: of(({ two }) => two.key),
    path: "/w/server.key",
    beside: async () => {
      const { one, two } = await identities();
      return { "/w/server-cert.pem": one.pem, "/w/other.key": one.key, "/w/other.pem": two.pem };
    },
  },
  "own-key-of-the-same-name": {
    about: "`server.key` beside `server.pem`, whose it is",
    make: of(({ one }) => one.key),
    path: "/w/server.key",
    beside: async () => ({ "/w/server.pem": (await identities()).one.pem }),
  },
  "key-among-others": {
    about: "another name, another pair",
    make: of(({ two }) => two.key),
    path: "/w/client.key",
    beside: async () => ({ "/w/server.pem": (await identities()).one.pem }),
  },
  "key-without-a-name": {
    about: "`key.pem` and `cert.pem` say nothing of each other",
    make: of(({ two }) => two.key),
    path: "/w/key.pem",
    beside: async () => ({ "/w/cert.pem": (await identities()).one.pem }),
  },
  "pkcs1-key-for-pkcs8": {
    about: "a PKCS#1 key, where the code reads PKCS#8",
    make: async () => text(pem("RSA PRIVATE KEY", rsaPrivateKey(await rsaNumbers()))),
    usedAs: [reader("a::pkcs8_private_keys")],
    expect: [
      {
        rule: "wrong-file-contents",
        severity: "error",
        covers: RSA_LINE,
        says: /key is PKCS#1, but `a::pkcs8_private_keys` reads only PKCS#8: the list stays empty/,
      },
    ],
  },
  "pkcs1-key-for-both": {
    about: "the code reads one format after the other",
    make: async () => text(pem("RSA PRIVATE KEY", rsaPrivateKey(await rsaNumbers()))),
    usedAs: [reader("a::pkcs8_private_keys"), reader("a::rsa_private_keys")],
  },
  "pkcs1-key-for-any": {
    about: "the code takes whatever there is",
    make: async () => text(pem("RSA PRIVATE KEY", rsaPrivateKey(await rsaNumbers()))),
    usedAs: [reader("a::private_key")],
  },
  "pkcs8-key-for-pkcs8": { about: "a PKCS#8 key, where the code reads PKCS#8", make: open, usedAs: [reader("a::pkcs8_private_keys")] },
  "certificate-for-key": {
    about: "the code reads a certificate's file for a key",
    make: of(({ one }) => one.pem),
    usedAs: [reader("a::private_key")],
    expect: [
      {
        rule: "wrong-file-contents",
        severity: "error",
        covers: "-----BEGIN CERTIFICATE-----",
        says: /`a::private_key` finds no private key in this file: the list stays empty, without an error/,
      },
    ],
  },
  "binary-for-a-reader-of-text": {
    about: "a DER file, where the code reads PEM",
    make: async () => (await identities()).one.der,
    usedAs: [{ ...reader("a::certs"), reads: "certificates", role: "unknown" }],
    expect: [{ rule: "wrong-file-contents", severity: "error", covers: Uint8Array.of(0x30), says: /is DER/ }],
  },
  "text-for-a-reader-of-binary": {
    about: "a PEM file, where the code takes the bytes for DER",
    make: of(({ one }) => one.pem),
    usedAs: [{ ...reader("rustls_pki_types::CertificateDer::from"), reads: "first-certificate", role: "unknown" }],
    expect: [
      {
        rule: "wrong-file-contents",
        severity: "error",
        covers: "-----BEGIN CERTIFICATE-----",
        says: /`rustls_pki_types::CertificateDer::from` reads DER, but this file is PEM: the result is not a certificate/,
      },
    ],
  },
  "text-key-for-a-reader-of-binary": {
    about: "the same of a key",
    make: open,
    usedAs: [reader("openssl::pkey::PKey::private_key_from_der")],
    expect: [
      {
        rule: "wrong-file-contents",
        severity: "error",
        covers: KEY_LINE,
        says: /`openssl::pkey::PKey::private_key_from_der` reads DER, but this file is PEM: the result is not a private key/,
      },
    ],
  },
  "text-for-readers-of-both": {
    about: "one reader takes what the other does not",
    make: of(({ one }) => one.pem),
    usedAs: [
      { ...reader("openssl::x509::X509::from_der"), reads: "first-certificate", role: "unknown" },
      { ...reader("openssl::x509::X509::from_pem"), reads: "first-certificate", role: "unknown" },
    ],
  },
  "binary-for-a-reader-of-binary": {
    about: "what it reads",
    make: async () => (await identities()).one.der,
    usedAs: [{ ...reader("openssl::x509::X509::from_der"), reads: "first-certificate", role: "unknown" }],
  },
  "key-in-git": {
    about: "an open key that git has",
    make: open,
    keeping: { committed: true, mode: 0o644 },
    expect: [{ rule: "committed-private-key", severity: "error", covers: KEY_LINE }],
  },
  "key-in-git-that-nothing-names": {
    about: "an open key that git has, beside code that does not name it",
    make: open,
    keeping: { committed: true, mode: 0o644, named: false },
    expect: [{ rule: "committed-private-key", severity: "hint", covers: KEY_LINE }],
  },
  "encrypted-key-in-git": { about: "an encrypted key that git has", make: encrypted, keeping: { committed: true, mode: 0o644 } },
  "key-for-everybody": {
    about: "mode 644",
    make: open,
    keeping: { mode: 0o644 },
    expect: [{ rule: "readable-private-key", severity: "info", covers: KEY_LINE, says: /every user .*mode 644/ }],
  },
  "key-for-the-group": {
    about: "mode 640",
    make: open,
    keeping: { mode: 0o640 },
    expect: [{ rule: "readable-private-key", severity: "info", covers: KEY_LINE, says: /the group .*mode 640/ }],
  },
  "key-for-its-owner": { about: "mode 600", make: open, keeping: { mode: 0o600 } },
  "key-that-the-owner-may-run": { about: "mode 700: odd, but nobody else's", make: open, keeping: { mode: 0o700 } },
  "encrypted-key-for-everybody": { about: "encrypted: mode 644 gives nothing away", make: encrypted, keeping: { mode: 0o644 } },
} satisfies Readonly<Record<string, Case>>;
