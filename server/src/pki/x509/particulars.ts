/** Values of extensions that few rules ask for, and how names are encoded. Decoded when asked: no reader of a whole file needs them. */
import { type ByteRange, context, DerReader, type Element, TAG } from "../der/der.ts";
import { decodeString, readOid } from "../der/primitives.ts";
import type { Extension } from "./extensions.ts";
import { type GeneralName, readGeneralName, readGeneralNames } from "./names.ts";

interface WithExtensions {
  readonly extensions: readonly Extension[];
}

type Reading<T> = (der: Uint8Array, of: WithExtensions) => T | undefined;

/**
 * Undefined when there is no such extension, or none that can be read. Read once: several checks ask for the same.
 * `whole`: bytes behind the value make it unreadable.
 */
export function readingOf<T>(name: string, read: (value: DerReader) => T, whole = true): Reading<T> {
  const known = new WeakMap<Extension, { readonly value: T | undefined }>();
  return (der, { extensions }) => {
    const extension = extensions.find((it) => it.name === name);
    if (extension === undefined) return undefined;
    let reading = known.get(extension);
    if (reading === undefined) {
      const reader = new DerReader(der, extension.value);
      const value = read(reader);
      if (whole) reader.finish(`the value of ${name}`);
      reading = { value: reader.error === undefined ? value : undefined };
      known.set(extension, reading);
    }
    return reading.value;
  };
}

function listOf<T>(reader: DerReader, what: string, read: (inner: DerReader, element: Element) => T): readonly T[] {
  const list = reader.inside(reader.read(TAG.sequence, what));
  const found: T[] = [];
  while (list.more) {
    const element = list.read(TAG.sequence, what);
    found.push(read(list.inside(element), element));
  }
  return found;
}
const rangeOf = ({ start, end }: ByteRange): ByteRange => ({ start, end });

/** Those of the subject are in `values.alternativeNames`. */
export const issuerNamesOf = readingOf<readonly GeneralName[]>("issuerAltName", readGeneralNames);

/** RFC 5280 §4.2.1.4. */
export interface CertificatePolicy extends ByteRange {
  readonly oid: string;
  readonly qualifiers: readonly PolicyQualifier[];
}
export interface PolicyQualifier extends ByteRange {
  readonly oid: string;
  readonly refersToNotice: boolean;
  readonly explicitText?: ByteRange & { readonly tag: number; readonly text: string };
}
export const policiesOf = readingOf<readonly CertificatePolicy[]>("certificatePolicies", (value) =>
  listOf(value, "a policy", (inner, element) => ({
    ...rangeOf(element),
    oid: readOid(inner, "a policy"),
    qualifiers: inner.more ? listOf(inner, "a qualifier", readQualifier) : [],
  })),
);

/** CPSuri or UserNotice; others are passed over. */
function readQualifier(inner: DerReader, element: Element): PolicyQualifier {
  const oid = readOid(inner, "a qualifier");
  const plain = { ...rangeOf(element), oid, refersToNotice: false };
  if (!inner.nextIs(TAG.sequence)) {
    inner.readAny();
    return plain;
  }
  const notice = inner.inside(inner.readAny());
  const refersToNotice = notice.nextIs(TAG.sequence);
  if (refersToNotice) notice.readAny();
  if (!notice.more) return { ...plain, refersToNotice };
  const value = notice.readAny();
  return {
    ...plain,
    refersToNotice,
    explicitText: { ...rangeOf(value), tag: value.tag, text: decodeString(value.tag, notice.contents(value)) },
  };
}

/** RFC 5280 §4.2.1.5. */
export interface PolicyMapping extends ByteRange {
  readonly from: string;
  readonly to: string;
}
export const policyMappingsOf = readingOf<readonly PolicyMapping[]>("policyMappings", (value) =>
  listOf(value, "a mapping", (inner, element) => ({
    ...rangeOf(element),
    from: readOid(inner, "a policy of the issuer"),
    to: readOid(inner, "a policy of the subject"),
  })),
);

/** RFC 5280 §4.2.1.13. */
export interface DistributionPoint extends ByteRange {
  /** A name is there, in full or relative to the issuer's. */
  readonly named: boolean;
  readonly relative: boolean;
  readonly names: readonly GeneralName[];
  readonly issuer: boolean;
}
export const distributionPointsOf = readingOf<readonly DistributionPoint[]>("cRLDistributionPoints", (value) =>
  listOf(value, "a distribution point", (inner, element) => {
    const name = readPointName(inner);
    inner.optional(context(1, false), "reasons");
    const issuer = inner.optional(context(2), "an issuer") !== undefined;
    return { ...rangeOf(element), named: name !== undefined, relative: name?.relative ?? false, names: name?.names ?? [], issuer };
  }),
);

/** Undefined: there is none. `relative`: to the issuer's name. */
function readPointName(inner: DerReader): { readonly names: readonly GeneralName[]; readonly relative: boolean } | undefined {
  const field = inner.optional(context(0), "a point's name");
  if (field === undefined) return undefined;
  const choice = inner.inside(field);
  const full = choice.optional(context(0), "a full name");
  const names: GeneralName[] = [];
  if (full === undefined) return { names, relative: true };
  const list = choice.inside(full);
  while (list.more) names.push(readGeneralName(list));
  return { names, relative: false };
}

/** What a revocation list is for (RFC 5280 §5.2.5). */
export interface IssuingPoint {
  /** Of its distribution point; empty where the point is relative to the issuer. Undefined: there is none. */
  readonly names: readonly GeneralName[] | undefined;
  readonly onlyUsers: boolean;
  readonly onlyAuthorities: boolean;
  readonly someReasons: boolean;
  readonly indirect: boolean;
  readonly onlyAttributes: boolean;
}
export const issuingPointOf = readingOf<IssuingPoint>("issuingDistributionPoint", (value) => {
  const inner = value.inside(value.read(TAG.sequence, "an issuing distribution point"));
  const names = readPointName(inner)?.names;
  const flag = (number: number, what: string): boolean => {
    const element = inner.optional(context(number, false), what);
    return element !== undefined && inner.contents(element).some((byte) => byte !== 0);
  };
  const onlyUsers = flag(1, "whether it is for end entities");
  const onlyAuthorities = flag(2, "whether it is for authorities");
  const someReasons = inner.optional(context(3, false), "reasons") !== undefined;
  const indirect = flag(4, "whether it is indirect");
  const onlyAttributes = flag(5, "whether it is for attribute certificates");
  return { names, onlyUsers, onlyAuthorities, someReasons, indirect, onlyAttributes };
});

/** RFC 5280 §4.2.2.1. */
export interface AccessDescription extends ByteRange {
  readonly method: string;
  readonly location: GeneralName;
}
export const CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
export const OCSP = "1.3.6.1.5.5.7.48.1";
export const accessOf = readingOf<readonly AccessDescription[]>("authorityInfoAccess", (value) =>
  listOf(value, "an access description", (inner, element) => ({
    ...rangeOf(element),
    method: readOid(inner, "an access method"),
    location: readGeneralName(inner),
  })),
);

/** The value of an attribute of a name, as it is encoded. */
export function attributeValue(der: Uint8Array, attribute: ByteRange): (ByteRange & { readonly tag: number }) | undefined {
  const reader = new DerReader(der, attribute);
  const inner = reader.inside(reader.read(TAG.sequence, "an attribute"));
  readOid(inner, "an attribute's type");
  const { tag, start, end } = inner.readAny();
  return reader.error === undefined ? { tag, start, end } : undefined;
}
