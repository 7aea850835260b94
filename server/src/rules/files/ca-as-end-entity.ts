/** A certificate authority's certificate where a server's or client's own belongs. */
import { type Certificate, certificateRole, rangeSpan } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { soundsLikeTrust } from "./chain.ts";
import { certificatesOf, fileName, isTrust, type PlacedCertificate } from "./context.ts";

export const caAsEndEntity: FileRule = {
  id: "ca-as-end-entity",
  judges: "file",
  issuedAgain: "as-end-entity",
  summary: "a CA certificate is used as a server or client certificate",
  severity: "error",
  since: "0.1.0",
  cwe: [295],
  sources: [
    { title: "RFC 5280, 4.2.1.9 Basic constraints", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.9" },
    {
      title: "rustls-webpki: Error::CaUsedAsEndEntity",
      url: "https://docs.rs/rustls-webpki/latest/webpki/enum.Error.html#variant.CaUsedAsEndEntity",
    },
  ],
  rationale: `\`openssl req -x509\` marks what it makes as a CA. rustls rejects such a certificate from a peer (\`CaUsedAsEndEntity\`); OpenSSL
accepts it. Where it is accepted, an attacker with the server's key issues certificates that every client trusts.

Reported where the code serves the file as its own chain. Where no code says so, a root whose key usage is a CA's alone, or
whose file is named as one, is a CA; of others those that carry hostnames, or lie alone in a file named after a server or
client, are reported. Where the certificate that it issued comes later in the file, the order is the fault. A file that the code
only trusts is never reported.`,
  byHand: "only its CA can issue a certificate for the server or client itself",
  examples: [{ bad: "ca-with-host-names", good: "self-signed-leaf" }],
  judge(file, context) {
    const certificates = certificatesOf(file);
    const [first] = certificates;
    const kind = first === undefined ? "leaf" : certificateRole(first.certificate);
    if (first === undefined || kind === "leaf" || kind === "self-signed") return [];
    return judge(first, certificates.slice(1), context);
  },
};

function judge(placed: PlacedCertificate, others: readonly PlacedCertificate[], context: FileContext): readonly FileVerdict[] {
  const { section, certificate } = placed;
  const constraints = certificate.extensions.find((it) => it.name === "basicConstraints");
  // Of version 1: neither an authority for sure nor an end entity.
  if (constraints === undefined) return [];
  const verdict = (reason: string, severity: "error" | "warning"): readonly FileVerdict[] => [
    {
      span: rangeSpan(section, constraints),
      message: `CA certificate is used as a server or client certificate`,
      notes: [reason, "rustls rejects it (`CaUsedAsEndEntity`); OpenSSL accepts it"],
      help: "issue an end-entity certificate (self-signed: `-addext basicConstraints=critical,CA:FALSE`)",
      severity,
    },
  ];
  if (others.some((it) => certificateRole(it.certificate) === "leaf" && it.certificate.issuer.text === certificate.subject.text)) return [];
  if (context.usedAs.some((it) => it.role === "own-chain")) return verdict("the code serves it as its own certificate", "error");
  if (context.usedAs.length > 0 && context.usedAs.every((it) => isTrust(it.role))) return [];
  if (others.length > 0 || !certificate.selfIssued || isShownAuthority(certificate, context)) return [];
  const host = certificate.values.alternativeNames?.find((it) => it.kind === "DNS" || it.kind === "IP");
  if (host !== undefined) return verdict("it has hostnames, as a server certificate does", "warning");
  return namedAsEndEntity(context.path) ? verdict("the file is named after a server or client", "warning") : [];
}

/** What it may be used for comes before what a name lets one guess. */
function isShownAuthority({ values: { keyUsage, purposes } }: Certificate, { path }: FileContext): boolean {
  const serves = purposes?.some((it) => it === "serverAuth" || it === "clientAuth") ?? false;
  const signs = keyUsage?.includes("keyCertSign") ?? false;
  const speaks = keyUsage?.some((it) => it === "digitalSignature" || it === "keyEncipherment") ?? false;
  return !serves && ((signs && !speaks) || soundsLikeTrust(path));
}

/** `server.pem`, `client-cert.crt`; not `client-ca.pem`, `server_root.crt`, `trusted-clients.pem`. */
function namedAsEndEntity(path: string | undefined): boolean {
  const words = fileName(path).split(/[^a-z0-9]+/);
  return (
    words.some((it) => /^(server|client|leaf|localhost)$/.test(it)) &&
    !words.some((it) => /^(ca|cas|root|roots|issuer|trust|trusted|anchor|anchors|bundle|chain)$/.test(it))
  );
}
