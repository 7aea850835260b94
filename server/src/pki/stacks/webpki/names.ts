/** Names as rustls-webpki compares them (`subject_name/`): those of a certificate, and name constraints. */
import { latin1 } from "../../der/characters.ts";
import { type ByteRange, context, TAG } from "../../der/der.ts";
import { type Failure, StrictReader } from "../strict-reader.ts";
import { type PathCertificate, trailing } from "./certificate.ts";
import { matchDns } from "./dns-names.ts";
import type { WebpkiBehaviour } from "./versions.ts";

export interface PresentedName extends ByteRange {
  readonly kind: "DNS" | "directory" | "IP" | "URI" | "other";
  /** Of "other": its tag without the class, so that only equal forms meet. */
  readonly form: number;
  readonly value: Uint8Array;
  /** Of a DNS name. */
  readonly text: string;
}

/** Names up to the first that is malformed. */
export interface Names {
  readonly names: readonly PresentedName[];
  readonly failure: Failure | undefined;
}

const NO_NAMES: Names = { names: [], failure: undefined };

export function presentedNames({ bytes, subjectAltName }: Pick<PathCertificate, "bytes" | "subjectAltName">): Names {
  if (subjectAltName === undefined) return NO_NAMES;
  const reader = new StrictReader(bytes, subjectAltName);
  const names: PresentedName[] = [];
  while (reader.more) {
    const name = readGeneralName(reader);
    if (name !== undefined) names.push(name);
  }
  return { names, failure: reader.failure };
}

function readGeneralName(reader: StrictReader): PresentedName | undefined {
  const element = reader.readAny();
  if (reader.failure !== undefined) return undefined;
  const value = reader.contents(element);
  const name = (kind: PresentedName["kind"]): PresentedName => ({
    kind,
    form: element.tag & 0x1f,
    value,
    text: kind === "DNS" ? latin1(value) : "",
    start: element.start,
    end: element.end,
  });
  switch (element.tag) {
    case context(2, false):
      return name("DNS");
    case context(4):
      return name("directory");
    case context(6, false):
      return name("URI");
    case context(7, false):
      return name("IP");
    case context(0):
    case context(1, false):
    case context(3):
    case context(5):
    case context(8, false):
      return name("other");
    default:
      reader.fail("BadDer", `a name of unknown form, tag 0x${element.tag.toString(16)}`, element);
      return undefined;
  }
}

export type HostMatch = "match" | "no match" | Failure;

/** `host` is a valid DNS name. Malformed names of the certificate are passed over, malformed DER is not. */
export function matchesHost(certificate: PathCertificate, host: string, address: Uint8Array | undefined): HostMatch {
  const { names, failure } = presentedNames(certificate);
  for (const { kind, text, value } of names) {
    if (address === undefined && kind === "DNS" && matchDns(text, "reference", host, true) === true) return "match";
    if (address !== undefined && kind === "IP" && value.length === address.length && value.every((byte, at) => byte === address[at]))
      return "match";
  }
  return failure ?? "no match";
}

/** `presented_id_matches_constraint` of addresses: base and mask, which must be a prefix. */
function matchAddress(name: Uint8Array, constraint: Uint8Array): boolean | string {
  const half = name.length;
  if (half !== 4 && half !== 16) return "BadDer";
  if (constraint.length === (half === 4 ? 32 : 8)) return false;
  if (constraint.length !== half * 2) return "InvalidNetworkMaskConstraint";
  let seenZero = false;
  for (let at = 0; at < half; at++) {
    const mask = constraint[half + at] ?? 0;
    const ones = Math.clz32(~(mask << 24));
    if (ones < 8 && (mask & (0xff >> ones)) !== 0) return "InvalidNetworkMaskConstraint";
    if (seenZero && mask !== 0) return "InvalidNetworkMaskConstraint";
    if (mask !== 0xff) seenZero = true;
    if ((((name[at] ?? 0) ^ (constraint[at] ?? 0)) & mask) !== 0) return false;
  }
  return true;
}

/** The two lists of a constraint, each up to its first malformed subtree. */
export interface Constraints {
  readonly permitted: Names | undefined;
  readonly excluded: Names | undefined;
  /** What makes the whole of it unreadable at once, and what is only seen after all names were compared. */
  readonly failure: Failure | undefined;
  readonly trailing: Failure | undefined;
}

export function readConstraints(bytes: Uint8Array, range: ByteRange, behaviour: WebpkiBehaviour): Constraints {
  const reader = new StrictReader(bytes, range);
  const subtrees = (number: number): Names | undefined => {
    if (!reader.nextIs(context(number))) return undefined;
    const element = reader.read(context(number), "subtrees");
    const list = new StrictReader(bytes, { start: element.content, end: element.end });
    if (behaviour.demandsSubtrees && !list.more) reader.fail("MalformedNameConstraint", "a list of subtrees is empty", element);
    const names: PresentedName[] = [];
    while (list.more) {
      const subtree = list.inside(list.read(TAG.sequence, "a subtree"));
      const base = readGeneralName(subtree);
      subtree.finish(trailing(behaviour, "GeneralName"), "the base of a subtree");
      if (base !== undefined && list.failure === undefined) names.push(base);
    }
    return { names, failure: list.failure };
  };
  const permitted = subtrees(0);
  const excluded = subtrees(1);
  if (behaviour.demandsSubtrees && permitted === undefined && excluded === undefined)
    reader.fail("MalformedNameConstraint", "name constraints without any");
  const { failure } = reader;
  reader.finish("BadDer", "the excluded subtrees");
  return { permitted, excluded, failure, trailing: failure === undefined ? reader.failure : undefined };
}

export interface ConstraintFault {
  readonly kind: string;
  readonly message: string;
  /** The name that violates it; absent for the subject. */
  readonly name?: PresentedName;
}

/** A subject is a directory name, and webpki takes every constraint on those as violated. */
const SUBJECT: PresentedName = { kind: "directory", form: 4, value: new Uint8Array(), text: "", start: 0, end: 0 };

/** One certificate below the one with the constraint. `spend` says whether one more comparison is within the budget. */
export function checkConstraints(
  { permitted, excluded }: Constraints,
  certificate: PathCertificate,
  behaviour: WebpkiBehaviour,
  spend: () => boolean,
): ConstraintFault | undefined {
  const { names, failure } = presentedNames(certificate);
  for (const name of names) {
    const fault = checkName(name, permitted, excluded, behaviour, spend);
    if (fault !== undefined) return { ...fault, name };
  }
  if (failure !== undefined) return { kind: failure.kind, message: failure.message };
  return checkName(SUBJECT, permitted, excluded, behaviour, spend);
}

function checkName(
  name: PresentedName,
  permitted: Names | undefined,
  excluded: Names | undefined,
  behaviour: WebpkiBehaviour,
  spend: () => boolean,
): ConstraintFault | undefined {
  for (const role of ["permitted", "excluded"] as const) {
    const subtrees = role === "permitted" ? permitted : excluded;
    if (subtrees === undefined) continue;
    let met = false;
    let missed = false;
    for (const base of subtrees.names) {
      if (!spend()) return { kind: "MaximumNameConstraintComparisonsExceeded", message: "there are too many names and constraints" };
      const matches = compare(name, base, role, behaviour);
      if (matches === undefined) continue;
      if (typeof matches === "string") return { kind: matches, message: faultText(matches) };
      if (role === "excluded" && matches) return violation("is excluded");
      if (matches) met = true;
      else missed = true;
    }
    if (subtrees.failure !== undefined) {
      if (!spend()) return { kind: "MaximumNameConstraintComparisonsExceeded", message: "there are too many names and constraints" };
      return { kind: subtrees.failure.kind, message: subtrees.failure.message };
    }
    if (role === "permitted" && missed && !met) return violation("is not permitted");
  }
  return undefined;
}

/** Undefined: the base is of another form and says nothing about the name. */
function compare(
  name: PresentedName,
  base: PresentedName,
  role: "permitted" | "excluded",
  behaviour: WebpkiBehaviour,
): boolean | string | undefined {
  if (name.kind !== base.kind) return undefined;
  switch (name.kind) {
    case "DNS":
      return matchDns(name.text, role, base.text, behaviour.wildcardsArePermitted);
    case "IP":
      return matchAddress(name.value, base.value);
    case "directory":
      return role === "excluded";
    case "URI":
      if (behaviour.uriConstraints === "ignored") return undefined;
      if (behaviour.uriConstraints === "never within") return false;
      return behaviour.uriConstraints === "never met" ? role === "excluded" : "NameConstraintViolation";
    case "other":
      return name.form === base.form ? "NameConstraintViolation" : undefined;
  }
}

const violation = (how: string): ConstraintFault => ({ kind: "NameConstraintViolation", message: `a name ${how} by a name constraint` });

function faultText(kind: string): string {
  switch (kind) {
    case "NameConstraintViolation":
      return "rustls takes every constraint on names of this form as violated";
    case "MalformedDnsIdentifier":
      return "a DNS name is malformed, so that no constraint can be judged";
    case "InvalidNetworkMaskConstraint":
      return "the mask of a constraint on addresses is no prefix";
    default:
      return "a name constraint is malformed";
  }
}
