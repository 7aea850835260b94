/** A verifier or callback of the user's own that lets clients in without a valid certificate. */
import type { CodeRule } from "./rule.ts";
import { judgeVerifier } from "./verifiers.ts";

export const acceptAnyClient: CodeRule<"verifier"> = {
  id: "accept-any-client",
  judges: "code",
  observes: "verifier",
  summary: "a verifier accepts client certificates without verifying them",
  severity: "error",
  since: "0.1.0",
  cwe: [295, 287],
  sources: [
    {
      title: "rustls: ClientCertVerifier",
      url: "https://docs.rs/rustls/latest/rustls/server/danger/trait.ClientCertVerifier.html",
    },
    {
      title: "openssl crate: SslContextBuilder::set_verify_callback",
      url: "https://docs.rs/openssl/latest/openssl/ssl/struct.SslContextBuilder.html#method.set_verify_callback",
    },
    { title: "RFC 5280, section 6: Certification Path Validation", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6" },
    { title: "CWE-295: Improper Certificate Validation", url: "https://cwe.mitre.org/data/definitions/295.html" },
  ],
  rationale: `An attacker creates a certificate with any name they like, signs it themselves and impersonates that client. Whatever handlers
read from it is the attacker's own claim.

Fine where a certificate only carries a public key that the program looks up before it trusts the connection (peer identities
derived from keys). The finding is information where every function that accepts connections looks up the certificate, its key
or its fingerprint and rejects unknown ones; elsewhere suppress it and say where the lookup is. A lookup by name does not count:
the attacker chose the name.

The finding stands at the method or callback that decides, and names the place that installs it; without such a place it is a
warning. Comparing names in a certificate whose chain is not verified is reported, too. Delegating to an inner verifier and
comparing with a known certificate are silent; a body that cannot be judged is a hint.`,
  examples: [
    {
      bad: `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslVerifyMode};

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("client-ca.pem")?;
    builder.set_verify_callback(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT, |_, _| true);
    Ok(builder)
}
`,
      good: `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslVerifyMode};

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("client-ca.pem")?;
    builder.set_verify_callback(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT, |verified, context| {
        if !verified {
            eprintln!("a client was refused: {}", context.error());
        }
        verified
    });
    Ok(builder)
}
`,
    },
  ],

  judge: (observation) =>
    observation.fact.verifies === "client"
      ? judgeVerifier(observation, {
          peer: "client",
          attack: "anyone can impersonate a client",
          help: "let the library verify the certificate against the client CA, then add your own checks",
          remedy: { kind: "client-authentication", mode: "required" },
        })
      : undefined,
};
