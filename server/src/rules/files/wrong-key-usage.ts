/** Key usage that forbids what a certificate is for, or allows what it must not do. */
import { rangeSpan } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { isAuthority } from "./chain.ts";
import { certificatesOf, type PlacedCertificate, stacksOf } from "./context.ts";

export const wrongKeyUsage: FileRule = {
  id: "wrong-key-usage",
  judges: "file",
  issuedAgain: "alike",
  summary: "the key usage does not fit the certificate's purpose",
  severity: "warning",
  since: "0.1.0",
  cwe: [295],
  sources: [
    { title: "RFC 5280, 4.2.1.3 Key usage", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.3" },
    { title: "RFC 8446, 4.4.2.2 Server certificate selection", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2.2" },
    { title: "RFC 8813: key usage of elliptic curve keys", url: "https://www.rfc-editor.org/rfc/rfc8813" },
  ],
  rationale: `Key usage says what the key may do. A CA without \`keyCertSign\` is none for OpenSSL (\`invalid CA certificate\`), while rustls 0.23
does not look. An end entity signs handshakes, in TLS 1.3 and with every suite of TLS 1.2 that has forward secrecy: without
\`digitalSignature\` OpenSSL rejects it as a client's (\`unsuitable certificate purpose\`). An end entity with \`keyCertSign\` may be
a CA after all for a verifier that forgets the basic constraints. What the kind of key cannot do at all (encipher with an
elliptic curve) is harmless and information.`,
  byHand: "key usage is signed: the certificate must be reissued",
  examples: [{ bad: "leaf-that-only-enciphers", good: "server-leaf" }],
  judge: (file, context) => certificatesOf(file).flatMap((it) => judge(it, context)),
};

/**
 * RFC 8813 §3 and RFC 8410 §5: these keys sign or agree, they do not encipher; Edwards curves for signatures only sign, and so does
 * ML-DSA (RFC 9881 §5). RSA does not agree on keys (RFC 3279 §2.3.1).
 */
const IMPOSSIBLE: Readonly<Record<string, readonly string[]>> = {
  RSA: ["keyAgreement", "encipherOnly", "decipherOnly"],
  EC: ["keyEncipherment", "dataEncipherment"],
  Ed25519: ["keyEncipherment", "dataEncipherment", "keyAgreement"],
  Ed448: ["keyEncipherment", "dataEncipherment", "keyAgreement"],
  "ML-DSA-44": ["keyEncipherment", "dataEncipherment", "keyAgreement"],
  "ML-DSA-65": ["keyEncipherment", "dataEncipherment", "keyAgreement"],
  "ML-DSA-87": ["keyEncipherment", "dataEncipherment", "keyAgreement"],
};

function judge({ section, certificate }: PlacedCertificate, context: FileContext): readonly FileVerdict[] {
  const usage = certificate.values.keyUsage;
  const extension = certificate.extensions.find((it) => it.name === "keyUsage");
  if (usage === undefined || extension === undefined) return [];
  const span = rangeSpan(section, extension);
  const verdict = (
    message: string,
    help: string,
    severity?: FileVerdict["severity"],
    notes: readonly string[] = [],
  ): readonly FileVerdict[] => [{ span, message, help, notes, ...(severity && { severity }) }];
  if (isAuthority(certificate) && !usage.includes("keyCertSign")) {
    return verdict(
      "key usage of this CA lacks `keyCertSign`: OpenSSL rejects its chains (`invalid CA certificate`)",
      "reissue it with `keyUsage = critical,keyCertSign,cRLSign`",
      stacksOf(context).has("OpenSSL") ? "error" : "warning",
    );
  }
  if (!isAuthority(certificate) && usage.includes("keyCertSign")) {
    return verdict(
      "end-entity certificate has `keyCertSign`: a lenient verifier may accept it as a CA",
      "reissue it with `keyUsage = critical,digitalSignature`",
    );
  }
  if (!isAuthority(certificate) && !usage.includes("digitalSignature")) {
    return verdict(
      "key usage lacks `digitalSignature`, which TLS 1.3 requires",
      "reissue it with `keyUsage = critical,digitalSignature`",
      undefined,
      usage.includes("keyAgreement") ? [] : ["OpenSSL rejects it as a client certificate (`unsuitable certificate purpose`)"],
    );
  }
  const impossible = IMPOSSIBLE[certificate.key.type]?.filter((it) => usage.includes(it)) ?? [];
  if (impossible.length === 0) return [];
  return verdict(
    `${certificate.key.type} keys cannot be used for ${impossible.map((it) => `\`${it}\``).join(" and ")}`,
    "remove it when the certificate is reissued",
    "info",
  );
}
