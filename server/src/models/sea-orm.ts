/** sea-orm: hands its address to sqlx, whose modes the address may say. */
import type { CallModel, CrateModel } from "./model.ts";
import { addressedBySqlx, askedForTls, connectsBySqlx } from "./sqlx.ts";

const CONNECTION = "sea_orm::DatabaseConnection";
const OPTIONS = "sea_orm::ConnectOptions";

const calls = [
  {
    path: "sea_orm::Database::connect",
    returns: { new: CONNECTION },
    effects: [...connectsBySqlx, { kind: "takes", argument: 0, part: "configuration" }],
  },
  { path: `${OPTIONS}::new`, returns: { new: OPTIONS }, effects: addressedBySqlx },
] as const satisfies readonly CallModel[];

export const seaOrm = {
  crate: "sea_orm",
  package: "sea-orm",
  versions: ">=0.9, <3",
  source: "https://github.com/SeaQL/sea-orm",
  encryption: { by: ["rustls", "native-tls"], feature: "runtime-tokio-rustls", asked: askedForTls, files: ["sqlx-sqlite"] },
  types: {
    "sea_orm::Database": { sort: "other" },
    "sea_orm::DatabaseConnection": { sort: "configuration", role: "client" },
    "sea_orm::ConnectOptions": { sort: "configuration", role: "client", chains: true },
  },
  calls,
} as const satisfies CrateModel;
