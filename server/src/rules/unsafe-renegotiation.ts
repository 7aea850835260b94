/** Renegotiation that is not tied to the connection it happens on. */
import type { CodeRule } from "./rule.ts";

export const unsafeRenegotiation: CodeRule<"unbound-renegotiation"> = {
  id: "unsafe-renegotiation",
  judges: "code",
  observes: "unbound-renegotiation",
  summary: "insecure renegotiation is allowed",
  severity: "warning",
  since: "0.1.0",
  cwe: [757, 300],
  sources: [
    { title: "RFC 5746: TLS Renegotiation Indication Extension", url: "https://www.rfc-editor.org/rfc/rfc5746" },
    { title: "OpenSSL: SSL_CTX_set_options, Secure Renegotiation", url: "https://docs.openssl.org/master/man3/SSL_CTX_set_options/" },
    { title: "CVE-2009-3555", url: "https://nvd.nist.gov/vuln/detail/CVE-2009-3555" },
  ],
  rationale: `Without RFC 5746, a renegotiation is not bound to its connection. An on-path attacker opens a connection, sends the beginning of
a request, and forwards a client's handshake as a renegotiation: the server attributes the attacker's data to the client and its
certificate. OpenSSL rejects such peers by default; TLS libraries have supported the extension since 2010.

Fine with TLS 1.3 only, which has no renegotiation.`,
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
      remedies: [{ want: { kind: "unbound-renegotiation", allowed: false } }],
    };
  },
};
