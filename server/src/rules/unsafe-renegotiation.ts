/** Renegotiation that is not tied to the connection it happens on. */
import type { CodeRule } from "./rule.ts";

export const unsafeRenegotiation: CodeRule<"unbound-renegotiation"> = {
  id: "unsafe-renegotiation",
  judges: "code",
  observes: "unbound-renegotiation",
  summary: "renegotiation with peers that do not tie it to their connection",
  severity: "warning",
  since: "0.1.0",
  cwe: [757, 300],
  sources: [
    { title: "RFC 5746: TLS Renegotiation Indication Extension", url: "https://www.rfc-editor.org/rfc/rfc5746" },
    { title: "OpenSSL: SSL_CTX_set_options, Secure Renegotiation", url: "https://docs.openssl.org/master/man3/SSL_CTX_set_options/" },
    { title: "CVE-2009-3555", url: "https://nvd.nist.gov/vuln/detail/CVE-2009-3555" },
  ],
  rationale: `Up to TLS 1.2 a connection may be negotiated anew. Without RFC 5746 nothing ties the new handshake to the old one: somebody
on the path opens a connection, sends the beginning of a request, and passes a client's own handshake on as a renegotiation. The server
takes both for one client, so that the attacker's words are spoken with the client's certificate. OpenSSL refuses such peers by default;
every TLS library since 2010 has the extension.

It does not matter where nothing before TLS 1.3 is spoken: it has no renegotiation.`,
  examples: [
    {
      bad: `use openssl::ssl::{SslContextBuilder, SslOptions};

pub fn for_the_old_device(builder: &mut SslContextBuilder) {
    builder.set_options(SslOptions::ALLOW_UNSAFE_LEGACY_RENEGOTIATION);
}
`,
      good: `use openssl::ssl::{SslContextBuilder, SslOptions};

pub fn for_good_devices(builder: &mut SslContextBuilder) {
    builder.set_options(SslOptions::NO_RENEGOTIATION);
}
`,
    },
  ],

  judge({ fact, written, endpoint }) {
    if (!fact.allowed) return undefined;
    const newest = endpoint?.effective.some((it) => it.fact.kind === "minimum-version" && it.fact.version === "TLS 1.3");
    if (newest === true) return undefined;
    return {
      message: `\`${written}\` allows insecure renegotiation: attackers can inject data into a session`,
      help: "remove the option: peers have supported RFC 5746 since 2010",
      notes: ["CVE-2009-3555"],
      remedies: [{ want: { kind: "unbound-renegotiation", allowed: false }, applicability: "review" }],
    };
  },
};
