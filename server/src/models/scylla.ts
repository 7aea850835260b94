/** scylla: plaintext until it is given a TLS context. */
import type { CallModel, CrateModel } from "./model.ts";
import { connectsTo, logsIn, OVER_TLS, PLAINTEXT } from "./phrases.ts";

const BUILDER = "scylla::client::session_builder::SessionBuilder";

const secured = [
  { kind: "states", fact: OVER_TLS, unlessNone: 0 },
  { kind: "takes", argument: 0, part: "configuration" },
] as const;

const calls = [
  { path: `${BUILDER}::new`, returns: { new: BUILDER } },
  { path: `${BUILDER}::known_node`, returns: "self", effects: connectsTo },
  { path: `${BUILDER}::user`, returns: "self", effects: logsIn },
  { path: `${BUILDER}::tls_context`, returns: "self", effects: secured },
] as const satisfies readonly CallModel[];

export const scylla = {
  crate: "scylla",
  package: "scylla",
  versions: ">=1, <2",
  source: "https://github.com/scylladb/scylla-rust-driver",
  types: {
    "scylla::client::session_builder::SessionBuilder": {
      sort: "configuration",
      role: "client",
      chains: true,
      // client/session.rs: `tls_context: None` until one is set.
      defaults: [{ fact: PLAINTEXT }],
    },
  },
  calls,
} as const satisfies CrateModel;
