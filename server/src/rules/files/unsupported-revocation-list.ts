/** A revocation list of a kind that rustls does not load. */
import { issuingPointOf, rangeSpan, visible } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { listsOf, type PlacedList, stacksOf } from "./context.ts";

export const unsupportedRevocationList: FileRule = {
  id: "unsupported-revocation-list",
  judges: "file",
  summary: "a CRL is of a type that rustls does not load",
  severity: "warning",
  since: "0.1.0",
  cwe: [299],
  sources: [
    { title: "RFC 5280, 5.2 CRL extensions", url: "https://www.rfc-editor.org/rfc/rfc5280#section-5.2" },
    { title: "rustls-webpki: errors", url: "https://docs.rs/rustls-webpki/latest/webpki/enum.Error.html" },
  ],
  rationale: `rustls reads complete lists of the issuer's own certificates. A delta list, an indirect one, one for some reasons of revocation
only, and one with a critical extension that it does not know, it rejects when the verifier is built. OpenSSL reads them all,
some only with flags.`,
  byHand: "a CRL is signed: its CA must issue it differently",
  examples: [{ bad: "delta-list", good: "revocation-list" }],
  judge(file, context) {
    const severity = stacksOf(context).has("rustls") ? "error" : "warning";
    return listsOf(file).flatMap((it): readonly FileVerdict[] => {
      const fault = faultOf(it);
      if (fault === undefined) return [];
      return [{ ...fault, help: "have the CA publish a complete CRL of its own certificates, and load that one", severity }];
    });
  },
};

/** What rustls-webpki's `crl/types.rs` refuses, in its order. */
function faultOf({ section, list }: PlacedList): Pick<FileVerdict, "span" | "message"> | undefined {
  for (const extension of list.extensions) {
    const { name, critical } = extension;
    const span = rangeSpan(section, extension);
    if (name === "deltaCRLIndicator") return { span, message: "delta CRL: rustls rejects it (`UnsupportedDeltaCrl`)" };
    if (name === "issuingDistributionPoint") {
      const point = section.der === undefined ? undefined : issuingPointOf(section.der, list);
      if (point?.indirect) return { span, message: "indirect CRL: rustls rejects it (`UnsupportedIndirectCrl`)" };
      if (point?.someReasons)
        return {
          span,
          message: "CRL covers only some revocation reasons: rustls rejects it (`UnsupportedRevocationReasonsPartitioning`)",
        };
      if (point?.onlyAttributes)
        return { span, message: "CRL is for attribute certificates only: rustls rejects it (`MalformedExtensions`)" };
    } else if (critical && !KNOWN.has(name)) {
      return {
        span,
        message: `rustls rejects the CRL: unknown critical extension ${visible(name)} (\`UnsupportedCriticalExtension\`)`,
      };
    }
  }
  return undefined;
}

const KNOWN: ReadonlySet<string> = new Set(["cRLNumber", "authorityKeyIdentifier", "issuingDistributionPoint"]);
