/** A server that believes the public certificate authorities about its clients. */
import { holding, related, users } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const systemRootsForClients: CodeRule<"trust"> = {
  id: "system-roots-for-clients",
  judges: "code",
  observes: "trust",
  summary: "clients are verified against public certificate authorities: anyone can get such a certificate",
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
  rationale: `A client's certificate proves that one of the server's trust anchors has vouched for its holder. The anchors of an operating
system, and Mozilla's in a crate, vouch for web sites: whoever has a domain gets a certificate from them, often for nothing. A
server that takes them for its clients asks every client for a certificate and lets in whoever has any. The handshake looks like
mutual TLS, and every test with a certificate of the own CA passes.

Often it is the fallback of an option: no client CA was configured, so "the usual roots" are loaded. Refuse to start then.

The finding is an error, and a warning where the program reads the peer's certificate somewhere: then it may decide by name.

It does not matter where a name in the certificate decides and any public authority may vouch for it, as between mail or chat
servers of different owners, or where the system's store was emptied and filled with a CA of your own.`,
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
      remedies: [{ want: { kind: "trust", anchors: "loaded" }, applicability: "review" }],
    };
  },
};
