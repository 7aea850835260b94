/** bitcoincore-rpc: a node that is asked over HTTP, by password or by the cookie of this machine. */
import type { CallModel, CrateModel } from "./model.ts";
import { connectsByHttp } from "./phrases.ts";

const CLIENT = "bitcoincore_rpc::Client";
const AUTH = "bitcoincore_rpc::Auth";

const calls = [
  {
    path: `${CLIENT}::new`,
    returns: { new: CLIENT },
    effects: [{ kind: "takes", argument: 1, part: "configuration" }, ...connectsByHttp],
  },
  { path: `${AUTH}::UserPass`, returns: { new: AUTH }, effects: [{ kind: "states", fact: { kind: "login" } }] },
] as const satisfies readonly CallModel[];

export const bitcoincoreRpc = {
  crate: "bitcoincore_rpc",
  package: "bitcoincore-rpc",
  versions: ">=0.19, <0.20",
  source: "https://github.com/rust-bitcoin/rust-bitcoincore-rpc",
  types: {
    [CLIENT]: { sort: "configuration", role: "client" },
    [AUTH]: { sort: "configuration", role: "client" },
  },
  calls,
} as const satisfies CrateModel;
