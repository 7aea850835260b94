/** clickhouse: the scheme of the address decides, and HTTP is what most of them say. */
import type { CallModel, CrateModel } from "./model.ts";
import { connectsByHttp, logsIn } from "./phrases.ts";

const CLIENT = "clickhouse::Client";

const calls = [
  { path: `${CLIENT}::default`, returns: { new: CLIENT } },
  { path: `${CLIENT}::with_url`, returns: "self", effects: connectsByHttp },
  { path: `${CLIENT}::with_password`, returns: "self", effects: logsIn },
  { path: `${CLIENT}::with_access_token`, versions: ">=0.14, <0.16", returns: "self", effects: logsIn },
] as const satisfies readonly CallModel[];

export const clickhouse = {
  crate: "clickhouse",
  package: "clickhouse",
  versions: ">=0.13, <0.16",
  source: "https://github.com/ClickHouse/clickhouse-rs",
  encryption: { by: ["rustls", "native-tls"], feature: "rustls-tls" },
  types: { "clickhouse::Client": { sort: "configuration", role: "client", chains: true } },
  calls,
} as const satisfies CrateModel;
