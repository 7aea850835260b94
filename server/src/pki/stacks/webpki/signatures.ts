/** Which signatures rustls checks: the algorithms of its two providers, by the exact bytes of both algorithm identifiers. */
import { toHex } from "../../der/characters.ts";
import { type ByteRange, TAG } from "../../der/der.ts";
import type { Scheme } from "../schemes.ts";
import { type KeyLimits, verifySignature } from "../signatures.ts";
import { type Failure, readWholeBits, StrictReader } from "../strict-reader.ts";
import type { Provider } from "../verdict.ts";
import { type PathCertificate, trailing } from "./certificate.ts";
import type { WebpkiBehaviour } from "./versions.ts";

interface SupportedAlgorithm {
  /** Contents of the AlgorithmIdentifiers, in hexadecimal. */
  readonly signature: string;
  readonly key: string;
  readonly scheme: Scheme;
}

const RSA_KEY = "06092a864886f70d0101010500";
const EC_KEYS = {
  "P-256": "06072a8648ce3d020106082a8648ce3d030107",
  "P-384": "06072a8648ce3d020106052b81040022",
  "P-521": "06072a8648ce3d020106052b81040023",
} as const;
const ECDSA = { "SHA-256": "06082a8648ce3d040302", "SHA-384": "06082a8648ce3d040303", "SHA-512": "06082a8648ce3d040304" } as const;
const RSA = { "SHA-256": "06092a864886f70d01010b", "SHA-384": "06092a864886f70d01010c", "SHA-512": "06092a864886f70d01010d" } as const;
const ED25519 = "06032b6570";
const ML_DSA = { 44: "0609608648016503040311", 65: "0609608648016503040312", 87: "0609608648016503040313" } as const;

const HASHES = ["SHA-256", "SHA-384", "SHA-512"] as const;
const SALTS = { "SHA-256": 32, "SHA-384": 48, "SHA-512": 64 } as const;

/** RSASSA-PSS-params with the same hash twice and a salt of its size, written out: the only form that webpki knows. */
function pssParameters(hash: (typeof HASHES)[number]): string {
  const identifier = `300d060960864801650304020${HASHES.indexOf(hash) + 1}0500`;
  const mask = `06092a864886f70d010108${identifier}`;
  return `06092a864886f70d01010a3034a00f${identifier}a11c301a${mask}a2030201${SALTS[hash].toString(16)}`;
}

function supportedAlgorithms(provider: Provider, behaviour: WebpkiBehaviour): readonly SupportedAlgorithm[] {
  const aws = provider === "aws-lc-rs";
  const curves = aws && behaviour.elliptic521 ? (["P-256", "P-384", "P-521"] as const) : (["P-256", "P-384"] as const);
  const elliptic = curves.flatMap((curve) =>
    HASHES.filter((hash) => aws || hash !== "SHA-512").map((hash): SupportedAlgorithm => {
      return { signature: ECDSA[hash], key: EC_KEYS[curve], scheme: { type: "ECDSA", curve, hash } };
    }),
  );
  const rsa = HASHES.flatMap((hash): SupportedAlgorithm[] => [
    { signature: `${RSA[hash]}0500`, key: RSA_KEY, scheme: { type: "RSA", hash } },
    ...(behaviour.absentParameters ? [{ signature: RSA[hash], key: RSA_KEY, scheme: { type: "RSA", hash } } as const] : []),
    { signature: pssParameters(hash), key: RSA_KEY, scheme: { type: "RSA-PSS", hash, salt: SALTS[hash] } },
  ]);
  const lattices = ([44, 65, 87] as const).map((size): SupportedAlgorithm => {
    return { signature: ML_DSA[size], key: ML_DSA[size], scheme: { type: "ML-DSA", size } };
  });
  return [
    ...elliptic,
    ...rsa,
    { signature: ED25519, key: ED25519, scheme: { type: "Ed25519" } },
    ...(aws && behaviour.latticeSignatures ? lattices : []),
  ];
}

/** Contents of the AlgorithmIdentifiers of keys with which a handshake can be signed, in hexadecimal: others are of no scheme of TLS. */
export const handshakeKeys = (provider: Provider, behaviour: WebpkiBehaviour): ReadonlySet<string> =>
  new Set(supportedAlgorithms(provider, behaviour).map(({ key }) => key));

/** `RSA_*_2048_8192_*` of both providers; ring takes uncompressed points only. */
const limitsOf = (provider: Provider): KeyLimits => ({ least: 2048, most: 8192, compressedPoints: provider === "aws-lc-rs" });

/** What has a signature: a certificate or a revocation list. */
export type Signed = Pick<PathCertificate, "bytes" | "signed" | "algorithm" | "signature">;

export type SignedDataCheck = "valid" | "cannot tell" | Failure;

/** The signature checks of one verification: path building asks the same again and again, and is answered from here. */
export class SignedDataChecks {
  readonly #supported: readonly SupportedAlgorithm[];
  readonly #limits: KeyLimits;
  readonly #behaviour: WebpkiBehaviour;
  readonly #known = new Map<ByteRange, Map<Signed, Promise<SignedDataCheck>>>();

  constructor(provider: Provider, behaviour: WebpkiBehaviour) {
    this.#supported = supportedAlgorithms(provider, behaviour);
    this.#limits = limitsOf(provider);
    this.#behaviour = behaviour;
  }

  /** `spki`: the contents of the issuer's SubjectPublicKeyInfo, the same object for the same certificate. */
  check(certificate: Signed, keyBytes: Uint8Array, spki: ByteRange): Promise<SignedDataCheck> {
    const ofKey = this.#known.get(spki) ?? new Map<Signed, Promise<SignedDataCheck>>();
    this.#known.set(spki, ofKey);
    const result = ofKey.get(certificate) ?? verifySignedData(this.#supported, certificate, keyBytes, spki, this.#behaviour, this.#limits);
    ofKey.set(certificate, result);
    return result;
  }
}

async function verifySignedData(
  supported: readonly SupportedAlgorithm[],
  certificate: Signed,
  keyBytes: Uint8Array,
  spki: ByteRange,
  behaviour: WebpkiBehaviour,
  limits: KeyLimits,
): Promise<SignedDataCheck> {
  const part = ({ start, end }: ByteRange): Uint8Array => certificate.bytes.subarray(start, end);
  const algorithm = toHex(part(certificate.algorithm));
  const named = supported.filter((it) => it.signature === algorithm);
  const context = behaviour.algorithmContext ? "Context" : "";
  const fault = (kind: string, message: string): Failure => ({ kind, message, ...certificate.algorithm });
  if (named.length === 0) {
    return fault(`UnsupportedSignatureAlgorithm${context}`, "the signature is of an algorithm that rustls does not verify");
  }
  const key = readKey(keyBytes, spki, behaviour);
  if ("kind" in key) return key;
  const fitting = named.find((it) => it.key === toHex(key.algorithm));
  if (fitting === undefined) {
    return fault(
      `UnsupportedSignatureAlgorithmForPublicKey${context}`,
      "rustls does not verify a signature of this algorithm with the issuer's key",
    );
  }
  const check = await verifySignature(fitting.scheme, key.bits, part(certificate.signed), part(certificate.signature), limits);
  return check === "invalid"
    ? { kind: "InvalidSignatureForPublicKey", message: "the issuer's key did not make the signature", ...certificate.signature }
    : check;
}

function readKey(
  bytes: Uint8Array,
  spki: ByteRange,
  behaviour: WebpkiBehaviour,
): { readonly algorithm: Uint8Array; readonly bits: Uint8Array } | Failure {
  const reader = new StrictReader(bytes, spki);
  const algorithm = reader.read(TAG.sequence, "the key's algorithm");
  const { start, end } = readWholeBits(reader, "the key", trailing(behaviour, "BitString"));
  reader.finish(trailing(behaviour, "SubjectPublicKeyInfo"), "the key");
  return reader.failure ?? { algorithm: reader.contents(algorithm), bits: bytes.subarray(start, end) };
}
