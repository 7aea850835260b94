/** scylla: plaintext until it is given a TLS context. Before 1.0 its builder stood elsewhere, and took a context of OpenSSL. */
import type { CallModel, CrateModel, TypeModel } from "./model.ts";
import { connectsTo, logsIn, OVER_TLS, PLAINTEXT } from "./phrases.ts";

const BUILDER = "scylla::client::session_builder::SessionBuilder";
const OLD_BUILDER = "scylla::transport::session_builder::SessionBuilder";
const RECENT = ">=1, <2";
const OLD = ">=0.8, <1";

const secured = [
  { kind: "states", fact: OVER_TLS, unlessNone: 0 },
  { kind: "takes", argument: 0, part: "configuration" },
] as const;

// client/session.rs, and transport/session.rs before: no context until one is set.
const type = { sort: "configuration", role: "client", chains: true, defaults: [{ fact: PLAINTEXT }] } as const satisfies TypeModel;

const calls = [
  { path: `${BUILDER}::new`, versions: RECENT, returns: { new: BUILDER } },
  { path: `${BUILDER}::known_node`, versions: RECENT, returns: "self", effects: connectsTo },
  { path: `${BUILDER}::user`, versions: RECENT, returns: "self", effects: logsIn },
  { path: `${BUILDER}::tls_context`, versions: RECENT, returns: "self", effects: secured },
  { path: `${OLD_BUILDER}::new`, versions: OLD, returns: { new: OLD_BUILDER } },
  { path: `${OLD_BUILDER}::known_node`, versions: OLD, returns: "self", effects: connectsTo },
  { path: `${OLD_BUILDER}::user`, versions: OLD, returns: "self", effects: logsIn },
  { path: `${OLD_BUILDER}::ssl_context`, versions: OLD, returns: "self", effects: secured },
] as const satisfies readonly CallModel[];

export const scylla = {
  crate: "scylla",
  package: "scylla",
  versions: ">=0.8, <2",
  source: "https://github.com/scylladb/scylla-rust-driver",
  aliases: { "scylla::SessionBuilder": OLD_BUILDER },
  types: { [BUILDER]: type, [OLD_BUILDER]: type },
  calls,
} as const satisfies CrateModel;
