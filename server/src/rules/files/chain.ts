/** How the certificates of a file hang together: who issued whom, and the chain from the end entity upwards. */
import { type ByteRange, type Certificate, type CertificateFile, certificateRole, type Section, sameRange } from "../../pki/index.ts";
import type { FileContext, Neighbour } from "../rule.ts";
import { fileWords, isTrust, type PlacedCertificate } from "./context.ts";
import { type Holdings, holdingsOf } from "./holdings.ts";

export interface Chain {
  readonly leaf: PlacedCertificate;
  /** From the leaf upwards, as far as the file goes. */
  readonly path: readonly PlacedCertificate[];
  /** On any way up from the leaf. */
  readonly connected: ReadonlySet<Section>;
  /** The code serves it. */
  readonly served: boolean;
}

export function isAuthority(certificate: Certificate): boolean {
  const role = certificateRole(certificate);
  return role === "root" || role === "intermediate";
}

/** Asked for by one rule after the other: the latest is kept. */
let latest: { readonly holdings: Holdings; readonly context: FileContext; readonly chain: Chain | undefined } | undefined;

/** Undefined: the file is no chain of one end entity, as far as can be told. */
export function chainOf(file: CertificateFile, context: FileContext): Chain | undefined {
  const holdings = holdingsOf(file);
  if (latest?.holdings !== holdings || latest.context !== context) latest = { holdings, context, chain: findChain(holdings, context) };
  return latest.chain;
}

/** More links no stack follows: OpenSSL stops at a hundred, rustls at six. */
const LONGEST_PATH = 128;

function findChain(holdings: Holdings, context: FileContext): Chain | undefined {
  const certificates = holdings.distinct;
  const served = context.usedAs.some((it) => it.role === "own-chain");
  if (!served && (context.usedAs.some((it) => isTrust(it.role)) || soundsLikeTrust(context.path))) return undefined;
  const leaves = certificates.filter((it) => !isAuthority(it.certificate));
  const [leaf] = leaves;
  if (leaf === undefined || (leaves.length > 1 && !(served && leaf === certificates[0]))) return undefined;
  // What is pinned as its own authority may lie among others that are trusted.
  if (!served && leaf.certificate.selfIssued && certificates.length > 1) return undefined;
  const connected = new Set<Section>([leaf.section]);
  const path = [leaf];
  if (certificates.length === 1) return { leaf, path, connected, served };
  const queue = [leaf];
  for (const child of queue) {
    if (child.certificate.selfIssued) continue;
    const issuers = holdings
      .alike(subjectOf, child.certificate.issuer.text)
      .filter((it) => !connected.has(it.section) && isIssuer(it, child, context));
    if (child === path.at(-1) && issuers[0] !== undefined && path.length < LONGEST_PATH) path.push(longestLived(issuers));
    for (const it of issuers) {
      connected.add(it.section);
      queue.push(it);
    }
  }
  return { leaf, path, connected, served };
}

/** What certificates are found by (`Holdings.alike`). */
export const subjectOf = ({ subject }: Certificate): string => subject.text;
export const issuerOf = ({ issuer }: Certificate): string => issuer.text;
export const pinOf = ({ key }: Certificate): string => key.pin;

const longestLived = (issuers: readonly PlacedCertificate[]): PlacedCertificate =>
  issuers.reduce((best, it) => ((it.certificate.notAfter.milliseconds ?? 0) > (best.certificate.notAfter.milliseconds ?? 0) ? it : best));

/** By name and key identifiers, and by the signature where it was checked. */
export const isIssuer = (issuer: PlacedCertificate, child: PlacedCertificate, context: FileContext): boolean =>
  isNamedIssuer(issuer, child) &&
  keyIdsAgree(issuer.certificate, child.certificate) &&
  context.neighbours?.signature(child.certificate, issuer.certificate.key) !== "invalid";

export const isNamedIssuer = (issuer: PlacedCertificate, child: PlacedCertificate): boolean =>
  issuer.certificate.subject.text === child.certificate.issuer.text &&
  sameDer(issuer, issuer.certificate.subject, child, child.certificate.issuer);

export const keyIdsAgree = (issuer: HasValues<"subjectKeyId">, child: HasValues<"authorityKeyId">): boolean =>
  issuer.values.subjectKeyId === undefined ||
  child.values.authorityKeyId === undefined ||
  issuer.values.subjectKeyId === child.values.authorityKeyId;

interface HasValues<K extends keyof Certificate["values"]> {
  readonly values: Pick<Certificate["values"], K>;
}

/** Both certificates name the same key of their issuer, as far as both tell. */
export const keyIdsAgreeOfIssuer = (a: HasValues<"authorityKeyId">, b: HasValues<"authorityKeyId">): boolean =>
  a.values.authorityKeyId === undefined || b.values.authorityKeyId === undefined || a.values.authorityKeyId === b.values.authorityKeyId;

/** Names are compared as rustls does: byte by byte. */
const sameDer = (a: PlacedCertificate, at: ByteRange, b: PlacedCertificate, bt: ByteRange): boolean =>
  a.section.der !== undefined && b.section.der !== undefined && sameRange(a.section.der, at, b.section.der, bt);

export const placed = ({ section, parsed }: Neighbour<Certificate>): PlacedCertificate => ({ section, certificate: parsed });

/** The authorities between a certificate and a root that lie in other files, nearest first; `root`: the root is known, too. */
export function above(
  child: PlacedCertificate,
  context: FileContext,
): { readonly missing: readonly Neighbour<Certificate>[]; readonly root: boolean } {
  const missing: Neighbour<Certificate>[] = [];
  const seen = new Set<string>([child.certificate.fingerprint]);
  for (let at = child; ; ) {
    if (at.certificate.selfIssued) return { missing, root: true };
    const issuers = (context.neighbours?.named(at.certificate.issuer.text) ?? []).filter(
      (it) => isAuthority(it.parsed) && !seen.has(it.parsed.fingerprint) && isIssuer(placed(it), at, context),
    );
    if (issuers.some((it) => it.parsed.selfIssued)) return { missing, root: true };
    const [next] = issuers;
    if (next === undefined) return { missing, root: false };
    missing.push(next);
    seen.add(next.parsed.fingerprint);
    at = placed(next);
  }
}

/** `ca.pem`, `trusted-clients.pem`; not `fullchain.pem`, `server-ca-chain.pem`. */
export function soundsLikeTrust(path: string | undefined): boolean {
  const words = fileWords(path);
  return (
    words.some((it) => /^(ca|cas|cacerts?|roots?|rootca|anchors?|trust|trusted|truststore|truststores)$/.test(it)) &&
    !words.some((it) => /^(chain|fullchain|server|leaf|cert)$/.test(it))
  );
}
