/** A certificate that demands a stapled OCSP response. */
import { rangeSpan } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { certificatesOf, stacksOf } from "./context.ts";

export const mustStaple: FileRule = {
  id: "must-staple",
  judges: "file",
  issuedAgain: "end-entity",
  summary: "a certificate requires a stapled OCSP response that the server does not fetch",
  severity: "warning",
  since: "0.1.0",
  cwe: [299],
  sources: [
    { title: "RFC 7633: X.509v3 TLS feature extension", url: "https://www.rfc-editor.org/rfc/rfc7633" },
    {
      title: "rustls: ConfigBuilder::with_single_cert_with_ocsp",
      url: "https://docs.rs/rustls/latest/rustls/struct.ConfigBuilder.html#method.with_single_cert_with_ocsp",
    },
  ],
  rationale: `The TLS feature \`status_request\` tells clients to reject this certificate when the server sends no OCSP response along. No
server of Rust fetches one by itself: the program has to, and hand it to rustls or OpenSSL, before it gets old. Clients that
keep to the extension (Firefox did) fail; rustls and OpenSSL as clients do not look, so that it protects no client either.`,
  byHand: "the extension is signed: reissue the certificate without it, or staple in the server",
  examples: [{ bad: "must-staple", good: "server-leaf" }],
  judge: (file, context) =>
    certificatesOf(file).flatMap(({ section, certificate }): readonly FileVerdict[] => {
      const feature = certificate.extensions.find((it) => it.name === "tlsFeature");
      const value = feature && section.der?.subarray(feature.value.start, feature.value.end);
      // SEQUENCE OF INTEGER, of which 5 is status_request (RFC 6066, 8).
      if (feature === undefined || value === undefined || !isListed(value, 5)) return [];
      const served = context.usedAs.some((it) => it.role === "own-chain");
      return [
        {
          span: rangeSpan(section, feature),
          message: `certificate requires a stapled OCSP response, but ${stacksOf(context).has("rustls") ? "rustls does not fetch one" : "neither rustls nor OpenSSL fetches one"}`,
          help: "pass a fresh OCSP response to the server configuration, or reissue the certificate without the extension",
          notes: ["clients that enforce the extension reject the server"],
          ...(!served && { severity: "info" }),
        },
      ];
    }),
};

function isListed(value: Uint8Array, wanted: number): boolean {
  for (let at = 2; at + 2 < value.length; at += 2 + (value[at + 1] ?? 0))
    if (value[at] === 0x02 && value[at + 1] === 1 && value[at + 2] === wanted) return true;
  return false;
}
