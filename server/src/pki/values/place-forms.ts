/** Forms of the extensions that say where something is found: names, identifiers of keys, lists and their scope (RFC 5280 §4.2, §5.2, §5.3). */
import { toHex } from "../der/characters.ts";
import { context, type DerReader, type Element, TAG } from "../der/der.ts";
import { readBits, readOid, readSmallInteger, readTime } from "../der/primitives.ts";
import { REVOCATION_REASONS } from "../x509/crl.ts";
import { dateText, iso } from "./dates.ts";
import { form, listOf, sequenceIn } from "./form.ts";
import { magnitude } from "./integers.ts";
import { type GeneralNameValue, generalNameText, readGeneralNameValue, readGeneralNameValues, relativeName } from "./names.ts";

const namesText = (names: readonly GeneralNameValue[]): readonly string[] => names.map(generalNameText);

const generalNames = form((value) => readGeneralNameValues(sequenceIn(value, "names")), namesText);

const subjectKeyIdentifier = form(
  (value) => toHex(value.contents(value.read(TAG.octetString, "a key identifier"))),
  (id) => id,
);

const authorityKeyIdentifier = form(
  (value) => {
    const inner = sequenceIn(value, "an authority key identifier");
    const id = inner.optional(context(0, false), "a key identifier");
    const issuer = inner.optional(context(1), "an issuer");
    const serial = inner.optional(context(2, false), "a serial number");
    inner.finish("an authority key identifier");
    return {
      keyIdentifier: id && toHex(inner.contents(id)),
      issuer: issuer && readGeneralNameValues(inner.inside(issuer)),
      serial: serial && magnitude(inner.contents(serial)),
    };
  },
  ({ keyIdentifier, issuer, serial }) => [
    ...(keyIdentifier === undefined ? [] : [keyIdentifier]),
    ...(issuer === undefined ? [] : [`issuer ${namesText(issuer).join(", ")}`]),
    ...(serial === undefined ? [] : [`serial ${serial}`]),
  ],
);

/** In the order of the bits, from the second on: RFC 5280 §4.2.1.13. */
const REASON_FLAGS = [
  undefined,
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  "privilegeWithdrawn",
  "aACompromise",
] as const;

function readReasons(inner: DerReader, number: number): readonly string[] | undefined {
  if (!inner.nextIs(context(number, false))) return undefined;
  const { bytes, unused } = readBits(inner, "reasons", context(number, false));
  return REASON_FLAGS.flatMap((name, bit) => {
    const set = bit < 8 * bytes.length - unused && ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0;
    return set && name !== undefined ? [name] : [];
  });
}

interface PointName {
  readonly names?: readonly GeneralNameValue[] | undefined;
  readonly relativeName?: string | undefined;
}

function readPointName(inner: DerReader): PointName {
  const field = inner.optional(context(0), "a point's name");
  if (field === undefined) return {};
  const choice = inner.inside(field);
  const full = choice.optional(context(0), "a full name");
  if (full !== undefined) return { names: readGeneralNameValues(choice.inside(full)) };
  const relative = choice.optional(context(1), "a relative name");
  return relative === undefined ? {} : { relativeName: relativeName(choice, relative) };
}

const pointText = ({ names, relativeName: relative }: PointName): readonly string[] => [
  ...(names === undefined ? [] : namesText(names)),
  ...(relative === undefined ? [] : [`relative to the issuer: ${relative}`]),
];

const distributionPoints = form(
  (value) =>
    listOf(value, "distribution points", (list) => {
      const inner = sequenceIn(list, "a distribution point");
      const name = readPointName(inner);
      const reasons = readReasons(inner, 1);
      const issuer = inner.optional(context(2), "an issuer");
      return { ...name, reasons, issuer: issuer && readGeneralNameValues(inner.inside(issuer)) };
    }),
  (points) =>
    points.flatMap(({ reasons, issuer, ...name }) => [
      ...pointText(name),
      ...(reasons === undefined ? [] : [`for ${reasons.join(" and ")}`]),
      ...(issuer === undefined ? [] : [`issued by ${namesText(issuer).join(", ")}`]),
    ]),
);

/** By the number of the flag. */
const SCOPES = [
  [1, "onlyUserCertificates", "end entities only"],
  [2, "onlyAuthorityCertificates", "authorities only"],
  [4, "indirect", "of other issuers, too"],
  [5, "onlyAttributeCertificates", "attribute certificates only"],
] as const;

const issuingDistributionPoint = form(
  (value) => {
    const inner = sequenceIn(value, "an issuing distribution point");
    const name = readPointName(inner);
    const scope: string[] = [];
    let onlyReasons: readonly string[] | undefined;
    for (const [number, flag] of SCOPES) {
      if (number === 4) onlyReasons = readReasons(inner, 3);
      const element = inner.optional(context(number, false), flag);
      if (element !== undefined && inner.contents(element).some((byte) => byte !== 0)) scope.push(flag);
    }
    inner.finish("an issuing distribution point");
    return { ...name, scope, onlyReasons };
  },
  ({ scope, onlyReasons, ...name }) => [
    ...pointText(name),
    ...SCOPES.flatMap(([, flag, words]) => (scope.includes(flag) ? [words] : [])),
    ...(onlyReasons === undefined ? [] : [`only for ${onlyReasons.join(" and ")}`]),
  ],
);

const METHODS: Readonly<Record<string, string>> = {
  "1.3.6.1.5.5.7.48.1": "OCSP",
  "1.3.6.1.5.5.7.48.2": "caIssuers",
  "1.3.6.1.5.5.7.48.3": "timeStamping",
  "1.3.6.1.5.5.7.48.5": "caRepository",
};

const informationAccess = form(
  (value) =>
    listOf(value, "access descriptions", (list) => {
      const inner = sequenceIn(list, "an access description");
      const method = readOid(inner, "a method");
      return { method: METHODS[method] ?? method, location: readGeneralNameValue(inner) };
    }),
  (places) => places.map(({ method, location }) => `${method} ${location.type === "URI" ? location.value : generalNameText(location)}`),
);

const listNumber = form(
  (value) => magnitude(value.contents(value.read(TAG.integer, "a number"))),
  (number) => number,
);
const deltaIndicator = form(
  (value) => magnitude(value.contents(value.read(TAG.integer, "a number"))),
  (number) => `over the list of number ${number}`,
);

const reason = form(
  (value) => {
    const code = value.contents(value.read(0x0a, "a reason")).at(-1) ?? 0;
    return REVOCATION_REASONS[code] ?? code;
  },
  (name) => String(name),
);

const invalidityDate = form(
  (value) => iso(readTime(value, "a date")),
  (date) => dateText(date),
);

const HOLDS: Readonly<Record<string, string>> = {
  "1.2.840.10040.2.1": "none",
  "1.2.840.10040.2.2": "call the issuer",
  "1.2.840.10040.2.3": "reject",
};
const holdInstruction = form(
  (value) => readOid(value, "an instruction"),
  (oid) => HOLDS[oid] ?? oid,
);

const privateKeyUsagePeriod = form(
  (value) => {
    const inner = sequenceIn(value, "a period");
    const date = (number: number): string | undefined => {
      const element = inner.optional(context(number, false), "a time");
      return element && generalized(inner, element);
    };
    const notBefore = date(0);
    return { notBefore, notAfter: date(1) };
  },
  ({ notBefore, notAfter }) => [
    ...(notBefore === undefined ? [] : [`from ${dateText(notBefore)}`]),
    ...(notAfter === undefined ? [] : [`to ${dateText(notAfter)}`]),
  ],
);

/** An implicitly tagged GeneralizedTime. */
function generalized(reader: DerReader, element: Element): string {
  const digits = String.fromCharCode(...reader.contents(element).subarray(0, 32));
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits);
  return parts === null ? digits : `${parts.slice(1, 4).join("-")}T${parts.slice(4, 7).join(":")}Z`;
}

const tlsFeature = form(
  (value) => listOf(value, "features", (list) => readSmallInteger(list, "a feature") ?? 0),
  // RFC 7633 and RFC 6961.
  (features) => features.map((it) => (it === 5 ? "must staple" : it === 17 ? "must staple for the whole chain" : `feature ${it}`)),
);

export const PLACE_FORMS = {
  subjectAltName: generalNames,
  issuerAltName: generalNames,
  certificateIssuer: generalNames,
  subjectKeyIdentifier,
  authorityKeyIdentifier,
  cRLDistributionPoints: distributionPoints,
  freshestCRL: distributionPoints,
  issuingDistributionPoint,
  authorityInfoAccess: informationAccess,
  subjectInfoAccess: informationAccess,
  cRLNumber: listNumber,
  deltaCRLIndicator: deltaIndicator,
  cRLReason: reason,
  invalidityDate,
  holdInstructionCode: holdInstruction,
  privateKeyUsagePeriod,
  tlsFeature,
} as const;
