/** An issuer's name that is written otherwise than the issuer writes it itself. */

import { type Certificate, rangeSpan } from "../../pki/index.ts";
import type { FileRule } from "../rule.ts";
import { isAuthority, isNamedIssuer, placed, subjectOf } from "./chain.ts";
import { anchorsOfRustlsOnly, nameOf, type PlacedCertificate, stacksOf } from "./context.ts";
import { holdingsOf } from "./holdings.ts";

export const differentlyEncodedName: FileRule = {
  id: "differently-encoded-name",
  judges: "file",
  summary: "the issuer name is encoded differently than in the issuer's certificate",
  severity: "warning",
  since: "0.1.0",
  cwe: [295],
  sources: [
    { title: "RFC 5280, 7.1 Internationalized names in distinguished names", url: "https://www.rfc-editor.org/rfc/rfc5280#section-7.1" },
    {
      title: "rustls-webpki: Error::UnknownIssuer",
      url: "https://docs.rs/rustls-webpki/latest/webpki/enum.Error.html#variant.UnknownIssuer",
    },
  ],
  rationale: `rustls compares names byte by byte. When the issuer's certificate has \`PrintableString\` and the other \`UTF8String\`, or a capital
letter or a second blank differs, rustls answers \`UnknownIssuer\`, while OpenSSL folds such differences and accepts the chain. It
happens when the CA's certificate is renewed with another tool.

Reported when names agree but for that, key identifiers agree, and no certificate has exactly the name that is looked for.`,
  byHand: "names are signed: one of the two certificates must be reissued",
  examples: [{ bad: "issuer-in-other-encoding", good: "chain" }],
  judge(file, context) {
    if (stacksOf(context).has("OpenSSL") && !stacksOf(context).has("rustls")) return [];
    const holdings = holdingsOf(file);
    return holdings.distinct.flatMap((child) => {
      if (child.certificate.selfIssued || anchorsOfRustlsOnly(context)) return [];
      if (holdings.distinct.length === 1 && context.neighbours === undefined) return [];
      const { text } = child.certificate.issuer;
      const elsewhere = (context.neighbours?.named(text) ?? []).map(placed);
      if (holdings.distinct.length === 1 && elsewhere.length === 0) return [];
      const authorities = (all: readonly PlacedCertificate[]): readonly PlacedCertificate[] =>
        [...all, ...elsewhere].filter((it) => it !== child && isAuthority(it.certificate));
      if (authorities(holdings.alike(subjectOf, text)).some((it) => isNamedIssuer(it, child))) return [];
      const name = folded(text);
      const meant = authorities(holdings.alike(foldedSubject, name)).find(
        (it) => foldedSubject(it.certificate) === name && sameKeyId(it, child),
      );
      if (meant === undefined) return [];
      return [
        {
          span: rangeSpan(child.section, child.certificate.issuer),
          message: `issuer name is encoded differently than the subject of ${nameOf(meant.certificate)}: rustls rejects it`,
          help: "have one of the two reissued with the same string types, case and spaces in the name",
          notes: ["rustls compares names byte by byte (`UnknownIssuer`); OpenSSL normalizes them"],
        },
      ];
    });
  },
};

/** RFC 5280 §7.1, as OpenSSL folds: letters to lower case, runs of blanks to one. */
const folded = (name: string): string => name.toLowerCase().replace(/\s+/g, " ");

const foldedSubject = ({ subject }: Certificate): string => folded(subject.text);

const sameKeyId = (issuer: PlacedCertificate, child: PlacedCertificate): boolean =>
  issuer.certificate.values.subjectKeyId !== undefined &&
  issuer.certificate.values.subjectKeyId === child.certificate.values.authorityKeyId;
