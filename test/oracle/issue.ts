/** Issues certificates that are really signed, over the builder of DER: keys of all kinds, made once for a run. */
import { constants, type KeyObject, randomBytes, sign } from "node:crypto";
import { ml_dsa44, ml_dsa65, ml_dsa87 } from "@noble/post-quantum/ml-dsa.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";
import { slh_dsa_sha2_128f } from "@noble/post-quantum/slh-dsa.js";
import {
  ALGORITHMS,
  alternativeNames,
  basicConstraints,
  bytes,
  type CertificateSpec,
  CLIENT,
  certificateBody,
  dns,
  fromHex,
  integer,
  keyUsage,
  oid,
  purposes,
  SERVER,
  sequence,
  signed,
  tlv,
} from "../certificates/build.ts";
import { ecPair, ed448Pair, ed25519Pair, rsaPair, rsaPssPair } from "../harness/key-pairs.ts";

type Bytes = Uint8Array;

export interface Key {
  /** Of a kind that Node has, or what signs instead. */
  readonly secret: KeyObject | ((body: Bytes) => Bytes);
  readonly spki: Bytes;
  /** PKCS#8 of a key that Node does not have, where there is a form that others read. */
  readonly pkcs8?: Bytes;
  /** What it signs with when nothing else is asked. */
  readonly algorithm?: Algorithm;
}

export const elliptic = (namedCurve: string): Key => exported(ecPair(namedCurve));
const rsa = (modulusLength: number): Key => exported(rsaPair(modulusLength));

function exported({ privateKey, publicKey }: { readonly privateKey: KeyObject; readonly publicKey: KeyObject }): Key {
  return { secret: privateKey, spki: Uint8Array.from(publicKey.export({ type: "spki", format: "der" })) };
}

/** With its seed as its private key (RFC 9881 §6). */
function mlDsa(scheme: typeof ml_dsa44, last: number): Key {
  const seed = Uint8Array.from(randomBytes(32));
  const identifier = sequence(oid(`2.16.840.1.101.3.4.3.${last}`));
  return { ...postQuantum(scheme, last, seed), pkcs8: sequence(integer(0), identifier, tlv(0x04, tlv(0x80, seed))) };
}

function postQuantum(scheme: typeof ml_dsa44 | typeof slh_dsa_sha2_128f, last: number, seed?: Bytes): Key {
  const { secretKey, publicKey } = scheme.keygen(seed);
  const identifier = sequence(oid(`2.16.840.1.101.3.4.3.${last}`));
  return {
    secret: (body) => scheme.sign(body, secretKey),
    spki: sequence(identifier, tlv(0x03, 0, Uint8Array.from(publicKey))),
    algorithm: { identifier },
  };
}

export const KEYS = {
  root: elliptic("P-256"),
  other: elliptic("P-256"),
  intermediate: elliptic("P-256"),
  leaf: elliptic("P-256"),
  p384: elliptic("P-384"),
  p521: elliptic("P-521"),
  p224: elliptic("secp224r1"),
  secp256k1: elliptic("secp256k1"),
  ed25519: exported(ed25519Pair()),
  ed448: exported(ed448Pair()),
  rsa1024: rsa(1024),
  rsa2048: rsa(2048),
  rsa2056: rsa(2056),
  mlDsa44: mlDsa(ml_dsa44, 17),
  mlDsa65: mlDsa(ml_dsa65, 18),
  mlDsa87: mlDsa(ml_dsa87, 19),
  slhDsa: postQuantum(slh_dsa_sha2_128f, 21),
  /** It signs nothing: what it "issues" has a signature of noise. */
  mlKem: {
    secret: () => new Uint8Array(64),
    spki: sequence(sequence(oid("2.16.840.1.101.3.4.4.2")), tlv(0x03, 0, Uint8Array.from(ml_kem768.keygen().publicKey))),
    algorithm: { identifier: sequence(oid("2.16.840.1.101.3.4.4.2")) },
  },
  rsaPss: exported(rsaPssPair(2048)),
} as const;

const rsaSpki = (key: Key): Bytes => key.spki.subarray(-0x113);
/** The same keys, written as few do. */
export const WRITTEN_ODDLY = {
  "RSA without NULL": { ...KEYS.rsa2048, spki: sequence(sequence(oid("1.2.840.113549.1.1.1")), rsaSpki(KEYS.rsa2048)) },
  "Ed25519 with NULL": { ...KEYS.ed25519, spki: sequence(sequence(oid("1.3.101.112"), tlv(0x05)), KEYS.ed25519.spki.subarray(-35)) },
  "ML-DSA-65 with NULL": {
    ...KEYS.mlDsa65,
    spki: sequence(sequence(oid("2.16.840.1.101.3.4.3.18"), tlv(0x05)), KEYS.mlDsa65.spki.subarray(-(1952 + 5))),
  },
  "compressed P-256": withPoint(KEYS.leaf, 32, (x, y) => bytes(2 + ((y.at(-1) ?? 0) & 1), x)),
  "compressed P-384": withPoint(KEYS.p384, 48, (x, y) => bytes(2 + ((y.at(-1) ?? 0) & 1), x)),
  "Ed25519 under the name of Ed448": { ...KEYS.ed25519, spki: sequence(sequence(oid("1.3.101.113")), KEYS.ed25519.spki.subarray(-35)) },
  "Ed448 under the name of Ed25519": { ...KEYS.ed448, spki: sequence(sequence(oid("1.3.101.112")), KEYS.ed448.spki.subarray(-60)) },
  "hybrid P-256": withPoint(KEYS.leaf, 32, (x, y) => bytes(6 + ((y.at(-1) ?? 0) & 1), x, y)),
} as const satisfies Readonly<Record<string, Key>>;

function withPoint(key: Key, size: number, write: (x: Bytes, y: Bytes) => Bytes): Key {
  const algorithm = key.spki.subarray(2, key.spki.length - (2 * size + 4));
  return { ...key, spki: sequence(algorithm, tlv(0x03, 0, write(key.spki.subarray(-2 * size, -size), key.spki.subarray(-size)))) };
}

export interface Algorithm {
  /** The AlgorithmIdentifier. */
  readonly identifier: Bytes;
  /** Absent where the algorithm hashes for itself. */
  readonly hash?: string;
  readonly salt?: number;
}

const NULL = tlv(0x05);
const pssIdentifier = (hash: number, salt: number): Bytes => {
  const inner = sequence(fromHex(`06096086480165030402${`0${hash}`}`), NULL);
  return sequence(
    oid("1.2.840.113549.1.1.10"),
    sequence(tlv(0xa0, inner), tlv(0xa1, sequence(oid("1.2.840.113549.1.1.8"), inner)), tlv(0xa2, tlv(0x02, salt))),
  );
};

export const SIGNING = {
  ecdsaSha1: { identifier: sequence(oid("1.2.840.10045.4.1")), hash: "sha1" },
  ecdsaSha224: { identifier: sequence(oid("1.2.840.10045.4.3.1")), hash: "sha224" },
  ecdsaSha256: { identifier: ALGORITHMS.ecdsaSha256, hash: "sha256" },
  ecdsaSha384: { identifier: ALGORITHMS.ecdsaSha384, hash: "sha384" },
  ecdsaSha512: { identifier: sequence(oid("1.2.840.10045.4.3.4")), hash: "sha512" },
  rsaSha1: { identifier: ALGORITHMS.rsaSha1, hash: "sha1" },
  rsaSha224: { identifier: sequence(oid("1.2.840.113549.1.1.14"), NULL), hash: "sha224" },
  rsaSha256: { identifier: ALGORITHMS.rsaSha256, hash: "sha256" },
  rsaSha384: { identifier: sequence(oid("1.2.840.113549.1.1.12"), NULL), hash: "sha384" },
  rsaSha512: { identifier: sequence(oid("1.2.840.113549.1.1.13"), NULL), hash: "sha512" },
  rsaSha256WithoutNull: { identifier: sequence(oid("1.2.840.113549.1.1.11")), hash: "sha256" },
  pssSha256: { identifier: pssIdentifier(1, 32), hash: "sha256", salt: 32 },
  pssSha384: { identifier: pssIdentifier(2, 48), hash: "sha384", salt: 48 },
  pssSha512: { identifier: pssIdentifier(3, 64), hash: "sha512", salt: 64 },
  pssSalt20: { identifier: pssIdentifier(1, 20), hash: "sha256", salt: 20 },
  ed25519: { identifier: ALGORITHMS.ed25519 },
  ed448: { identifier: sequence(oid("1.3.101.113")) },
} as const satisfies Readonly<Record<string, Algorithm>>;

/** What a key signs with when nothing else is asked. */
function usual({ secret, algorithm }: Key): Algorithm {
  if (typeof secret === "function") return algorithm ?? SIGNING.ed25519;
  const type = secret.asymmetricKeyType;
  if (type === "ed25519") return SIGNING.ed25519;
  if (type === "ed448") return SIGNING.ed448;
  if (type === "rsa-pss") return SIGNING.pssSha256;
  return type === "rsa" ? SIGNING.rsaSha256 : SIGNING.ecdsaSha256;
}

export interface Order {
  readonly spec: CertificateSpec;
  readonly key: Key;
  readonly issuer: Key;
  readonly algorithm?: Algorithm;
}

export function issue({ spec, key, issuer, algorithm = usual(issuer) }: Order): Bytes {
  const body = certificateBody({ key: key.spki, algorithm: algorithm.identifier, ...spec });
  const padding = algorithm.salt === undefined ? {} : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.salt };
  const { secret } = issuer;
  const signature = typeof secret === "function" ? secret(body) : sign(algorithm.hash ?? null, body, { key: secret, ...padding });
  return signed(body, spec.outerAlgorithm ?? algorithm.identifier, Uint8Array.from(signature));
}

export const AUTHORITY = [basicConstraints(true), keyUsage("0000011")];
export const END_ENTITY = [keyUsage("1"), purposes(SERVER, CLIENT), alternativeNames(dns("www.example.test"))];
