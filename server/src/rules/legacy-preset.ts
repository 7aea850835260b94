/** A named bundle of settings that its authors have superseded. */
import type { CodeRule } from "./rule.ts";

export const legacyPreset: CodeRule<"preset"> = {
  id: "legacy-preset",
  judges: "code",
  observes: "preset",
  summary: "the preset of TLS settings is superseded",
  severity: "info",
  since: "0.1.0",
  cwe: [327, 326],
  sources: [
    {
      title: "openssl crate: SslAcceptor::mozilla_intermediate_v5",
      url: "https://docs.rs/openssl/latest/openssl/ssl/struct.SslAcceptor.html#method.mozilla_intermediate_v5",
    },
    { title: "Mozilla: Server Side TLS", url: "https://wiki.mozilla.org/Security/Server_Side_TLS" },
    { title: "CWE-327: Use of a Broken or Risky Cryptographic Algorithm", url: "https://cwe.mitre.org/data/definitions/327.html" },
  ],
  rationale: `Presets are frozen, so old ones keep what was recommended years ago: they list cipher suites with 3DES and with static RSA key
exchange, and disable TLS 1.3. An attacker who records traffic today and steals the key later decrypts what was sent with static RSA.

Fine where clients need one of these suites; suppress the finding and name them. It is information: which of the suites the linked OpenSSL
has, and which one a client negotiates, is not known here. The current preset has the same name with a version. Where a web framework picks
the preset itself (poem, salvo), pass it an acceptor or a rustls configuration of your own.`,
  examples: [
    {
      bad: `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod};

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    SslAcceptor::mozilla_intermediate(SslMethod::tls_server())
}
`,
      good: `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod};

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())
}
`,
    },
  ],

  judge: ({ fact }) => ({
    message: `preset \`${fact.name}\` ${fact.weakness}`,
    help: "use the preset that supersedes it",
    remedies: [{ want: { kind: "preset" } }],
  }),
};
