/** Session keys that are written to a file or handed out. */
import type { CodeRule } from "./rule.ts";

export const keyLog: CodeRule<"key-log"> = {
  id: "key-log",
  judges: "code",
  observes: "key-log",
  summary: "TLS session keys are logged",
  severity: "warning",
  since: "0.1.0",
  cwe: [532],
  sources: [
    { title: "rustls: KeyLogFile", url: "https://docs.rs/rustls/latest/rustls/struct.KeyLogFile.html" },
    { title: "RFC 9850: The SSLKEYLOGFILE Format for TLS", url: "https://www.rfc-editor.org/rfc/rfc9850" },
    { title: "CWE-532: Insertion of Sensitive Information into Log File", url: "https://cwe.mitre.org/data/definitions/532.html" },
  ],
  rationale: `An attacker who reads the log decrypts captured traffic, forward secrecy or not. Loggers that write to the file named by
\`SSLKEYLOGFILE\` do nothing until that variable is set; then a unit file, a container or a parent process decides, and the
program shows no sign of it.

Fine in debug builds: put it under \`#[cfg(debug_assertions)]\` or behind an explicit option.`,
  examples: [
    {
      bad: `use std::sync::Arc;

use rustls::{ClientConfig, KeyLogFile};

pub fn observed(config: &mut ClientConfig) {
    config.key_log = Arc::new(KeyLogFile::new());
}
`,
      good: `use std::sync::Arc;

use rustls::{ClientConfig, NoKeyLog};

pub fn quiet(config: &mut ClientConfig) {
    config.key_log = Arc::new(NoKeyLog);
}
`,
    },
  ],

  judge: ({ fact, written }) =>
    fact.enabled
      ? {
          message: `\`${written}\` logs TLS session keys, which decrypt captured traffic`,
          help: "remove it, or enable it in debug builds only",
          notes: ["anyone with the log can decrypt captured connections, forward secrecy or not"],
          remedies: [{ want: { kind: "key-log", enabled: false } }, { want: { kind: "remove-call" } }],
        }
      : undefined,
};
