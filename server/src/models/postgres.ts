/** postgres: the blocking face of tokio-postgres, with its words. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { connector, modes } from "./tokio-postgres.ts";

const CONFIG = "postgres::Config";

const calls = [
  { path: `${CONFIG}::new`, returns: { new: CONFIG } },
  { path: `${CONFIG}::default`, returns: { new: CONFIG } },
  { path: `${CONFIG}::ssl_mode`, returns: "self", effects: [modes] },
  {
    path: `${CONFIG}::connect`,
    effects: [
      { ...connector, argument: 0 },
      { kind: "takes", argument: 0, part: "configuration" },
    ],
  },
  {
    path: "postgres::Client::connect",
    returns: { new: "postgres::Client" },
    effects: [connector, { kind: "takes", argument: 1, part: "configuration" }],
  },
] as const satisfies readonly CallModel[];

const recipes = [
  {
    at: `${CONFIG}::ssl_mode`,
    gives: { kind: "database-tls", mode: "verified" },
    title: "Require TLS",
    edit: { kind: "replace-argument", argument: 0, with: "{path:postgres::config::SslMode}::Require" },
    applicability: "review",
  },
] as const satisfies readonly Recipe[];

export const postgres = {
  crate: "postgres",
  package: "postgres",
  versions: ">=0.19, <0.20",
  source: "https://github.com/rust-postgres/rust-postgres",
  aliases: {
    "postgres::config::SslMode": "tokio_postgres::config::SslMode",
    "postgres::config::Config": "postgres::Config",
    "postgres::NoTls": "tokio_postgres::NoTls",
  },
  types: {
    "postgres::Config": { sort: "configuration", role: "client", chains: true },
    "postgres::Client": { sort: "stream", role: "client" },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
