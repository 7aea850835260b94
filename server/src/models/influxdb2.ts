/** influxdb2: an address and a token. */
import type { CallModel, CrateModel } from "./model.ts";
import { connectsByHttp } from "./phrases.ts";

const CLIENT = "influxdb2::Client";
const BUILDER = "influxdb2::ClientBuilder";

/** The token is always given. */
const connects = [...connectsByHttp, { kind: "states", fact: { kind: "login" } }] as const;

const calls = [
  { path: `${CLIENT}::new`, returns: { new: CLIENT }, effects: connects },
  { path: `${BUILDER}::new`, returns: { new: BUILDER }, effects: connects },
  { path: `${BUILDER}::build`, returns: { becomes: CLIENT } },
] as const satisfies readonly CallModel[];

export const influxdb2 = {
  crate: "influxdb2",
  package: "influxdb2",
  versions: ">=0.5, <0.6",
  source: "https://github.com/aprimadi/influxdb2",
  types: {
    "influxdb2::Client": { sort: "configuration", role: "client" },
    "influxdb2::ClientBuilder": { sort: "configuration", role: "client", chains: true },
  },
  calls,
} as const satisfies CrateModel;
