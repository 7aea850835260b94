/** Revocation lists that are believed for ever. */
import { holding, related } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const staleCrlAccepted: CodeRule<"revocation"> = {
  id: "stale-crl-accepted",
  judges: "code",
  observes: "revocation",
  summary: "a revocation list is accepted after its own end of validity",
  severity: "warning",
  since: "0.1.0",
  cwe: [299, 672],
  sources: [
    {
      title: "rustls: ClientCertVerifierBuilder::enforce_revocation_expiration",
      url: "https://docs.rs/rustls/latest/rustls/server/struct.ClientCertVerifierBuilder.html#method.enforce_revocation_expiration",
    },
    { title: "RFC 5280, section 5.1.2.5: Next Update", url: "https://www.rfc-editor.org/rfc/rfc5280#section-5.1.2.5" },
    { title: "CWE-299: Improper Check for Certificate Revocation", url: "https://cwe.mitre.org/data/definitions/299.html" },
  ],
  rationale: `A revocation list names the day by which the next one is due. Unless expiry is enforced, the verifier believes the old
list for ever: when the job that fetches it dies, or an attacker keeps the new one away, certificates revoked since then still
pass, and nobody notices.

Enforcing it means that an overdue list refuses everybody, so the fetching has to be watched. It does not matter
where the age of the list is watched by other means and an outage would be worse; then allow the finding and name them.`,
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
    if (fact.lists !== "loaded") return undefined;
    const expiry = holding(endpoint, "revocation-expiry");
    if (expiry.length === 0 || expiry.some((it) => it.fact.enforced)) return undefined;
    return {
      message: `CRLs of \`${written}\` are accepted after their next update is due`,
      help: "enforce CRL expiration; update the library if this release cannot",
      notes: ["certificates revoked since then are accepted"],
      related: related(
        expiry.filter((it) => !it.byDefault),
        "expiration is ignored here",
      ),
      remedies: [{ want: { kind: "revocation-expiry", enforced: true }, applicability: "safe" }],
    };
  },
};
