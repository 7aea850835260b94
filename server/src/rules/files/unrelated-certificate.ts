/** A certificate in a chain that has nothing to do with the end entity. */
import { certificateRole } from "../../pki/index.ts";
import type { FileRule } from "../rule.ts";
import { chainOf } from "./chain.ts";
import { distinctOf, nameOf } from "./context.ts";
import { removal } from "./repairs.ts";

export const unrelatedCertificate: FileRule = {
  id: "unrelated-certificate",
  judges: "file",
  summary: "a chain contains a certificate that is not part of it",
  severity: "warning",
  since: "0.1.0",
  cwe: [1041],
  sources: [
    { title: "RFC 8446, 4.4.2 Certificate", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2" },
    { title: "RFC 4158: certification path building", url: "https://www.rfc-editor.org/rfc/rfc4158" },
  ],
  rationale: `A certificate in a chain that is not on a path from the leaf has no use. Mostly it is the intermediate of the certificate that
was there before: the CA has a new one, the file still has the old, and clients that do not know the new one already reject the
chain (\`UnknownIssuer\`, \`unable to get local issuer certificate\`).

Judged where the file holds exactly one end-entity certificate, or the code serves it. A file that the code only trusts, and one
named after what it trusts, may contain anything.`,
  examples: [{ bad: "unrelated-in-chain", good: "chain" }],
  judge(file, context) {
    const certificates = distinctOf(file);
    const chain = chainOf(file, context);
    if (chain === undefined) return [];
    return certificates.flatMap(({ section, certificate }) => {
      // Further end entities in a served file are other keys' chains, not left-overs.
      if (chain.connected.has(section) || !["root", "intermediate"].includes(certificateRole(certificate))) return [];
      return [
        {
          span: section.boundary,
          message: `${nameOf(certificate)} is not part of the chain of ${nameOf(chain.leaf.certificate)}`,
          help: "remove it, and check that the issuer's certificate is there instead",
          repairs: [{ title: "Remove unrelated certificate", applicability: "review", edits: removal(file, [section]) }],
        },
      ];
    });
  },
};
