/** tokio-postgres: whether TLS is demanded; whom it is spoken with is the connector's business. */
import type { ByHand, CallModel, CrateModel, Recipe } from "./model.ts";
import { connectsTo, logsIn, staysHere } from "./phrases.ts";

const CONFIG = "tokio_postgres::Config";

export const modes = {
  kind: "flags",
  argument: 0,
  cases: [
    { has: ["DISABLE"], states: [{ kind: "database-tls", mode: "plaintext" }] },
    { has: ["PREFER"], states: [{ kind: "database-tls", mode: "optional" }] },
    { has: ["REQUIRE"], states: [{ kind: "database-tls", mode: "verified" }] },
  ],
} as const;

/** config.rs: `ssl_mode: SslMode::Prefer` until something else is said. */
export const PREFERRED = [{ fact: { kind: "database-tls", mode: "optional" } }] as const;

/** The words of an address that demand TLS. */
export const connectsByWords = {
  kind: "peers",
  argument: 0,
  words: [{ word: "sslmode=require", states: { kind: "database-tls", mode: "verified" } }],
  silent: [
    { word: "postgres://", states: { kind: "database-tls", mode: "optional" } },
    { word: "postgresql://", states: { kind: "database-tls", mode: "optional" } },
  ],
  lax: { demand: "sslmode=require" },
  holdsPassword: true,
} as const;

/** Any other connector leaves the mode as it is. connect_tls.rs: where TLS is required, `NoTls` fails (`NoTlsError`). */
export const connector = {
  kind: "flags",
  argument: 1,
  cases: [{ has: ["NO_TLS"], states: [{ kind: "database-tls", mode: "plaintext" }] }],
  otherwise: "unchanged",
  fails: { kind: "database-tls", mode: "verified" },
} as const;

const calls = [
  { path: `${CONFIG}::new`, returns: { new: CONFIG } },
  { path: `${CONFIG}::default`, returns: { new: CONFIG } },
  { path: `${CONFIG}::ssl_mode`, returns: "self", effects: [modes] },
  { path: `${CONFIG}::host`, returns: "self", effects: connectsTo },
  { path: `${CONFIG}::hostaddr`, returns: "self", effects: connectsTo },
  { path: `${CONFIG}::host_path`, returns: "self", effects: staysHere },
  { path: `${CONFIG}::password`, returns: "self", effects: logsIn },
  { path: `${CONFIG}::from_str`, returns: { new: CONFIG }, effects: [connectsByWords] },
  {
    path: `${CONFIG}::connect`,
    effects: [{ kind: "peers" }, { ...connector, argument: 0 }, { kind: "takes", argument: 0, part: "configuration" }],
  },
  {
    path: "tokio_postgres::connect",
    returns: { new: "tokio_postgres::Connection" },
    effects: [connectsByWords, connector, { kind: "takes", argument: 1, part: "configuration" }],
  },
] as const satisfies readonly CallModel[];

const byHand = [
  {
    at: [`${CONFIG}::connect`, "tokio_postgres::connect"],
    of: "database-tls",
    because: "a connector that trusts the database's CA has to be made",
  },
] as const satisfies readonly ByHand[];

const recipes = [
  {
    at: `${CONFIG}::ssl_mode`,
    gives: { kind: "database-tls", mode: "verified" },
    title: "Require TLS",
    edit: { kind: "replace-argument", argument: 0, with: "{path:tokio_postgres::config::SslMode}::Require" },
  },
] as const satisfies readonly Recipe[];

export const tokioPostgres = {
  crate: "tokio_postgres",
  package: "tokio-postgres",
  versions: ">=0.7, <0.8",
  source: "https://github.com/rust-postgres/rust-postgres",
  privateAuthority: 'postgres-openssl 0.5.3, src/lib.rs: `builder.set_ca_file("database_cert.pem")`',
  aliases: { "tokio_postgres::config::Config": "tokio_postgres::Config", "tokio_postgres::tls::NoTls": "tokio_postgres::NoTls" },
  types: {
    "tokio_postgres::Config": { sort: "configuration", role: "client", chains: true, defaults: PREFERRED },
    "tokio_postgres::Connection": { sort: "configuration", role: "client", defaults: PREFERRED },
  },
  values: {
    "tokio_postgres::NoTls": { kind: "flags", bits: ["NO_TLS"] },
    "tokio_postgres::config::SslMode::Disable": { kind: "flags", bits: ["DISABLE"] },
    "tokio_postgres::config::SslMode::Prefer": { kind: "flags", bits: ["PREFER"] },
    "tokio_postgres::config::SslMode::Require": { kind: "flags", bits: ["REQUIRE"] },
  },
  calls,
  byHand,
  recipes,
} as const satisfies CrateModel;
