/** A server that believes the public certificate authorities about its clients. */
import { holding, related, users } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const systemRootsForClients: CodeRule<"trust"> = {
  id: "system-roots-for-clients",
  judges: "code",
  observes: "trust",
  summary: "client certificates are verified against public CAs",
  severity: "error",
  since: "0.2.0",
  cwe: [296, 287],
  sources: [
    {
      title: "RFC 5280, section 6.1: trust anchors are an input of path validation",
      url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.1",
    },
    {
      title: "rustls: WebPkiClientVerifier",
      url: "https://docs.rs/rustls/latest/rustls/server/struct.WebPkiClientVerifier.html",
    },
    { title: "OpenSSL: SSL_CTX_set_default_verify_paths", url: "https://docs.openssl.org/master/man3/SSL_CTX_load_verify_locations/" },
    { title: "CWE-296: Improper Following of a Certificate's Chain of Trust", url: "https://cwe.mitre.org/data/definitions/296.html" },
  ],
  rationale: `Public CAs vouch for web sites: an attacker with any domain gets a certificate, often for free, and is accepted. The handshake
looks like mutual TLS, and every test with the own CA passes. It is often a fallback: no client CA is configured, so "the usual
roots" are loaded. Fail to start instead.

Fine where a name in the certificate decides and any public CA may vouch for it, as between mail or chat servers of different
owners, or where the system store contains only your own CA.

An error, and a warning where the program reads the peer certificate.`,
  examples: [
    {
      bad: `use std::sync::Arc;

use rustls::server::danger::ClientCertVerifier;
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::RootCertStore;

pub fn verifier() -> Result<Arc<dyn ClientCertVerifier>, VerifierBuilderError> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    WebPkiClientVerifier::builder(Arc::new(roots)).build()
}
`,
      good: `use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::RootCertStore;

pub fn verifier(client_ca: CertificateDer<'static>) -> Result<Arc<dyn ClientCertVerifier>, Box<dyn std::error::Error>> {
    let mut roots = RootCertStore::empty();
    roots.add(client_ca)?;
    Ok(WebPkiClientVerifier::builder(Arc::new(roots)).build()?)
}
`,
    },
  ],

  judge({ fact, endpoint, written }, { readsPeerIdentity }) {
    if (fact.anchors !== "system" || !endpoint) return undefined;
    const servers = [endpoint, ...users(endpoint)].filter((it) => it.role === "server");
    const asked = servers
      .flatMap((it) => it.effective)
      .filter(({ fact: it }) => it.kind === "client-authentication" && (it.mode === "required" || it.mode === "optional"));
    if (asked.length === 0) return undefined;
    // The user's own verifier may look at more than the chain.
    if (servers.flatMap((it) => holding(it, "verifier")).some((it) => it.fact.verifies === "client")) return undefined;
    return {
      severity: readsPeerIdentity || fact.byName !== undefined ? "warning" : "error",
      message:
        fact.byName === undefined
          ? `\`${written}\` accepts client certificates from any public CA, and anyone can get one`
          : `\`${written}\` accepts client certificates from any public CA if \`${fact.byName}\` loads system roots`,
      help: "trust only the CA that issues your client certificates, and fail to start without it",
      ...(fact.byName === undefined ? {} : { notes: ["assumed from the name of the function; its body was not found"] }),
      related: related(asked.slice(0, 1), "clients are verified against it here"),
      remedies: [{ want: { kind: "trust", anchors: "loaded" } }],
    };
  },
};
