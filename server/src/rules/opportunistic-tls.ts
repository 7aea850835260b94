/** A protocol that begins in the clear and stays there when the server, or somebody on the way, offers no TLS. */
import { exposesSecret } from "../tls/exposure.ts";
import type { CodeRule } from "./rule.ts";

export const opportunisticTls: CodeRule<"upgrade"> = {
  id: "opportunistic-tls",
  judges: "code",
  observes: "upgrade",
  summary: "the connection falls back to plaintext if TLS is not offered",
  severity: "warning",
  since: "0.1.0",
  cwe: [757, 319],
  sources: [
    {
      title: "RFC 8314, section 3: Implicit TLS for POP, IMAP, and SMTP Submission",
      url: "https://www.rfc-editor.org/rfc/rfc8314#section-3",
    },
    {
      title: "lettre: Tls",
      url: "https://docs.rs/lettre/latest/lettre/transport/smtp/client/enum.Tls.html",
    },
    { title: "CWE-757: Selection of Less-Secure Algorithm During Negotiation", url: "https://cwe.mitre.org/data/definitions/757.html" },
  ],
  rationale: `The offer of TLS is sent in plaintext. An on-path attacker strips it, and the client sends its password unencrypted without an
error. Require TLS, or connect with TLS from the first byte.

A default of the library is a hint, unless a password is sent over it; where it is to use no TLS at all, it is silent without one.

Fine for mail between servers, which is opportunistic by design; for submission with a password it is not. A client that never
uses TLS is a warning where it logs in at a host that may be another machine, and information otherwise; this machine is silent.`,
  examples: [
    {
      bad: `use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::Error;
use lettre::SmtpTransport;

pub fn mailer(host: &str) -> Result<SmtpTransport, Error> {
    let parameters = TlsParameters::new(host.to_owned())?;
    Ok(SmtpTransport::builder_dangerous(host).tls(Tls::Opportunistic(parameters)).build())
}
`,
      good: `use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::Error;
use lettre::SmtpTransport;

pub fn mailer(host: &str) -> Result<SmtpTransport, Error> {
    let parameters = TlsParameters::new(host.to_owned())?;
    Ok(SmtpTransport::builder_dangerous(host).tls(Tls::Required(parameters)).build())
}
`,
    },
  ],

  judge({ fact, written, byDefault }) {
    if (fact.demand === "required" || fact.reach === "loopback") return undefined;
    const by = byDefault ? " by default" : "";
    const remedies = [{ want: { kind: "upgrade", demand: "required" } }] as const;
    const isSent = exposesSecret(fact);
    if (fact.demand === "never" && byDefault && !isSent) return undefined;
    return fact.demand === "never"
      ? {
          severity: isSent ? "warning" : "info",
          message: `\`${written}\` never uses TLS${by}: ${fact.credentials === false ? "" : "passwords and "}messages are sent in plaintext`,
          help: "require TLS unless the server runs on this machine",
          remedies,
        }
      : {
          severity: byDefault && !isSent ? "hint" : "warning",
          message: `\`${written}\` falls back to plaintext${by}: an on-path attacker can strip the TLS offer`,
          help: "require TLS, or connect with TLS from the first byte",
          remedies,
        };
  },
};
