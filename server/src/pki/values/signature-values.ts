/** Algorithms of signatures as values, with what RSA-PSS has as parameters (RFC 4055 §3.1). */
import { context, DerReader, type Element, TAG } from "../der/der.ts";
import { HASHES, RSA_PSS } from "../der/oids.ts";
import { readSmallInteger } from "../der/primitives.ts";
import { type Algorithm, readAlgorithm, type SignatureAlgorithm } from "../x509/algorithms.ts";

export interface PssParameters {
  readonly hash: string;
  readonly maskGeneration: string;
  readonly maskHash: string;
  readonly saltLength: number;
  readonly trailerField: number;
}

export interface SignatureValue {
  readonly oid: string;
  readonly name: string;
  readonly hash?: string;
  readonly pss?: PssParameters;
}

export function signatureValue(der: Uint8Array, { oid, name, hash, parameters }: SignatureAlgorithm): SignatureValue {
  const pss = pssParameters(der, { oid, parameters });
  return { oid, name, ...(hash !== undefined && { hash }), ...(pss !== undefined && { pss }) };
}

const MGF1 = "1.2.840.113549.1.1.8";

/** Undefined: it is not PSS, says nothing of it (as keys may), or is malformed. */
export function pssParameters(der: Uint8Array, { oid, parameters }: Pick<Algorithm, "oid" | "parameters">): PssParameters | undefined {
  if (oid !== RSA_PSS || parameters?.tag !== TAG.sequence) return undefined;
  const reader = new DerReader(der, { start: parameters.content, end: parameters.end });
  const hash = field(reader, 0, (inner) => hashIn(inner)) ?? "SHA-1";
  const mask = field(reader, 1, (inner) => {
    const algorithm = readAlgorithm(inner, "the mask generation");
    const within = algorithm.parameters && hashIn(inner.apart(rangeOf(algorithm.parameters)));
    return { generation: algorithm.oid === MGF1 ? "MGF1" : algorithm.oid, hash: within ?? "SHA-1" };
  });
  const saltLength = field(reader, 2, (inner) => readSmallInteger(inner, "the length of the salt")) ?? 20;
  const trailerField = field(reader, 3, (inner) => readSmallInteger(inner, "the trailer")) ?? 1;
  reader.finish("the parameters");
  if (reader.error !== undefined) return undefined;
  return { hash, maskGeneration: mask?.generation ?? "MGF1", maskHash: mask?.hash ?? "SHA-1", saltLength, trailerField };
}

export const pssText = ({ hash, maskGeneration, maskHash, saltLength, trailerField }: PssParameters): string =>
  `hash ${hash}, mask ${maskGeneration} with ${maskHash}, salt of ${saltLength} bytes, trailer field ${trailerField}`;

function field<T>(reader: DerReader, number: number, read: (inner: DerReader) => T): T | undefined {
  const element = reader.optional(context(number), "a parameter");
  return element && read(reader.inside(element));
}

function hashIn(reader: DerReader): string {
  const { oid } = readAlgorithm(reader, "a hash");
  return HASHES[oid] ?? oid;
}

const rangeOf = ({ start, end }: Element): { readonly start: number; readonly end: number } => ({ start, end });
