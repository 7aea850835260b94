/** How a password protects something: PBES2 and PBMAC1 (RFC 8018), the PBE of PKCS#12 (RFC 7292 appendix B). Read as data; nothing is computed. */
import type { BerElement, BerReader } from "../der/ber.ts";
import { type ByteRange, TAG } from "../der/der.ts";
import { HASHES } from "../der/oids.ts";

/** Hashes of key derivations and of checks, by the names of this folder. */
const KEYED_HASHES = ["MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA3-256", "SHA3-384", "SHA3-512"] as const;
export type KeyedHash = (typeof KEYED_HASHES)[number];

interface DerivationHead {
  readonly salt: Uint8Array;
  /** How often a block is mixed: what it costs. */
  readonly rounds: Rounds;
  /** Bytes of key that the file asks for, where it does. */
  readonly keyLength: number | undefined;
}
export interface RoundDerivation extends DerivationHead {
  readonly scheme: "PBKDF2" | "PKCS#12";
  readonly hash: KeyedHash;
}
/** RFC 7914, whose memory is 128 bytes times cost times block size. */
export interface MemoryDerivation extends DerivationHead {
  readonly scheme: "scrypt";
  readonly cost: number;
  readonly blockSize: number;
  readonly parallel: number;
}
export type Derivation = RoundDerivation | MemoryDerivation;
export interface Rounds {
  readonly count: number;
  /** The number, in the file. */
  readonly place: ByteRange;
}

export type Cipher =
  | { readonly name: "AES-CBC" | "3DES-CBC"; readonly keyLength: number; readonly iv: Uint8Array | undefined }
  | { readonly name: "RC2-CBC" | "RC4"; readonly keyLength: number; readonly iv: undefined };

export interface Protection {
  /** "PBES2", "PBE with SHA-1 and RC2-40"; the identifier when it is not known. */
  readonly name: string;
  /** The rounds where they can be read, of a scheme that is not supported, too. */
  readonly rounds: Rounds | undefined;
  /** Undefined: a scheme that is not supported. */
  readonly steps: { readonly derivation: Derivation; readonly cipher: Cipher } | undefined;
}

const PBES2 = "1.2.840.113549.1.5.13";
export const PBMAC1 = "1.2.840.113549.1.5.14";
const PBKDF2 = "1.2.840.113549.1.5.12";
const SCRYPT = "1.3.6.1.4.1.11591.4.11";

const OLD: Readonly<Record<string, { readonly name: string; readonly cipher: Cipher }>> = {
  "1.2.840.113549.1.12.1.1": { name: "PBE with SHA-1 and RC4-128", cipher: { name: "RC4", keyLength: 16, iv: undefined } },
  "1.2.840.113549.1.12.1.2": { name: "PBE with SHA-1 and RC4-40", cipher: { name: "RC4", keyLength: 5, iv: undefined } },
  "1.2.840.113549.1.12.1.3": { name: "PBE with SHA-1 and 3DES", cipher: { name: "3DES-CBC", keyLength: 24, iv: undefined } },
  "1.2.840.113549.1.12.1.4": { name: "PBE with SHA-1 and two-key 3DES", cipher: { name: "3DES-CBC", keyLength: 16, iv: undefined } },
  "1.2.840.113549.1.12.1.5": { name: "PBE with SHA-1 and RC2-128", cipher: { name: "RC2-CBC", keyLength: 16, iv: undefined } },
  "1.2.840.113549.1.12.1.6": { name: "PBE with SHA-1 and RC2-40", cipher: { name: "RC2-CBC", keyLength: 5, iv: undefined } },
};

/** RFC 8018 §B.1.2, and NIST's for SHA-3. */
const KEYED: Readonly<Record<string, KeyedHash>> = {
  "1.2.840.113549.2.6": "MD5",
  "1.2.840.113549.2.7": "SHA-1",
  "1.2.840.113549.2.8": "SHA-224",
  "1.2.840.113549.2.9": "SHA-256",
  "1.2.840.113549.2.10": "SHA-384",
  "1.2.840.113549.2.11": "SHA-512",
  "2.16.840.1.101.3.4.2.14": "SHA3-256",
  "2.16.840.1.101.3.4.2.15": "SHA3-384",
  "2.16.840.1.101.3.4.2.16": "SHA3-512",
};

const PBES2_CIPHERS: Readonly<Record<string, { readonly name: "AES-CBC" | "3DES-CBC"; readonly keyLength: number }>> = {
  "2.16.840.1.101.3.4.1.2": { name: "AES-CBC", keyLength: 16 },
  "2.16.840.1.101.3.4.1.22": { name: "AES-CBC", keyLength: 24 },
  "2.16.840.1.101.3.4.1.42": { name: "AES-CBC", keyLength: 32 },
  "1.2.840.113549.3.7": { name: "3DES-CBC", keyLength: 24 },
};

/** By which hash PKCS#12 derives and checks, of those that a digest's identifier can name. */
export const keyedHash = (oid: string): KeyedHash | undefined => KEYED_HASHES.find((it) => it === HASHES[oid]);

/** The next element: an AlgorithmIdentifier of an encryption. */
export function readProtection(reader: BerReader): Protection {
  const { oid, parameters, inner } = readIdentifier(reader, "the encryption");
  const old = OLD[oid];
  if (oid !== PBES2) {
    const values = parameters?.tag === TAG.sequence ? inner.inside(parameters) : undefined;
    const salt = values === undefined ? undefined : values.octets(values.read(TAG.octetString, "the salt")).bytes;
    const rounds = values === undefined ? undefined : readRounds(values);
    const derivation =
      salt !== undefined && rounds !== undefined
        ? ({ scheme: "PKCS#12", hash: "SHA-1", salt, rounds, keyLength: undefined } as const)
        : undefined;
    const steps = old === undefined || derivation === undefined ? undefined : { derivation, cipher: old.cipher };
    return { name: old?.name ?? oid, rounds, steps };
  }
  if (parameters === undefined) return { name: "PBES2", rounds: undefined, steps: undefined };
  const both = inner.inside(parameters);
  const derivation = readDerivation(both);
  const cipher = readIdentifier(both, "the cipher");
  const known = PBES2_CIPHERS[cipher.oid];
  const iv = cipher.parameters?.tag === TAG.octetString ? cipher.inner.octets(cipher.parameters).bytes : undefined;
  const rounds = derivation?.rounds;
  if (known === undefined || iv === undefined || derivation === undefined)
    return { name: known === undefined ? `PBES2 with the cipher ${cipher.oid}` : "PBES2", rounds, steps: undefined };
  const name = derivation.scheme === "scrypt" ? "PBES2 with scrypt" : "PBES2";
  return { name, rounds, steps: { derivation, cipher: { ...known, iv } } };
}

/** The parameters of PBMAC1 (RFC 9579): a derivation, and the hash of the check. */
export function readPbmac1(
  reader: BerReader,
  parameters: BerElement,
): { readonly derivation: Derivation | undefined; readonly hash: KeyedHash | undefined } {
  const both = reader.inside(parameters);
  return { derivation: readDerivation(both), hash: KEYED[readIdentifier(both, "the check").oid] };
}

export function readIdentifier(
  reader: BerReader,
  what: string,
): { readonly oid: string; readonly parameters: BerElement | undefined; readonly inner: BerReader } {
  const inner = reader.inside(reader.read(TAG.sequence, what));
  const oid = inner.oid(`${what}'s identifier`);
  return { oid, parameters: inner.more ? inner.readAny() : undefined, inner };
}

export function readRounds(reader: BerReader): Rounds {
  const { value, place } = reader.number("the number of iterations");
  return { count: value, place };
}

/** RFC 8018 §A.2, RFC 7914 §7. Another one is undefined. */
function readDerivation(reader: BerReader): Derivation | undefined {
  const { oid, parameters, inner } = readIdentifier(reader, "the derivation");
  if ((oid !== PBKDF2 && oid !== SCRYPT) || parameters === undefined) return undefined;
  const values = inner.inside(parameters);
  const salt = values.octets(values.read(TAG.octetString, "the salt")).bytes;
  if (oid === SCRYPT) return readScrypt(values, salt);
  const rounds = readRounds(values);
  const keyLength = values.nextIs(TAG.integer) ? values.number("the key's length").value : undefined;
  const hash = values.nextIs(TAG.sequence) ? KEYED[readIdentifier(values, "the hash").oid] : "SHA-1";
  return hash === undefined ? undefined : { scheme: "PBKDF2", hash, salt, rounds, keyLength };
}

/** A block of 64 bytes is mixed four times for each unit of the cost: twice in writing the memory, twice in reading it. */
const MIXES = 4;

function readScrypt(values: BerReader, salt: Uint8Array): Derivation {
  const cost = values.number("the cost");
  const blockSize = values.number("the block size");
  const parallel = values.number("the parallelization");
  const keyLength = values.nextIs(TAG.integer) ? values.number("the key's length").value : undefined;
  const rounds = { count: MIXES * cost.value * blockSize.value * parallel.value, place: cost.place };
  return { scheme: "scrypt", salt, rounds, keyLength, cost: cost.value, blockSize: blockSize.value, parallel: parallel.value };
}
