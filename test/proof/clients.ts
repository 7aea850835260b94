/** The client programs of the proof, function by function: the mistake, and whom it believes. */
import type { Conversation, Impostor } from "./impostors.ts";

export interface Connection {
  /** What the program calls it when it tells the outcome. */
  readonly name: string;
  readonly rule: string;
  /** Servers that are believed although they must not be. */
  readonly hole: readonly Impostor[];
}

export interface ClientProgram {
  readonly name: string;
  readonly crates: readonly string[];
  readonly conversation: Conversation;
  readonly connections: readonly Connection[];
}

const certificates = ["unknown-ca", "self-signed", "expired", "not-yet-valid", "client-only"] as const satisfies readonly Impostor[];
const anyone = ["wrong-name", ...certificates] as const satisfies readonly Impostor[];

const rustls = (name: string, ...crates: readonly string[]): ClientProgram => ({
  name,
  crates,
  conversation: "http",
  connections: [
    { name: "instead of roots", rule: "accept-any-server", hole: anyone },
    { name: "over good roots", rule: "accept-any-server", hole: anyone },
  ],
});

const reqwest = (version: string): ClientProgram => ({
  name: `client-reqwest-${version}`,
  crates: ["reqwest"],
  conversation: "http",
  connections: [
    { name: "rustls, any certificate", rule: "disabled-verification", hole: anyone },
    { name: "native-tls, any certificate", rule: "disabled-verification", hole: anyone },
    { name: "native-tls, any name", rule: "disabled-hostname-verification", hole: ["wrong-name"] },
  ],
});

export const CLIENTS: readonly ClientProgram[] = [
  rustls("client-rustls-0-23", "rustls"),
  rustls("client-rustls-0-22", "rustls"),
  rustls("client-rustls-0-21", "rustls"),
  rustls("client-rustls-0-20", "rustls"),
  {
    name: "client-openssl",
    crates: ["openssl"],
    conversation: "http",
    connections: [
      { name: "any certificate", rule: "disabled-verification", hole: anyone },
      { name: "errors forgiven", rule: "accept-any-server", hole: anyone },
      { name: "any name", rule: "disabled-hostname-verification", hole: ["wrong-name"] },
      { name: "obsolete", rule: "obsolete-protocol", hole: ["tls-1.0", "tls-1.1", "anonymous"] },
    ],
  },
  {
    name: "client-native-tls",
    crates: ["native-tls"],
    conversation: "http",
    connections: [
      { name: "any certificate", rule: "disabled-verification", hole: anyone },
      { name: "any name", rule: "disabled-hostname-verification", hole: ["wrong-name"] },
    ],
  },
  rustls("client-hyper-rustls", "hyper-rustls", "rustls"),
  reqwest("0-11"),
  reqwest("0-12"),
  reqwest("0-13"),
  {
    name: "client-ureq",
    crates: ["ureq"],
    conversation: "http",
    connections: [{ name: "any certificate", rule: "disabled-verification", hole: anyone }],
  },
  rustls("client-ureq-2", "ureq", "rustls"),
  {
    name: "client-postgres",
    crates: ["tokio-postgres"],
    conversation: "postgres",
    connections: [
      { name: "native-tls, any certificate", rule: "disabled-verification", hole: anyone },
      { name: "OpenSSL, any certificate", rule: "disabled-verification", hole: anyone },
      { name: "TLS if offered", rule: "unverified-database-tls", hole: ["plaintext"] },
    ],
  },
];
