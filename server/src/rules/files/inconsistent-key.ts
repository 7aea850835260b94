/** A private key whose parts do not belong together: halves of two keys, or numbers that contradict each other. */
import type { PrivateKey, Section } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { certificatesOf, nameOf, stacksOf } from "./context.ts";

export const inconsistentKey: FileRule = {
  id: "inconsistent-key",
  judges: "file",
  summary: "the parts of a private key do not match",
  severity: "error",
  since: "0.1.0",
  cwe: [1391],
  sources: [
    { title: "RFC 5958, 2: the publicKey of OneAsymmetricKey", url: "https://www.rfc-editor.org/rfc/rfc5958#section-2" },
    { title: "RFC 5915, 3: the publicKey of ECPrivateKey", url: "https://www.rfc-editor.org/rfc/rfc5915#section-3" },
    { title: "RFC 8017, 3.2: RSA private key", url: "https://www.rfc-editor.org/rfc/rfc8017#section-3.2" },
    { title: "ring: KeyRejected", url: "https://docs.rs/ring/latest/ring/error/struct.KeyRejected.html" },
  ],
  rationale: `Most private keys hold their public key, too, and it follows from the private one. Where it does not, two keys were mixed up by
hand, by a script or by a damaged file. rustls compares the halves and does not load such a key. OpenSSL compares nothing: of an
EC key it believes the public key, which is the one that the certificate is compared with, so the server starts, and every
handshake ends with a bad signature.

The numbers of an RSA key follow from its two primes in the same way. rustls with aws-lc-rs loads none where one of them is
wrong; with ring it loads some, and fails when it signs. OpenSSL tries other numbers where the quick ones fail, and usually
works.

The public key is computed for keys on the curves of NIST and Brainpool, secp256k1, Ed25519 and Ed448, for up to 200 keys of a
file. Of RSA, modulus, exponents and the numbers for the Chinese remainder theorem are compared. Encrypted keys are compared
once they are open.`,
  byHand: "the key does not show which of its parts is correct",
  examples: [{ bad: "key-with-foreign-public-half", good: "own-key" }],
  judge: (file, context) =>
    file.sections.flatMap((section): readonly FileVerdict[] => {
      const { parsed } = section;
      if (parsed?.kind !== "private-key" || parsed.fault === undefined) return [];
      const owner = certificatesOf(file).find(({ certificate }) => certificate.key.pin === parsed.pin)?.certificate;
      return [judge(section, parsed, parsed.fault, owner && nameOf(owner), context)];
    }),
};

/** `owner`: whose the private half is. */
function judge(
  { boundary: span }: Section,
  { key }: PrivateKey,
  fault: NonNullable<PrivateKey["fault"]>,
  owner: string | undefined,
  context: FileContext,
): FileVerdict {
  if (fault === "secret out of range")
    return {
      span,
      message: "private key is zero or too large for its curve: no TLS stack can use it",
      help: NEW_KEY,
    };
  if (typeof fault === "string") {
    const stacks = stacksOf(context);
    const openssl = stacks.has("OpenSSL") && !stacks.has("rustls");
    return {
      span,
      message: NUMBERS[fault],
      help: NEW_KEY,
      notes: ["rustls does not load it with aws-lc-rs and cannot rely on it with ring; OpenSSL works around it"],
      ...(openssl && { severity: "warning" }),
    };
  }
  const whose = owner === undefined ? "" : `, which belongs to ${owner}`;
  return {
    span,
    message: `public key in this file does not match its private key${whose}`,
    notes: [
      key?.type === "EC" ? "rustls does not load it; OpenSSL trusts the public key, and every handshake fails" : "rustls does not load it",
    ],
    help:
      owner === undefined
        ? NEW_KEY
        : key?.type === "EC"
          ? "recompute the public key: `openssl ec -no_public`, then `openssl ec` on its output"
          : "export the key without its public key; readers compute it",
  };
}

const NEW_KEY = "copy the key from its source again, or generate a new key and have a certificate issued for it";

const NUMBERS = {
  modulus: "RSA modulus is not the product of its primes",
  exponents: "RSA private and public exponents do not match",
  remainders: "RSA CRT parameters belong to another key",
} as const;
