/** bb8-postgres: pools of tokio-postgres. */
import type { ByHand, CallModel, CrateModel } from "./model.ts";
import { connector, connectsByWords, PREFERRED } from "./tokio-postgres.ts";

const MANAGER = "bb8_postgres::PostgresConnectionManager";

const tls = [connector, { kind: "takes", argument: 1, part: "configuration" }] as const;

const calls = [
  { path: `${MANAGER}::new`, returns: { becomes: MANAGER }, effects: [{ kind: "peers" }, ...tls] },
  { path: `${MANAGER}::new_from_stringlike`, returns: { new: MANAGER }, effects: [connectsByWords, ...tls] },
] as const satisfies readonly CallModel[];

const byHand = [
  {
    at: [`${MANAGER}::new`, `${MANAGER}::new_from_stringlike`],
    of: "database-tls",
    because: "a connector that trusts the database's CA has to be made",
  },
] as const satisfies readonly ByHand[];

export const bb8Postgres = {
  crate: "bb8_postgres",
  package: "bb8-postgres",
  versions: ">=0.7, <0.10",
  source: "https://github.com/djc/bb8",
  privateAuthority: 'postgres-openssl 0.5.3, src/lib.rs: `builder.set_ca_file("database_cert.pem")`',
  aliases: { "bb8_postgres::tokio_postgres": "tokio_postgres" },
  types: { "bb8_postgres::PostgresConnectionManager": { sort: "configuration", role: "client", defaults: PREFERRED } },
  calls,
  byHand,
} as const satisfies CrateModel;
