/** A chain that ends before the root, while the workspace has what is missing. */
import type { Certificate } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict, Neighbour } from "../rule.ts";
import { above, chainOf } from "./chain.ts";
import { nameOf, type PlacedCertificate } from "./context.ts";
import { insertion } from "./repairs.ts";

export const missingIntermediate: FileRule = {
  id: "missing-intermediate",
  judges: "file",
  summary: "an intermediate certificate is missing from a chain",
  severity: "warning",
  since: "0.1.0",
  cwe: [295],
  sources: [
    { title: "RFC 8446, 4.4.2 Certificate", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2" },
    {
      title: "rustls-webpki: Error::UnknownIssuer",
      url: "https://docs.rs/rustls-webpki/latest/webpki/enum.Error.html#variant.UnknownIssuer",
    },
  ],
  rationale: `Verifiers have roots, not intermediates: the server must send these. Without them rustls answers \`UnknownIssuer\` and OpenSSL
\`unable to get local issuer certificate\`. Browsers hide the fault by fetching or remembering intermediates, and what remains is
a client that "needs verification to be off".

Reported only where the missing certificate was found in another file of the workspace, by name, key identifier and signature.
When nothing above it is known, that intermediate may itself be what the others trust: then it is information.`,
  byHand: "if no file of the workspace has the missing certificate, its CA provides it",
  examples: [{ bad: "lone-leaf", good: "chain" }],
  judge(file, context) {
    const chain = chainOf(file, context);
    const top = chain?.path.at(-1);
    if (chain === undefined || top === undefined || context.neighbours === undefined) return [];
    const { missing, root } = above(top, context);
    const [first] = missing;
    if (first === undefined) return [];
    const text = missing.map((it) => it.file.text.slice(it.section.span.start, it.section.span.end));
    const verdict = verdictOf(top, first, root, missing.length, context);
    const asText = file.format === "pem" && missing.every((it) => it.file.format === "pem");
    if (!asText) return [verdict];
    const edits = [insertion(file, top.section, text)];
    return [
      {
        ...verdict,
        repairs: [{ title: `Append intermediate ${nameOf(first.parsed)} from \`${first.shown}\``, applicability: "review", edits }],
      },
    ];
  },
};

function verdictOf(
  top: PlacedCertificate,
  { parsed, path, shown, section }: Neighbour<Certificate>,
  root: boolean,
  count: number,
  { usedAs }: FileContext,
): FileVerdict {
  const more = count > 1 ? ` and ${count - 1} above it` : "";
  const served = usedAs.some((it) => it.role === "own-chain");
  return {
    span: top.section.boundary,
    message: `intermediate ${nameOf(parsed)}${more} ${count > 1 ? "are" : "is"} missing: peers that trust only the root reject ${nameOf(top.certificate)}`,
    help: `append it from \`${shown}\``,
    notes: ["rustls reports `UnknownIssuer`, OpenSSL `unable to get local issuer certificate`"],
    severity: root ? (served ? "error" : "warning") : "info",
    related: [{ file: path, span: section.boundary, message: "missing intermediate" }],
  };
}
