/** diesel: libpq and libmysqlclient read the address, and do without TLS where it does not demand any. */
import type { CallModel, CrateModel } from "./model.ts";

const POSTGRES = "diesel::PgConnection";
const MYSQL = "diesel::MysqlConnection";

const MANAGER = "diesel::r2d2::ConnectionManager";
const PG_MANAGER = `${MANAGER}<${POSTGRES}>` as const;
const MYSQL_MANAGER = `${MANAGER}<${MYSQL}>` as const;

const optional = { kind: "database-tls", mode: "optional" } as const;
const verified = { kind: "database-tls", mode: "verified" } as const;

const toPostgres = [
  {
    kind: "peers",
    argument: 0,
    words: [{ word: "sslmode=", states: verified }],
    silent: [
      { word: "postgres://", states: optional },
      { word: "postgresql://", states: optional },
    ],
    lax: { demand: "sslmode=verify-full" },
    holdsPassword: true,
  },
] as const;
const toMysql = [
  {
    kind: "peers",
    argument: 0,
    words: [{ word: "ssl_mode=", states: verified }],
    silent: [{ word: "mysql://", states: optional }],
    lax: { demand: "ssl_mode=VERIFY_IDENTITY" },
    holdsPassword: true,
  },
] as const;
/** The address says which library reads it. */
const toAny = [
  {
    kind: "peers",
    argument: 0,
    words: [
      { word: "sslmode=", states: verified },
      { word: "ssl_mode=", states: verified },
    ],
    silent: [
      { word: "postgres://", states: optional },
      { word: "postgresql://", states: optional },
      { word: "mysql://", states: optional },
    ],
    lax: { demand: "sslmode=verify-full", servers: ["postgres", "mysql"], files: ["sqlite"] },
    holdsPassword: true,
  },
] as const;

const calls = [
  { path: `${POSTGRES}::establish`, returns: { new: POSTGRES }, effects: toPostgres },
  { path: `${MYSQL}::establish`, returns: { new: MYSQL }, effects: toMysql },
  { path: `${MANAGER}::new`, returns: { new: MANAGER }, effects: toAny },
  { path: `${PG_MANAGER}::new`, returns: { new: PG_MANAGER }, effects: toPostgres },
  { path: `${MYSQL_MANAGER}::new`, returns: { new: MYSQL_MANAGER }, effects: toMysql },
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
    [PG_MANAGER]: { sort: "configuration", role: "client" },
    [MYSQL_MANAGER]: { sort: "configuration", role: "client" },
  },
  calls,
} as const satisfies CrateModel;
