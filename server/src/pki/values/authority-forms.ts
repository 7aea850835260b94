/** Forms of the extensions that say what an authority may do, and under which policies: RFC 5280 §4.2.1.4 to §4.2.1.14. */
import { context, type DerReader, TAG } from "../der/der.ts";
import { readOid, readSmallInteger } from "../der/primitives.ts";
import { readBasicConstraints } from "../x509/extensions.ts";
import { asn1Of } from "./asn1.ts";
import { form, listOf, sequenceIn, stringIn } from "./form.ts";
import { type GeneralNameValue, generalNameText, readSubtreeBase } from "./names.ts";

const certificates = (number: number): string => `${number} ${number === 1 ? "certificate" : "certificates"}`;

const basicConstraints = form(readBasicConstraints, ({ ca, pathLength }) => [
  ca ? "authority" : "no authority",
  ...(pathLength === undefined ? [] : [`path length ${pathLength}`]),
]);

/** RFC 5280 names one policy; the others are those of the CA/Browser Forum. */
const POLICIES: Readonly<Record<string, string>> = {
  "2.5.29.32.0": "anyPolicy",
  "2.23.140.1.1": "extended validation",
  "2.23.140.1.2.1": "domain validated",
  "2.23.140.1.2.2": "organization validated",
  "2.23.140.1.2.3": "individual validated",
};

interface Qualifier {
  /** "CPS", "user notice" or an identifier. */
  readonly type: string;
  readonly uri?: string | undefined;
  readonly organization?: string | undefined;
  readonly numbers?: readonly number[] | undefined;
  readonly text?: string | undefined;
  readonly content?: unknown;
}

function readQualifier(list: DerReader): Qualifier {
  const inner = sequenceIn(list, "a qualifier");
  const oid = readOid(inner, "a qualifier");
  if (oid === "1.3.6.1.5.5.7.2.1") return { type: "CPS", uri: stringIn(inner) };
  if (oid !== "1.3.6.1.5.5.7.2.2") {
    const { start, end } = inner.readAny();
    return { type: oid, content: asn1Of(inner.bytes, { start, end }) };
  }
  const notice = sequenceIn(inner, "a user notice");
  const reference = notice.nextIs(TAG.sequence) ? sequenceIn(notice, "a notice reference") : undefined;
  const organization = reference && stringIn(reference);
  const numbers = reference && listOf(reference, "numbers", (it) => readSmallInteger(it, "a number") ?? 0);
  return { type: "user notice", organization, numbers, text: notice.more ? stringIn(notice) : undefined };
}

function qualifierText({ type, uri, organization, numbers, text }: Qualifier): string {
  const notices = numbers === undefined || numbers.length === 0 ? "" : ` notice ${numbers.join(" and ")}`;
  const from = organization === undefined ? [] : [`of ${organization}${notices}`];
  return [type, ...(uri === undefined ? [] : [uri]), ...from, ...(text === undefined ? [] : [JSON.stringify(text)])].join(" ");
}

const certificatePolicies = form(
  (value) =>
    listOf(value, "policies", (list) => {
      const inner = sequenceIn(list, "a policy");
      const policy = readOid(inner, "a policy");
      return { policy, name: POLICIES[policy], qualifiers: inner.more ? listOf(inner, "qualifiers", readQualifier) : [] };
    }),
  (policies) =>
    policies.map(({ policy, name, qualifiers }) =>
      [name === undefined ? policy : `${policy} (${name})`, ...qualifiers.map(qualifierText)].join(" · "),
    ),
);

const policyMappings = form(
  (value) =>
    listOf(value, "mappings", (list) => {
      const inner = sequenceIn(list, "a mapping");
      return { issuerPolicy: readOid(inner, "a policy"), subjectPolicy: readOid(inner, "a policy") };
    }),
  (mappings) => mappings.map(({ issuerPolicy, subjectPolicy }) => `${issuerPolicy} is ${subjectPolicy}`),
);

/** An implicitly tagged INTEGER. */
function taggedNumber(reader: DerReader, number: number): number | undefined {
  const field = reader.optional(context(number, false), "a number");
  return field && reader.contents(field).reduce((sum, byte) => sum * 256 + byte, 0);
}

const policyConstraints = form(
  (value) => {
    const inner = sequenceIn(value, "policy constraints");
    const requireExplicitPolicy = taggedNumber(inner, 0);
    return { requireExplicitPolicy, inhibitPolicyMapping: taggedNumber(inner, 1) };
  },
  ({ requireExplicitPolicy: required, inhibitPolicyMapping: mapped }) => [
    ...(required === undefined ? [] : [`a policy is required after ${certificates(required)}`]),
    ...(mapped === undefined ? [] : [`policies are not mapped after ${certificates(mapped)}`]),
  ],
);

const inhibitAnyPolicy = form(
  (value) => readSmallInteger(value, "a number") ?? 0,
  (after) => `after ${certificates(after)}`,
);

interface SubtreeValue {
  readonly base: GeneralNameValue;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
}

function readSubtrees(inner: DerReader, number: number): readonly SubtreeValue[] {
  const field = inner.optional(context(number), "subtrees");
  if (field === undefined) return [];
  const list = inner.inside(field);
  const found: SubtreeValue[] = [];
  while (list.more) {
    const subtree = sequenceIn(list, "a subtree");
    const base = readSubtreeBase(subtree);
    const minimum = taggedNumber(subtree, 0);
    found.push({ base, minimum, maximum: taggedNumber(subtree, 1) });
  }
  return found;
}

const nameConstraints = form(
  (value) => {
    const inner = sequenceIn(value, "name constraints");
    const permitted = readSubtrees(inner, 0);
    return { permitted, excluded: readSubtrees(inner, 1) };
  },
  ({ permitted, excluded }) => [
    ...permitted.map(({ base }) => `permitted ${generalNameText(base)}`),
    ...excluded.map(({ base }) => `excluded ${generalNameText(base)}`),
  ],
);

export const AUTHORITY_FORMS = {
  basicConstraints,
  certificatePolicies,
  policyMappings,
  policyConstraints,
  inhibitAnyPolicy,
  nameConstraints,
} as const;
