/** A security level that asks for no strength at all. */
import { RECOMMENDED_CIPHERS, readCipherList } from "../tls/ciphers.ts";
import type { FactOf } from "../tls/facts.ts";
import type { CodeRule } from "./rule.ts";

export const lowSecurityLevel: CodeRule<"security-level" | "cipher-list"> = {
  id: "low-security-level",
  judges: "code",
  observes: "security-level",
  alsoObserves: ["cipher-list"],
  summary: "security level 0 accepts keys, signatures and suites of any strength",
  severity: "warning",
  since: "0.1.0",
  cwe: [326, 327],
  sources: [
    { title: "OpenSSL: SSL_CTX_set_security_level", url: "https://docs.openssl.org/master/man3/SSL_CTX_get_security_level/" },
    { title: "openssl-ciphers(1): @SECLEVEL", url: "https://docs.openssl.org/master/man1/openssl-ciphers/" },
    { title: "CWE-326: Inadequate Encryption Strength", url: "https://cwe.mitre.org/data/definitions/326.html" },
  ],
  rationale: `At level 0, OpenSSL negotiates everything that was compiled in: 512-bit RSA keys, MD5 signatures and, with OpenSSL 3, old TLS
versions that need SHA-1 signatures. An attacker can forge such certificates or break such keys. From level 1 on, anything below
80 bits is rejected.

Fine in a tool that measures what a peer still accepts. The level is often lowered for one old peer, but applies to all of them.`,
  examples: [
    {
      bad: `use openssl::ssl::SslContextBuilder;

pub fn reach_the_old_ones(builder: &mut SslContextBuilder) {
    builder.set_security_level(0);
}
`,
      good: `use openssl::ssl::SslContextBuilder;

pub fn reach_the_good_ones(builder: &mut SslContextBuilder) {
    builder.set_security_level(2);
}
`,
    },
    {
      bad: `use openssl::error::ErrorStack;
use openssl::ssl::SslContextBuilder;

pub fn ciphers(builder: &mut SslContextBuilder) -> Result<(), ErrorStack> {
    builder.set_cipher_list("DEFAULT@SECLEVEL=0")
}
`,
      good: `use openssl::error::ErrorStack;
use openssl::ssl::SslContextBuilder;

pub fn ciphers(builder: &mut SslContextBuilder) -> Result<(), ErrorStack> {
    builder.set_cipher_list("DEFAULT@SECLEVEL=2")
}
`,
    },
  ],

  judge({ fact, written }) {
    if (levelOf(fact) !== 0) return undefined;
    const listed = fact.kind === "cipher-list";
    return {
      message: `${listed ? "`@SECLEVEL=0` in " : ""}\`${written}\` disables all strength checks: short keys and weak signatures are accepted`,
      help: "remove it; the library's default is level 1 or higher",
      remedies: [
        { want: { kind: "security-level" } },
        ...(listed ? [{ want: { kind: "cipher-list", ciphers: RECOMMENDED_CIPHERS } } as const] : []),
      ],
    };
  },
};

function levelOf(fact: FactOf<"security-level" | "cipher-list">): number | undefined {
  if (fact.kind === "security-level") return fact.level;
  const list = readCipherList(fact.ciphers);
  // Suites without encryption or authentication are told as such, with the level that lets them through.
  return list.weak.length > 0 ? undefined : list.securityLevel;
}
