/** Calls for client authentication that no release of the library has. */
import { isSame, whole } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const imaginaryClientAuth: CodeRule<"imaginary-call"> = {
  id: "imaginary-client-auth",
  judges: "code",
  observes: "imaginary-call",
  summary: "the call for client authentication exists in no release of the library",
  severity: "warning",
  since: "0.1.0",
  cwe: [287, 306],
  sources: [
    {
      title: "native-tls: TlsAcceptorBuilder has no call for client certificates",
      url: "https://docs.rs/native-tls/latest/native_tls/struct.TlsAcceptorBuilder.html",
    },
    {
      title: "rust-native-tls issue 161: TlsAcceptor does not request client certificate",
      url: "https://github.com/rust-native-tls/rust-native-tls/issues/161",
    },
    {
      title: "rustls: WebPkiClientVerifier",
      url: "https://docs.rs/rustls/latest/rustls/server/struct.WebPkiClientVerifier.html",
    },
    { title: "CWE-287: Improper Authentication", url: "https://cwe.mitre.org/data/definitions/287.html" },
  ],
  rationale: `A widely copied guide shows mutual TLS for Actix with native-tls: \`client_auth_native_tls(ClientAuthMode::Verify)\`,
\`client_auth(ClientAuth::Required)\`, a crate \`actix_web_native_tls\`. None of it exists: a native-tls server cannot request
client certificates. The code does not compile, and the obvious repair is to delete the line. What is left compiles and accepts
every client.

Fine for a type of your own with such a method: it resolves to your code and is not reported.

The mode is judged as written: \`None\` is an error, permissive and strict modes are warnings. Move the server to rustls or
OpenSSL; the offered rewrites require a certificate.`,
  examples: [
    {
      bad: `use native_tls::{Identity, TlsAcceptor};

fn acceptor(cert: &[u8], key: &[u8]) -> TlsAcceptor {
    let identity = Identity::from_pkcs8(cert, key).expect("server identity");
    let mut builder = TlsAcceptor::builder(identity);
    builder.client_auth_native_tls(native_tls::ClientAuthMode::Verify);
    builder.build().expect("acceptor")
}
`,
      good: `use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

fn config(
    client_roots: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ServerConfig, Box<dyn std::error::Error>> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(client_roots)).build()?;
    Ok(ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)?)
}
`,
    },
  ],

  judge(observation) {
    const { fact, endpoint, written } = observation;
    // A second imaginary call on the endpoint adds nothing unless it is the worse one.
    const others = whole(endpoint).flatMap((it) => it.effective.filter(({ fact: { kind } }) => kind === "imaginary-call"));
    const worst = others.reduce<(typeof others)[number] | undefined>((a, b) => (a && rank(a) >= rank(b) ? a : b), undefined);
    if (worst && rank(worst) > rank(observation)) return undefined;
    if (worst && rank(worst) === rank(observation) && !isSame(worst, observation)) return undefined;
    const remedies = [{ want: { kind: "client-authentication", mode: "required" } }] as const;
    const notes = ["deleting the line compiles and leaves a server that accepts every client"];
    switch (fact.mode) {
      case "none":
        return {
          severity: "error",
          message: `\`${written}\` accepts every client, and exists in no release of the library`,
          help: "move the server to a library that can require client certificates",
          notes,
          remedies,
        };
      case "optional":
      case "ignored":
        return {
          message: `\`${written}\` accepts clients without a certificate, and exists in no release`,
          help: "move the server to a library that can require client certificates",
          notes,
          remedies,
        };
      case "required":
        return {
          message: `\`${written}\` exists in no release: this library cannot request client certificates`,
          help: "move the server to a library that can require client certificates",
          notes,
          remedies,
        };
    }
  },
};

const MODES = ["required", "ignored", "optional", "none"];
const rank = ({ fact }: { readonly fact: { readonly kind: string; readonly mode?: string } }): number =>
  MODES.indexOf(fact.mode ?? "required");
