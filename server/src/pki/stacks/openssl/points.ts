/** Distribution points of certificates and of revocation lists as OpenSSL reads and compares them (RFC 5280 §4.2.1.13, §5.2.5). */
import { context, DerReader, type Element, sameBytes, TAG } from "../../der/der.ts";
import { readBits } from "../../der/primitives.ts";
import type { Extension } from "../../x509/extensions.ts";
import { type AlternativeName, readAlternativeName } from "./alternative-names.ts";
import { type DistinguishedName, relativeName, sameName } from "./names.ts";
import type { OpensslBehaviour } from "./versions.ts";

/** `CRLDP_ALL_REASONS`: bits 0 to 8 of the two bytes, as OpenSSL lays them out. */
export const ALL_REASONS = 0x807f;

/** Full names, or a name made of the issuer's and a relative one. */
export type PointName = { readonly full: readonly AlternativeName[] } | { readonly directory: DistinguishedName };

export interface Point {
  readonly name: PointName | undefined;
  readonly reasons: number;
  readonly issuers: readonly AlternativeName[] | undefined;
}

/** Of a certificate. `issuer`: the certificate's, which relative names continue. */
export function readPoints(
  der: Uint8Array,
  extension: Extension | undefined,
  issuer: DistinguishedName,
  { demandsContents }: OpensslBehaviour,
): readonly Point[] | "malformed" {
  if (extension === undefined) return [];
  const reader = DerReader.lax(der, extension.value);
  const list = reader.inside(reader.read(TAG.sequence, "distribution points"));
  const points: Point[] = [];
  while (list.more) {
    const fields = list.inside(list.read(TAG.sequence, "a distribution point"));
    const outer = fields.optional(context(0), "a distribution point's name");
    const reasons = fields.nextIs(context(1, false)) ? readReasons(fields, context(1, false), 0) : ALL_REASONS;
    const issuers = fields.optional(context(2), "the issuer of a list");
    fields.finish("a distribution point");
    const named = issuers === undefined ? undefined : readNames(reader, issuers);
    const base = named?.find(({ kind }) => kind === "directory")?.directory ?? issuer;
    const name = outer === undefined ? undefined : readPointName(reader, outer, base);
    // One of them must be there.
    if (demandsContents && name === undefined && (named ?? []).length === 0) return "malformed";
    points.push({ name, reasons, issuers: named });
  }
  return reader.error === undefined ? points : "malformed";
}

/** The contents of the tag [0]: [0] general names, or [1] attributes. */
export function readPointName(reader: DerReader, outer: Element, base: DistinguishedName): PointName | undefined {
  const choice = reader.inside(outer);
  const element = choice.readAny();
  choice.finish("the name of a distribution point");
  if (element.tag === context(0)) return { full: readNames(reader, element) };
  if (element.tag === context(1)) return { directory: { ...base, canonical: [...base.canonical, relativeName(reader.inside(element))] } };
  reader.fail("BadDer", element.start, "the name of a distribution point is of unknown form");
  return undefined;
}

function readNames(reader: DerReader, element: Element): AlternativeName[] {
  const list = reader.inside(element);
  const names: AlternativeName[] = [];
  while (list.more) {
    const name = readAlternativeName(list);
    if (name !== undefined) names.push(name);
  }
  return names;
}

/** `none`: what no bits at all mean. */
export function readReasons(reader: DerReader, tag: number, none: number): number {
  const { bytes } = readBits(reader, "reasons", tag);
  if (bytes.length === 0) return none;
  return ((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8)) & ALL_REASONS;
}

/** `idp_check_dp`: one that is absent fits every other. */
export function pointsMeet(a: PointName | undefined, b: PointName | undefined): boolean {
  if (a === undefined || b === undefined) return true;
  if ("directory" in a) return "directory" in b ? sameName(a.directory, b.directory) : names(b.full, a.directory);
  if ("directory" in b) return names(a.full, b.directory);
  return a.full.some((one) => b.full.some((other) => sameGeneralName(one, other)));
}

export const names = (list: readonly AlternativeName[], name: DistinguishedName): boolean =>
  list.some(({ directory }) => directory !== undefined && sameName(directory, name));

function sameGeneralName(a: AlternativeName, b: AlternativeName): boolean {
  if (a.kind !== b.kind || a.tag !== b.tag) return false;
  return a.directory !== undefined && b.directory !== undefined ? sameName(a.directory, b.directory) : sameBytes(a.value, b.value);
}
