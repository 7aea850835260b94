/** Certificate files of so many bytes, and what is found in them. */
import { readCertificateFile } from "../../../server/src/pki/index.ts";
import { fileRules } from "../../../server/src/rules/files/index.ts";
import { EXPIRING_DAYS, MINIMUM_VERSION } from "../../../server/src/tls/policy.ts";
import { basicConstraints, certificate, extension, integer, oid, pem, sequence, text, tlv } from "../../certificates/build.ts";
import { NOW } from "../../certificates/cases.ts";

const policy = { minimumVersion: MINIMUM_VERSION, mtls: "auto", profile: "private-mtls", now: NOW, expiringDays: EXPIRING_DAYS } as const;
export const MB = 1024 * 1024;

export function judged(input: Uint8Array) {
  const file = readCertificateFile(input);
  const found = fileRules.flatMap((rule) => rule.judge(file, { policy, usedAs: [] }).map((it) => ({ rule: rule.id, ...it })));
  return { file, found };
}
/** A certificate with an extension of so many bytes that nobody knows. */
const huge = (size: number): Uint8Array =>
  certificate({ extensions: [basicConstraints(false), extension("1.2.3.4", tlv(0x04, new Uint8Array(size).fill(7)))] });
const onOneLine = (der: Uint8Array): Uint8Array =>
  text(`-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString("base64")}\n-----END CERTIFICATE-----\n`);

/** Files with one certificate. Three bytes are four digits. */
export const LARGE: Readonly<Record<string, (size: number) => Uint8Array>> = {
  "base64 on one line": (size) => onOneLine(huge(size * 0.745)),
  "base64 in lines": (size) => text(pem("CERTIFICATE", huge(size * 0.734))),
  DER: (size) => huge(size),
};

/** Certificates as an authority hands them out, without signatures. */
export function pkcs7(count: number): Uint8Array {
  const one = certificate({});
  const all = new Uint8Array(one.length * count);
  for (let at = 0; at < all.length; at += one.length) all.set(one, at);
  const data = sequence(integer(1), tlv(0x31), sequence(oid("1.2.840.113549.1.7.1")), tlv(0xa0, all), tlv(0x31));
  return sequence(oid("1.2.840.113549.1.7.2"), tlv(0xa0, data));
}

const filled = (filler: string) => (size: number) =>
  text(`-----BEGIN CERTIFICATE-----\n${filler.repeat((size - MB) / new TextEncoder().encode(filler).length)}`);
/** What a section can be filled with that holds nothing. */
export const FILLERS: Readonly<Record<string, (size: number) => Uint8Array>> = {
  blanks: filled(" "),
  "line ends": filled("\n"),
  "digits and blanks": filled("A "),
  boundaries: filled("-----BEGIN CERTIFICATE-----"),
  strange: filled("é!"),
};
