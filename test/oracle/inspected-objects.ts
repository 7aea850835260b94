/** Certificates, lists and requests of many kinds for the comparison of inspections: every extension, key and algorithm in several forms. */
import {
  ALGORITHMS,
  alternativeNames,
  basicConstraints,
  bytes,
  type CertificateSpec,
  certificate,
  dns,
  extension,
  integer,
  ip,
  keyUsage,
  noise,
  oid,
  purposes,
  KEYS as READ_KEYS,
  requestBody,
  revocationList,
  rsaKey,
  sequence,
  signed,
  text,
  time,
  tlv,
  uri,
} from "../certificates/build.ts";
import type { Bytes } from "./chain.ts";
import { issue, KEYS, SIGNING } from "./issue.ts";
import { listScenarios } from "./lists.ts";
import { directory } from "./name-constraints.ts";
import { randomScenario } from "./random.ts";

const other = (value: Bytes): Bytes => tlv(0xa0, oid("1.2.3.4"), tlv(0xa0, value));
const registered = tlv(0x88, oid("1.3.6.1.4.1.311").subarray(2));
const email = (value: string): Bytes => tlv(0x81, text(value));
const point = (...parts: readonly Bytes[]): Bytes => sequence(...parts);
const fullName = (...names: readonly Bytes[]): Bytes => tlv(0xa0, tlv(0xa0, ...names));
const id = (last: number): Bytes => oid(`1.2.3.${last}`);
const subtree = (base: Bytes): Bytes => sequence(base);

function timestamps(count: number): Bytes {
  const one = (at: number): Bytes => {
    const millis = BigInt(Date.UTC(2026, 0, 2, 3, 4, 5, 6 + at));
    const when = Array.from({ length: 8 }, (_, index) => Number((millis >> BigInt(8 * (7 - index))) & 0xffn));
    const signature = sequence(integer(noise(`r${at}`, 31)), integer(noise(`s${at}`, 31)));
    const stamp = bytes(0, noise(`log ${at}`, 32), when, 0, 0, 4, 3, 0, signature.length, signature);
    return bytes(0, stamp.length, stamp);
  };
  const all = bytes(...Array.from({ length: count }, (_, at) => one(at)));
  return tlv(0x04, all.length >> 8, all.length & 0xff, all);
}

/** By identifier: values that OpenSSL decodes. */
const VALUES: readonly (readonly [string, Bytes])[] = [
  ["2.5.29.17", sequence(dns("a.example"), dns("*.b.example"), ip(192, 0, 2, 1), uri("spiffe://a/b"), email("a@example.test"))],
  ["2.5.29.17", sequence(ip(...[0x20, 1, 0xd, 0xb8], ...new Array<number>(11).fill(0), 1), directory("x"), registered)],
  ["2.5.29.17", sequence(other(tlv(0x0c, text("someone"))))],
  ["2.5.29.18", sequence(dns("ca.example"), uri("https://ca.example"))],
  ["2.5.29.19", sequence()],
  ["2.5.29.19", sequence(tlv(0x01, 0xff))],
  ["2.5.29.19", sequence(tlv(0x01, 0xff), integer(3))],
  ["2.5.29.15", tlv(0x03, 7, 0x80)],
  ["2.5.29.15", tlv(0x03, 1, 0xfe)],
  ["2.5.29.15", tlv(0x03, 7, 0xff, 0x80)],
  ["2.5.29.37", sequence(...["1", "2", "3", "4", "8", "9"].map((it) => oid(`1.3.6.1.5.5.7.3.${it}`)))],
  ["2.5.29.37", sequence(oid("2.5.29.37.0"), id(9))],
  ["2.5.29.14", tlv(0x04, noise("ski", 20))],
  ["2.5.29.35", sequence(tlv(0x80, noise("aki", 20)))],
  ["2.5.29.35", sequence(tlv(0x80, noise("aki", 8)), tlv(0xa1, directory("Root")), tlv(0x82, 0x11, 0x22))],
  ["2.5.29.35", sequence(tlv(0xa1, directory("Root")), tlv(0x82, 0x00, 0xee))],
  ["2.5.29.32", sequence(sequence(id(4)), sequence(oid("2.5.29.32.0")))],
  ["2.5.29.32", sequence(sequence(id(4), sequence(sequence(oid("1.3.6.1.5.5.7.2.1"), tlv(0x16, text("http://cps.example"))))))],
  [
    "2.5.29.32",
    sequence(
      sequence(
        id(4),
        sequence(
          sequence(
            oid("1.3.6.1.5.5.7.2.2"),
            sequence(sequence(tlv(0x0c, text("Example Org")), sequence(integer(1), integer(7))), tlv(0x0c, text("mind the gap"))),
          ),
        ),
      ),
    ),
  ],
  ["2.5.29.33", sequence(sequence(id(4), id(5)), sequence(id(6), id(7)))],
  ["2.5.29.36", sequence(tlv(0x80, 0), tlv(0x81, 2))],
  ["2.5.29.54", integer(4)],
  ["2.5.29.30", sequence(tlv(0xa0, subtree(dns(".example")), subtree(tlv(0x87, 10, 0, 0, 0, 255, 0, 0, 0))))],
  ["2.5.29.30", sequence(tlv(0xa0, subtree(email("example.test"))), tlv(0xa1, subtree(directory("x")), subtree(uri(".test"))))],
  ["2.5.29.31", sequence(point(fullName(uri("http://crl.example/1"), uri("ldap://crl.example"))), point(fullName(uri("http://b"))))],
  ["2.5.29.31", sequence(point(fullName(uri("http://crl.example/1")), tlv(0x81, 5, 0x60), tlv(0xa2, directory("Other"))))],
  ["2.5.29.46", sequence(point(fullName(uri("http://crl.example/delta"))))],
  ["1.3.6.1.5.5.7.1.1", sequence(...["1", "2"].map((it) => sequence(oid(`1.3.6.1.5.5.7.48.${it}`), uri(`http://${it}.example`))))],
  ["1.3.6.1.5.5.7.1.1", sequence(sequence(oid("1.3.6.1.5.5.7.48.2"), directory("x")))],
  ["1.3.6.1.5.5.7.1.24", sequence(integer(5), integer(17))],
  ["1.3.6.1.5.5.7.1.24", sequence(integer(9))],
  ["1.3.6.1.4.1.11129.2.4.2", timestamps(1)],
  ["1.3.6.1.4.1.11129.2.4.2", timestamps(3)],
  ["2.5.29.16", sequence(tlv(0x80, text("20260101000000Z")), tlv(0x81, text("20270131235959Z")))],
  ["2.16.840.1.113730.1.1", tlv(0x03, 0, 0xf7)],
  ["2.16.840.1.113730.1.1", tlv(0x03, 6, 0xc0)],
  ["2.16.840.1.113730.1.13", tlv(0x16, text("made by hand"))],
  ["1.3.6.1.5.5.7.48.1.5", tlv(0x05)],
  ["1.2.3.4", sequence(integer(5), tlv(0x0c, text("contents")))],
];

const SUBJECTS: readonly CertificateSpec["subject"][] = [
  "Müller",
  [
    ["2.5.4.6", tlv(0x13, text("DE"))],
    ["2.5.4.10", tlv(0x0c, text("A, B + C"))],
    ["2.5.4.3", tlv(0x16, text("#1"))],
  ],
  [
    ["0.9.2342.19200300.100.1.25", tlv(0x16, text("example"))],
    ["2.5.4.11", tlv(0x14, text("unit"))],
    ["2.5.4.3", tlv(0x1e, 0, 0x41, 0, 0x42)],
  ],
  [],
  [
    ["1.2.840.113549.1.9.1", tlv(0x16, text("a@example.test"))],
    ["2.5.4.5", tlv(0x13, text("42"))],
    ["2.5.4.8", tlv(0x0c, text(" a "))],
  ],
];

const SERIALS = [
  bytes(0),
  bytes(1),
  bytes(0x7f),
  bytes(0xff),
  bytes(0x80, 0),
  bytes(0, 0x80),
  bytes(0, noise("serial", 19)),
  bytes(0xff, 0x01),
];

/** Four hundred or so. */
export function inspectedCertificates(): readonly Bytes[] {
  const found: Bytes[] = [];
  for (const [type, value] of VALUES)
    for (const critical of [false, true]) found.push(certificate({ extensions: [extension(type, value, critical)] }));
  for (const subject of SUBJECTS) found.push(certificate(subject === undefined ? {} : { subject, issuer: subject }));
  for (const serial of SERIALS) found.push(certificate({ serial }));
  for (const [start, end] of [
    ["1950-01-01T00:00:00Z", "2049-12-31T23:59:59Z"],
    ["2050-01-01T00:00:00Z", "9999-12-31T23:59:59Z"],
  ] as const)
    found.push(certificate({ notBefore: time(start), notAfter: time(end) }));
  found.push(certificate({ version: 1 }), certificate({ version: 2, uniqueId: noise("id", 4) }));
  for (const key of [...Object.values(READ_KEYS), ...[512, 1024, 2048, 3072, 4096].map((it) => rsaKey(it)), rsaKey(2048, [3])])
    found.push(certificate({ key }));
  for (const algorithm of Object.values(ALGORITHMS)) found.push(certificate({ algorithm }));
  for (const key of Object.values(KEYS)) found.push(issue({ spec: {}, key, issuer: key }));
  for (const algorithm of [SIGNING.pssSha256, SIGNING.pssSha384, SIGNING.pssSha512, SIGNING.pssSalt20])
    found.push(issue({ spec: {}, key: KEYS.rsa2048, issuer: KEYS.rsa2048, algorithm }));
  found.push(
    certificate({
      extensions: [basicConstraints(true, 0), keyUsage("0000011"), purposes("1.3.6.1.5.5.7.3.1"), alternativeNames(dns("a"))],
    }),
  );
  for (let number = 0; number < 50; number++) {
    const { leaf, intermediates, roots } = randomScenario("inspection", number);
    found.push(leaf, ...intermediates, ...roots);
  }
  return found;
}

const entry = (serial: Bytes, ...extensions: readonly Bytes[]): Bytes =>
  sequence(tlv(0x02, serial), time("2025-11-01T00:00:00Z"), ...(extensions.length === 0 ? [] : [sequence(...extensions)]));

export function inspectedLists(): readonly Bytes[] {
  const reasons = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10].map((code) => entry(bytes(code + 1), extension("2.5.29.21", tlv(0x0a, code))));
  const invalid = extension("2.5.29.24", tlv(0x18, text("20251001000000Z")));
  const issuer = extension("2.5.29.29", sequence(directory("Other CA")), true);
  const scope = (...parts: readonly Bytes[]): Bytes => extension("2.5.29.28", sequence(...parts), true);
  return [
    revocationList(),
    revocationList({ revoked: [] }),
    revocationList({ version: 1 }),
    revocationList({ nextUpdate: null }),
    revocationList({ entries: reasons }),
    revocationList({ entries: [entry(bytes(0, 0xff, 1), invalid), entry(bytes(2), issuer)], extensions: [scope(tlv(0x84, 0xff))] }),
    revocationList({ extensions: [scope(fullName(uri("http://crl.example")), tlv(0x81, 0xff))] }),
    revocationList({ extensions: [scope(tlv(0x82, 0xff))] }),
    revocationList({ extensions: [scope(tlv(0x83, 5, 0x60))] }),
    revocationList({
      extensions: [extension("2.5.29.27", integer(7), true), extension("2.5.29.35", sequence(tlv(0x80, noise("aki", 20))))],
    }),
    ...listScenarios()
      .flatMap(({ lists }) => lists?.slice(0, 1) ?? [])
      .slice(0, 40),
  ];
}

export function inspectedRequests(): readonly Bytes[] {
  const keys = [READ_KEYS.p256, rsaKey(2048), KEYS.ed25519.spki];
  const extensions = VALUES.filter(([type]) => /\.(?:15|17|19|37)$/.test(type)).map(([type, value]) => extension(type, value));
  return keys.flatMap((key) => [
    signed(requestBody("a.example", key, []), ALGORITHMS.ecdsaSha256),
    ...extensions.map((it) => signed(requestBody("a.example", key, [it]), ALGORITHMS.ecdsaSha256)),
  ]);
}
