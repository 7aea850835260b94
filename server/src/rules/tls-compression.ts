/** Compression before encryption, which gives secrets away by their length. */
import type { CodeRule } from "./rule.ts";

export const tlsCompression: CodeRule<"compression"> = {
  id: "tls-compression",
  judges: "code",
  observes: "compression",
  summary: "TLS compression is enabled",
  severity: "info",
  since: "0.1.0",
  cwe: [203],
  sources: [
    { title: "RFC 7525, section 3.3: Compression", url: "https://www.rfc-editor.org/rfc/rfc7525#section-3.3" },
    { title: "OpenSSL: SSL_CTX_set_options, SSL_OP_NO_COMPRESSION", url: "https://docs.openssl.org/master/man3/SSL_CTX_set_options/" },
    { title: "CVE-2012-4929", url: "https://nvd.nist.gov/vuln/detail/CVE-2012-4929" },
  ],
  rationale: `Repeated text compresses better. An attacker who can make a client send requests and sees their lengths guesses a cookie or
token byte by byte (CRIME). TLS 1.3 has no compression for that reason, and the libraries' presets disable it.

Fine where a connection carries no secrets, or nothing that an attacker chooses. Information, because most builds of OpenSSL
lack compression, and security level 2 forbids it. It does not matter with TLS 1.3 only.`,
  examples: [
    {
      bad: `use openssl::ssl::{SslContextBuilder, SslOptions};

pub fn smaller(builder: &mut SslContextBuilder) {
    builder.clear_options(SslOptions::NO_COMPRESSION);
}
`,
      good: `use openssl::ssl::{SslContextBuilder, SslOptions};

pub fn plain(builder: &mut SslContextBuilder) {
    builder.set_options(SslOptions::NO_COMPRESSION);
}
`,
    },
  ],

  judge({ fact, written, endpoint }) {
    if (!fact.allowed) return undefined;
    const newest = endpoint?.effective.some((it) => it.fact.kind === "minimum-version" && it.fact.version === "TLS 1.3");
    if (newest === true) return undefined;
    return {
      message: `\`${written}\` enables TLS compression: ciphertext lengths leak secrets (CRIME)`,
      help: "leave compression disabled, as the library's presets do",
      remedies: [{ want: { kind: "compression", allowed: false } }],
    };
  },
};
