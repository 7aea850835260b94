/** fred: Redis and Valkey; the scheme of an address decides, or whether the configuration holds one of TLS. */
import type { CallModel, CrateModel } from "./model.ts";
import { OVER_TLS, PLAINTEXT } from "./phrases.ts";

const CONFIG = "fred::types::config::Config";

/** `redis-cluster://` and `redis-sentinel://` begin so, too (utils.rs: the suffix of the scheme is another matter). */
const connects = [
  {
    kind: "peers",
    argument: 0,
    words: [
      { word: "rediss", states: OVER_TLS },
      { word: "valkeys", states: OVER_TLS },
    ],
    silent: [
      { word: "redis:", states: PLAINTEXT },
      { word: "redis-", states: PLAINTEXT },
      { word: "valkey:", states: PLAINTEXT },
      { word: "valkey-", states: PLAINTEXT },
    ],
    holdsPassword: true,
  },
] as const;

const calls = [
  { path: `${CONFIG}::from_url`, returns: { new: CONFIG }, effects: connects },
  { path: `${CONFIG}::from_url_centralized`, returns: { new: CONFIG }, effects: connects },
  { path: `${CONFIG}::from_url_clustered`, returns: { new: CONFIG }, effects: connects },
  { path: `${CONFIG}::from_url_sentinel`, returns: { new: CONFIG }, effects: connects },
] as const satisfies readonly CallModel[];

export const fred = {
  crate: "fred",
  package: "fred",
  versions: ">=10, <11",
  source: "https://github.com/aembke/fred.rs",
  aliases: { "fred::prelude::Config": CONFIG, "fred::rustls": "rustls" },
  types: { "fred::types::config::Config": { sort: "configuration", role: "client" } },
  calls,
} as const satisfies CrateModel;
