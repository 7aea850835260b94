/** One certificate for each lint of zlint that needs a decision: what the lint is about, in a certificate with nothing else against it. */
import {
  alternativeNames,
  basicConstraints,
  type CertificateSpec,
  CLIENT,
  dns,
  extension,
  fromHex,
  keyUsage,
  noise,
  oid,
  purposes,
  SERVER,
  sequence,
  text,
  time,
  tlv,
  uri,
} from "./build.ts";

type Bytes = Uint8Array;

/** The point of a secret that is not small. */
const KEY = sequence(
  sequence(oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")),
  tlv(
    0x03,
    0,
    fromHex(
      "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
    ),
  ),
);
const AKI = extension("2.5.29.35", sequence(tlv(0x80, noise("issuer", 20))));
const SKI = extension("2.5.29.14", tlv(0x04, noise("subject", 20)));
const NAME = alternativeNames(dns("service.example.com"));
const LEAF = [basicConstraints(false), keyUsage("1"), purposes(SERVER), NAME, AKI, SKI];

/** Ninety days, so that nobody asks how it is revoked. */
const plain = (extensions: readonly Bytes[], more: CertificateSpec = {}): CertificateSpec => ({
  serial: Uint8Array.from(noise("serial", 9), (byte) => byte & 0x7f),
  key: KEY,
  notBefore: time("2025-12-15T00:00:00Z"),
  notAfter: time("2026-03-01T00:00:00Z"),
  subject: "service.example.com",
  extensions,
  ...more,
});
const leaf = (without: readonly Bytes[], ...instead: readonly Bytes[]): CertificateSpec =>
  plain([...LEAF.filter((it) => !without.includes(it)), ...instead]);
const [CONSTRAINTS = AKI, USAGE = AKI, PURPOSES = AKI] = LEAF;
const authority = (...extensions: readonly Bytes[]): CertificateSpec =>
  plain([...extensions], { subject: "Example CA", issuer: "Example Root" });
const organisation = (value: Bytes): CertificateSpec => ({
  ...leaf([]),
  subject: [
    ["2.5.4.10", value],
    ["2.5.4.3", tlv(0x0c, text("a"))],
  ],
});

/** By the name that docs/lint-decisions.md has them under. */
export const lintCases: Readonly<Record<string, CertificateSpec>> = {
  "nothing-against-it": leaf([]),
  "no-authority-key-identifier": leaf([AKI]),
  "no-subject-key-identifier": leaf([SKI]),
  "authority-without-identifier": authority(basicConstraints(true), keyUsage("0000011"), AKI),
  "usage-not-critical": leaf([USAGE], extension("2.5.29.15", tlv(0x03, 7, 0x80))),
  "explicit-false": leaf([CONSTRAINTS], extension("2.5.29.19", sequence(tlv(0x01, 0)), true)),
  "explicitly-uncritical": leaf([SKI], sequence(oid("2.5.29.14"), tlv(0x01, 0), tlv(0x04, tlv(0x04, noise("subject", 20))))),
  nameless: { ...leaf([NAME, PURPOSES], purposes(CLIENT)), subject: [] },
  "subject-of-alternative-names-alone": { ...leaf([]), subject: [] },
  "bell-in-the-subject": organisation(tlv(0x0c, text("a\u0007b"))),
  "spiffe-identity": leaf([NAME], alternativeNames(dns("service.example.com"), uri("spiffe://td/service"))),
  underscore: leaf([NAME], alternativeNames(dns("a.my_service.example.com"))),
  "authority-without-key-usage": authority(extension("2.5.29.19", sequence(tlv(0x01, 0xff), tlv(0x02, 0)), true), AKI, SKI),
  "usage-against-purpose": leaf([USAGE], keyUsage("01")),
};
