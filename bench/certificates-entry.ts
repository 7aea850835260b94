/** What the measurement of certificates needs of the server and of the tests' builder, as one bundle. */
import "reflect-metadata";
import { EXPIRING_DAYS, MINIMUM_VERSION } from "../server/src/tls/policy.ts";
import {
  alternativeNames,
  basicConstraints,
  certificate,
  dns,
  extension,
  integer,
  KEYS,
  keyUsage,
  oid,
  purposes,
  revocationList,
  SERVER,
  sequence,
  tlv,
} from "../test/certificates/build.ts";

export { X509Certificate } from "@peculiar/x509";
export { readCertificateFile } from "../server/src/pki/index.ts";
export { fileRules } from "../server/src/rules/files/index.ts";

export const policy = {
  minimumVersion: MINIMUM_VERSION,
  mtls: "auto",
  profile: "private-mtls",
  now: Date.UTC(2026, 0, 1),
  expiringDays: EXPIRING_DAYS,
} as const;

/** A revocation list of so many entries, all with different numbers. */
export const makeList = (entries: number, random: (length: number) => Uint8Array): Uint8Array =>
  revocationList({ revoked: Array.from({ length: entries }, () => Uint8Array.of(0x40, ...random(15))) });

/** `random`: so many bytes. */
export function makeCertificates(kind: string, count: number, random: (length: number) => Uint8Array): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const keyIds = [extension("2.5.29.14", tlv(0x04, random(20))), extension("2.5.29.35", sequence(tlv(0x80, random(20))))];
    const names = alternativeNames(dns(`service-${index}.example`), dns(`www.service-${index}.example`));
    const extensions =
      kind === "EC authority"
        ? [basicConstraints(true, 0), keyUsage("0000011"), ...keyIds]
        : [basicConstraints(false), keyUsage("1"), purposes(SERVER), names, ...keyIds];
    return certificate({
      serial: Uint8Array.of(0x40, ...random(15)),
      subject: `service-${index}.example`,
      key: kind.startsWith("EC") ? KEYS.p256 : rsaKey(kind.endsWith("random modulus") ? oddNumber(random) : soundModulus(random)),
      extensions,
    });
  });
}

/** Five in six have a small prime, and are told at once. */
const oddNumber = (random: (length: number) => Uint8Array): Uint8Array =>
  random(256).map((byte, at) => (at === 0 ? byte | 0x80 : at === 255 ? byte | 1 : byte));

/** As a key generator leaves it: no small prime divides it, so that nothing is found before everything was tried. */
function soundModulus(random: (length: number) => Uint8Array): Uint8Array {
  let modulus = BigInt(`0x${Array.from(oddNumber(random), (it) => it.toString(16).padStart(2, "0")).join("")}`);
  while (PRIMES.some((it) => modulus % it === 0n)) modulus += 2n;
  return Uint8Array.from(modulus.toString(16).match(/../g) ?? [], (it) => Number.parseInt(it, 16));
}
const PRIMES = Array.from({ length: 750 }, (_, index) => index + 2)
  .filter((it, _, all) => all.every((other) => other >= it || it % other !== 0))
  .map(BigInt);

function rsaKey(modulus: Uint8Array): Uint8Array {
  const numbers = sequence(integer(modulus), integer(Uint8Array.of(1, 0, 1)));
  return sequence(sequence(oid("1.2.840.113549.1.1.1"), tlv(0x05)), tlv(0x03, 0, numbers));
}
