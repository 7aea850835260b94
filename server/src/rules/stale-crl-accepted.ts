/** Revocation lists that are believed for ever. */
import { holding, related } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const staleCrlAccepted: CodeRule<"revocation"> = {
  id: "stale-crl-accepted",
  judges: "code",
  observes: "revocation",
  summary: "expired CRLs are accepted",
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
  rationale: `A CRL says when the next one is due. Unless expiration is enforced, the verifier accepts the old CRL forever: if the job that
downloads it fails, or an attacker blocks it, certificates revoked since then are accepted, without an error.

Fine where the age of the CRL is monitored by other means and an outage would be worse; suppress the finding and name them. With
enforcement an expired CRL rejects every client, so monitor the download.

What the library does by itself is information; to ask for it in so many words is a warning.`,
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
    const said = expiry.filter((it) => !it.byDefault);
    return {
      // What the library does by itself keeps clients served while a list is late.
      ...(said.length === 0 && { severity: "info" }),
      message: `CRLs of \`${written}\` are accepted after their next update is due`,
      help: "enforce CRL expiration; update the library if this release cannot",
      notes: ["certificates revoked since then are accepted"],
      related: related(said, "expiration is ignored here"),
      remedies: [{ want: { kind: "revocation-expiry", enforced: true } }],
    };
  },
};
