/** A cipher list that still holds suites which protect nothing, or not for long. */
import { type CipherList, RECOMMENDED_CIPHERS, readCipherList, WEAKNESSES, type Weakness } from "../tls/ciphers.ts";
import type { CodeRule, Severity } from "./rule.ts";

export const weakCipher: CodeRule<"cipher-list"> = {
  id: "weak-cipher",
  judges: "code",
  observes: "cipher-list",
  summary: "the cipher list allows broken suites",
  severity: "warning",
  since: "0.1.0",
  cwe: [327],
  sources: [
    { title: "RFC 9325, section 4.1: General Guidelines for cipher suites", url: "https://www.rfc-editor.org/rfc/rfc9325#section-4.1" },
    { title: "RFC 7465: Prohibiting RC4 Cipher Suites", url: "https://www.rfc-editor.org/rfc/rfc7465" },
    { title: "OpenSSL: openssl-ciphers, the format of cipher lists", url: "https://docs.openssl.org/master/man1/openssl-ciphers/" },
    { title: "OpenSSL: SSL_CTX_set_security_level", url: "https://docs.openssl.org/master/man3/SSL_CTX_get_security_level/" },
    { title: "CWE-327: Use of a Broken or Risky Cryptographic Algorithm", url: "https://cwe.mitre.org/data/definitions/327.html" },
  ],
  rationale: `Suites without authentication let an on-path attacker impersonate the server; suites without encryption let them read traffic.
RC4, DES, export suites and 64-bit blocks leak plaintext, and without forward secrecy a key stolen later decrypts captured
traffic.

Fine in a test that proves that such suites are rejected.

The list is parsed as OpenSSL does: \`!X\` removes permanently, \`-X\` until it is added again, \`+X\` moves, \`A+B\` means both; the
result counts, so \`ALL:!aNULL:!RC4:!3DES\` does not allow RC4. Unauthenticated and unencrypted suites need security level 0: with
\`@SECLEVEL=0\` they are errors. RC4, DES, export suites and 64-bit blocks are warnings, named suites without forward secrecy
information.`,
  examples: [
    {
      bad: `use openssl::error::ErrorStack;
use openssl::ssl::SslContextBuilder;

pub fn ciphers(builder: &mut SslContextBuilder) -> Result<(), ErrorStack> {
    builder.set_cipher_list("HIGH:!aNULL:RC4-SHA")
}
`,
      good: `use openssl::error::ErrorStack;
use openssl::ssl::SslContextBuilder;

pub fn ciphers(builder: &mut SslContextBuilder) -> Result<(), ErrorStack> {
    builder.set_cipher_list("HIGH:!aNULL:!RC4:!3DES")
}
`,
    },
  ],

  judge({ fact, written }) {
    const list = readCipherList(fact.ciphers, fact.suites);
    const worst = ORDER.find((weakness) => list.weak.some(({ suite }) => suite.weakness === weakness));
    if (!worst) return undefined;
    // Peers that can do no better are shut out by whoever wants to.
    const remedies = [{ want: { kind: "cipher-list", ciphers: RECOMMENDED_CIPHERS }, isChoice: worst === "no-forward-secrecy" }] as const;
    const { suite, word } = list.weak.find((it) => it.suite.weakness === worst) ?? { suite: { name: "" }, word: "" };
    const by = word === suite.name ? `\`${word}\`` : `\`${word}\`, such as \`${suite.name}\``;
    return {
      severity: severity(worst, word, list),
      message: `\`${written}\` allows ${by}: ${WEAKNESSES[worst].meaning}`,
      help: "allow only suites with forward secrecy and authenticated encryption, or use the library's default",
      remedies,
    };
  },
};

const ORDER: readonly Weakness[] = ["no-encryption", "anonymous", "rc4", "short-key", "small-block", "no-forward-secrecy"];

/** OpenSSL refuses suites without encryption or authentication from security level 1 on, which is the default. */
function severity(worst: Weakness, word: string, { securityLevel }: CipherList): Severity {
  if (worst === "no-forward-secrecy") return "info";
  if (worst !== "no-encryption" && worst !== "anonymous") return "warning";
  if (securityLevel === 0) return "error";
  return word.split("+").some((it) => MEANT.test(it)) ? "warning" : "info";
}

/** Words that ask for such suites; `HIGH` and `AESGCM` only happen to hold some. */
const MEANT = /^(?:ALL|COMPLEMENTOF\w+|[ae]NULL|NULL|ADH|AECDH)$|-/;
