/** Cases of certificates, lists and keys that are not as DER or RFC 5280 wants them. */
import {
  ALGORITHMS,
  alternativeNames,
  basicConstraints,
  bytes,
  type CertificateSpec,
  certificate,
  dns,
  extension,
  fromHex,
  ip,
  KEYS,
  noise,
  pem,
  privateKey,
  purposes,
  requestBody,
  revocationList,
  SERVER,
  sequence,
  signed,
  text,
  time,
  tlv,
} from "./build.ts";
import type { Case, Expectation } from "./cases.ts";

const CERTIFICATE_LINE = "-----BEGIN CERTIFICATE-----";
const extensions = [basicConstraints(false), purposes(SERVER), alternativeNames(dns("service.example"))];
const leaf: CertificateSpec = { extensions };
const good = certificate(leaf);

const wrap = (der: Uint8Array, label = "CERTIFICATE"): Uint8Array => text(pem(label, der));
const of = (spec: CertificateSpec): Uint8Array => wrap(certificate(spec));
const refused = (covers: string | Uint8Array, says: RegExp, severity: Expectation["severity"] = "error"): readonly Expectation[] => [
  { rule: "malformed-certificate", severity, covers, says },
];

/** A certificate whose first length is written with a byte too many. */
const longLength = bytes(0x30, 0x83, 0x00, good.subarray(2));
const indefinite = bytes(0x30, 0x80, good.subarray(4), 0, 0);
const twice = extension("2.5.29.19", sequence(), false);
const badTime = tlv(0x17, text("2601010000Z"));
const month13 = tlv(0x17, text("261301000000Z"));
const negative = bytes(0xff, 0x22);
const shortAddress = ip(10, 0, 0);
const junk = bytes(0xde, 0xad);
const request = signed(requestBody("service.example", KEYS.p256, []), ALGORITHMS.ecdsaSha256);

/** A certificate of exactly that many bytes, through an extension nobody knows. */
function ofLength(length: number): Uint8Array {
  let filler = length - 600;
  for (;;) {
    const der = certificate({ extensions: [...extensions, extension("1.2.3.4", tlv(0x04, noise("filler", filler)))] });
    if (der.length === length) return der;
    filler += length - der.length;
  }
}

export const malformedCases = {
  "der-trailing-bytes": {
    about: "bytes behind the certificate",
    make: () => wrap(bytes(good, junk)),
    expect: refused(junk, /2 trailing bytes after the certificate: rustls rejects it \(`TrailingData`\)/),
  },
  "der-truncated": {
    about: "the last bytes are missing",
    make: () => wrap(good.subarray(0, -10)),
    expect: refused(good.subarray(0, 1), /cut off/),
  },
  "der-long-length": {
    about: "BER: a length with a zero in front",
    make: () => wrap(longLength),
    expect: refused(bytes(0x83), /not minimal/),
  },
  "der-indefinite": { about: "BER: an indefinite length", make: () => wrap(indefinite), expect: refused(bytes(0x80), /indefinite/) },
  "der-binary-trailing": {
    about: "the same in a binary file",
    make: () => bytes(good, junk),
    expect: refused(junk, /2 trailing bytes after the certificate: rustls rejects it \(`TrailingData`\)/),
  },
  "version-1-leaf": { about: "version 1", make: () => of({ version: 1 }), expect: refused(bytes(0x02), /version 1/) },
  "version-1-root": {
    about: "old roots have it, and are anchors all the same",
    make: () => of({ version: 1, subject: "Example CA" }),
    expect: refused(bytes(0x02), /certificate has X\.509 version 1: rustls accepts it only as a trust anchor/, "info"),
  },
  "version-4": { about: "no such version", make: () => of({ ...leaf, version: 4 }), expect: refused(fromHex("a003020103"), /version 4/) },
  "algorithms-differ": {
    about: "inner and outer algorithm",
    make: () => of({ ...leaf, algorithm: ALGORITHMS.ecdsaSha256, outerAlgorithm: ALGORITHMS.ecdsaSha384 }),
    expect: refused(ALGORITHMS.ecdsaSha256, /SignatureAlgorithmMismatch/),
  },
  "duplicate-extension": {
    about: "two basic constraints",
    make: () => of({ extensions: [...extensions, twice] }),
    expect: refused(twice, /duplicate extension basicConstraints: rustls rejects it \(`ExtensionValueInvalid`\)/),
  },
  "unique-identifier": {
    about: "a subjectUniqueID",
    make: () => of({ ...leaf, uniqueId: bytes(1, 2) }),
    expect: refused(fromHex("82 03 00 01 02"), /unique identifier/),
  },
  "time-without-seconds": {
    about: "UTCTime without seconds",
    make: () => of({ ...leaf, notBefore: badTime }),
    expect: refused(badTime, /2601010000Z/),
  },
  "time-in-month-13": { about: "no such month", make: () => of({ ...leaf, notAfter: month13 }), expect: refused(month13, /BadDerTime/) },
  "validity-inverted": {
    about: "ends before it starts",
    make: () => of({ ...leaf, notBefore: time("2027-01-01T00:00:00Z"), notAfter: time("2026-12-01T00:00:00Z") }),
    expect: refused(
      sequence(time("2027-01-01T00:00:00Z"), time("2026-12-01T00:00:00Z")),
      /`notAfter` is before `notBefore`: rustls rejects it \(`InvalidCertValidity`\)/,
    ),
  },
  "serial-negative": {
    about: "a negative serial number",
    make: () => of({ ...leaf, serial: negative }),
    expect: refused(tlv(0x02, negative), /not positive/, "info"),
  },
  "serial-zero": {
    about: "a serial number of zero",
    make: () => of({ ...leaf, serial: bytes(0) }),
    expect: refused(fromHex("020100"), /not positive/, "info"),
  },
  "serial-19-bytes": { about: "below the limit", make: () => of({ ...leaf, serial: bytes(0x11, noise("serial", 18)) }) },
  "serial-20-bytes": { about: "at the limit", make: () => of({ ...leaf, serial: bytes(0x11, noise("serial", 19)) }) },
  "serial-21-bytes": {
    about: "above the limit",
    make: () => of({ ...leaf, serial: bytes(0x11, noise("serial", 20)) }),
    expect: refused(tlv(0x02, 0x11, noise("serial", 20)), /21 bytes/, "info"),
  },
  "address-of-three-bytes": {
    about: "an address that matches nothing",
    make: () => of({ extensions: [basicConstraints(false), purposes(SERVER), alternativeNames(dns("service.example"), shortAddress)] }),
    expect: refused(shortAddress, /IP address/),
  },
  "malformed-key-usage": {
    about: "an extension whose value is something else",
    make: () => of({ extensions: [...extensions, extension("2.5.29.15", tlv(0x04, 7))] }),
    expect: refused(bytes(0x04), /keyUsage is malformed/),
  },
  "request-as-certificate": {
    about: "a request under the label of a certificate",
    make: () => wrap(request),
    expect: refused(CERTIFICATE_LINE, /section is labelled `CERTIFICATE` but contains a certificate request: rustls and OpenSSL reject it/),
  },
  "key-as-certificate": {
    about: "a key under the label of a certificate",
    make: () => wrap(privateKey()),
    expect: refused(CERTIFICATE_LINE, /section is labelled `CERTIFICATE` but contains a private key: rustls and OpenSSL reject it/),
  },
  "not-der": {
    about: "base64 of something else",
    make: () => wrap(text("hello, this is no certificate")),
    expect: refused(bytes(0x68), /expected a certificate/),
  },
  "broken-key": {
    about: "a key cut off",
    make: () => wrap(privateKey().subarray(0, -3), "PRIVATE KEY"),
    expect: refused(bytes(0x30), /private key cannot be parsed: an element of 135 bytes is cut off after 132 \(byte 0\)/),
  },
  "list-version-1": {
    about: "a list without version",
    make: () => wrap(revocationList({ version: 1 }), "X509 CRL"),
    expect: refused("-----BEGIN X509 CRL-----", /version 1/),
  },
  "list-without-next-update": {
    about: "a list that never ends",
    make: () => wrap(revocationList({ nextUpdate: null }), "X509 CRL"),
    expect: refused("-----BEGIN X509 CRL-----", /CRL has no next update: rustls rejects it \(`BadDer`\)/),
  },
  "65534-bytes": { about: "below the limit of rustls-webpki", make: () => wrap(ofLength(65_534)) },
  "65535-bytes": { about: "at the limit", make: () => wrap(ofLength(65_535)), expect: refused(CERTIFICATE_LINE, /65535 bytes/) },
  "65536-bytes": { about: "above the limit", make: () => wrap(ofLength(65_536)), expect: refused(CERTIFICATE_LINE, /65536 bytes/) },
} satisfies Readonly<Record<string, Case>>;
