/** A set of trust anchors that has no root. */
import { certificateRole } from "../../pki/index.ts";
import type { FileRule } from "../rule.ts";
import { certificatesOf, isTrust, nameOf, stacksOf } from "./context.ts";

export const intermediateAsAnchor: FileRule = {
  id: "intermediate-as-anchor",
  judges: "file",
  summary: "an intermediate is trusted without its root",
  severity: "warning",
  since: "0.1.0",
  cwe: [295],
  sources: [
    { title: "OpenSSL: verification options, -partial_chain", url: "https://docs.openssl.org/3.0/man1/openssl-verification-options/" },
    { title: "RFC 5280, 6.1.1 Inputs: trust anchor", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.1.1" },
  ],
  rationale: `rustls takes any CA as the end of a path. OpenSSL wants a self-signed one and answers \`unable to get issuer certificate\` without
\`X509_V_FLAG_PARTIAL_CHAIN\`. Trusting one intermediate on purpose is a sound way to trust less than the whole CA: where only
rustls reads the file, nothing is reported.`,
  byHand: "whether to trust the root or the intermediate is a decision",
  examples: [{ bad: "intermediate-trusted-by-openssl", good: "root-trusted" }],
  judge(file, context) {
    if (!context.usedAs.some((it) => isTrust(it.role)) || !stacksOf(context).has("OpenSSL")) return [];
    const certificates = certificatesOf(file);
    const [first] = certificates.filter((it) => certificateRole(it.certificate) === "intermediate");
    if (first === undefined || certificates.some((it) => it.certificate.selfIssued)) return [];
    return [
      {
        span: first.section.boundary,
        message: `intermediate ${nameOf(first.certificate)} is trusted without its root: OpenSSL rejects its chains`,
        help: "add the root, or set `X509VerifyFlags::PARTIAL_CHAIN`",
        notes: ["OpenSSL reports `unable to get issuer certificate`; rustls accepts an intermediate as a trust anchor"],
      },
    ];
  },
};
