/** influxdb: an address, and a password or a token beside it. */
import type { CallModel, CrateModel } from "./model.ts";
import { connectsByHttp, takesConfiguration } from "./phrases.ts";

const CLIENT = "influxdb::Client";
const login = { returns: "self", effects: [{ kind: "states", fact: { kind: "login" } }] } as const;

const calls = [
  { path: `${CLIENT}::new`, returns: { new: CLIENT }, effects: connectsByHttp },
  { path: `${CLIENT}::with_auth`, ...login },
  { path: `${CLIENT}::with_token`, ...login },
  { path: `${CLIENT}::with_http_client`, returns: "self", effects: [takesConfiguration] },
] as const satisfies readonly CallModel[];

export const influxdb = {
  crate: "influxdb",
  package: "influxdb",
  versions: ">=0.7, <0.8",
  source: "https://github.com/influxdb-rs/influxdb-rust",
  types: { [CLIENT]: { sort: "configuration", role: "client", chains: true } },
  calls,
} as const satisfies CrateModel;
