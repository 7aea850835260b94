/** A chain whose certificates do not follow each other, from the end entity upwards. */
import type { CertificateFile, Section } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { chainOf } from "./chain.ts";
import { distinctOf, nameOf } from "./context.ts";
import { reordering } from "./repairs.ts";

export const wrongChainOrder: FileRule = {
  id: "wrong-chain-order",
  judges: "file",
  summary: "the certificates of a chain are in the wrong order",
  severity: "warning",
  since: "0.1.0",
  cwe: [295],
  sources: [
    { title: "RFC 8446, 4.4.2 Certificate", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2" },
    { title: "RFC 5246, 7.4.2 Server certificate", url: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.2" },
  ],
  rationale: `The first certificate of a chain is the one whose key the program has; rustls and OpenSSL take no other for it. rustls rejects a
CA there (\`CaUsedAsEndEntity\`, or \`KeyMismatch\` when the configuration is built), OpenSSL does not load the key. Each further
certificate should certify the one before it: TLS 1.2 demands it, rustls and OpenSSL sort for themselves, smaller clients do
not.

Whether a certificate follows another is decided by names, key identifiers and, in a workspace, by the signature.`,
  examples: [{ bad: "wrong-order", good: "chain" }],
  judge(file, context) {
    const certificates = distinctOf(file);
    if (certificates.some(({ section: { container } }) => container !== undefined && UNORDERED.has(container))) return [];
    const chain = chainOf(file, context);
    if (chain === undefined || chain.path.length < 2) return [];
    const wanted = chain.path.map((it) => it.section);
    const found = certificates.map((it) => it.section).filter((it) => wanted.includes(it));
    const wrong = found.find((it, index) => it !== wanted[index]);
    if (wrong === undefined) return [];
    // What is on no path, or on another one, stays where it is.
    const leafFirst = certificates[0]?.section === chain.leaf.section;
    const edits = isLoaded(file, wanted) ? reordering(file, wanted) : undefined;
    return [verdictOf(context, leafFirst, nameOf(chain.leaf.certificate), wrong.boundary, edits)];
  },
};

/** Who reads PKCS#12 looks for the certificate of the key, and what PKCS#7 holds is a set. */
const UNORDERED: ReadonlySet<string> = new Set(["PKCS#12", "PKCS#7"]);

/** Of sections that a reader does not see, another one may be lost once they are moved: their layout comes first. */
const isLoaded = ({ loadings }: CertificateFile, sections: readonly Section[]): boolean =>
  loadings.length > 0 &&
  loadings.every((loading) => {
    const loaded = new Set(loading.sections.flatMap((it) => (it.outcome === "loaded" ? [it.begin] : [])));
    return sections.every((it) => loaded.has(it.span.start));
  });

function verdictOf(
  { usedAs }: FileContext,
  leafFirst: boolean,
  leaf: string,
  span: FileVerdict["span"],
  edits: ReturnType<typeof reordering> | undefined,
): FileVerdict {
  const served = usedAs.some((it) => it.role === "own-chain");
  const repairs = edits === undefined ? [] : ([{ title: "Reorder chain: leaf first", applicability: "safe", edits }] as const);
  if (leafFirst) {
    return {
      span,
      message: "certificate does not certify the one before it: TLS 1.2 peers may reject the chain",
      notes: ["rustls and OpenSSL accept any order"],
      help: "follow each certificate with that of its issuer",
      repairs,
    };
  }
  return {
    span,
    message: `chain starts with a CA certificate; leaf ${leaf} must come first`,
    notes: ["rustls takes the first for the peer's own and rejects it (`CaUsedAsEndEntity`); OpenSSL loads no key for it"],
    help: "put the leaf certificate first, then its issuer, and so on",
    ...(served && { severity: "error" }),
    repairs,
  };
}
