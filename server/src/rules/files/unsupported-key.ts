/** A sound key or signature of a kind that rustls does not have. */
import { type Certificate, certificateRole, type PrivateKey, rangeSpan, type Section } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { anchorsOfRustlsOnly, stacksOf } from "./context.ts";
import { isForTls } from "./role.ts";

export const unsupportedKey: FileRule = {
  id: "unsupported-key",
  judges: "file",
  issuedAgain: "new-key",
  summary: "a key or signature is of a type that rustls does not support",
  severity: "warning",
  since: "0.1.0",
  cwe: [757],
  sources: [
    { title: "rustls: crypto providers", url: "https://docs.rs/rustls/latest/rustls/crypto/struct.CryptoProvider.html" },
    { title: "rustls-webpki: ring algorithms", url: "https://docs.rs/rustls-webpki/latest/webpki/ring/index.html" },
    { title: "RFC 8446, 4.2.3 Signature algorithms", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.2.3" },
  ],
  rationale: `rustls signs and verifies with RSA from 2048 to 8192 bits, ECDSA on P-256 and P-384, and Ed25519; with the provider aws-lc-rs
also on P-521. Other keys OpenSSL makes and takes, and rustls answers "failed to parse private key as RSA, ECDSA, or EdDSA",
\`UnsupportedSignatureAlgorithm\` or \`UnsupportedSignatureAlgorithmForPublicKey\`. They are no weaker for that: where no rustls is
involved, this is information. Not reported for files that neither code nor purposes, hostnames or their own name show to be for
TLS.

Ring loads an EC key only with its whole public key and with a private half of the curve's length. OpenSSL and aws-lc-rs compute
what is left out.`,
  byHand: "generate and certify a key of another type, or use another library",
  examples: [{ bad: "secp256k1-leaf", good: "server-leaf" }],
  judge(file, context) {
    const stacks = stacksOf(context);
    // OpenSSL reads the file, and nobody else.
    if (stacks.has("OpenSSL") && !stacks.has("rustls")) return [];
    if (!isForTls(file, context)) return [];
    const seen = new Set<string>();
    const sections = [...file.sections].sort((a, b) => Number(a.kind === "private-key") - Number(b.kind === "private-key"));
    const severity = stacks.has("rustls") ? "error" : "warning";
    return sections.flatMap((section) => judge(section, seen, context, severity)).sort((a, b) => a.span.start - b.span.start);
  },
};

function judge(section: Section, seen: Set<string>, context: FileContext, severity: "error" | "warning"): readonly FileVerdict[] {
  const { parsed } = section;
  if (parsed?.kind !== "certificate" && parsed?.kind !== "private-key" && parsed?.kind !== "request") return [];
  const { key } = parsed;
  const verdicts: FileVerdict[] = [];
  const fault = (key && keyFault(key)) ?? (parsed.kind === "private-key" && !parsed.encrypted ? formFault(parsed) : undefined);
  const pin = fault === undefined ? undefined : parsed.kind === "private-key" ? parsed.pin : parsed.key.pin;
  if (fault !== undefined && key !== undefined && !(pin !== undefined && seen.has(pin))) {
    if (pin !== undefined) seen.add(pin);
    const span = "start" in key ? rangeSpan(section, key) : section.boundary;
    const what = parsed.kind === "private-key" ? "private key" : "key";
    verdicts.push({
      span,
      message: `${what} ${fault.what}: ${fault.who}`,
      help: fault.help ?? NEW_KEY,
      severity: fault.ringOnly ? "info" : severity,
    });
  }
  if (parsed.kind === "certificate") verdicts.push(...signature(section, parsed, context, severity));
  return verdicts;
}

const NEW_KEY = "generate a P-256 or Ed25519 key, and have a certificate issued for it";
/** ring and AWS-LC stop here, and so does rustls (`RSA_PKCS1_2048_8192_*`). */
const LARGEST_RSA = 8192;

interface Fault {
  readonly what: string;
  readonly who: string;
  readonly help?: string;
  readonly ringOnly?: true;
}

/** RFC 5915 §3 leaves the public half out or shortens it, and fixes the length; ring wants all of it as it usually is. */
function formFault({ form }: PrivateKey): Fault | undefined {
  if (form === undefined) return undefined;
  return {
    what: FORMS[form],
    who: "rustls loads it with aws-lc-rs, not with ring",
    help: "convert it with `openssl ec -conv_form uncompressed`, which computes the public key",
    ringOnly: true,
  };
}
const FORMS: Readonly<Record<NonNullable<PrivateKey["form"]>, string>> = {
  "without public half": "has no public key",
  "compressed public half": "has a compressed public key",
  "other length": "has the wrong length for its curve",
};

function keyFault({
  type,
  bits,
  curve,
}: {
  readonly type: string;
  readonly bits: number | undefined;
  readonly curve: string | undefined;
}): Fault | undefined {
  const nobody = "rustls can neither load nor verify it";
  if (type === "RSA" && (bits ?? 0) > LARGEST_RSA)
    return { what: `is RSA of ${bits} bits`, who: `rustls supports at most ${LARGEST_RSA} bits` };
  if (type === "RSA-PSS") return { what: "is restricted to RSA-PSS", who: "rustls requires `rsaEncryption`, also for RSA-PSS signatures" };
  if (type === "EC" && curve === "P-521")
    return { what: "is on P-521", who: "rustls supports it with aws-lc-rs, not with ring", ringOnly: true };
  // Weaker ones are weak keys.
  if (type === "EC" && (curve === undefined || curve === "explicit parameters"))
    return { what: "is on an unnamed curve", who: `${nobody}; OpenSSL rejects it in chains` };
  if (type === "EC" && curve !== "P-256" && curve !== "P-384" && (bits === undefined || bits >= 224))
    return { what: `is on ${curve}`, who: nobody };
  if (type === "Ed448") return { what: "is Ed448", who: nobody };
  if (type.startsWith("ML-DSA"))
    return { what: `is ${type}`, who: "supported by rustls 0.23.44 with aws-lc-rs and by OpenSSL 3.5, or later" };
  if (type.startsWith("SLH-DSA")) return { what: `is ${type}`, who: `${nobody}; OpenSSL can from 3.5 on` };
  if (type.startsWith("ML-KEM")) return { what: `is ${type}`, who: "it cannot sign, so no TLS server or client can use it" };
  return undefined;
}

/** Broken hashes are weak signatures. */
function signature(
  section: Section,
  certificate: Certificate,
  context: FileContext,
  severity: "error" | "warning",
): readonly FileVerdict[] {
  const { name, hash } = certificate.signature;
  // Nobody checks a root's own signature.
  if (certificateRole(certificate) === "root" || anchorsOfRustlsOnly(context)) return [];
  const odd =
    /^(RSA|ECDSA|DSA|RSA-PSS|SM2) with (SHA-224|SHA-512\/\d+|SHA3-\d+|RIPEMD-160|SM3)$/.test(name) ||
    name === "Ed448" ||
    /^(?:ML|SLH)-DSA/.test(name);
  if (name === "ECDSA with SHA-512") {
    return [
      {
        span: rangeSpan(section, certificate.signature),
        message: "ECDSA with SHA-512 is not supported by rustls with ring (`UnsupportedSignatureAlgorithm`)",
        help: "reissue it with ECDSA over SHA-256 or SHA-384",
        notes: ["with aws-lc-rs, rustls verifies it for P-521 keys"],
        severity: "info",
      },
    ];
  }
  const pss = name.startsWith("RSA-PSS") && hash !== "SHA-1" && !isUsualPss(section.der, certificate, hash);
  if (!odd && !pss) return [];
  return [
    {
      span: rangeSpan(section, certificate.signature),
      message: pss
        ? "RSA-PSS parameters are not supported by rustls (`UnsupportedSignatureAlgorithm`)"
        : `signature with ${name} is not supported by rustls (\`UnsupportedSignatureAlgorithm\`)`,
      help: pss ? "reissue it with `-sigopt rsa_pss_saltlen:digest`" : "reissue it with ECDSA or RSA over SHA-256",
      severity,
    },
  ];
}

/** The three forms that webpki compares with, byte by byte: the lengths and the salt tell them from all others. */
function isUsualPss(der: Uint8Array | undefined, { signature: { start, end } }: Certificate, hash: string | undefined): boolean {
  const bytes = der?.subarray(start, end);
  const salt = hash === "SHA-256" ? 32 : hash === "SHA-384" ? 48 : hash === "SHA-512" ? 64 : undefined;
  return bytes?.length === 67 && salt !== undefined && bytes.at(-1) === salt;
}
