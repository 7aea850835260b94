/** A server that asks for a certificate and also lets clients in that show none. */
import { replaced, roleOf } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const optionalClientAuth: CodeRule<"client-authentication"> = {
  id: "optional-client-auth",
  judges: "code",
  observes: "client-authentication",
  summary: "the server requests a client certificate but accepts clients without one",
  severity: "warning",
  since: "0.1.0",
  cwe: [287, 306],
  sources: [
    {
      title: "rustls: ClientCertVerifierBuilder::allow_unauthenticated",
      url: "https://docs.rs/rustls/latest/rustls/server/struct.ClientCertVerifierBuilder.html#method.allow_unauthenticated",
    },
    {
      title: "OpenSSL: SSL_CTX_set_verify, SSL_VERIFY_PEER in server mode",
      url: "https://docs.openssl.org/master/man3/SSL_CTX_set_verify/",
    },
    {
      title: "RFC 8446, section 4.4.2.4: an empty client Certificate message",
      url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2.4",
    },
    { title: "CWE-287: Improper Authentication", url: "https://cwe.mitre.org/data/definitions/287.html" },
  ],
  rationale: `An attacker presents no certificate. The handshake succeeds, and OpenSSL's \`verify_result()\` is \`OK\`. Protection then depends on
every handler: one that does not check the peer certificate accepts everyone.

Fine where every handler rejects connections without a peer certificate, or where anonymous clients are welcome and a
certificate only adds rights. Suppress the finding and say so.

With OpenSSL, \`PEER\` alone is optional on a server, which needs \`PEER | FAIL_IF_NO_PEER_CERT\`. A verifier whose
\`client_auth_mandatory\` returns \`false\` is optional, too. \`mtls = "off"\` disables the rule.`,
  examples: [
    {
      bad: `use std::sync::Arc;

use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::RootCertStore;

pub fn verifier(roots: RootCertStore) -> Result<Arc<dyn ClientCertVerifier>, Box<dyn std::error::Error>> {
    Ok(WebPkiClientVerifier::builder(Arc::new(roots))
        .allow_unauthenticated()
        .build()?)
}
`,
      good: `use std::sync::Arc;

use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::RootCertStore;

pub fn verifier(roots: RootCertStore) -> Result<Arc<dyn ClientCertVerifier>, Box<dyn std::error::Error>> {
    Ok(WebPkiClientVerifier::builder(Arc::new(roots)).build()?)
}
`,
    },
    {
      bad: `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslVerifyMode};

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("client-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER);
    Ok(builder)
}
`,
      good: `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslVerifyMode};

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("client-ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(builder)
}
`,
    },
  ],

  judge(observation, context) {
    const { fact, written } = observation;
    if (fact.mode !== "optional" || roleOf(observation) !== "server" || context.policy.mtls === "off") return undefined;
    if (replaced(observation, "client-authentication").some((it) => it.fact.mode === "required")) return undefined;
    if (fact.refusedBy !== undefined)
      return {
        severity: "info",
        message: `\`${written}\` accepts clients without a certificate; \`${fact.refusedBy}\` rejects them after the handshake`,
        help: "require the certificate, or make sure that no connection is served before that check or without it",
        remedies: [
          {
            want: { kind: "client-authentication", mode: "required" },
            isChoice: context.policy.mtls !== "required",
          },
        ],
      };
    // Handlers that look at the peer may count on it.
    const isMeant = context.readsPeerIdentity && context.policy.mtls !== "required";
    return {
      message: `\`${written}\` accepts clients that present no certificate`,
      help: context.readsPeerIdentity
        ? "require the certificate, or reject connections without one in every handler"
        : "require the certificate",
      ...(context.readsPeerIdentity ? {} : { notes: ["no handler checks for a peer certificate"] }),
      remedies: [{ want: { kind: "client-authentication", mode: "required" }, isChoice: isMeant }],
    };
  },
};
