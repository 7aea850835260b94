/** An end entity's certificate among the authorities that the program trusts. */
import { certificateRole } from "../../pki/index.ts";
import type { FileRule } from "../rule.ts";
import { certificatesOf, isTrust, nameOf } from "./context.ts";

export const leafAsAnchor: FileRule = {
  id: "leaf-as-anchor",
  judges: "file",
  issuedAgain: "as-end-entity",
  summary: "an end-entity certificate is trusted as a CA",
  severity: "warning",
  since: "0.1.0",
  cwe: [295],
  sources: [
    { title: "RFC 5280, 6.1.1 Inputs: trust anchor", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.1.1" },
    { title: "OpenSSL: verification options, -partial_chain", url: "https://docs.openssl.org/3.0/man1/openssl-verification-options/" },
  ],
  rationale: `A trust store holds CAs. An end-entity certificate there does not let its own chain through: rustls looks for an anchor that
*issued* the peer's certificate, OpenSSL for a root, and both answer that the issuer is unknown. With its next renewal it would
be useless in any case. A self-signed one is its own issuer and works as a pin on both, until it is renewed.

Only files that the code loads as trust anchors are judged.`,
  byHand: "whether to pin this certificate or to trust its CA is a decision",
  examples: [{ bad: "leaf-trusted", good: "root-trusted" }],
  judge(file, context) {
    if (!context.usedAs.some((it) => isTrust(it.role))) return [];
    return certificatesOf(file).flatMap(({ section, certificate }) => {
      const role = certificateRole(certificate);
      if (role !== "leaf" && role !== "self-signed") return [];
      const name = nameOf(certificate);
      return role === "leaf"
        ? [
            {
              span: section.boundary,
              message: `${name} is trusted as a CA but is an end-entity certificate: no chain leads to it`,
              help: "trust the certificate of the CA that issued it",
            },
          ]
        : [
            {
              span: section.boundary,
              message: `end-entity ${name} is trusted directly: renewing it breaks peers until this file changes`,
              help: "issue it from your own CA, and trust that CA",
              severity: "info" as const,
            },
          ];
    });
  },
};
