/** bb8-redis: pools of redis. */
import type { CallModel, CrateModel } from "./model.ts";
import { askedForTls, connectsToRedis } from "./redis.ts";

const MANAGER = "bb8_redis::RedisConnectionManager";

const calls = [{ path: `${MANAGER}::new`, returns: { new: MANAGER }, effects: connectsToRedis }] as const satisfies readonly CallModel[];

export const bb8Redis = {
  crate: "bb8_redis",
  package: "bb8-redis",
  versions: ">=0.13, <0.27",
  source: "https://github.com/djc/bb8",
  encryption: { by: ["rustls", "native-tls"], feature: "tokio-rustls-comp", of: "redis", asked: askedForTls },
  aliases: { "bb8_redis::redis": "redis" },
  types: { "bb8_redis::RedisConnectionManager": { sort: "configuration", role: "client" } },
  calls,
} as const satisfies CrateModel;
