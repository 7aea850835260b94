/** A critical extension that a stack does not know. */
import { certificateRole, rangeSpan, visible, webpkiReadError } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { certificatesOf, type PlacedCertificate, stacksOf } from "./context.ts";
import { isForSomethingElse } from "./role.ts";

export const unsupportedCriticalExtension: FileRule = {
  id: "unsupported-critical-extension",
  judges: "file",
  issuedAgain: "alike",
  summary: "a stack does not support a critical extension",
  severity: "warning",
  since: "0.1.0",
  cwe: [295],
  sources: [
    { title: "RFC 5280, 4.2 Certificate extensions", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2" },
    {
      title: "rustls-webpki: Error::UnsupportedCriticalExtension",
      url: "https://docs.rs/rustls-webpki/latest/webpki/enum.Error.html#variant.UnsupportedCriticalExtension",
    },
    { title: "OpenSSL: X509_supported_extension", url: "https://docs.openssl.org/3.0/man3/X509_verify_cert/" },
  ],
  rationale: `"Critical" means: a verifier that does not support this must reject the certificate. rustls understands key usage, SANs, basic
constraints, name constraints, CRL distribution points and extended key usage, and rejects everything else that is critical,
policies among it (\`UnsupportedCriticalExtension\`). OpenSSL knows policies and a few more. A trust anchor of rustls 0.23 may
have any extension.

Not reported for certificates for other purposes than TLS, unless code loads them.`,
  byHand: "extensions are signed: reissue the certificate without it, or use another library",
  examples: [{ bad: "unknown-critical-extension", good: "server-leaf" }],
  judge: (file, context) => certificatesOf(file).flatMap((it) => judge(it, context)),
};

/** The extensions that rustls-webpki's `Cert` remembers; others may not be critical. */
const RUSTLS: ReadonlySet<string> = new Set([
  "keyUsage",
  "subjectAltName",
  "basicConstraints",
  "nameConstraints",
  "cRLDistributionPoints",
  "extKeyUsage",
]);
/** `supported_nids` of OpenSSL 3's `v3_purp.c`, as far as they are no better known above. */
const OPENSSL: ReadonlySet<string> = new Set([
  ...RUSTLS,
  "certificatePolicies",
  "policyMappings",
  "policyConstraints",
  "inhibitAnyPolicy",
  "nsCertType",
  "ipAddrBlocks",
  "autonomousSysIds",
  "proxyCertInfo",
  "1.3.6.1.5.5.7.48.1.5",
]);

function judge({ section, certificate }: PlacedCertificate, context: FileContext): readonly FileVerdict[] {
  // Code and mail are signed with what other programs know.
  if (isForSomethingElse(certificate) && context.usedAs.length === 0) return [];
  const stacks = stacksOf(context);
  const isRoot = certificateRole(certificate) === "root";
  return certificate.extensions.flatMap((extension): readonly FileVerdict[] => {
    const { name, critical } = extension;
    if (!critical || RUSTLS.has(name)) return [];
    const openssl = OPENSSL.has(name);
    // Some releases read more than they remember.
    const rustls = section.der !== undefined && webpkiReadError(section.der, context.webpki) === undefined;
    if ((isRoot || rustls) && openssl) return [];
    const shown = visible(name);
    const span = rangeSpan(section, extension);
    const help = "reissue it with this extension not critical, or without it";
    if (isRoot) {
      return [
        {
          span,
          message: `OpenSSL rejects every chain to this root: unknown critical extension ${shown}`,
          help,
        },
      ];
    }
    if (rustls) {
      if (stacks.has("rustls") && !stacks.has("OpenSSL")) return [];
      const message = `OpenSSL rejects the critical extension ${shown} (\`unhandled critical extension\`); rustls accepts it`;
      return [{ span, message, help, severity: stacks.has("OpenSSL") ? "error" : "warning" }];
    }
    const known = stacks.size === 0 ? !openssl : stacks.has("rustls") || !openssl;
    return [
      {
        span,
        message: openssl
          ? `rustls rejects the critical extension ${shown} (\`UnsupportedCriticalExtension\`); OpenSSL accepts it`
          : `rustls (\`UnsupportedCriticalExtension\`) and OpenSSL (\`unhandled critical extension\`) reject critical ${shown}`,
        help,
        severity: known ? "error" : stacks.size > 0 ? "info" : "warning",
      },
    ];
  });
}
