/** A verifier or callback of the user's own that lets clients in without a valid certificate. */
import type { CodeRule } from "./rule.ts";
import { judgeVerifier } from "./verifiers.ts";

export const acceptAnyClient: CodeRule<"verifier"> = {
  id: "accept-any-client",
  judges: "code",
  observes: "verifier",
  summary: "a verifier accepts client certificates without checking them",
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
  rationale: `The server demands a certificate and then believes any: an attacker makes one that carries the name they like, signs it
themselves, and is that client. Whatever the handlers read from the certificate is the attacker's own word.

The finding stands at the method or callback that decides, and names the place that installs it. A verifier that nothing here
installs is a warning. A body is judged by what decides its answer: one that compares a name in a certificate whose chain nobody
verified believes the attacker's own word; one that returns the inner verifier's answer, or compares the
certificate with a known one, is silent; one that cannot be judged is a hint to read it by hand.

It does not matter where certificates only carry a key that the application looks up afterwards, before it trusts the
connection (peer identities made from a public key). Where every function that accepts connections asks for the certificate, and an
asynchronous one looks the whole certificate, its key or its fingerprint up and refuses strangers, it is information; elsewhere, allow
the finding and say where the key is looked up. A look-up by a name in the certificate is none: who made it chose the name.`,
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
