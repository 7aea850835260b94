/** A chain of which some certificates are on no revocation list's watch, while the workspace has lists for it. */
import { certificateRole, distributionPointsOf, type GeneralName, issuingPointOf, visible } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict, Neighbour } from "../rule.ts";
import { chainOf, isAuthority, isIssuer, placed } from "./chain.ts";
import { distinctOf, nameOf, type PlacedCertificate, type PlacedList } from "./context.ts";
import { anyLists, listsByIssuer } from "./lists.ts";

export const missingRevocationList: FileRule = {
  id: "missing-revocation-list",
  judges: "file",
  summary: "no CRL covers a certificate of a chain, while others exist",
  severity: "warning",
  since: "0.1.0",
  cwe: [299],
  sources: [
    { title: "RFC 5280, 6.3 CRL validation", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.3" },
    {
      title: "rustls-webpki: UnknownStatusPolicy",
      url: "https://docs.rs/rustls-webpki/latest/webpki/enum.UnknownStatusPolicy.html",
    },
  ],
  rationale: `Once CRLs are loaded, rustls looks every certificate of the chain up, and takes one whose CA has no list for rejected
(\`UnknownRevocationStatus\`); OpenSSL does so with \`X509_V_FLAG_CRL_CHECK_ALL\` (\`unable to get certificate CRL\`). The CRL of the
root, for the intermediates, is easily forgotten, and then checks are weakened: only the leaf, or unknown status allowed.

A list may be for a part of a CA's certificates: those that name one of its distribution points, those of end entities, or those
of CAs. To rustls a list of another part is none (\`authoritative\`), and to OpenSSL it is of a \`different CRL scope\`.

Reported where the workspace has a list for one CA of a chain and none for another, or lists of other parts only. Fine where no
CRLs are loaded.`,
  byHand: "only its CA provides the CRL",
  examples: [{ bad: "chain-with-one-list", good: "chain-with-all-lists" }],
  judge(file, context) {
    if (!anyLists(file, context)) return [];
    const chain = chainOf(file, context);
    if (chain === undefined) return [];
    const lists = listsByIssuer(file, context);
    const looked = upwards(chain.path, context).filter((it) => certificateRole(it.certificate) !== "root" && !it.certificate.selfIssued);
    const without = looked.filter((it) => lists(it.certificate.issuer.text).length === 0);
    const { boundary } = chain.leaf.section;
    if (without.length < looked.length) {
      for (const { certificate } of without.slice(0, 1)) {
        const [authority] = context.neighbours?.named(certificate.issuer.text) ?? [];
        const own = distinctOf(file).find((it) => it.certificate.subject.text === certificate.issuer.text);
        const issuer = own?.certificate ?? authority?.parsed;
        if (issuer === undefined) continue;
        const message = `no CRL of ${nameOf(issuer)} covers ${nameOf(certificate)}, while other CRLs of this chain exist`;
        return [
          {
            span: boundary,
            message,
            help: "load a CRL of every CA of the chain, the root included",
            notes: ["with only these CRLs rustls rejects the chain (`UnknownRevocationStatus`)"],
          },
        ];
      }
    }
    return looked.flatMap((it) => ofAnotherPart(it, lists(it.certificate.issuer.text), boundary)).slice(0, 1);
  },
};

/** None of its authority's lists is for the part that the certificate belongs to. */
function ofAnotherPart(it: PlacedCertificate, lists: readonly PlacedList[], span: FileVerdict["span"]): readonly FileVerdict[] {
  const reasons = lists.map((list) => otherPart(list, it));
  const [first] = reasons;
  if (first === undefined || reasons.some((reason) => reason === undefined)) return [];
  return [
    {
      span,
      message: `no CRL of its CA covers ${nameOf(it.certificate)}: ${first}`,
      notes: ["with these CRLs rustls (`UnknownRevocationStatus`) and OpenSSL (`different CRL scope`) reject the chain"],
      help: "load the CRL named by the certificate's distribution point, or a complete CRL of the CA",
    },
  ];
}

/** Why the list is not for the certificate (RFC 5280 §6.3.3 (b)). */
function otherPart({ section, list }: PlacedList, { section: { der }, certificate }: PlacedCertificate): string | undefined {
  if (section.der === undefined || der === undefined) return undefined;
  const point = issuingPointOf(section.der, list);
  if (point === undefined) return undefined;
  if (point.onlyUsers && isAuthority(certificate)) return "the CRL is for end entities only";
  if (point.onlyAuthorities && !isAuthority(certificate)) return "the CRL is for CAs only";
  const points = distributionPointsOf(der, certificate);
  if (point.names === undefined || points === undefined) return undefined;
  const listed = urisOf(point.names);
  const named = points.flatMap((one) => urisOf(one.names));
  const [here] = listed;
  const [there] = named;
  if (here === undefined || there === undefined || named.some((uri) => listed.includes(uri))) return undefined;
  return `the CRL is that of \`${shown(here)}\`, not of \`${shown(there)}\``;
}

const urisOf = (names: readonly GeneralName[]): readonly string[] => names.flatMap((it) => (it.kind === "URI" ? [it.value] : []));
const shown = (uri: string): string => visible(uri).replaceAll("`", "'");

/** Through the other files, as far as issuers are found; bounded, because cross-signed authorities go in circles. */
function upwards(path: readonly PlacedCertificate[], context: FileContext): readonly PlacedCertificate[] {
  const links = [...path];
  const seen = new Set(links.map((it) => it.certificate.fingerprint));
  while (links.length < LONGEST) {
    const top = links.at(-1);
    if (top === undefined || top.certificate.selfIssued) break;
    const next: Neighbour<PlacedCertificate["certificate"]> | undefined = context.neighbours
      ?.named(top.certificate.issuer.text)
      .find((it) => !seen.has(it.parsed.fingerprint) && isIssuer(placed(it), top, context));
    if (next === undefined) break;
    seen.add(next.parsed.fingerprint);
    links.push(placed(next));
  }
  return links;
}
const LONGEST = 12;
