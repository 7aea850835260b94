/** Cases of containers: PKCS#7 with a chain in it, PKCS#12 by how it is protected. */
import { MOST_ROUNDS } from "../../server/src/pki/index.ts";
import { basicConstraints, bytes, certificate, integer, oid, pem, sequence, text, time, tlv } from "./build.ts";
import type { Case } from "./cases.ts";
import { loader, root, serverLeaf } from "./cases-usage.ts";

const expired = time("2025-06-02T00:00:00Z");
const old = certificate({ ...serverLeaf, notAfter: expired });

/** Signed data that nobody signed, as chains are handed out. */
const pkcs7 = (...certificates: readonly Uint8Array[]): Uint8Array =>
  sequence(
    oid("1.2.840.113549.1.7.2"),
    tlv(0xa0, sequence(integer(1), tlv(0x31), sequence(oid("1.2.840.113549.1.7.1")), tlv(0xa0, ...certificates), tlv(0x31))),
  );

interface Protection {
  readonly algorithm: string;
  readonly iterations: number;
  readonly hash: string;
}
const SHA1 = "1.3.14.3.2.26";
const SHA256 = "2.16.840.1.101.3.4.2.1";
/** In CBC, with a vector that says nothing. */
const AES_256 = sequence(oid("2.16.840.1.101.3.4.1.42"), tlv(0x04, new Uint8Array(16)));
const PBES2 = "1.2.840.113549.1.5.13";
const number = (value: number): Uint8Array =>
  integer(
    Uint8Array.from(value.toString(16).padStart(8, "0").match(/../g) ?? [], (it) => Number.parseInt(it, 16)).subarray(
      value > 0xffffff ? 0 : value > 0xffff ? 1 : value > 0xff ? 2 : 3,
    ),
  );

function keyStore({ algorithm, iterations, hash }: Protection, checked = true): Uint8Array {
  const salt = tlv(0x04, 1, 2, 3, 4, 5, 6, 7, 8);
  const derived = sequence(salt, number(iterations));
  const parameters = algorithm === PBES2 ? sequence(sequence(oid("1.2.840.113549.1.5.12"), derived), AES_256) : derived;
  const encrypted = sequence(
    oid("1.2.840.113549.1.7.6"),
    tlv(0xa0, sequence(integer(0), sequence(oid("1.2.840.113549.1.7.1"), sequence(oid(algorithm), parameters), tlv(0x80, 1, 2, 3)))),
  );
  const safe = sequence(oid("1.2.840.113549.1.7.1"), tlv(0xa0, tlv(0x04, sequence(encrypted))));
  const mac = sequence(sequence(sequence(oid(hash), tlv(0x05)), tlv(0x04, bytes(1, 2, 3))), salt, number(iterations));
  return sequence(integer(3), safe, ...(checked ? [mac] : []));
}
const modern = { algorithm: PBES2, iterations: 2048, hash: SHA256 };
const first = bytes(0x30);

export const storeCases = {
  "chain-in-pkcs7": { about: "a chain as Windows hands it out", make: () => pkcs7(certificate(serverLeaf)) },
  "expired-in-pkcs7": {
    about: "an expired certificate in PKCS#7: the finding is on its bytes",
    make: () => pkcs7(old, certificate({ ...root, extensions: [basicConstraints(true)] })),
    path: "ca.p7b",
    expect: [{ rule: "expired-certificate", severity: "error", covers: expired }],
  },
  "authority-first-in-pkcs7": {
    about: "what PKCS#7 holds is a set: that the authority stands first is no fault",
    make: () => pkcs7(certificate({ ...root, extensions: [basicConstraints(true)] }), old),
    path: "ca.p7b",
    expect: [{ rule: "expired-certificate", severity: "error", covers: expired }],
  },
  "expired-in-pkcs7-as-text": {
    about: "the same as PEM",
    make: () => text(pem("PKCS7", pkcs7(old))),
    expect: [{ rule: "expired-certificate", severity: "error", covers: expired }],
  },
  "pkcs7-for-a-reader-of-certificates": {
    about: "the code reads it as if it were PEM certificates",
    make: () => text(pem("PKCS7", pkcs7(certificate(serverLeaf)))),
    usedAs: [{ ...loader("unknown"), call: "a::certs" }],
    expect: [
      {
        rule: "wrong-file-contents",
        severity: "error",
        covers: "-----BEGIN PKCS7-----",
        says: /`a::certs` does not read PKCS#7: it finds nothing in this file, without an error/,
      },
    ],
  },
  "key-store-of-today": { about: "PBES2 and SHA-256, at the least number of rounds", make: () => keyStore(modern) },
  "key-store-for-a-reader-of-text": {
    about: "where the code reads PEM certificates",
    make: () => keyStore(modern),
    usedAs: [{ ...loader("unknown"), call: "a::certs" }],
    expect: [
      {
        rule: "wrong-file-contents",
        severity: "error",
        covers: first,
        says: /`a::certs` does not read PKCS#12: it finds no certificate in this file/,
      },
    ],
  },
  "key-store-for-its-reader": {
    about: "where it is opened as what it is",
    make: () => keyStore(modern),
    usedAs: [{ ...loader("own-chain", "native-tls", "any"), call: "native_tls::Identity::from_pkcs12" }],
  },
  "key-store-of-2047-rounds": {
    about: "below the least number of rounds",
    make: () => keyStore({ ...modern, iterations: 2047 }),
    expect: [{ rule: "weak-key-store", severity: "warning", covers: first, says: /2047 rounds/ }],
  },
  "key-store-of-2048-rounds": { about: "the least number of rounds", make: () => keyStore({ ...modern, iterations: 2048 }) },
  "key-store-of-most-rounds": { about: "as many rounds as are run here", make: () => keyStore({ ...modern, iterations: MOST_ROUNDS }) },
  "key-store-of-2049-rounds": { about: "above the least number of rounds", make: () => keyStore({ ...modern, iterations: 2049 }) },
  "key-store-of-many-rounds": {
    about: "two thousand million rounds, which nobody runs",
    make: () => keyStore({ ...modern, iterations: 0x7fffffff }),
    expect: [
      { rule: "weak-key-store", severity: "warning", covers: number(0x7fffffff), says: /2147483647 rounds of key derivation \(byte \d+\)/ },
    ],
  },
  "key-store-of-the-nineties": {
    about: "RC2 with 40 bit, and SHA-1",
    make: () => keyStore({ algorithm: "1.2.840.113549.1.12.1.6", iterations: 2048, hash: SHA1 }),
    expect: [{ rule: "weak-key-store", severity: "warning", covers: first, says: /PKCS#12 file is weakly protected/ }],
  },
  "key-store-without-check": {
    about: "nothing shows a change",
    make: () => keyStore(modern, false),
    expect: [{ rule: "weak-key-store", severity: "warning", covers: first, says: /PKCS#12 file is weakly protected/ }],
  },
} satisfies Readonly<Record<string, Case>>;
