/** mosquitto-rs: MQTT by Mosquitto's C library, without TLS until a CA is given. */
import type { CallModel, CrateModel } from "./model.ts";
import { connectsTo, OVER_TLS, PLAINTEXT } from "./phrases.ts";

const CLIENT = "mosquitto_rs::Client";

const calls = [
  { path: `${CLIENT}::with_id`, returns: { new: CLIENT } },
  { path: `${CLIENT}::with_auto_id`, returns: { new: CLIENT } },
  { path: `${CLIENT}::set_username_and_password`, effects: [{ kind: "states", fact: { kind: "login" }, unlessNone: 1 }] },
  { path: `${CLIENT}::connect`, effects: connectsTo },
  {
    path: `${CLIENT}::configure_tls`,
    effects: [
      { kind: "trusts", argument: 0, source: "path" },
      { kind: "loads", argument: 0, reads: "certificates" },
      { kind: "loads", argument: 2, reads: "certificates", as: "own-chain" },
      { kind: "loads", argument: 3, reads: "private-key", as: "own-key" },
      { kind: "states", fact: OVER_TLS },
    ],
  },
] as const satisfies readonly CallModel[];

export const mosquittoRs = {
  crate: "mosquitto_rs",
  package: "mosquitto-rs",
  versions: ">=0.11, <0.12",
  source: "https://github.com/wez/mosquitto-rs",
  stack: "openssl",
  types: { [CLIENT]: { sort: "configuration", role: "client", defaults: [{ fact: PLAINTEXT }] } },
  calls,
} as const satisfies CrateModel;
