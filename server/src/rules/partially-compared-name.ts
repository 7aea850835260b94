/** Who the peer is, decided by a part of a name in its certificate. */
import type { FactOf } from "../tls/facts.ts";
import type { CodeRule, Verdict } from "./rule.ts";

export const partiallyComparedName: CodeRule<"name-comparison"> = {
  id: "partially-compared-name",
  judges: "code",
  observes: "name-comparison",
  summary: "the peer is identified by a part of a name in its certificate, or of a fingerprint",
  severity: "warning",
  since: "0.1.0",
  cwe: [297, 187],
  sources: [
    { title: "RFC 9525: Service Identity in TLS, section 6.3", url: "https://www.rfc-editor.org/rfc/rfc9525#section-6.3" },
    { title: "CWE-297: Improper Validation of Certificate with Host Mismatch", url: "https://cwe.mitre.org/data/definitions/297.html" },
    { title: "CWE-187: Partial String Comparison", url: "https://cwe.mitre.org/data/definitions/187.html" },
  ],
  byHand: "which names are meant, and in which field, is for the program to say",
  rationale: `The CA vouches for whole names only. An attacker obtains a certificate whose name contains the text: \`contains("admin")\` accepts
\`not-an-admin\` and \`admin.example.org\`, \`starts_with("admin")\` accepts \`administrator\`, \`ends_with("example.com")\` accepts
\`evilexample.com\`, and an unanchored regular expression matches anywhere.

\`find("CN=")\` finds that text in any attribute: of \`O=CN=admin, CN=mallory\` it gives \`admin\`.

A fingerprint that is compared with \`starts_with\` matches every certificate where the configured one is empty, and few bytes of it are
found by trying.

Fine where the result only decides what is logged. Compare one field as a whole with \`==\`, or look it up in a list. A suffix
with its dot (\`.svc.internal\`) and a prefix that ends with a separator (\`spiffe://domain/\`, \`device-\`) are not reported. Of a text that is
set at run time nobody knows how it ends: a comparison with its prefix or suffix is information, unless its default or what a constructor
gives is known and has no separator there, or the text is compared with whole names beside it, or the program puts one there (\`format!("{prefix}/")\`) or asks for the text's length, as who looks
at what is behind it does.`,
  examples: [
    {
      bad: `use openssl::nid::Nid;
use openssl::ssl::SslRef;

pub fn is_admin(connection: &SslRef) -> bool {
    let Some(certificate) = connection.peer_certificate() else {
        return false;
    };
    certificate
        .subject_name()
        .entries_by_nid(Nid::COMMONNAME)
        .filter_map(|entry| entry.data().as_utf8().ok())
        .any(|name| name.to_string().contains("admin"))
}
`,
      good: `use openssl::nid::Nid;
use openssl::ssl::SslRef;

pub fn is_admin(connection: &SslRef) -> bool {
    let Some(certificate) = connection.peer_certificate() else {
        return false;
    };
    certificate
        .subject_name()
        .entries_by_nid(Nid::COMMONNAME)
        .filter_map(|entry| entry.data().as_utf8().ok())
        .any(|name| name.to_string() == "admin")
}
`,
    },
  ],

  judge({ fact }) {
    return words(fact);
  },
};

function words({ part, call, against }: FactOf<"name-comparison">): Verdict {
  const whole = "compare the whole name with `==`, or look it up in a list of allowed names";
  const it = against === undefined ? "a given text" : `\`"${against.replaceAll("`", "'")}"\``;
  switch (part) {
    case "anywhere":
      return {
        message: `\`${call}\` accepts peer names that contain ${it} anywhere`,
        help: whole,
      };
    case "beginning":
      return {
        message: `\`${call}\` compares only how a peer name begins: longer names match`,
        help: whole,
      };
    case "end":
      return {
        message: `\`${call}\` accepts peer names that end with ${it}, including those of other owners`,
        help: "start the suffix with a dot, or compare the whole name with `==`",
      };
    case "given-beginning":
      return {
        severity: "info",
        message: `\`${call}\` compares only how a peer name begins: names that continue after the given text match`,
        help: whole,
        notes: ["a text that always ends with a separator, such as `/` or `-`, is fine: its value is not known here"],
      };
    case "given-end":
      return {
        severity: "info",
        message: `\`${call}\` compares only how a peer name ends: names with more in front of the given text match`,
        help: 'compare the whole name with `==`, or put the dot into the comparison: `ends_with(&format!(".{domain}"))`',
        notes: ["a text that always starts with a dot is fine: its value is not known here"],
      };
    case "pattern":
      return {
        message: `\`${call}\` accepts peer names that contain a match of the pattern anywhere`,
        help: "anchor the pattern at both ends, or compare the whole name with `==`",
      };
    case "cut":
      return {
        message: `\`${call}\` finds ${it} anywhere in the printed name, also inside other attributes`,
        help: "read the attribute itself, and compare the whole of it",
      };
    case "fingerprint":
      return {
        message: `\`${call}\` compares a part of the fingerprint: a shorter or empty one matches any certificate`,
        help: "compare the whole fingerprint with `==`",
        remedies: [{ want: { kind: "name-comparison" } }],
      };
    case "within":
      return {
        message: `\`${call}\` looks for the peer name inside ${it}: a part of an allowed name matches`,
        help: "split the text into names, and compare each as a whole",
      };
  }
}
