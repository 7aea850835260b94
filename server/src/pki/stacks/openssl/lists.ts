/** Revocation lists as OpenSSL holds them (`x_crl.c`): the flags that it derives from their extensions and entries. */

import { toHex } from "../../der/characters.ts";
import { context, type DerError, DerReader, TAG } from "../../der/der.ts";
import { readInteger, readTime } from "../../der/primitives.ts";
import type { SignatureAlgorithm } from "../../x509/algorithms.ts";
import { type RevocationList, readRevocationList } from "../../x509/crl.ts";
import type { Extension } from "../../x509/extensions.ts";
import type { Place } from "../verdict.ts";
import { type AlternativeName, readAlternativeName } from "./alternative-names.ts";
import { type AuthorityKeyId, readAuthority, shortTime } from "./certificate.ts";
import { type RevokedCertificate, readEntries } from "./entries.ts";
import { type DistinguishedName, distinguishedName, nameError } from "./names.ts";
import { parameterError } from "./parameters.ts";
import { ALL_REASONS, type PointName, readPointName, readReasons } from "./points.ts";
import type { OpensslBehaviour } from "./versions.ts";

export interface OpensslList {
  readonly place: Place;
  readonly der: Uint8Array;
  readonly list: RevocationList;
  /** The one beside the signature, which counts. */
  readonly signature: SignatureAlgorithm;
  readonly issuer: DistinguishedName;
  readonly authority: AuthorityKeyId | undefined;
  readonly scope: ListScope | undefined;
  /** Numbers of the list, and of the one that a delta continues. */
  readonly number: bigint | undefined;
  readonly base: bigint | undefined;
  /** An extension of the list or of an entry is critical that OpenSSL does not know. */
  readonly critical: boolean;
  readonly freshest: boolean;
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
}
export interface ListScope {
  /** It contradicts itself; such a list is not used. */
  readonly invalid: boolean;
  readonly only: "users" | "authorities" | "attributes" | undefined;
  readonly indirect: boolean;
  readonly someReasons: boolean;
  readonly reasons: number;
  readonly point: PointName | undefined;
}
export interface Entry {
  readonly start: number;
  readonly end: number;
  readonly reason: number | undefined;
  /** Of indirect lists: whose certificate it is; undefined: of the list's issuer. */
  readonly issuers: readonly AlternativeName[] | undefined;
}

const REASON = "2.5.29.21";
const CERTIFICATE_ISSUER = "2.5.29.29";
const NUMBER = "2.5.29.20";
const DELTA = "2.5.29.27";
const SCOPE = "2.5.29.28";
const AUTHORITY = "2.5.29.35";
const INVALIDITY = "2.5.29.24";
const FRESHEST = "2.5.29.46";

export function readOpensslList(der: Uint8Array, place: Place, behaviour: OpensslBehaviour): OpensslList | DerError {
  const list = readRevocationList(der, true);
  if (list.kind !== "revocation-list") return list;
  const read = readEntries(der);
  if ("offset" in read) return read;
  const unloadable =
    parameterError(der, list.signature, read.outerSignature) ??
    nameError(der, list.issuer, behaviour) ??
    (behaviour.refusesShortTimes ? shortTime(list.thisUpdate, list.nextUpdate) : undefined);
  if (unloadable !== undefined) return unloadable;
  const issuer = distinguishedName(der, list.issuer);
  const { extensions } = list;
  const scope = readScope(der, single(extensions, SCOPE), issuer, behaviour);
  const strict = behaviour.strictLists ? strictError(der, extensions, read.revoked, scope) : undefined;
  if (strict !== undefined) return strict;
  const authority = readAuthority(der, single(extensions, AUTHORITY));
  const unknown = extensions.findIndex((it) => it.critical && ![SCOPE, AUTHORITY, DELTA].includes(it.oid));
  const { entries, critical } = judgeEntries(der, read.revoked);
  return {
    place,
    der,
    list,
    signature: read.outerSignature,
    issuer,
    authority: authority === "malformed" ? undefined : authority,
    scope,
    number: numberIn(der, single(extensions, NUMBER)),
    base: numberIn(der, single(extensions, DELTA)),
    critical: critical || unknown >= 0,
    // Extensions behind one that is critical and unknown are not looked at.
    freshest: extensions.slice(0, unknown < 0 ? undefined : unknown + 1).some(({ oid }) => oid === FRESHEST),
    entries,
  };
}

/** `crl_cb` and `crl_set_issuers` of 4.0: what makes `d2i_X509_CRL` fail. */
function strictError(
  der: Uint8Array,
  extensions: readonly Extension[],
  revoked: readonly RevokedCertificate[],
  scope: ListScope | undefined,
): DerError | undefined {
  const bad = (at: { readonly start: number } | undefined, message: string): DerError => ({
    kind: "BadDer",
    offset: at?.start ?? 0,
    message,
  });
  const present = (oid: string): Extension | undefined => extensions.find((it) => it.oid === oid);
  if (present(SCOPE) !== undefined && scope === undefined) return bad(present(SCOPE), "its scope is malformed");
  for (const oid of [NUMBER, DELTA])
    if (present(oid) !== undefined && numberIn(der, single(extensions, oid)) === undefined)
      return bad(present(oid), "its number is malformed");
  for (const entry of revoked) {
    const issuers = readIssuers(der, entry.extensions);
    if (issuers === "malformed") return undefined;
    if (issuers !== undefined && scope?.indirect !== true) return bad(entry, "an entry names an issuer, and the list is not indirect");
    if (readReason(der, entry.extensions) === "malformed") return undefined;
    if (entry.extensions.some((it) => it.oid === INVALIDITY && !isGeneralizedTime(der, it)))
      return bad(entry, "an invalidity date is malformed");
  }
  return undefined;
}

function isGeneralizedTime(der: Uint8Array, extension: Extension): boolean {
  const reader = DerReader.lax(der, extension.value);
  return reader.nextIs(TAG.generalizedTime) && readTime(reader, "an invalidity date").milliseconds !== undefined;
}

/** `crl_set_issuers`. What follows an entry that cannot be decoded has neither a reason nor an issuer, and nothing there is critical. */
function judgeEntries(
  der: Uint8Array,
  revoked: readonly RevokedCertificate[],
): { readonly entries: Map<string, Entry[]>; readonly critical: boolean } {
  const entries = new Map<string, Entry[]>();
  let critical = false;
  let issuers: readonly AlternativeName[] | undefined;
  let readable = true;
  for (const { serial, start, end, extensions } of revoked) {
    const named = readable ? readIssuers(der, extensions) : "malformed";
    if (named === "malformed") readable = false;
    else issuers = named ?? issuers;
    const reason = readable ? readReason(der, extensions) : undefined;
    const entry = { start, end, reason: reason === "malformed" ? undefined : reason, issuers: readable ? issuers : undefined };
    entries.set(serial, [...(entries.get(serial) ?? []), entry]);
    if (reason === "malformed") readable = false;
    critical ||= readable && extensions.some((it) => it.critical && it.oid !== CERTIFICATE_ISSUER);
  }
  return { entries, critical };
}

/** One that is there twice cannot be decoded for OpenSSL. */
function single(extensions: readonly Extension[], oid: string): Extension | undefined {
  const found = extensions.filter((it) => it.oid === oid);
  return found.length === 1 ? found[0] : undefined;
}

function numberIn(der: Uint8Array, extension: Extension | undefined): bigint | undefined {
  if (extension === undefined) return undefined;
  const reader = DerReader.lax(der, extension.value);
  const { bytes } = readInteger(reader, "a number");
  const [first = 0, second = 0] = bytes;
  const padded = bytes.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
  if (reader.error !== undefined || padded) return undefined;
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${toHex(bytes)}`));
}

function readReason(der: Uint8Array, extensions: readonly Extension[]): number | "malformed" | undefined {
  const found = extensions.filter((it) => it.oid === REASON);
  const [extension] = found;
  if (extension === undefined) return undefined;
  const reader = DerReader.lax(der, extension.value);
  const bytes = reader.contents(reader.read(0x0a, "a reason"));
  return found.length > 1 || reader.error !== undefined || bytes.length === 0
    ? "malformed"
    : bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

function readIssuers(der: Uint8Array, extensions: readonly Extension[]): readonly AlternativeName[] | "malformed" | undefined {
  const found = extensions.filter((it) => it.oid === CERTIFICATE_ISSUER);
  const [extension] = found;
  if (extension === undefined) return undefined;
  const reader = DerReader.lax(der, extension.value);
  const list = reader.inside(reader.read(TAG.sequence, "names"));
  const names: AlternativeName[] = [];
  while (list.more) {
    const name = readAlternativeName(list);
    if (name !== undefined) names.push(name);
  }
  return found.length > 1 || reader.error !== undefined ? "malformed" : names;
}

/** One that cannot be decoded counts as none. */
function readScope(
  der: Uint8Array,
  extension: Extension | undefined,
  issuer: DistinguishedName,
  { demandsPoint }: OpensslBehaviour,
): ListScope | undefined {
  if (extension === undefined) return undefined;
  const reader = DerReader.lax(der, extension.value);
  const fields = reader.inside(reader.read(TAG.sequence, "an issuing distribution point"));
  const outer = fields.optional(context(0), "a name");
  const point = outer === undefined ? undefined : readPointName(reader, outer, issuer);
  const truth = (number: number): boolean => {
    const element = fields.optional(context(number, false), "a truth value");
    const bytes = element === undefined ? [] : fields.contents(element);
    if (element !== undefined && bytes.length !== 1) fields.fail("BadDer", element.start, "a truth value is not one byte");
    return (bytes[0] ?? 0) !== 0;
  };
  const users = truth(1);
  const authorities = truth(2);
  const someReasons = fields.nextIs(context(3, false));
  const reasons = someReasons ? readReasons(fields, context(3, false), ALL_REASONS) : ALL_REASONS;
  const indirect = truth(4);
  const attributes = truth(5);
  fields.finish("the issuing distribution point");
  if (reader.error !== undefined) return undefined;
  const kinds = [users, authorities, attributes].filter(Boolean).length;
  return {
    invalid: kinds > 1 || (demandsPoint && kinds === 0 && !indirect && !someReasons && point === undefined),
    only: users ? "users" : authorities ? "authorities" : attributes ? "attributes" : undefined,
    indirect,
    someReasons,
    reasons,
    point,
  };
}
