/** A certificate that the code serves, without its key. */
import type { Section } from "../../pki/index.ts";
import type { FileRule } from "../rule.ts";
import { chainOf } from "./chain.ts";
import { nameOf } from "./context.ts";

export const missingKey: FileRule = {
  id: "missing-key",
  judges: "file",
  summary: "the private key of a certificate that the code serves is missing",
  severity: "info",
  since: "0.1.0",
  cwe: [1188],
  sources: [
    {
      title: "rustls: CertifiedKey::keys_match",
      url: "https://docs.rs/rustls/latest/rustls/sign/struct.CertifiedKey.html#method.keys_match",
    },
    { title: "OpenSSL: SSL_CTX_check_private_key", url: "https://docs.openssl.org/3.0/man3/SSL_CTX_use_certificate/" },
  ],
  rationale: `A certificate says who its holder is, its private key proves it. The code reads this certificate as its own, and no key in the
workspace belongs to it: the program cannot use it here. Mostly that is as it should be, because keys do not belong into a
repository. It is reported because the other reason looks alike: the certificate was renewed with a new key, and the key was
forgotten.`,
  examples: [{ bad: "served-without-key", good: "served-with-key" }],
  judge(file, context) {
    const { neighbours, usedAs } = context;
    const chain = chainOf(file, context);
    if (chain === undefined || neighbours === undefined || !usedAs.some((it) => it.role === "own-chain")) return [];
    const { section, certificate } = chain.leaf;
    const { pin } = certificate.key;
    // One that is encrypted, or that cannot be read, may be the one.
    const inFile = file.sections.some(({ kind, parsed }) => kind === "private-key" && pinOf(parsed, pin) === pin);
    if (inFile || neighbours.keys(pin).length > 0 || neighbours.closedKeys) return [];
    return [
      {
        span: section.boundary,
        message: `code serves ${nameOf(certificate)}, but its private key is not in the workspace`,
        help: "put the key where the program reads it, outside the repository; a renewed certificate needs its new key",
      },
    ];
  },
};

const pinOf = (parsed: Section["parsed"], unknown: string): string => (parsed?.kind === "private-key" ? (parsed.pin ?? unknown) : unknown);
