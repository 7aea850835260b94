/** A certificate that no authority leads to which the code of the workspace trusts. */
import type { Certificate } from "../../pki/index.ts";
import type { FileContext, FileRule, Trusted } from "../rule.ts";
import { above, chainOf, isAuthority, isIssuer, placed } from "./chain.ts";
import { certificatesOf, issuerNameOf, nameOf, type PlacedCertificate } from "./context.ts";

export const unreachableAnchor: FileRule = {
  id: "unreachable-anchor",
  judges: "file",
  summary: "no certification path leads to the trust anchors of the code",
  severity: "info",
  since: "0.1.0",
  cwe: [295],
  sources: [
    { title: "RFC 5280, 6.1 Basic path validation", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.1" },
    {
      title: "rustls-webpki: Error::UnknownIssuer",
      url: "https://docs.rs/rustls-webpki/latest/webpki/enum.Error.html#variant.UnknownIssuer",
    },
  ],
  rationale: `The workspace holds both sides: a certificate that its code uses as its own, and files of CAs that its code trusts, for servers
or for clients as the certificate's purposes have it. No path leads from one to the other, so that this program would reject
that certificate (\`UnknownIssuer\`, \`unable to get local issuer certificate\`). Often both belong to different peers, and then it
is right; where they are meant for each other, the CA was renewed or the wrong file is named. It is therefore information.`,
  examples: [{ bad: "served-below-another-root", good: "served-below-the-trusted-root" }],
  judge(file, context) {
    const chain = chainOf(file, context);
    if (chain === undefined || context.trusted === undefined || !context.usedAs.some((it) => it.role === "own-chain")) return [];
    const { leaf } = chain;
    const roles = rolesOf(leaf.certificate);
    const trusted = context.trusted.filter((it) => roles.some((role) => it.role === role));
    if (trusted.length === 0) return [];
    const links = linksOf(leaf, chain.path, context);
    if (trusted.some((it) => certificatesOf(it.file).some((anchor) => links.some((link) => leadsTo(link, anchor, context))))) return [];
    const top = links.at(-1) ?? leaf;
    const files = [...new Set(trusted.map((it) => `\`${it.shown}\``))].join(", ");
    return [
      {
        span: leaf.section.boundary,
        message: `no certification path from ${nameOf(leaf.certificate)} to the trust anchors in ${files}`,
        help: "if they belong together, trust the CA that issued this chain, or use a certificate of the trusted CA",
        notes: [
          `${issuerNameOf(top.certificate)} is not a trust anchor there`,
          "rustls reports `UnknownIssuer`, OpenSSL `unable to get local issuer certificate`",
        ],
      },
    ];
  },
};

/** What those trust who verify the certificate. */
function rolesOf({ values: { purposes } }: Certificate): readonly Trusted["role"][] {
  const roles: Trusted["role"][] = [];
  if (purposes === undefined || purposes.includes("serverAuth")) roles.push("server-ca");
  if (purposes === undefined || purposes.includes("clientAuth")) roles.push("client-ca");
  return roles;
}

/** Upwards through the file, then through the other files. */
function linksOf(leaf: PlacedCertificate, path: readonly PlacedCertificate[], context: FileContext): readonly PlacedCertificate[] {
  const top = path.at(-1) ?? leaf;
  return [...path, ...above(top, context).missing.map(placed)];
}

const leadsTo = (link: PlacedCertificate, anchor: PlacedCertificate, context: FileContext): boolean =>
  link.certificate.fingerprint === anchor.certificate.fingerprint || (isAuthority(anchor.certificate) && isIssuer(anchor, link, context));
