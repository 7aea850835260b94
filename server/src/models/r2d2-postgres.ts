/** r2d2_postgres: pools of postgres. */
import type { ByHand, CallModel, CrateModel } from "./model.ts";
import { connector } from "./tokio-postgres.ts";

const MANAGER = "r2d2_postgres::PostgresConnectionManager";

const calls = [
  {
    path: `${MANAGER}::new`,
    returns: { becomes: MANAGER },
    effects: [{ kind: "peers" }, connector, { kind: "takes", argument: 1, part: "configuration" }],
  },
] as const satisfies readonly CallModel[];

const byHand = [
  { at: [`${MANAGER}::new`], of: "database-tls", because: "a connector that trusts the database's CA has to be made" },
] as const satisfies readonly ByHand[];

export const r2d2Postgres = {
  crate: "r2d2_postgres",
  package: "r2d2_postgres",
  versions: ">=0.18, <0.19",
  source: "https://github.com/sfackler/r2d2-postgres",
  privateAuthority: 'postgres-openssl 0.5.3, src/lib.rs: `builder.set_ca_file("database_cert.pem")`',
  aliases: { "r2d2_postgres::postgres": "postgres" },
  types: { "r2d2_postgres::PostgresConnectionManager": { sort: "configuration", role: "client" } },
  calls,
  byHand,
} as const satisfies CrateModel;
