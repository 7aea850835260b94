/** A server that demands certificates and never looks at whose they are. */
import { holding } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const unauthorizedClientIdentity: CodeRule<"peer-identity"> = {
  id: "unauthorized-client-identity",
  judges: "code",
  observes: "peer-identity",
  summary: "every certificate of the client CA is accepted, whoever its subject is",
  severity: "info",
  since: "0.1.0",
  cwe: [863],
  sources: [
    { title: "OWASP: Authorization Cheat Sheet", url: "https://cheatsheetseries.owasp.org/cheatsheets/Authorization_Cheat_Sheet.html" },
    { title: "CWE-863: Incorrect Authorization", url: "https://cwe.mitre.org/data/definitions/863.html" },
  ],
  rationale: `Mutual TLS authenticates the client; it does not authorize it. A server that requires a certificate and never reads it accepts
every certificate that its CA ever issued: a printer, a build agent, a former colleague. An attacker needs only one of them.

Fine where the CA issues certificates only to clients of this server. Reported, as information, only where all files of the
program were analysed and none reads the peer certificate.`,
  examples: [
    {
      bad: `use std::sync::Arc;

use actix_web::{web, App, HttpServer};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

pub async fn serve(
    roots: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<(), Box<dyn std::error::Error>> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let tls = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?;
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "ok" })))
        .bind_rustls_0_23("0.0.0.0:8443", tls)?
        .run()
        .await?;
    Ok(())
}
`,
      good: `use std::any::Any;
use std::sync::Arc;

use actix_web::dev::Extensions;
use actix_web::{web, App, HttpRequest, HttpServer, Responder};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

struct Known(bool);

fn remember(connection: &dyn Any, extensions: &mut Extensions) {
    if let Some(stream) = connection.downcast_ref::<actix_tls::accept::rustls_0_23::TlsStream<actix_web::rt::net::TcpStream>>() {
        let leaf = stream.get_ref().1.peer_certificates().and_then(|chain| chain.first());
        extensions.insert(Known(leaf.is_some_and(|it| is_known(it))));
    }
}

fn is_known(_certificate: &CertificateDer<'_>) -> bool {
    false
}

async fn index(request: HttpRequest) -> impl Responder {
    match request.conn_data::<Known>() {
        Some(Known(true)) => "ok",
        _ => "no",
    }
}

pub async fn serve(
    roots: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<(), Box<dyn std::error::Error>> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let tls = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?;
    HttpServer::new(|| App::new().route("/", web::get().to(index)))
        .on_connect(remember)
        .bind_rustls_0_23("0.0.0.0:8443", tls)?
        .run()
        .await?;
    Ok(())
}
`,
    },
  ],

  judge({ fact, endpoint, written }, { policy }) {
    if (fact.looked || policy.mtls === "off") return undefined;
    const asked = holding(endpoint, "client-authentication");
    const required = asked.filter((it) => it.fact.mode === "required");
    const [first] = required;
    if (!first || required.length < asked.length) return undefined;
    // A verifier of the user's own may look; public authorities vouch for anybody, which is worse and told elsewhere.
    if (holding(endpoint, "verifier").length > 0 || holding(endpoint, "connection-hook").length > 0) return undefined;
    if (holding(endpoint, "trust").some((it) => it.fact.anchors === "system")) return undefined;
    return {
      message: `\`${written}\` accepts every certificate of the client CA; no code checks the identity`,
      help: "authorize by the certificate's name or key, or use a CA that issues only to allowed clients",
      related: [{ ...first.place, message: "certificates are required here" }],
    };
  },
};
