/** The client programs of the proof, function by function: the mistake, and whom it believes. */
import type { Conversation } from "./conversations.ts";
import type { Impostor } from "./impostors.ts";

export interface Connection {
  /** What the program calls it when it tells the outcome. */
  readonly name: string;
  /** The crates that the row is named after, where they are not the program's. */
  readonly crates?: readonly string[];
  /** The mistake in the table, where the name says more. */
  readonly mistake?: string;
  readonly rule: string;
  /** Further rules that speak of it, and whose remedies it takes. */
  readonly also?: readonly string[];
  /** Servers that are believed although they must not be. */
  readonly hole: readonly Impostor[];
  /** `fresh`: after the fix a revocation list is read · `stale`: so stale a list that nobody may be believed. */
  readonly list?: "fresh" | "stale";
  /** What works only after the fix, although it should always have. */
  readonly lost?: readonly Impostor[];
  /** Asks for an address without TLS, so that nobody can be believed. */
  readonly bare?: true;
}

export interface ClientProgram {
  readonly name: string;
  readonly crates: readonly string[];
  /** In the order of the program's ports. */
  readonly conversations: readonly Conversation[];
  readonly connections: readonly Connection[];
}

const certificates = ["unknown-ca", "self-signed", "expired", "not-yet-valid", "client-only"] as const satisfies readonly Impostor[];
/** Whoever does not look at the certificate does not learn that it is revoked, and nobody else does without a list. */
const anyone = ["wrong-name", ...certificates] as const satisfies readonly Impostor[];

const anyCertificate = { rule: "disabled-verification", hole: anyone } as const;
const anyName = { rule: "disabled-hostname-verification", hole: ["wrong-name"] } as const;
const ifOffered = { rule: "opportunistic-tls", hole: ["plaintext"] } as const;
const ofDatabase = { rule: "unverified-database-tls", hole: ["plaintext"] } as const;

/** The function's name begins with what is left out of the row. */
const of = (name: string, crates: readonly string[], mistake: string, rest: Omit<Connection, "name">): Connection => ({
  name: `${name}, ${mistake}`,
  crates,
  mistake,
  ...rest,
});

const verifiers = [
  { name: "instead of roots", rule: "accept-any-server", hole: anyone },
  { name: "over good roots", rule: "accept-any-server", hole: anyone },
] as const satisfies readonly Connection[];

const carried = (name: string, ...crates: readonly string[]): readonly Connection[] =>
  verifiers.map((it) => of(name, crates, it.name, { rule: it.rule, hole: it.hole }));

const rustls = (name: string): ClientProgram => ({ name, crates: ["rustls"], conversations: ["http"], connections: verifiers });

const reqwest = (version: string): ClientProgram => ({
  name: `client-reqwest-${version}`,
  crates: ["reqwest"],
  conversations: ["http"],
  connections: [
    { name: "rustls, any certificate", ...anyCertificate },
    { name: "native-tls, any certificate", ...anyCertificate },
    { name: "native-tls, any name", ...anyName },
  ],
});

export const CLIENTS: readonly ClientProgram[] = [
  {
    name: "client-rustls-0-23",
    crates: ["rustls"],
    conversations: ["http", "websocket"],
    connections: [
      ...verifiers,
      { name: "no revocation list", rule: "empty-crl-list", hole: ["revoked"], list: "fresh" },
      { name: "a stale list is good enough", rule: "stale-crl-accepted", hole: ["valid"], list: "stale" },
      { name: "nobody is trusted", rule: "empty-trust-store", hole: [], lost: ["valid", "revoked"] },
      ...carried("hyper-rustls", "hyper-rustls", "rustls"),
      ...carried("ureq", "ureq", "rustls"),
      ...carried("tungstenite", "tokio-tungstenite", "rustls"),
    ],
  },
  rustls("client-rustls-0-22"),
  rustls("client-rustls-0-21"),
  rustls("client-rustls-0-20"),
  {
    name: "client-openssl",
    crates: ["openssl"],
    conversations: ["http"],
    connections: [
      { name: "any certificate", ...anyCertificate },
      { name: "errors forgiven", rule: "accept-any-server", hole: anyone },
      { name: "any name", ...anyName },
      { name: "obsolete", rule: "obsolete-protocol", also: ["weak-cipher"], hole: ["tls-1.0", "tls-1.1", "anonymous"] },
      { name: "the list is not looked at", rule: "unchecked-crl", hole: ["revoked"], list: "fresh" },
      { name: "times are not looked at", rule: "skipped-check", hole: ["expired", "not-yet-valid"] },
      { name: "a careless session taken up", ...anyCertificate },
      of("hyper-openssl", ["hyper-openssl", "openssl"], "any certificate", anyCertificate),
    ],
  },
  {
    name: "client-native-tls",
    crates: ["native-tls"],
    conversations: ["http"],
    connections: [
      { name: "any certificate", ...anyCertificate },
      { name: "any name", ...anyName },
      of("async-native-tls", ["async-native-tls"], "any certificate", anyCertificate),
      of("async-native-tls", ["async-native-tls"], "any name", anyName),
    ],
  },
  reqwest("0-11"),
  reqwest("0-12"),
  reqwest("0-13"),
  {
    name: "client-ureq",
    crates: ["ureq"],
    conversations: ["http"],
    connections: [{ name: "any certificate", ...anyCertificate }],
  },
  {
    name: "client-databases",
    crates: ["tokio-postgres"],
    conversations: ["postgres", "mysql", "redis"],
    connections: [
      { name: "native-tls, any certificate", ...anyCertificate },
      { name: "OpenSSL, any certificate", ...anyCertificate },
      { name: "TLS if offered", ...ofDatabase },
      of("postgres", ["postgres"], "TLS if offered", ofDatabase),
      of("sqlx", ["sqlx"], "any certificate", { rule: "unverified-database-tls", hole: anyone }),
      of("sqlx", ["sqlx"], "TLS if offered", { rule: "unverified-database-tls", hole: [...anyone, "plaintext"] }),
      of("mysql", ["mysql"], "any certificate", anyCertificate),
      of("mysql", ["mysql"], "any name", anyName),
      of("mysql_async", ["mysql_async"], "any certificate", anyCertificate),
      of("redis", ["redis"], "any certificate", anyCertificate),
    ],
  },
  {
    name: "client-messages",
    crates: ["lettre"],
    conversations: ["smtp", "imap", "ldap", "nats"],
    connections: [
      of("lettre", ["lettre"], "any certificate", anyCertificate),
      of("lettre", ["lettre"], "any name", anyName),
      of("lettre", ["lettre"], "TLS if offered", ifOffered),
      of("imap", ["imap"], "any certificate", anyCertificate),
      of("imap", ["imap"], "TLS if offered", ifOffered),
      of("ldap3", ["ldap3"], "any certificate", anyCertificate),
      of("async-nats", ["async-nats"], "TLS if offered", ifOffered),
    ],
  },
];
