/**
 * Whether what a file holds authenticates anybody who can be reached: a certificate for this machine or for a reserved domain (RFC 6761,
 * RFC 2606) does not, whoever has its key, and neither does an authority of which nothing else is known to be issued.
 */
import type { Certificate, CertificateFile } from "../../pki/index.ts";
import { reachOfHost } from "../../tls/hosts.ts";
import type { FileContext } from "../rule.ts";
import { isAuthority, issuerOf, pinOf } from "./chain.ts";
import { type Holdings, holdingsOf } from "./holdings.ts";

/** The hosts that all its certificates are for, and those of its keys; undefined where one is for somebody, or nobody knows. */
export function unreachableHosts(file: CertificateFile, context: FileContext): readonly string[] | undefined {
  const holdings = holdingsOf(file);
  const certificates = holdings.distinct.map((it) => it.certificate);
  for (const { kind, parsed } of file.sections) {
    if (kind !== "private-key") continue;
    const pin = parsed?.kind === "private-key" ? parsed.pin : undefined;
    // A closed key is taken for that of what lies in the same file.
    const owners = pin === undefined ? certificates : ownersOf(pin, holdings, context);
    // Of a key without a certificate nobody knows whose it is.
    if (owners.length === 0) return undefined;
    if (owners !== certificates) certificates.push(...owners);
  }
  return hostsOf(certificates, holdings, context);
}

const ownersOf = (pin: string, holdings: Holdings, { neighbours }: FileContext): readonly Certificate[] => [
  ...holdings.alike(pinOf, pin).map((it) => it.certificate),
  ...(neighbours?.withKey(pin) ?? []).map((it) => it.parsed),
];

function hostsOf(certificates: Certificate[], holdings: Holdings, context: FileContext): readonly string[] | undefined {
  const hosts = new Set<string>();
  const seen = new Set<string>();
  // It grows by what authorities issued.
  for (const it of certificates) {
    if (seen.has(it.fingerprint)) continue;
    seen.add(it.fingerprint);
    const names = namesOf(it);
    const isUnreachable = names?.every(isNobodys) === true;
    if (isUnreachable) for (const name of names) hosts.add(name);
    const issued = isAuthority(it) ? issuedBy(it, holdings, context) : [];
    if (!isUnreachable && issued.length === 0) return undefined;
    for (const one of issued) certificates.push(one);
  }
  return hosts.size === 0 ? undefined : [...hosts];
}

function issuedBy({ subject }: Certificate, holdings: Holdings, { neighbours }: FileContext): readonly Certificate[] {
  const own = holdings.alike(issuerOf, subject.text).map((it) => it.certificate);
  const others = (neighbours?.issuedBy(subject.text) ?? []).map((it) => it.parsed);
  return [...own, ...others].filter((it) => it.subject.text !== subject.text);
}

/** What peers know it by; undefined where that is no host. */
function namesOf({ subject, values: { alternativeNames } }: Certificate): readonly string[] | undefined {
  if (alternativeNames !== undefined && alternativeNames.length > 0)
    return alternativeNames.every((it) => it.kind === "DNS" || it.kind === "IP") ? alternativeNames.map((it) => it.value) : undefined;
  const common = subject.attributes.findLast((it) => it.type === "CN")?.value;
  return common === undefined ? undefined : [common];
}

function isNobodys(host: string): boolean {
  const reach = reachOfHost(host.replace(/^\*\./, ""));
  return host !== "" && (reach === "loopback" || reach === "example");
}
