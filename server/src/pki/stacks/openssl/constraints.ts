/** Name constraints as OpenSSL judges them (`v3_ncons.c`). */
import type { AlternativeName } from "./alternative-names.ts";
import type { OpensslCertificate } from "./certificate.ts";
import { isDnsCommonName } from "./names.ts";
import type { NameConstraints, Subtree } from "./subtrees.ts";

const PERMITTED = "permitted subtree violation";
const EXCLUDED = "excluded subtree violation";
const SYNTAX = "unsupported or invalid name syntax";
const TYPE = "unsupported name constraint type";
const MINMAX = "name constraints minimum and maximum not supported";
const UNSPECIFIED = "unspecified certificate verification error";

/** Names times constraints above which OpenSSL gives up (`NAME_CHECK_MAX`). */
const MOST_COMPARISONS = 1 << 20;

/** The error of one certificate under one constraint; `leaf`: also its common name, when no DNS name is in it. */
export function checkNameConstraints(subject: OpensslCertificate, constraints: NameConstraints, leaf: boolean): string | undefined {
  const names = subject.names.length + subject.subject.count;
  const { permitted, excluded } = constraints;
  if (names > 0 && permitted.length + excluded.length > MOST_COMPARISONS / names) return UNSPECIFIED;
  const plain = (kind: AlternativeName["kind"], text: string): AlternativeName => ({
    kind,
    tag: 0,
    text,
    value: new Uint8Array(),
    directory: undefined,
  });
  const judged: (AlternativeName | undefined)[] = [];
  if (subject.subject.count > 0) {
    judged.push({ ...plain("directory", ""), directory: subject.subject });
    judged.push(...subject.subject.emails.map((email) => (email === undefined ? undefined : plain("email", email))));
  }
  judged.push(...subject.names);
  if (leaf && !subject.names.some(({ kind }) => kind === "DNS"))
    judged.push(...subject.subject.commonNames.filter(isDnsCommonName).map((name) => plain("DNS", name)));
  for (const name of judged) {
    const error = name === undefined ? SYNTAX : checkName(name, constraints);
    if (error !== undefined) return error;
  }
  return undefined;
}

function checkName(name: AlternativeName, { permitted, excluded }: NameConstraints): string | undefined {
  const alike = ({ base }: Subtree): boolean => base.kind === name.kind && (name.kind !== "other" || base.tag === name.tag);
  let outcome: "none" | "missed" | "met" = "none";
  for (const { base, bounded } of permitted.filter(alike)) {
    if (bounded) return MINMAX;
    if (outcome === "met") continue;
    outcome = "missed";
    const match = compare(name, base);
    if (typeof match === "string") return match;
    if (match) outcome = "met";
  }
  if (outcome === "missed") return PERMITTED;
  for (const { base, bounded } of excluded.filter(alike)) {
    if (bounded) return MINMAX;
    const match = compare(name, base);
    if (typeof match === "string") return match;
    if (match) return EXCLUDED;
  }
  return undefined;
}

function compare(name: AlternativeName, base: AlternativeName): boolean | string {
  switch (name.kind) {
    case "directory":
      return base.directory?.canonical.every((part, index) => part === name.directory?.canonical[index]) ?? false;
    case "DNS":
      return compareDns(name.text, base.text);
    case "email":
      return compareEmail(name.text, base.text);
    case "URI":
      return compareUri(name.text, base.text);
    case "IP":
      return compareAddress(name.value, base.value);
    case "other":
      return TYPE;
  }
}

const equal = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function compareDns(name: string, base: string): boolean {
  if (base === "") return true;
  if (name.length < base.length) return false;
  const cut = name.length - base.length;
  return (cut === 0 || base.startsWith(".") || name[cut - 1] === ".") && equal(name.slice(cut), base);
}

function compareEmail(name: string, base: string): boolean | string {
  const at = name.lastIndexOf("@");
  const baseAt = base.lastIndexOf("@");
  if (at < 0) return SYNTAX;
  if (baseAt < 0 && base.startsWith(".")) return name.length > base.length && equal(name.slice(-base.length), base);
  // The part before the sign in its own case.
  if (baseAt > 0 && name.slice(0, at) !== base.slice(0, baseAt)) return false;
  return equal(name.slice(at + 1), base.slice(baseAt + 1));
}

function compareUri(name: string, base: string): boolean | string {
  const colon = name.indexOf(":");
  if (colon < 0 || !name.startsWith("://", colon)) return SYNTAX;
  const rest = name.slice(colon + 3);
  const port = rest.indexOf(":");
  const slash = rest.indexOf("/");
  const host = port >= 0 ? rest.slice(0, port) : slash >= 0 ? rest.slice(0, slash) : rest;
  if (host === "") return SYNTAX;
  if (base.startsWith(".")) return host.length > base.length && equal(host.slice(-base.length), base);
  return equal(host, base);
}

function compareAddress(name: Uint8Array, base: Uint8Array): boolean | string {
  if ((name.length !== 4 && name.length !== 16) || (base.length !== 8 && base.length !== 32)) return SYNTAX;
  if (base.length !== name.length * 2) return false;
  return name.every((byte, at) => ((byte ^ (base[at] ?? 0)) & (base[name.length + at] ?? 0)) === 0);
}
