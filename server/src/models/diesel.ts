/** diesel: libpq and libmysqlclient read the address, and do without TLS where it does not demand any. */
import type { CallModel, CrateModel } from "./model.ts";

const POSTGRES = "diesel::PgConnection";
const MYSQL = "diesel::MysqlConnection";

const MANAGER = "diesel::r2d2::ConnectionManager";

const optional = { kind: "database-tls", mode: "optional" } as const;

const calls = [
  {
    path: `${POSTGRES}::establish`,
    returns: { new: POSTGRES },
    effects: [
      {
        kind: "peers",
        argument: 0,
        words: [{ word: "sslmode=", states: { kind: "database-tls", mode: "verified" } }],
        silent: [
          { word: "postgres://", states: optional },
          { word: "postgresql://", states: optional },
        ],
      },
    ],
  },
  {
    path: `${MYSQL}::establish`,
    returns: { new: MYSQL },
    effects: [
      {
        kind: "peers",
        argument: 0,
        words: [{ word: "ssl_mode=", states: { kind: "database-tls", mode: "verified" } }],
        silent: [{ word: "mysql://", states: optional }],
      },
    ],
  },
  // The address says which library reads it.
  {
    path: `${MANAGER}::new`,
    returns: { new: MANAGER },
    effects: [
      {
        kind: "peers",
        argument: 0,
        words: [
          { word: "sslmode=", states: { kind: "database-tls", mode: "verified" } },
          { word: "ssl_mode=", states: { kind: "database-tls", mode: "verified" } },
        ],
        silent: [
          { word: "postgres://", states: optional },
          { word: "postgresql://", states: optional },
          { word: "mysql://", states: optional },
        ],
      },
    ],
  },
] as const satisfies readonly CallModel[];

export const diesel = {
  crate: "diesel",
  package: "diesel",
  versions: ">=1.4, <3",
  source: "https://github.com/diesel-rs/diesel",
  aliases: {
    "diesel::pg::PgConnection": "diesel::PgConnection",
    "diesel::mysql::MysqlConnection": "diesel::MysqlConnection",
    "diesel::prelude::PgConnection": "diesel::PgConnection",
    "diesel::prelude::MysqlConnection": "diesel::MysqlConnection",
  },
  types: {
    "diesel::PgConnection": { sort: "configuration", role: "client" },
    "diesel::MysqlConnection": { sort: "configuration", role: "client" },
    "diesel::r2d2::ConnectionManager": { sort: "configuration", role: "client" },
  },
  calls,
} as const satisfies CrateModel;
