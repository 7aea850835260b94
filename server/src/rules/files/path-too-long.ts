/** A chain that is longer than an authority on it allows, or than rustls follows. */
import { rangeSpan } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { chainOf, isAuthority } from "./chain.ts";
import { nameOf } from "./context.ts";

/** rustls-webpki's `verify_cert.rs`: sub-authorities below the anchor. */
const MOST_INTERMEDIATES = 6;

export const pathTooLong: FileRule = {
  id: "path-too-long",
  judges: "file",
  summary: "a chain has more CAs than allowed",
  severity: "error",
  since: "0.1.0",
  cwe: [295],
  sources: [
    { title: "RFC 5280, 4.2.1.9 Basic constraints", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.9" },
    {
      title: "rustls-webpki: Error::PathLenConstraintViolated",
      url: "https://docs.rs/rustls-webpki/latest/webpki/enum.Error.html#variant.PathLenConstraintViolated",
    },
  ],
  rationale: `A CA's path length says how many CAs may follow below it. One more, and both stacks reject the chain
(\`PathLenConstraintViolated\`, \`path length constraint exceeded\`). Without a limit of their own rustls follows six intermediates
(\`MaximumPathDepthExceeded\`), OpenSSL a hundred. The limit of a root counts for OpenSSL only: rustls knows no more of an anchor
than its name and key.`,
  byHand: "the limit is signed: reissue the CA, or shorten the chain",
  examples: [{ bad: "path-length-exceeded", good: "signed-chain-deep" }],
  judge(file, context) {
    const chain = chainOf(file, context);
    if (chain === undefined) return [];
    const intermediates = chain.path.slice(1).filter((it) => !it.certificate.selfIssued);
    const verdicts = chain.path.flatMap((it, index): readonly FileVerdict[] => {
      const limit = it.certificate.values.basicConstraints?.pathLength;
      const extension = it.certificate.extensions.find((one) => one.name === "basicConstraints");
      // The leaf does not count, and neither does the authority itself.
      const below = index - 1;
      if (!isAuthority(it.certificate) || limit === undefined || extension === undefined || below <= limit) return [];
      return [
        {
          span: rangeSpan(it.section, extension),
          message: `${nameOf(it.certificate)} allows ${limit === 0 ? "no CA" : `${limit} ${limit === 1 ? "CA" : "CAs"}`} below it, but this chain has ${below}`,
          notes: [
            `${it.certificate.selfIssued ? "OpenSSL rejects" : "rustls and OpenSSL reject"} the chain (\`path length constraint exceeded\`)`,
          ],
          help: "issue the leaf higher up, or reissue the CA certificate with a larger path length",
          ...(it.certificate.selfIssued && { severity: "warning" as const }),
        },
      ];
    });
    const last = intermediates[MOST_INTERMEDIATES];
    if (last === undefined) return verdicts;
    return [
      ...verdicts,
      {
        span: last.section.boundary,
        message: `intermediate ${MOST_INTERMEDIATES + 1} of the chain: rustls follows ${MOST_INTERMEDIATES} (\`MaximumPathDepthExceeded\`)`,
        help: "issue the leaf higher up",
      },
    ];
  },
};
