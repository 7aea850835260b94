/** A client whose library is told not to verify the server's certificate. */
import { before, checkedLater, holding, related, roleOf, staysHere } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const disabledVerification: CodeRule<"server-verification"> = {
  id: "disabled-verification",
  judges: "code",
  observes: "server-verification",
  summary: "the client does not verify the server certificate",
  severity: "error",
  since: "0.1.0",
  cwe: [295],
  sources: [
    {
      title: "reqwest: ClientBuilder::danger_accept_invalid_certs",
      url: "https://docs.rs/reqwest/latest/reqwest/struct.ClientBuilder.html#method.danger_accept_invalid_certs",
    },
    {
      title: "native-tls: TlsConnectorBuilder::danger_accept_invalid_certs",
      url: "https://docs.rs/native-tls/latest/native_tls/struct.TlsConnectorBuilder.html#method.danger_accept_invalid_certs",
    },
    {
      title: "openssl crate: SslVerifyMode",
      url: "https://docs.rs/openssl/latest/openssl/ssl/struct.SslVerifyMode.html",
    },
    { title: "RFC 9110, section 4.3.4: https Certificate Verification", url: "https://www.rfc-editor.org/rfc/rfc9110#section-4.3.4" },
    { title: "CWE-295: Improper Certificate Validation", url: "https://cwe.mitre.org/data/definitions/295.html" },
  ],
  rationale: `An on-path attacker presents any certificate, terminates TLS, and reads and changes all traffic. Neither side notices.

Fine where the peer is authenticated inside the connection, for example by an inner TLS session. Suppress the finding and say
so. For a server with a private or self-signed certificate, add that certificate or its CA to the trust store instead; for a
host with another name, fix its certificate.

The last call decides. Test code, code behind an explicit option such as \`--insecure\`, and clients that connect to this machine
only are quieter; so is a client all of whose connections are seen to compare the server's certificate or key before anything is sent.
A context of unknown role is a warning. OpenSSL's bare contexts verify nothing as a client by default, its
connectors do. A proxy without a name for its upstream (pingora's \`HttpPeer::new(address, true, "")\`) verifies nothing, and
only you know that name.

Connection strings have such options, too: \`tlsInsecure=true\`, \`TrustServerCertificate=true\`, \`rediss://…#insecure\`. They are
warnings, errors where a client is given one, and hints for a server on the same machine. So do proxies, which verify no upstream
unless they are told to: an error across a public network, a warning inside of a private one, or one that is known at run time only.`,
  examples: [
    {
      bad: `pub fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .danger_accept_invalid_certs(true)
        .build()
}
`,
      good: `pub fn client(ca: &[u8]) -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .add_root_certificate(reqwest::Certificate::from_pem(ca)?)
        .build()
}
`,
    },
    {
      bad: `use openssl::error::ErrorStack;
use openssl::ssl::{SslConnector, SslMethod, SslVerifyMode};

pub fn connector() -> Result<SslConnector, ErrorStack> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_verify(SslVerifyMode::NONE);
    Ok(builder.build())
}
`,
      good: `use openssl::error::ErrorStack;
use openssl::ssl::{SslConnector, SslMethod};

pub fn connector() -> Result<SslConnector, ErrorStack> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_ca_file("ca.pem")?;
    Ok(builder.build())
}
`,
    },
  ],

  judge(observation) {
    const { fact, byDefault, written } = observation;
    const role = roleOf(observation);
    if (fact.enabled || role === "server" || (byDefault && role === "unknown")) return undefined;
    if (fact.afterwards !== undefined) return checkedLater(`\`${written}\` disables certificate verification`, fact.afterwards);
    const unnamed = byDefault ? holding(observation.endpoint, "hostname-verification").filter((it) => it.fact.lacks !== undefined) : [];
    const stricter = before(observation, "server-verification").filter((it) => it.fact.enabled && !it.byDefault);
    const cause = byDefault ? `\`${written}\` verifies no certificate by default` : `\`${written}\` disables certificate verification`;
    // Nobody switched it off, and whoever is on the path has come into a network of one's own, or into one that nobody knows.
    const isInside = byDefault && (fact.reach === "private" || fact.reach === "unknown");
    return {
      severity: fact.reach === "loopback" || staysHere(observation) ? "hint" : role === "client" && !isInside ? "error" : "warning",
      message: role === "client" ? `${cause}: on-path attackers can impersonate the server` : `${cause}: as a client it accepts any server`,
      help: byDefault
        ? fact.reach === undefined
          ? "enable verification, or use the library's default client"
          : "enable verification, with the CA that issued the upstream's certificate"
        : "remove it; to trust a private CA, add its certificate to the trust store",
      related: [...related(stricter, "this stricter setting is overridden"), ...related(unnamed, "no hostname is verified here either")],
      remedies: [{ want: { kind: "server-verification", enabled: true } }, { want: { kind: "remove-call" } }],
    };
  },
};
