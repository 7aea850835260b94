/** Distribution points (RFC 5280 §4.2.1.13) as rustls-webpki reads them, and whether a list's is one of a certificate's. */
import { type ByteRange, context, sameBytes, TAG } from "../../der/der.ts";
import { StrictReader } from "../strict-reader.ts";
import type { PathCertificate } from "./certificate.ts";
import { readFlags } from "./flags.ts";
import { presentedNames } from "./names.ts";
import type { WebpkiBehaviour } from "./versions.ts";

export const DISTRIBUTION_POINT = context(0);

/** The contents of a full name, or why there is none. */
export type DistributionPoint = { readonly fullName: ByteRange } | "relative" | "malformed";

/** The issuing distribution point (RFC 5280 §5.2.5), as far as a list with one is taken. */
export interface Scope extends ByteRange {
  readonly bytes: Uint8Array;
  readonly onlyUsers: boolean;
  readonly onlyAuthorities: boolean;
  readonly point: DistributionPoint;
}

/** The contents of the outer tag. What follows the name is not looked at before 0.104. */
export function readDistributionPoint(
  bytes: Uint8Array,
  { content, end }: { readonly content: number; readonly end: number },
  behaviour: WebpkiBehaviour,
): DistributionPoint {
  const reader = new StrictReader(bytes, { start: content, end });
  const name = reader.readAny();
  if (behaviour.ordersLists) reader.finish("BadDer", "the name of a distribution point");
  if (reader.failure !== undefined) return "malformed";
  if (name.tag === context(0)) return { fullName: { start: name.content, end: name.end } };
  return name.tag === context(1) ? "relative" : "malformed";
}

/** `authoritative_for`, without the roles. "panic": what the release does. */
export function coversPoints(scope: Scope, certificate: PathCertificate, behaviour: WebpkiBehaviour): boolean | "panic" {
  const { cRLDistributionPoints: points, bytes } = certificate;
  if (points === undefined) return true;
  const list = new StrictReader(bytes, points);
  const wanted = uris(scope.bytes, scope.point);
  for (let first = true; list.more; first = false) {
    const point = readPoint(list, behaviour);
    if (point === "panic") return "panic";
    if (point === "unusable") {
      if (behaviour.triesAllPoints) continue;
      return false;
    }
    const offered = uris(bytes, point);
    // Until 0.103.9 only the first address of the list was compared, and only with those of the first point.
    const compared = behaviour.triesAllPoints ? wanted : first ? wanted.slice(0, 1) : [];
    if (compared.some((uri) => offered.some((other) => sameBytes(uri, other)))) return true;
  }
  return false;
}

/** A point that has a full name, is for all reasons and for lists of the certificate's own issuer. */
function readPoint(list: StrictReader, behaviour: WebpkiBehaviour): DistributionPoint | "unusable" | "panic" {
  const element = list.read(TAG.sequence, "a distribution point");
  const fields = new StrictReader(list.bytes, { start: element.content, end: element.end });
  const seen = new Set<number>();
  let name: DistributionPoint | undefined;
  while (fields.more) {
    const field = fields.readAny();
    if (seen.has(field.tag)) fields.fail("ExtensionValueInvalid", "a distribution point has a field twice", field);
    seen.add(field.tag);
    if (field.tag === DISTRIBUTION_POINT) name = readDistributionPoint(list.bytes, field, behaviour);
    else if (field.tag === context(1, false)) readFlags(fields, { start: field.content, end: field.end }, behaviour);
    else if (field.tag !== context(2)) fields.fail("BadDer", "a distribution point has a field of unknown form", field);
  }
  if (fields.failure?.kind === "panic") return "panic";
  const limited = seen.has(context(1, false)) || seen.has(context(2));
  return list.failure !== undefined || fields.failure !== undefined || limited || name === undefined || typeof name === "string"
    ? "unusable"
    : name;
}

/** The addresses in a full name; names that are malformed are passed over. */
function uris(bytes: Uint8Array, point: DistributionPoint): Uint8Array[] {
  if (typeof point === "string") return [];
  return presentedNames({ bytes, subjectAltName: point.fullName }).names.flatMap((it) => (it.kind === "URI" ? [it.value] : []));
}
