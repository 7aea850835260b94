/** A part of the verification that a flag switches off: times, critical extensions, who may issue. */
import type { FactOf, Observation } from "../tls/facts.ts";
import { users } from "./evidence.ts";
import type { CodeRule, Remedy, Verdict } from "./rule.ts";

export const skippedCheck: CodeRule<"validity-check" | "extension-check" | "proxy-certificates"> = {
  id: "skipped-check",
  judges: "code",
  observes: "validity-check",
  alsoObserves: ["extension-check", "proxy-certificates"],
  summary: "a flag disables a part of certificate verification",
  severity: "warning",
  since: "0.1.0",
  cwe: [295, 298],
  sources: [
    { title: "OpenSSL: X509_VERIFY_PARAM_set_flags", url: "https://docs.openssl.org/master/man3/X509_VERIFY_PARAM_set_flags/" },
    { title: "RFC 5280, section 6.1: Basic Path Validation", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6.1" },
    { title: "RFC 3820: Proxy Certificate Profile", url: "https://www.rfc-editor.org/rfc/rfc3820" },
    { title: "CWE-298: Improper Validation of Certificate Expiration", url: "https://cwe.mitre.org/data/definitions/298.html" },
  ],
  rationale: `The chain is still verified, so everything seems to work. Without validity checks, or with a fixed time, certificates never
expire: an attacker uses a key that was stolen or retired years ago, and outdated CRLs are accepted. A critical extension is a
limit set by the issuer, and ignoring it removes the limit. Proxy certificates let every certificate holder issue further ones.

Fine where old signatures are verified as of the time when they were made: a computed time is not reported, and a trust store
that no TLS configuration uses is information. A device without a clock should set the time as soon as it knows it.`,
  examples: [
    {
      bad: `use openssl::error::ErrorStack;
use openssl::ssl::SslContextBuilder;
use openssl::x509::verify::X509VerifyFlags;

pub fn past_the_outage(builder: &mut SslContextBuilder) -> Result<(), ErrorStack> {
    builder.verify_param_mut().set_flags(X509VerifyFlags::NO_CHECK_TIME)
}
`,
      good: `use openssl::error::ErrorStack;
use openssl::ssl::SslContextBuilder;
use openssl::x509::verify::X509VerifyFlags;

pub fn by_the_clock(builder: &mut SslContextBuilder) -> Result<(), ErrorStack> {
    builder.verify_param_mut().set_flags(X509VerifyFlags::X509_STRICT)
}
`,
    },
    {
      bad: `use openssl::ssl::SslContextBuilder;

pub fn as_of_the_release(builder: &mut SslContextBuilder) {
    builder.verify_param_mut().set_time(1_700_000_000);
}
`,
      good: `use std::time::{SystemTime, UNIX_EPOCH};

use openssl::ssl::SslContextBuilder;

pub fn as_of_now(builder: &mut SslContextBuilder) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    builder.verify_param_mut().set_time(now.as_secs() as i64);
}
`,
    },
  ],

  judge(observation) {
    const found = verdict(observation.fact, observation.written);
    if (found === undefined) return undefined;
    return isOfTls(observation) ? found : { ...found, severity: "info" };
  },
};

/** A trust store alone may be for signatures of documents, whose certificates have every right to be old. */
const isOfTls = ({ endpoint }: Observation): boolean =>
  endpoint?.sort !== "trust-store" || users(endpoint).some(({ sort }) => sort === "configuration");

function verdict(fact: FactOf<"validity-check" | "extension-check" | "proxy-certificates">, written: string): Verdict | undefined {
  switch (fact.kind) {
    case "validity-check":
      if (!fact.enabled)
        return {
          message: `\`${written}\` disables validity checks: expired certificates and CRLs are accepted`,
          help: "remove the flag, and renew certificates before they expire",
          remedies: wanting({ kind: "validity-check", enabled: true }),
        };
      if (fact.at === undefined) return undefined;
      return {
        message: `\`${written}\` verifies as of a fixed time${dayOf(fact.at)}: later expiry is ignored`,
        help: "remove the call: the library uses the system clock",
        remedies: wanting({ kind: "validity-check", enabled: true }),
      };
    case "extension-check":
      if (fact.enabled) return undefined;
      return {
        message: `\`${written}\` ignores unknown critical extensions: limits set by the issuer are not enforced`,
        help: "remove the flag; check an extension of your own in a verify callback",
        remedies: wanting({ kind: "extension-check", enabled: true }),
      };
    case "proxy-certificates":
      if (!fact.accepted) return undefined;
      return {
        message: `\`${written}\` accepts proxy certificates, which any certificate holder can issue`,
        help: "remove the flag, unless peers delegate by proxy certificates (grid computing)",
        remedies: wanting({ kind: "proxy-certificates", accepted: false }),
      };
  }
}

const wanting = (want: Remedy["want"]): readonly Remedy[] => [{ want }];

/** The last second that four digits of a year can tell. */
const LAST = 253_402_300_799;
const dayOf = (seconds: number): string =>
  seconds >= 0 && seconds <= LAST ? ` (${new Date(seconds * 1000).toISOString().slice(0, 10)})` : "";
