/** deadpool-redis: pools of redis. */
import type { CallModel, CrateModel } from "./model.ts";
import { askedForTls, connectsToRedis } from "./redis.ts";

const CONFIG = "deadpool_redis::Config";

const calls = [
  { path: `${CONFIG}::from_url`, returns: { new: CONFIG }, effects: connectsToRedis },
  { path: `${CONFIG}::default`, returns: { new: CONFIG } },
  { path: `${CONFIG}.url`, effects: connectsToRedis },
] as const satisfies readonly CallModel[];

export const deadpoolRedis = {
  crate: "deadpool_redis",
  package: "deadpool-redis",
  versions: ">=0.10, <0.24",
  source: "https://github.com/deadpool-rs/deadpool",
  encryption: { by: ["rustls", "native-tls"], feature: "tokio-rustls-comp", asked: askedForTls },
  aliases: { "deadpool_redis::redis": "redis" },
  types: { "deadpool_redis::Config": { sort: "configuration", role: "client" } },
  calls,
} as const satisfies CrateModel;
