/** diesel-async: what it connects by itself goes without TLS; with TLS a connection of the driver is handed over. */
import type { ByHand, CallModel, CrateModel } from "./model.ts";
import { connectsTo } from "./phrases.ts";

const POSTGRES = "diesel_async::AsyncPgConnection";
const POOLED = `diesel_async::pooled_connection::AsyncDieselConnectionManager<${POSTGRES}>` as const;
const MYSQL = "diesel_async::AsyncMysqlConnection";
const POOLED_MYSQL = `diesel_async::pooled_connection::AsyncDieselConnectionManager<${MYSQL}>` as const;
const plaintext = [...connectsTo, { kind: "states", fact: { kind: "database-tls", mode: "plaintext" } }] as const;

/** mysql/mod.rs: `Opts::from_url` of mysql_async, without a word about TLS there is none. */
const byMysql = [
  {
    kind: "peers",
    argument: 0,
    words: [{ word: "require_ssl=true", states: { kind: "database-tls", mode: "verified" } }],
    silent: [{ word: "mysql://", states: { kind: "database-tls", mode: "plaintext" } }],
    lax: { demand: "require_ssl=true" },
    holdsPassword: true,
  },
] as const;

const calls = [
  {
    path: `${POSTGRES}::establish`,
    returns: { new: POSTGRES },
    // pg/mod.rs: `tokio_postgres::connect(database_url, tokio_postgres::NoTls)`.
    effects: plaintext,
  },
  // pooled_connection/mod.rs: the setup by default is `establish`; `new_with_setup` and `new_with_config` take another.
  { path: `${POOLED}::new`, returns: { new: POOLED }, effects: plaintext },
  { path: `${MYSQL}::establish`, returns: { new: MYSQL }, effects: byMysql },
  { path: `${POOLED_MYSQL}::new`, returns: { new: POOLED_MYSQL }, effects: byMysql },
  { path: `${POSTGRES}::try_from`, returns: { new: POSTGRES } },
  { path: `${POSTGRES}::try_from_client_and_connection`, versions: ">=0.5, <0.10", returns: { new: POSTGRES } },
] as const satisfies readonly CallModel[];

const byHand = [
  {
    at: [`${POSTGRES}::establish`, `${POOLED}::new`],
    of: "database-tls",
    because: "a connector that trusts the database's CA has to be made",
  },
] as const satisfies readonly ByHand[];

export const dieselAsync = {
  crate: "diesel_async",
  package: "diesel-async",
  versions: ">=0.2, <0.10",
  source: "https://github.com/weiznich/diesel_async",
  types: {
    [POSTGRES]: { sort: "configuration", role: "client" },
    [POOLED]: { sort: "configuration", role: "client" },
    [MYSQL]: { sort: "configuration", role: "client" },
    [POOLED_MYSQL]: { sort: "configuration", role: "client" },
  },
  calls,
  byHand,
} as const satisfies CrateModel;
