/** A list of revocation lists that is empty, or may be without anyone noticing. */
import type { CodeRule } from "./rule.ts";

export const emptyCrlList: CodeRule<"revocation"> = {
  id: "empty-crl-list",
  judges: "code",
  observes: "revocation",
  summary: "the list of CRLs is empty, which disables revocation checking",
  severity: "warning",
  since: "0.1.0",
  cwe: [299],
  sources: [
    {
      title: "rustls: ClientCertVerifierBuilder::with_crls",
      url: "https://docs.rs/rustls/latest/rustls/server/struct.ClientCertVerifierBuilder.html#method.with_crls",
    },
    { title: "RFC 5280, section 6.3: CRL Validation", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.3" },
    { title: "CWE-299: Improper Check for Certificate Revocation", url: "https://cwe.mitre.org/data/definitions/299.html" },
  ],
  rationale: `With an empty list the verifier checks no revocation and reports no error. A wrong path, an empty file, or an error that becomes
an empty list (\`unwrap_or_default()\`, \`flatten()\`) makes every revoked certificate valid again, the stolen ones included.

Fine where certificates are so short-lived that they are never revoked; then remove the call, so that the code says so.
Otherwise fail if the list is empty.`,
  examples: [
    {
      bad: `use std::sync::Arc;

use rustls::server::danger::ClientCertVerifier;
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::RootCertStore;

pub fn verifier(roots: RootCertStore) -> Result<Arc<dyn ClientCertVerifier>, VerifierBuilderError> {
    WebPkiClientVerifier::builder(Arc::new(roots))
        .with_crls(vec![])
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

  judge({ fact, written }) {
    switch (fact.lists) {
      case "none":
        return {
          message: `\`${written}\` is given no CRL: revoked certificates are accepted`,
          help: "load the CA's CRL, and fail if there is none",
          remedies: [{ want: { kind: "revocation", lists: "loaded" } }],
        };
      case "maybe-none":
        return {
          message: `\`${written}\` may be given no CRL, because an error or an empty file is ignored`,
          help: "propagate the error, and fail if there is no CRL",
          notes: ["without a CRL nothing is checked, and revoked certificates are accepted"],
          remedies: [{ want: { kind: "propagate-error" } }, { want: { kind: "revocation", lists: "loaded" } }],
        };
      case "loaded":
        return undefined;
    }
  },
};
