/** Databases: what their drivers make of the words for TLS, which differs from one to the other. */
import type { ConnectionModel, ValueModel } from "./model.ts";

const plaintext = { kind: "database-tls", mode: "plaintext" } as const;
const optional = { kind: "database-tls", mode: "optional" } as const;
const unverified = { kind: "database-tls", mode: "unverified" } as const;
const unnamed = { kind: "database-tls", mode: "unverified-name" } as const;

/** sqlx-postgres and sqlx-mysql, connection/tls.rs: `accept_invalid_certs = !matches!(VerifyCa | VerifyFull)`; sea-orm uses them. */
const SQLX = ["sqlx", "sqlx-core", "sqlx-postgres", "sqlx-mysql", "sea-orm"];
/** tokio-postgres' config.rs knows three words; who is believed is the connector's business. */
const TOKIO_POSTGRES = ["tokio-postgres", "postgres", "deadpool-postgres", "bb8-postgres", "diesel-async"];
/** libpq, which diesel links to. */
const LIBPQ = ["diesel", "pq-sys", "libpq"];

/** libpq's words for going on in the clear. */
const goesWithout = [
  { is: ["disable"], states: plaintext, better: "verify-full" },
  { is: ["allow", "prefer"], states: optional, better: "verify-full" },
] as const satisfies readonly ValueModel[];

export const postgres = {
  name: "PostgreSQL",
  schemes: [{ scheme: "postgres" }, { scheme: "postgresql" }],
  pairs: { separator: " ", hosts: ["host", "hostaddr"], passwords: ["password"] },
  switches: [
    {
      keys: ["sslmode", "ssl-mode"],
      unmistakable: true,
      variables: ["PGSSLMODE"],
      drivers: SQLX,
      values: [
        // connection/tls.rs: "FIXME: Implement ALLOW", with the same answer as for Disable.
        { is: ["disable", "allow"], states: plaintext, better: "verify-full" },
        { is: ["prefer"], states: optional, better: "verify-full" },
        { is: ["require"], states: unverified, better: "verify-full" },
        { is: ["verify-ca"], states: unnamed, better: "verify-full" },
      ],
    },
    {
      keys: ["sslmode"],
      unmistakable: true,
      drivers: TOKIO_POSTGRES,
      values: [
        { is: ["disable"], states: plaintext, better: "require" },
        { is: ["prefer"], states: optional, better: "require" },
      ],
    },
    {
      keys: ["sslmode"],
      unmistakable: true,
      variables: ["PGSSLMODE"],
      drivers: LIBPQ,
      values: [
        ...goesWithout,
        // "If a root CA file exists, the behavior of sslmode=require will be the same as that of verify-ca."
        { is: ["require"], states: unverified, unless: ["sslrootcert"], better: "verify-full" },
        { is: ["verify-ca"], states: unnamed, better: "verify-full" },
      ],
    },
    { keys: ["sslmode", "ssl-mode"], unmistakable: true, variables: ["PGSSLMODE"], values: goesWithout },
  ],
  silences: [{ drivers: [...SQLX, ...TOKIO_POSTGRES, ...LIBPQ], keys: ["sslmode", "ssl-mode", "sslnegotiation"], states: optional }],
} as const satisfies ConnectionModel;

export const mysql = {
  name: "MySQL",
  clients: ["Opts::from_url", "Pool::from_url"],
  schemes: [{ scheme: "mysql" }, { scheme: "mariadb" }],
  switches: [
    {
      // sqlx and MySQL's own client library mean the same by them.
      keys: ["ssl-mode", "ssl_mode", "sslmode"],
      unmistakable: true,
      values: [
        { is: ["disabled"], states: plaintext, better: "VERIFY_IDENTITY" },
        { is: ["preferred"], states: optional, better: "VERIFY_IDENTITY" },
        { is: ["required"], states: unverified, better: "VERIFY_IDENTITY" },
        { is: ["verify_ca"], states: unnamed, better: "VERIFY_IDENTITY" },
      ],
    },
    // mysql_async's opts/mod.rs: the first puts `SslOpts` there or takes them away, the others are their two switches.
    { keys: ["require_ssl"], values: [{ is: ["false"], states: plaintext, better: "true" }] },
    { keys: ["verify_ca"], values: [{ is: ["false"], states: { kind: "server-verification", enabled: false }, better: "true" }] },
    { keys: ["verify_identity"], values: [{ is: ["false"], states: { kind: "hostname-verification", enabled: false }, better: "true" }] },
  ],
  silences: [
    { drivers: SQLX, keys: ["ssl-mode", "sslmode"], states: optional },
    { drivers: ["mysql_async", "diesel-async"], keys: ["require_ssl"], states: plaintext },
    // libmysqlclient's --ssl-mode: "PREFERRED … is the default".
    { drivers: ["diesel"], keys: ["ssl_mode"], states: optional },
  ],
} as const satisfies ConnectionModel;

const on = ["true"];

export const mongodb = {
  name: "MongoDB",
  clients: ["Client::with_uri_str", "ClientOptions::parse"],
  schemes: [
    { scheme: "mongodb", plaintext: { unless: ["tls", "ssl", "tlsinsecure", "tlsallowinvalidcertificates", "tlsallowinvalidhostnames"] } },
    // TLS unless it is switched off.
    { scheme: "mongodb+srv" },
  ],
  switches: [
    { keys: ["tls", "ssl"], values: [{ is: ["false"], states: plaintext, better: "true" }] },
    // client/options.rs: it sets both of the others.
    {
      keys: ["tlsinsecure"],
      unmistakable: true,
      values: [{ is: on, states: { kind: "server-verification", enabled: false }, better: "false" }],
    },
    {
      keys: ["tlsallowinvalidcertificates"],
      unmistakable: true,
      values: [{ is: on, states: { kind: "server-verification", enabled: false }, better: "false" }],
    },
    {
      keys: ["tlsallowinvalidhostnames"],
      unmistakable: true,
      values: [{ is: on, states: { kind: "hostname-verification", enabled: false }, better: "false" }],
    },
  ],
} as const satisfies ConnectionModel;

export const sqlServer = {
  name: "SQL Server",
  clients: ["Config::from_ado_string", "Config::from_jdbc_string"],
  schemes: [{ scheme: "sqlserver" }, { scheme: "mssql" }],
  pairs: { separator: ";", hosts: ["server", "data source", "address", "addr"], passwords: ["password", "pwd"] },
  switches: [
    {
      keys: ["trustservercertificate", "trust server certificate"],
      unmistakable: true,
      values: [{ is: ["true", "yes"], states: { kind: "server-verification", enabled: false }, better: "false" }],
    },
    // tiberius' config.rs: false is `Off`, which encrypts the login and nothing after it.
    { keys: ["encrypt"], values: [{ is: ["false", "no", "danger_plaintext"], states: plaintext, better: "true" }] },
  ],
} as const satisfies ConnectionModel;

export const redis = {
  name: "Redis",
  clients: ["Client::open"],
  schemes: [
    { scheme: "redis", plaintext: {}, better: "rediss" },
    { scheme: "valkey", plaintext: {}, better: "valkeys" },
    { scheme: "rediss", tls: true },
    { scheme: "valkeys", tls: true },
  ],
  switches: [
    {
      keys: ["insecure"],
      place: "fragment",
      values: [{ is: [""], states: { kind: "server-verification", enabled: false }, better: "" }],
    },
  ],
} as const satisfies ConnectionModel;
