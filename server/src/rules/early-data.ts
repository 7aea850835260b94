/** Data in the first flight, which an attacker can send again. */
import type { CodeRule } from "./rule.ts";

export const earlyData: CodeRule<"early-data"> = {
  id: "early-data",
  judges: "code",
  observes: "early-data",
  summary: "early data (0-RTT) is enabled, which an attacker can replay",
  severity: "warning",
  since: "0.1.0",
  cwe: [294],
  sources: [
    { title: "RFC 8446, section 8: 0-RTT and Anti-Replay", url: "https://www.rfc-editor.org/rfc/rfc8446#section-8" },
    { title: "RFC 8470: Using Early Data in HTTP", url: "https://www.rfc-editor.org/rfc/rfc8470" },
    {
      title: "rustls: ServerConfig::max_early_data_size",
      url: "https://docs.rs/rustls/latest/rustls/server/struct.ServerConfig.html#structfield.max_early_data_size",
    },
    { title: "CWE-294: Authentication Bypass by Capture-replay", url: "https://cwe.mitre.org/data/definitions/294.html" },
  ],
  rationale: `Early data has no replay protection: an attacker who records a request can send it again, and a transfer is executed twice. It
also lacks forward secrecy, and the client is known only from its earlier session.

Fine where only idempotent requests are answered from early data (RFC 8470 defines HTTP status 425 for the others). Suppress the
finding and say where that is decided.

A warning on a server. Information on a client, which only offers early data, and where the library holds it back until the
handshake completes.`,
  examples: [
    {
      bad: `use rustls::ServerConfig;

pub fn faster(config: &mut ServerConfig) {
    config.max_early_data_size = 16384;
}
`,
      good: `use rustls::ServerConfig;

pub fn safer(config: &mut ServerConfig) {
    config.max_early_data_size = 0;
}
`,
    },
  ],

  judge({ fact, role, byDefault, written }) {
    if (fact.bytes === 0) return undefined;
    const client = role === "client";
    if (!client && fact.heldBack === true) {
      return {
        severity: "info",
        message: `\`${written}\` accepts early data (0-RTT): replayable until the handshake completes`,
        help: "wait for the handshake, or disable early data",
        notes: ["the library holds early data back: only code that reads before the handshake completes sees a replay"],
        remedies: [{ want: { kind: "early-data", bytes: 0 } }],
      };
    }
    return {
      severity: client ? "info" : "warning",
      message: client
        ? `\`${written}\` sends early data (0-RTT)${byDefault ? " by default" : ""}: an attacker can replay it to the server`
        : `\`${written}\` accepts early data (0-RTT)${byDefault ? " by default" : ""}: an attacker can replay it`,
      help: client
        ? "send only idempotent requests, or disable early data"
        : "disable early data, or answer only idempotent requests from it",
      remedies: [{ want: { kind: "early-data", bytes: 0 } }],
    };
  },
};
