/** A file with more than one private key, of which loaders take one. */
import type { FileRule } from "../rule.ts";

export const severalPrivateKeys: FileRule = {
  id: "several-private-keys",
  judges: "file",
  summary: "a file has several private keys",
  severity: "warning",
  since: "0.1.0",
  cwe: [1041],
  sources: [
    {
      title: "rustls-pki-types: PrivateKeyDer::from_pem_slice",
      url: "https://docs.rs/rustls-pki-types/latest/rustls_pki_types/enum.PrivateKeyDer.html",
    },
    { title: "OpenSSL: SSL_CTX_use_PrivateKey_file", url: "https://docs.openssl.org/3.0/man3/SSL_CTX_use_certificate/" },
  ],
  rationale: `Loaders of a key take the first one of a file and do not look further: a key that was appended when a certificate was renewed is
never used, and the pair fails with \`KeyMismatch\` in the next start. The old key stays on the disk, too.`,
  byHand: "which of the keys was intended is unknown",
  examples: [{ bad: "two-keys", good: "own-key" }],
  judge(file) {
    const keys = file.sections.filter((it) => it.kind === "private-key" && it.container === undefined && it.label !== "EC PARAMETERS");
    const [, second] = keys;
    if (second === undefined) return [];
    return [
      {
        span: second.boundary,
        message: `file has ${keys.length} private keys and loaders take the first: this one is never used`,
        help: "keep only the key that belongs to the certificate, and move or delete the others",
      },
    ];
  },
};
