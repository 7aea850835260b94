/** deadpool-postgres: pools of tokio-postgres, made of its configuration or of one that is read from a file, in the same words. */
import type { ByHand, CallModel, CrateModel, Recipe } from "./model.ts";
import { connectsTo, logsIn } from "./phrases.ts";
import { connector, connectsByWords, modes, PREFERRED } from "./tokio-postgres.ts";

const CONFIG = "deadpool_postgres::Config";
/** Pools are told the runtime, and the crate's root has its modes. */
const SINCE_RUNTIME = ">=0.10, <0.15";
const MANAGER = "deadpool_postgres::Manager";

/** What was parsed or read from a file says whom it connects to. */
const connectsByFirst = [{ kind: "peers" }, { ...connector, argument: 0 }, { kind: "takes", argument: 0, part: "configuration" }] as const;
const connectsBySecond = [{ kind: "peers" }, connector, { kind: "takes", argument: 1, part: "configuration" }] as const;

const calls = [
  { path: `${MANAGER}::new`, returns: { becomes: MANAGER }, effects: connectsBySecond },
  { path: `${MANAGER}::from_config`, returns: { becomes: MANAGER }, effects: connectsBySecond },
  { path: `${CONFIG}::new`, returns: { new: CONFIG } },
  { path: `${CONFIG}::default`, returns: { new: CONFIG } },
  { path: `${CONFIG}.url`, versions: ">=0.12, <0.15", effects: [connectsByWords] },
  { path: `${CONFIG}.host`, effects: connectsTo },
  { path: `${CONFIG}.password`, effects: logsIn },
  { path: `${CONFIG}.ssl_mode`, effects: [modes] },
  { path: `${CONFIG}::create_pool`, versions: SINCE_RUNTIME, effects: connectsBySecond },
  { path: `${CONFIG}::create_pool`, versions: "<0.10", effects: connectsByFirst },
  { path: `${CONFIG}::builder`, versions: SINCE_RUNTIME, effects: connectsByFirst },
] as const satisfies readonly CallModel[];

const byHand = [
  {
    at: [`${MANAGER}::new`, `${MANAGER}::from_config`, `${CONFIG}::create_pool`, `${CONFIG}::builder`],
    of: "database-tls",
    because: "a connector that trusts the database's CA has to be made",
  },
] as const satisfies readonly ByHand[];

const recipes = [
  {
    at: `${CONFIG}.ssl_mode`,
    versions: SINCE_RUNTIME,
    gives: { kind: "database-tls", mode: "verified" },
    title: "Require TLS",
    edit: { kind: "replace-argument", argument: 0, with: "Some({path:deadpool_postgres::SslMode}::Require)" },
  },
] as const satisfies readonly Recipe[];

export const deadpoolPostgres = {
  crate: "deadpool_postgres",
  package: "deadpool-postgres",
  versions: ">=0.7, <0.15",
  source: "https://github.com/deadpool-rs/deadpool",
  privateAuthority: 'postgres-openssl 0.5.3, src/lib.rs: `builder.set_ca_file("database_cert.pem")`',
  aliases: { "deadpool_postgres::tokio_postgres": "tokio_postgres" },
  types: {
    "deadpool_postgres::Config": { sort: "configuration", role: "client", defaults: PREFERRED },
    "deadpool_postgres::Manager": { sort: "configuration", role: "client" },
  },
  values: {
    "deadpool_postgres::SslMode::Disable": { kind: "flags", bits: ["DISABLE"], versions: SINCE_RUNTIME },
    "deadpool_postgres::SslMode::Prefer": { kind: "flags", bits: ["PREFER"], versions: SINCE_RUNTIME },
    "deadpool_postgres::SslMode::Require": { kind: "flags", bits: ["REQUIRE"], versions: SINCE_RUNTIME },
  },
  calls,
  byHand,
  recipes,
} as const satisfies CrateModel;
