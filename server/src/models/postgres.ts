/** postgres: the blocking face of tokio-postgres, with its words. */
import type { ByHand, CallModel, CrateModel, Recipe } from "./model.ts";
import { connectsTo, logsIn, staysHere } from "./phrases.ts";
import { connector, connectsByWords, modes, PREFERRED } from "./tokio-postgres.ts";

const CONFIG = "postgres::Config";

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
    path: "postgres::Client::connect",
    returns: { new: "postgres::Client" },
    effects: [connectsByWords, connector, { kind: "takes", argument: 1, part: "configuration" }],
  },
] as const satisfies readonly CallModel[];

const byHand = [
  {
    at: [`${CONFIG}::connect`, "postgres::Client::connect"],
    of: "database-tls",
    because: "a connector that trusts the database's CA has to be made",
  },
] as const satisfies readonly ByHand[];

const recipes = [
  {
    at: `${CONFIG}::ssl_mode`,
    gives: { kind: "database-tls", mode: "verified" },
    title: "Require TLS",
    edit: { kind: "replace-argument", argument: 0, with: "{path:postgres::config::SslMode}::Require" },
  },
] as const satisfies readonly Recipe[];

export const postgres = {
  crate: "postgres",
  package: "postgres",
  versions: ">=0.19, <0.20",
  source: "https://github.com/rust-postgres/rust-postgres",
  privateAuthority: 'postgres-openssl 0.5.3, src/lib.rs: `builder.set_ca_file("database_cert.pem")`',
  aliases: {
    "postgres::config::SslMode": "tokio_postgres::config::SslMode",
    "postgres::config::Config": "postgres::Config",
    "postgres::NoTls": "tokio_postgres::NoTls",
  },
  types: {
    "postgres::Config": { sort: "configuration", role: "client", chains: true, defaults: PREFERRED },
    "postgres::Client": { sort: "configuration", role: "client", defaults: PREFERRED },
  },
  calls,
  byHand,
  recipes,
} as const satisfies CrateModel;
