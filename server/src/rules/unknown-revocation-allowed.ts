/** Revocation lists that do not reach every certificate of a chain, by the program's own choice. */
import { holding } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const unknownRevocationAllowed: CodeRule<"revocation-gap"> = {
  id: "unknown-revocation-allowed",
  judges: "code",
  observes: "revocation-gap",
  summary: "certificates without revocation information are accepted",
  severity: "warning",
  since: "0.1.0",
  cwe: [299],
  sources: [
    {
      title: "rustls: ClientCertVerifierBuilder::allow_unknown_revocation_status",
      url: "https://docs.rs/rustls/latest/rustls/server/struct.ClientCertVerifierBuilder.html#method.allow_unknown_revocation_status",
    },
    { title: "RFC 5280, section 6.3: CRL Validation", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.3" },
    { title: "OpenSSL: X509_VERIFY_PARAM_set_flags", url: "https://docs.openssl.org/master/man3/X509_VERIFY_PARAM_set_flags/" },
    { title: "CWE-299: Improper Check for Certificate Revocation", url: "https://cwe.mitre.org/data/definitions/299.html" },
  ],
  rationale: `A CRL covers one issuer. If an issuer's CRL is missing (a forgotten file, a new intermediate, a name that differs in one byte),
the status of its certificates is unknown. Allowed, every certificate of that issuer is accepted, revoked or not, without an
error.

Fine where some issuers publish no CRL and their certificates are short-lived; suppress the finding and say so. Without any CRL
the setting has no effect, and the rule is silent.

Checking only the leaf is information: an attacker with a stolen intermediate, revoked or not, issues certificates that are
accepted.`,
  examples: [
    {
      bad: `use std::sync::Arc;

use rustls::pki_types::CertificateRevocationListDer;
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::RootCertStore;

pub fn verifier(
    roots: RootCertStore,
    crl: CertificateRevocationListDer<'static>,
) -> Result<Arc<dyn ClientCertVerifier>, VerifierBuilderError> {
    WebPkiClientVerifier::builder(Arc::new(roots))
        .with_crls([crl])
        .enforce_revocation_expiration()
        .allow_unknown_revocation_status()
        .build()
}
`,
      good: `use std::sync::Arc;

use rustls::pki_types::CertificateRevocationListDer;
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::RootCertStore;

pub fn verifier(
    roots: RootCertStore,
    crl: CertificateRevocationListDer<'static>,
) -> Result<Arc<dyn ClientCertVerifier>, VerifierBuilderError> {
    WebPkiClientVerifier::builder(Arc::new(roots))
        .with_crls([crl])
        .enforce_revocation_expiration()
        .build()
}
`,
    },
  ],

  judge({ fact, endpoint, written }) {
    if (fact.gap === "none") return undefined;
    const lists = holding(endpoint, "revocation");
    if (lists.length === 0 && !holding(endpoint, "revocation-check").some((it) => it.fact.enabled)) return undefined;
    if (fact.gap === "end-entity-only")
      return {
        severity: "info",
        message: `\`${written}\` checks only the leaf for revocation: a revoked intermediate still works`,
        help: "check the whole chain, or issue leaf certificates directly from the trust anchor",
        remedies: [{ want: { kind: "revocation-gap", gap: "none" } }, { want: { kind: "remove-call" } }],
      };
    return {
      message: `\`${written}\` accepts certificates whose issuer has no CRL loaded, revoked or not`,
      help: "load a CRL for each issuer, and reject certificates of unknown status",
      remedies: [{ want: { kind: "remove-call" } }],
    };
  },
};
