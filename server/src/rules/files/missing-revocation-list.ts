/** A chain of which some authorities have revocation lists in the workspace, and others have none. */
import { certificateRole } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict, Neighbour } from "../rule.ts";
import { chainOf, isIssuer, placed } from "./chain.ts";
import { distinctOf, listsOf, nameOf, type PlacedCertificate } from "./context.ts";

export const missingRevocationList: FileRule = {
  id: "missing-revocation-list",
  judges: "file",
  summary: "an authority on a chain has no revocation list, while others have",
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
  rationale: `Once revocation lists are loaded, rustls looks every certificate of the chain up, and takes one whose authority has no list for
refused (\`UnknownRevocationStatus\`); OpenSSL does so with \`X509_V_FLAG_CRL_CHECK_ALL\` (\`unable to get certificate CRL\`). A list of the
authority that issues the leaves is easily thought of, one of the root, for the intermediates, is not. The way out that is then found is to
check less: only the leaf, or to allow what is unknown.

Reported where the workspace has a list for one authority of a chain and none for another. Where nobody loads lists, it does not matter.`,
  byHand: "only its authority gives out the list",
  examples: [{ bad: "chain-with-one-list", good: "chain-with-all-lists" }],
  judge(file, context) {
    const lists = new Set([
      ...listsOf(file).map(({ list }) => list.issuer.text),
      ...(context.neighbours?.lists ?? []).map(({ parsed }) => parsed.issuer.text),
    ]);
    if (lists.size === 0) return [];
    const certificates = distinctOf(file);
    const chain = chainOf(file, context);
    if (chain === undefined) return [];
    const looked = upwards(chain.path, context).filter((it) => certificateRole(it.certificate) !== "root" && !it.certificate.selfIssued);
    const without = looked.filter((it) => !lists.has(it.certificate.issuer.text));
    if (without.length === looked.length) return [];
    return without.slice(0, 1).flatMap(({ certificate }): readonly FileVerdict[] => {
      const [authority] = context.neighbours?.named(certificate.issuer.text) ?? [];
      const own = certificates.find((it) => it.certificate.subject.text === certificate.issuer.text);
      const issuer = own?.certificate ?? authority?.parsed;
      if (issuer === undefined) return [];
      return [
        {
          span: chain.leaf.section.boundary,
          message: `the workspace has revocation lists for this chain, but none of ${nameOf(issuer)}, which issued ${nameOf(certificate)}: rustls refuses the chain once the lists are loaded (\`UnknownRevocationStatus\`)`,
          advice: "load a list of every authority of the chain, the root's included",
        },
      ];
    });
  },
};

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
