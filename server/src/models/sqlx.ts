/** sqlx: TLS modes of PostgreSQL and MySQL connections. Only the last one verifies all; the default is satisfied with anything. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { connectsTo, logsIn, staysHere, takesConfiguration, trustsPath } from "./phrases.ts";

const POSTGRES = "sqlx::postgres::PgConnectOptions";
const MYSQL = "sqlx::mysql::MySqlConnectOptions";
/** Whichever database the address names. */
const ANY = "sqlx::any::AnyConnectOptions";
const SINCE_URL = ">=0.7, <0.10";
const plaintext = [{ kind: "database-tls", mode: "plaintext" }] as const;
const optional = [{ kind: "database-tls", mode: "optional" }] as const;
const unverified = [{ kind: "database-tls", mode: "unverified" }] as const;
const unnamed = [{ kind: "database-tls", mode: "unverified-name" }] as const;
const verified = [{ kind: "database-tls", mode: "verified" }] as const;

/** `PgSslMode` and `MySqlSslMode` have these for their `Default`. */
const PREFERRED = [{ fact: { kind: "database-tls", mode: "optional" } }] as const;

/** Nothing is said of TLS in an address: the default of `PgSslMode` and `MySqlSslMode` holds. */
const address = {
  kind: "peers",
  argument: 0,
  words: [
    { word: "sslmode=", states: { kind: "database-tls", mode: "verified" } },
    { word: "ssl-mode=", states: { kind: "database-tls", mode: "verified" } },
  ],
  silent: [
    { word: "postgres://", states: { kind: "database-tls", mode: "optional" } },
    { word: "postgresql://", states: { kind: "database-tls", mode: "optional" } },
    { word: "mysql://", states: { kind: "database-tls", mode: "optional" } },
    { word: "mariadb://", states: { kind: "database-tls", mode: "optional" } },
  ],
  holdsPassword: true,
} as const;
const toPostgres = [{ ...address, lax: { demand: "sslmode=verify-full" } }] as const;
const toMysql = [{ ...address, lax: { demand: "ssl-mode=VERIFY_IDENTITY" } }] as const;
const toAny = [{ ...address, lax: { demand: "sslmode=verify-full", servers: ["postgres", "mysql"] } }] as const;
/** The same by the features of a crate that uses it. */
const bySqlx = { demand: "sslmode=verify-full", servers: ["sqlx-postgres", "sqlx-mysql"] } as const;
export const addressedBySqlx = [{ ...address, lax: bySqlx }] as const;
export const connectsBySqlx = [{ ...address, lax: { ...bySqlx, orOptions: true } }] as const;

const POOL = "sqlx::Pool";
const POOL_OPTIONS = "sqlx::pool::PoolOptions";
const ANY_POOL = "sqlx::AnyPool";
const ANY_POOL_OPTIONS = "sqlx::any::AnyPoolOptions";
const PG_POOL = "sqlx::PgPool";
const PG_POOL_OPTIONS = "sqlx::postgres::PgPoolOptions";
const MYSQL_POOL = "sqlx::MySqlPool";
const MYSQL_POOL_OPTIONS = "sqlx::mysql::MySqlPoolOptions";

/** All that bring a TLS library, of any release. */
export const askedForTls = {
  of: ["sqlx", "sqlx-core", "sqlx-postgres", "sqlx-mysql", "sea-orm", "sea-orm-migration"],
  features: [
    "tls-native-tls",
    "tls-rustls",
    "tls-rustls-aws-lc-rs",
    "tls-rustls-ring",
    "tls-rustls-ring-native-roots",
    "tls-rustls-ring-webpki",
    "runtime-tokio-native-tls",
    "runtime-tokio-rustls",
    "runtime-async-std-native-tls",
    "runtime-async-std-rustls",
    "runtime-actix-native-tls",
    "runtime-actix-rustls",
  ],
} as const;

const calls = [
  // Of any database, one that is a file as well.
  { path: `${POOL}::connect`, returns: { new: POOL }, effects: [address] },
  { path: `${POOL}::connect_lazy`, returns: { new: POOL }, effects: [address] },
  { path: `${POOL}::connect_with`, returns: { new: POOL }, effects: [takesConfiguration] },
  { path: `${POOL}::connect_lazy_with`, returns: { new: POOL }, effects: [takesConfiguration] },
  { path: `${POOL_OPTIONS}::new`, returns: { new: POOL_OPTIONS } },
  { path: `${POOL_OPTIONS}::connect`, returns: { becomes: POOL }, effects: [address] },
  { path: `${POOL_OPTIONS}::connect_lazy`, returns: { becomes: POOL }, effects: [address] },
  { path: `${POOL_OPTIONS}::connect_with`, returns: { becomes: POOL }, effects: [takesConfiguration] },
  { path: `${POOL_OPTIONS}::connect_lazy_with`, returns: { becomes: POOL }, effects: [takesConfiguration] },
  { path: `${ANY_POOL}::connect`, returns: { new: ANY_POOL }, effects: toAny },
  { path: `${ANY_POOL}::connect_lazy`, returns: { new: ANY_POOL }, effects: toAny },
  { path: `${ANY_POOL}::connect_with`, returns: { new: ANY_POOL }, effects: [takesConfiguration] },
  { path: `${ANY_POOL}::connect_lazy_with`, returns: { new: ANY_POOL }, effects: [takesConfiguration] },
  { path: `${ANY_POOL_OPTIONS}::new`, returns: { new: ANY_POOL_OPTIONS } },
  { path: `${ANY_POOL_OPTIONS}::connect`, returns: { becomes: ANY_POOL }, effects: toAny },
  { path: `${ANY_POOL_OPTIONS}::connect_lazy`, returns: { becomes: ANY_POOL }, effects: toAny },
  { path: `${ANY_POOL_OPTIONS}::connect_with`, returns: { becomes: ANY_POOL }, effects: [takesConfiguration] },
  { path: `${ANY_POOL_OPTIONS}::connect_lazy_with`, returns: { becomes: ANY_POOL }, effects: [takesConfiguration] },
  { path: `${PG_POOL}::connect`, returns: { new: PG_POOL }, effects: toPostgres },
  { path: `${PG_POOL}::connect_lazy`, returns: { new: PG_POOL }, effects: toPostgres },
  { path: `${PG_POOL}::connect_with`, returns: { new: PG_POOL }, effects: [takesConfiguration] },
  { path: `${PG_POOL}::connect_lazy_with`, returns: { new: PG_POOL }, effects: [takesConfiguration] },
  { path: `${PG_POOL_OPTIONS}::new`, returns: { new: PG_POOL_OPTIONS } },
  { path: `${PG_POOL_OPTIONS}::connect`, returns: { becomes: PG_POOL }, effects: toPostgres },
  { path: `${PG_POOL_OPTIONS}::connect_lazy`, returns: { becomes: PG_POOL }, effects: toPostgres },
  { path: `${PG_POOL_OPTIONS}::connect_with`, returns: { becomes: PG_POOL }, effects: [takesConfiguration] },
  { path: `${PG_POOL_OPTIONS}::connect_lazy_with`, returns: { becomes: PG_POOL }, effects: [takesConfiguration] },
  { path: `${MYSQL_POOL}::connect`, returns: { new: MYSQL_POOL }, effects: toMysql },
  { path: `${MYSQL_POOL}::connect_lazy`, returns: { new: MYSQL_POOL }, effects: toMysql },
  { path: `${MYSQL_POOL}::connect_with`, returns: { new: MYSQL_POOL }, effects: [takesConfiguration] },
  { path: `${MYSQL_POOL}::connect_lazy_with`, returns: { new: MYSQL_POOL }, effects: [takesConfiguration] },
  { path: `${MYSQL_POOL_OPTIONS}::new`, returns: { new: MYSQL_POOL_OPTIONS } },
  { path: `${MYSQL_POOL_OPTIONS}::connect`, returns: { becomes: MYSQL_POOL }, effects: toMysql },
  { path: `${MYSQL_POOL_OPTIONS}::connect_lazy`, returns: { becomes: MYSQL_POOL }, effects: toMysql },
  { path: `${MYSQL_POOL_OPTIONS}::connect_with`, returns: { becomes: MYSQL_POOL }, effects: [takesConfiguration] },
  { path: `${MYSQL_POOL_OPTIONS}::connect_lazy_with`, returns: { becomes: MYSQL_POOL }, effects: [takesConfiguration] },
  { path: `${POSTGRES}::from_str`, returns: { new: POSTGRES }, effects: toPostgres },
  { path: `${POSTGRES}::from_url`, versions: SINCE_URL, returns: { new: POSTGRES }, effects: toPostgres },
  { path: `${MYSQL}::from_str`, returns: { new: MYSQL }, effects: toMysql },
  { path: `${MYSQL}::from_url`, versions: SINCE_URL, returns: { new: MYSQL }, effects: toMysql },
  { path: `${ANY}::from_str`, returns: { new: ANY }, effects: toAny },
  { path: `${ANY}::from_url`, versions: SINCE_URL, returns: { new: ANY }, effects: toAny },
  { path: `${POSTGRES}::new`, returns: { new: POSTGRES } },
  { path: `${POSTGRES}::default`, returns: { new: POSTGRES } },
  { path: `${POSTGRES}::new_without_pgpass`, returns: { new: POSTGRES } },
  {
    path: `${POSTGRES}::ssl_mode`,
    returns: "self",
    effects: [
      {
        kind: "flags",
        argument: 0,
        cases: [
          { has: ["DISABLE"], states: plaintext },
          // sqlx-postgres' connection/tls.rs: "FIXME: Implement ALLOW", with the same answer as for Disable.
          { has: ["ALLOW"], states: plaintext },
          { has: ["PREFER"], states: optional },
          // `accept_invalid_certs = !matches!(VerifyCa | VerifyFull)` there, root certificate or not.
          { has: ["REQUIRE"], states: unverified },
          { has: ["VERIFY_CA"], states: unnamed },
          { has: ["VERIFY_FULL"], states: verified },
        ],
      },
    ],
  },
  { path: `${POSTGRES}::host`, returns: "self", effects: connectsTo },
  { path: `${POSTGRES}::socket`, returns: "self", effects: staysHere },
  { path: `${POSTGRES}::password`, returns: "self", effects: logsIn },
  { path: `${POSTGRES}::ssl_root_cert`, returns: "self", effects: trustsPath },
  { path: `${MYSQL}::new`, returns: { new: MYSQL } },
  { path: `${MYSQL}::default`, returns: { new: MYSQL } },
  {
    path: `${MYSQL}::ssl_mode`,
    returns: "self",
    effects: [
      {
        kind: "flags",
        argument: 0,
        cases: [
          { has: ["DISABLED"], states: plaintext },
          { has: ["PREFERRED"], states: optional },
          { has: ["REQUIRED"], states: unverified },
          { has: ["VERIFY_CA"], states: unnamed },
          { has: ["VERIFY_IDENTITY"], states: verified },
        ],
      },
    ],
  },
  { path: `${MYSQL}::host`, returns: "self", effects: connectsTo },
  { path: `${MYSQL}::socket`, returns: "self", effects: staysHere },
  { path: `${MYSQL}::password`, returns: "self", effects: logsIn },
  { path: `${MYSQL}::ssl_ca`, returns: "self", effects: trustsPath },
] as const satisfies readonly CallModel[];

const strict = {
  gives: { kind: "database-tls", mode: "verified" },
  title: "Verify the database's certificate and hostname",
} as const;

/** Said right behind what makes the options. */
const saidByPostgres = {
  ...strict,
  edit: { kind: "append", with: ".ssl_mode({path:sqlx::postgres::PgSslMode}::VerifyFull)" },
} as const;
const saidByMysql = {
  ...strict,
  edit: { kind: "append", with: ".ssl_mode({path:sqlx::mysql::MySqlSslMode}::VerifyIdentity)" },
} as const;

const recipes = [
  { at: `${POSTGRES}::new`, ...saidByPostgres },
  { at: `${POSTGRES}::default`, ...saidByPostgres },
  { at: `${POSTGRES}::new_without_pgpass`, ...saidByPostgres },
  { at: `${MYSQL}::new`, ...saidByMysql },
  { at: `${MYSQL}::default`, ...saidByMysql },
  {
    at: `${POSTGRES}::ssl_mode`,
    ...strict,
    edit: { kind: "replace-argument", argument: 0, with: "{path:sqlx::postgres::PgSslMode}::VerifyFull" },
  },
  {
    at: `${MYSQL}::ssl_mode`,
    ...strict,
    edit: { kind: "replace-argument", argument: 0, with: "{path:sqlx::mysql::MySqlSslMode}::VerifyIdentity" },
  },
] as const satisfies readonly Recipe[];

export const sqlx = {
  crate: "sqlx",
  package: "sqlx",
  versions: ">=0.6, <0.10",
  source: "https://github.com/launchbadge/sqlx",
  privateAuthority:
    "sqlx 0.8.6, .github/workflows/sqlx.yml: `sslmode=verify-ca&sslrootcert=.%2Ftests%2Fcerts%2Fca.crt`, `sslmode=verify_ca&ssl-ca=…`",
  // sqlx-core's net/tls/mod.rs: "TLS upgrade required by connect options but SQLx was built without TLS support enabled".
  encryption: { by: ["rustls", "native-tls"], feature: "tls-rustls", asked: askedForTls, files: ["sqlite"] },
  aliases: {
    "sqlx::any::AnyPool": ANY_POOL,
    "sqlx::postgres::PgPool": PG_POOL,
    "sqlx::mysql::MySqlPool": MYSQL_POOL,
  },
  types: {
    "sqlx::Pool": { sort: "configuration", role: "client" },
    "sqlx::pool::PoolOptions": { sort: "configuration", role: "client", chains: true },
    "sqlx::AnyPool": { sort: "configuration", role: "client" },
    "sqlx::any::AnyPoolOptions": { sort: "configuration", role: "client", chains: true },
    "sqlx::PgPool": { sort: "configuration", role: "client" },
    "sqlx::postgres::PgPoolOptions": { sort: "configuration", role: "client", chains: true },
    "sqlx::MySqlPool": { sort: "configuration", role: "client" },
    "sqlx::mysql::MySqlPoolOptions": { sort: "configuration", role: "client", chains: true },
    "sqlx::postgres::PgConnectOptions": { sort: "configuration", role: "client", chains: true, defaults: PREFERRED },
    "sqlx::any::AnyConnectOptions": { sort: "configuration", role: "client", chains: true },
    "sqlx::mysql::MySqlConnectOptions": { sort: "configuration", role: "client", chains: true, defaults: PREFERRED },
  },
  values: {
    "sqlx::postgres::PgSslMode::Disable": { kind: "flags", bits: ["DISABLE"] },
    "sqlx::postgres::PgSslMode::Allow": { kind: "flags", bits: ["ALLOW"] },
    "sqlx::postgres::PgSslMode::Prefer": { kind: "flags", bits: ["PREFER"] },
    "sqlx::postgres::PgSslMode::Require": { kind: "flags", bits: ["REQUIRE"] },
    "sqlx::postgres::PgSslMode::VerifyCa": { kind: "flags", bits: ["VERIFY_CA"] },
    "sqlx::postgres::PgSslMode::VerifyFull": { kind: "flags", bits: ["VERIFY_FULL"] },
    "sqlx::mysql::MySqlSslMode::Disabled": { kind: "flags", bits: ["DISABLED"] },
    "sqlx::mysql::MySqlSslMode::Preferred": { kind: "flags", bits: ["PREFERRED"] },
    "sqlx::mysql::MySqlSslMode::Required": { kind: "flags", bits: ["REQUIRED"] },
    "sqlx::mysql::MySqlSslMode::VerifyCa": { kind: "flags", bits: ["VERIFY_CA"] },
    "sqlx::mysql::MySqlSslMode::VerifyIdentity": { kind: "flags", bits: ["VERIFY_IDENTITY"] },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
