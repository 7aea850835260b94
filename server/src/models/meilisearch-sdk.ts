/** meilisearch-sdk: an address and a key. */
import type { CallModel, CrateModel } from "./model.ts";
import { connectsByHttp } from "./phrases.ts";

const CLIENT = "meilisearch_sdk::client::Client";

const calls = [
  {
    path: `${CLIENT}::new`,
    returns: { new: CLIENT },
    effects: [...connectsByHttp, { kind: "states", fact: { kind: "login" }, unlessNone: 1 }],
  },
] as const satisfies readonly CallModel[];

export const meilisearchSdk = {
  crate: "meilisearch_sdk",
  package: "meilisearch-sdk",
  versions: ">=0.28, <0.29",
  source: "https://github.com/meilisearch/meilisearch-rust",
  types: { [CLIENT]: { sort: "configuration", role: "client" } },
  calls,
} as const satisfies CrateModel;
