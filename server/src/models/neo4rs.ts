/** neo4rs: Bolt; the scheme of the address decides, and one without a scheme is plaintext. */
import type { CallModel, CrateModel } from "./model.ts";
import { logsIn, OVER_TLS, PLAINTEXT } from "./phrases.ts";

const GRAPH = "neo4rs::Graph";
const BUILDER = "neo4rs::ConfigBuilder";
const CONFIG = "neo4rs::Config";

/** connection.rs: what ends in `+s` verifies, and `+ssc`, whatever its name says, does so, too. */
const connects = [
  {
    kind: "peers",
    argument: 0,
    words: [
      { word: "bolt+s", states: OVER_TLS },
      { word: "neo4j+s", states: OVER_TLS },
    ],
    silent: [
      { word: "bolt://", states: PLAINTEXT },
      { word: "neo4j://", states: PLAINTEXT },
    ],
  },
] as const;

const calls = [
  // A user and a password are always given.
  { path: `${GRAPH}::new`, returns: { new: GRAPH }, effects: [...connects, { kind: "states", fact: { kind: "login" } }] },
  { path: `${GRAPH}::connect`, returns: { new: GRAPH }, effects: [{ kind: "takes", argument: 0, part: "configuration" }] },
  { path: `${BUILDER}::default`, returns: { new: BUILDER } },
  { path: `${BUILDER}::uri`, returns: "self", effects: connects },
  { path: `${BUILDER}::password`, returns: "self", effects: logsIn },
  { path: `${BUILDER}::build`, returns: { becomes: CONFIG } },
] as const satisfies readonly CallModel[];

export const neo4rs = {
  crate: "neo4rs",
  package: "neo4rs",
  versions: ">=0.8, <0.9",
  source: "https://github.com/neo4j-labs/neo4rs",
  types: {
    "neo4rs::Graph": { sort: "configuration", role: "client" },
    "neo4rs::ConfigBuilder": { sort: "configuration", role: "client", chains: true },
    "neo4rs::Config": { sort: "configuration", role: "client" },
  },
  calls,
} as const satisfies CrateModel;
