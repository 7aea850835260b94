/** An end entity's certificate among the authorities that the program trusts. */
import { certificateRole } from "../../pki/index.ts";
import type { FileRule } from "../rule.ts";
import { certificatesOf, isTrust, nameOf } from "./context.ts";

export const leafAsAnchor: FileRule = {
  id: "leaf-as-anchor",
  judges: "file",
  issuedAgain: "as-end-entity",
  summary: "an end entity's certificate is trusted as if it were an authority's",
  severity: "warning",
  since: "0.1.0",
  cwe: [295],
  sources: [
    { title: "RFC 5280, 6.1.1 Inputs: trust anchor", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.1.1" },
    { title: "OpenSSL: verification options, -partial_chain", url: "https://docs.openssl.org/3.0/man1/openssl-verification-options/" },
  ],
  rationale: `A trust store holds authorities. An end entity's certificate there does not let its own chain through: rustls looks for an anchor
that *issued* the peer's certificate, OpenSSL for a root, and both answer that the issuer is unknown. With its next renewal it would be
useless in any case. A self-signed one is its own issuer and works as a pin on both, until it is renewed.

Only files that the code loads as trust anchors are judged.`,
  byHand: "whether this certificate is pinned on purpose or its authority was meant is a decision",
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
              message: `${name} is no authority, and the program trusts it as one: neither rustls nor OpenSSL finds a path to it`,
              help: "trust the certificate of the authority that issued it",
            },
          ]
        : [
            {
              span: section.boundary,
              message: `${name} is trusted by itself: every peer refuses its successor until this file is changed, too`,
              help: "let an authority of your own issue it, and trust that one",
              severity: "info" as const,
            },
          ];
    });
  },
};
