/** The alternative names of a certificate that is issued again: those that match something, put right where that is certain. */
import type { Certificate, GeneralName } from "../../../pki/index.ts";
import { dnsFault } from "../../../rules/files/unusable-name.ts";

/** Of characters that mean nothing to a shell, to OpenSSL's configuration or to JSON but what they are. */
export interface IssuedName {
  readonly kind: "DNS" | "IP" | "URI" | "email";
  readonly value: string;
}

/** More than a server is called by; a command has to be read by somebody. */
const MOST = 100;
/** Stands for what the user has to fill in, and matches nobody's host (RFC 6761). */
const PLACEHOLDER: IssuedName = { kind: "DNS", value: "server.example" };

export function issuedNames(
  { values, subject }: Certificate,
  server: boolean,
): { readonly names: readonly IssuedName[]; readonly notes: readonly string[] } {
  const given = values.alternativeNames ?? [];
  const kept = distinct(given.flatMap(issuedName)).slice(0, MOST);
  const identities = kept.filter(isIdentity);
  // Two SPIFFE identities are none.
  const fit = identities.length > 1 ? kept.filter((it) => !isIdentity(it)) : kept;
  const common = subject.attributes.findLast((it) => it.type === "CN")?.value;
  const fromCommon = fit.length > 0 || common === undefined ? [] : dnsNames(common).filter((it) => server || it.value.length < 64);
  const names = fit.length > 0 || fromCommon.length > 0 ? [...fit, ...fromCommon] : server ? [PLACEHOLDER] : [];
  const left = given.length - fit.length;
  return {
    names,
    notes: [
      ...(left > 0 ? [`${left} alternative ${left === 1 ? "name matches" : "names match"} nothing, or could not be taken over`] : []),
      ...(fromCommon.length > 0 ? ["the alternative name is the common name of the old certificate"] : []),
      ...(names[0] === PLACEHOLDER ? ["put the server's host in place of server.example"] : []),
    ],
  };
}

function issuedName({ kind, value }: GeneralName): readonly IssuedName[] {
  switch (kind) {
    case "DNS":
      return dnsNames(value);
    case "IP":
      return ADDRESS.test(value) ? [{ kind, value }] : [];
    case "URI":
      if (/^spiffe:/i.test(value) && !IDENTITY.test(value)) return [];
      return isUri(value) ? [{ kind, value }] : [];
    case "email":
      return /^[A-Za-z0-9.!#%&*+/=?^_~-]+@[A-Za-z0-9.-]+$/.test(value) ? [{ kind, value }] : [];
    default:
      return [];
  }
}

/** With a whole name or an address for a host, where there is one (RFC 5280, 4.2.1.6). */
const isUri = (value: string): boolean =>
  /^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9:/?#@!&()*+,;=._~%[\]-]+$/.test(value) &&
  (IDENTITY.test(value) || !/^[^/]*:\/\//.test(value) || /^[^/]*:\/\/(?:[^/?#@]*@)?(?:\[|[^/?#:]+\.[^/?#:.]+)/.test(value));

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]*)$/i;
const IDENTITY = /^spiffe:\/\/[a-z0-9._-]+(?:\/(?!\.\.?(?:\/|$))[A-Za-z0-9._-]+)+$/;
const isIdentity = ({ kind, value }: IssuedName): boolean => kind === "URI" && value.startsWith("spiffe:");

/** A host that stands in an address, before a port or a last dot is one all the same; an address is an `IP` entry. */
function dnsNames(written: string): readonly IssuedName[] {
  const host = written.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/(?::\d+)?\/?$|\.$/, "");
  for (const value of new Set([written, host])) {
    const address = value.replace(/^\[(.*)\]$/, "$1");
    if (ADDRESS.test(address)) return isAddress(address) ? [{ kind: "IP", value: address }] : [];
    if (/^[A-Za-z0-9_.*-]+$/.test(value) && dnsFault(value) === undefined) return [{ kind: "DNS", value }];
  }
  return [];
}

/** Each part in its range; of IPv6 eight groups, or fewer around one gap. */
function isAddress(value: string): boolean {
  if (/^[\d.]+$/.test(value)) return value.split(".").every((it) => Number(it) < 256);
  const groups = value.split(":");
  const gaps = value.split("::").length - 1;
  return (
    groups.every((it) => it.length <= 4) && !value.includes(":::") && (gaps === 0 ? groups.length === 8 : gaps === 1 && groups.length <= 9)
  );
}

/** The first of each, whatever its case. */
function distinct(names: readonly IssuedName[]): readonly IssuedName[] {
  const first = new Map<string, IssuedName>();
  for (const it of names) {
    const key = `${it.kind} ${it.value.toLowerCase()}`;
    if (!first.has(key)) first.set(key, it);
  }
  return [...first.values()];
}
