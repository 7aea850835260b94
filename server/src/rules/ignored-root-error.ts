/** A failure to load trust anchors, certificates, revocation lists or settings that nobody hears of, or a log only. */
import type { FactOf, ObservationOf } from "../tls/facts.ts";
import { holding } from "./evidence.ts";
import type { CodeRule, Severity, Verdict } from "./rule.ts";

export const ignoredRootError: CodeRule<"dropped-error"> = {
  id: "ignored-root-error",
  judges: "code",
  observes: "dropped-error",
  summary: "an error of loading trust anchors, certificates or TLS settings is ignored",
  severity: "warning",
  since: "0.1.0",
  cwe: [252, 755],
  sources: [
    { title: "rustls: RootCertStore::add", url: "https://docs.rs/rustls/latest/rustls/struct.RootCertStore.html#method.add" },
    {
      title: "rustls: RootCertStore::add_parsable_certificates",
      url: "https://docs.rs/rustls/latest/rustls/struct.RootCertStore.html#method.add_parsable_certificates",
    },
    {
      title: "The Rust Book, chapter 9.2: Recoverable Errors with Result",
      url: "https://doc.rust-lang.org/book/ch09-02-recoverable-errors-with-result.html",
    },
    { title: "CWE-252: Unchecked Return Value", url: "https://cwe.mitre.org/data/definitions/252.html" },
  ],
  rationale: `A corrupt or misplaced file goes unnoticed. A missing CA locks its peers out, and verification gets disabled to repair it; a
missing CRL makes revoked certificates valid; a rejected setting leaves the weaker default.

Fine for the system's trust store, which contains certificates that some parsers reject: that is a hint, and silent where the
error is logged. Errors that are stored, counted or reported are not ignored, and a loop that logs what it leaves out is fine if
the program fails when nothing is left. Ignoring one kind of error and returning the others is fine.

Ignored means \`let _ =\`, \`.ok()\`, \`.flatten()\`, \`filter_map(Result::ok)\`, \`unwrap_or_default()\`, \`if let Ok\` without \`else\`, or
an unread count of rejected certificates. A lost CRL or setting is a warning, because it opens a door; a lost certificate, which only
locks out, is information, and a hint where the program stops if none is left.`,
  examples: [
    {
      bad: `use rustls::pki_types::CertificateDer;
use rustls::RootCertStore;

pub fn roots(certificates: Vec<CertificateDer<'static>>) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    for certificate in certificates {
        let _ = roots.add(certificate);
    }
    roots
}
`,
      good: `use rustls::pki_types::CertificateDer;
use rustls::RootCertStore;

pub fn roots(certificates: Vec<CertificateDer<'static>>) -> Result<RootCertStore, rustls::Error> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates {
        roots.add(certificate)?;
    }
    Ok(roots)
}
`,
    },
  ],

  judge(observation) {
    const { fact, written } = observation;
    if (fact.logged === true) return ofLogged(observation);
    return {
      severity: severity(observation),
      message: `error from \`${written}\` is ignored: ${CONSEQUENCE[fact.what]}`,
      help: fact.systemStore
        ? "log what was left out, and fail if nothing is left"
        : "propagate the error, so that the program does not start with a partial configuration",
      // Strict parsers refuse some of the system's: a program that stops at one would not start on many machines.
      remedies: [{ want: { kind: "propagate-error" }, isChoice: fact.systemStore }],
    };
  },
};

/** Going on is a decision then, for a person to look at. Of the program's own chain the log is all that it takes. */
function ofLogged({ fact, written, endpoint }: ObservationOf<"dropped-error">): Verdict | undefined {
  const trusts = holding(endpoint, "trust").length > 0;
  if (fact.systemStore || (fact.what === "certificate" && !trusts)) return undefined;
  const revocation = fact.what === "crl";
  return {
    severity: revocation ? "warning" : "info",
    message: `error from \`${written}\` is only logged: ${CONSEQUENCE[fact.what]}`,
    help: revocation ? "propagate the error, so that no client is accepted unchecked" : "propagate the error if all of them are needed",
    remedies: [{ want: { kind: "propagate-error" } }],
  };
}

/**
 * A CRL or a setting that is lost opens a door. Who trusts fewer CAs than he meant to refuses more: an outage, worth a look, and less where
 * the program stops if nothing is left. The system's store holds certificates that strict parsers refuse; to go on without them is the
 * recommended way.
 */
function severity({ fact }: ObservationOf<"dropped-error">): Severity {
  if (fact.what === "crl" || fact.what === "setting") return "warning";
  return fact.systemStore || fact.checked ? "hint" : "info";
}

const CONSEQUENCE: Readonly<Record<FactOf<"dropped-error">["what"], string>> = {
  anchor: "a CA may be missing from the trust store",
  certificate: "a certificate may be missing",
  crl: "a CRL may be missing and revoked certificates accepted",
  setting: "a weaker default may stay in effect",
};
