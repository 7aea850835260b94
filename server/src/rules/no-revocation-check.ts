/** A server for known clients that has no means to lock one of them out. */
import { lacksLists } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const noRevocationCheck: CodeRule<"client-authentication"> = {
  id: "no-revocation-check",
  judges: "code",
  observes: "client-authentication",
  summary: "no CRL is consulted: revoked client certificates are accepted",
  severity: "info",
  since: "0.1.0",
  cwe: [299],
  sources: [
    {
      title: "rustls: ClientCertVerifierBuilder::with_crls",
      url: "https://docs.rs/rustls/latest/rustls/server/struct.ClientCertVerifierBuilder.html#method.with_crls",
    },
    { title: "RFC 5280, section 3.3: Revocation", url: "https://www.rfc-editor.org/rfc/rfc5280#section-3.3" },
    { title: "CWE-299: Improper Check for Certificate Revocation", url: "https://cwe.mitre.org/data/definitions/299.html" },
  ],
  rationale: `An attacker with a stolen client key connects until its certificate expires. No library checks revocation by itself: a verifier
is given CRLs or checks nothing, and no server uses OCSP for clients.

Fine where client certificates live for hours, or where each request is checked against a list that the program keeps.

Most programs with mutual TLS check no revocation, so the rule reports it only where it is intended: another verifier of the
crate is given a CRL, names mention one, or the configuration says \`mtls = "required"\`.`,
  examples: [
    {
      bad: `use std::sync::Arc;

use rustls::server::danger::ClientCertVerifier;
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::RootCertStore;

pub struct Settings {
    pub crl_file: Option<String>,
}

pub fn verifier(roots: RootCertStore, _settings: &Settings) -> Result<Arc<dyn ClientCertVerifier>, VerifierBuilderError> {
    WebPkiClientVerifier::builder(Arc::new(roots)).build()
}
`,
      good: `use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::CertificateRevocationListDer;
use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::RootCertStore;

pub struct Settings {
    pub crl_file: String,
}

pub fn verifier(roots: RootCertStore, settings: &Settings) -> Result<Arc<dyn ClientCertVerifier>, Box<dyn std::error::Error>> {
    let crl = CertificateRevocationListDer::from_pem_file(&settings.crl_file)?;
    Ok(WebPkiClientVerifier::builder(Arc::new(roots))
        .with_crls([crl])
        .enforce_revocation_expiration()
        .build()?)
}
`,
    },
  ],

  judge(observation, { policy, intent }) {
    if (!lacksLists(observation, { policy })) return undefined;
    const { written } = observation;
    // A CRL that is loaded and not used is the fault of `unchecked-crl`.
    if (intent.some((it) => it.unusedList !== undefined && it.unusedList === observation.endpoint?.library)) return undefined;
    const meant = intent.filter((it) => it.of === "revocation");
    if (meant.length === 0 && policy.mtls !== "required") return undefined;
    return {
      message: `\`${written}\` consults no CRL: a stolen client key works until its certificate expires`,
      help: "give the verifier its CA's CRLs and enforce their expiry, or issue short-lived certificates",
      related: meant.slice(0, 2).map(({ place, reason }) => ({ ...place, message: `revocation is intended here: ${reason}` })),
      remedies: [{ want: { kind: "revocation", lists: "loaded" } }],
    };
  },
};
