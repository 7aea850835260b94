/** Private keys that a program writes to its log. */
import type { CodeRule } from "./rule.ts";

export const loggedPrivateKey: CodeRule<"told-private-key"> = {
  id: "logged-private-key",
  judges: "code",
  observes: "told-private-key",
  summary: "a private key is written to the log",
  severity: "warning",
  since: "0.1.0",
  cwe: [532, 312],
  sources: [
    {
      title: "OWASP Logging Cheat Sheet: data to exclude",
      url: "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude",
    },
    { title: "rcgen: KeyPair::serialize_pem", url: "https://docs.rs/rcgen/latest/rcgen/struct.KeyPair.html#method.serialize_pem" },
    { title: "CWE-532: Insertion of Sensitive Information into Log File", url: "https://cwe.mitre.org/data/definitions/532.html" },
  ],
  rationale: `Logs are copied to other machines, kept for months and read by many. Whoever reads the key there impersonates its owner, and with a
CA's key issues certificates for any name. A level that is off today is switched on when something does not work.

Log the fingerprint of the certificate, or its serial number, to tell which key it was. A \`Debug\` that is derived shows all fields: write one
that leaves the key out, or keep it in a type that does.

Fine for a key that is made for a test and trusted nowhere. A key that is printed to the standard output is information: a tool that makes
one may be there for that, and the output of a service is its log.`,
  byHand: "what tells the key apart in the log, its fingerprint or a serial number, is for the program to say",
  examples: [
    {
      bad: `use rcgen::KeyPair;

pub fn report(key: &KeyPair) {
    eprintln!("new key: {}", key.serialize_pem());
}
`,
      good: `use rcgen::KeyPair;

pub fn report(key: &KeyPair) {
    eprintln!("new key: {:?}", key.public_key_raw());
}
`,
    },
  ],

  judge: ({ fact: { call, to } }) =>
    to === "log"
      ? {
          message: `\`${call}\` writes a private key to the log, and its readers can impersonate the owner`,
          help: "log a fingerprint or a serial number instead",
        }
      : {
          severity: "info",
          message: `\`${call}\` prints a private key to the standard output`,
          help: "write the key to a file that only its user can read",
          notes: ["fine for a tool that is run for the key: the standard output of a service is its log"],
        },
};
