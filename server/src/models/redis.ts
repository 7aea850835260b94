/** redis: addresses and cluster clients that may be told to accept any certificate or any name. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import {
  acceptsCertificates,
  acceptsNames,
  checkNameAgain,
  checkNameBySetting,
  connectsTo,
  logsIn,
  OVER_TLS,
  PLAINTEXT,
  staysHere,
  takesConfiguration,
  VERIFYING_CLIENT,
  verifyBySetting,
} from "./phrases.ts";

const TLS_MODE = ">=0.23, <2";
const CLIENT = "redis::Client";
const ADDRESS = "redis::ConnectionAddr";
const TLS = "redis::ConnectionAddr::TcpTls";
const INFO = "redis::ConnectionInfo";
const LOGIN = "redis::RedisConnectionInfo";
/** Settings that are fields; later they are set by methods. */
const FIELDS = ">=0.21, <1";
const SETTERS = ">=1, <2";
const CLUSTER = "redis::cluster::ClusterClientBuilder";

/** The scheme of an address decides. */
export const connectsToRedis = [
  {
    kind: "peers",
    argument: 0,
    words: [{ word: "rediss://", states: OVER_TLS }],
    silent: [{ word: "redis://", states: PLAINTEXT }],
    holdsPassword: true,
  },
] as const;

/** All that bring a TLS library, of any release; the last of them are optional dependencies. */
export const askedForTls = {
  of: ["redis", "deadpool-redis", "bb8-redis"],
  features: [
    "tls",
    "tls-native-tls",
    "tls-rustls",
    "tls-rustls-insecure",
    "tls-rustls-webpki-roots",
    "tokio-native-tls-comp",
    "tokio-rustls-comp",
    "async-std-tls-comp",
    "async-std-native-tls-comp",
    "async-std-rustls-comp",
    "smol-native-tls-comp",
    "smol-rustls-comp",
    "native-tls",
    "rustls",
  ],
} as const;

const calls = [
  { path: `${CLIENT}::open`, returns: { new: CLIENT }, effects: [...connectsToRedis, takesConfiguration] },
  {
    path: `${CLIENT}::build_with_tls`,
    versions: ">=0.24, <2",
    returns: { new: CLIENT },
    effects: [...connectsToRedis, takesConfiguration],
  },
  { path: `${ADDRESS}::Tcp`, returns: { new: ADDRESS }, effects: [...connectsTo, { kind: "states", fact: PLAINTEXT }] },
  { path: `${ADDRESS}::Unix`, returns: { new: ADDRESS }, effects: staysHere },
  { path: `${INFO}.addr`, versions: "<1", effects: [takesConfiguration] },
  { path: `${INFO}.redis`, versions: FIELDS, effects: [takesConfiguration] },
  { path: `${LOGIN}.password`, versions: FIELDS, effects: logsIn },
  { path: `${ADDRESS}::into_connection_info`, versions: SETTERS, returns: { becomes: INFO } },
  { path: `${INFO}::set_addr`, versions: SETTERS, returns: "self", effects: [takesConfiguration] },
  { path: `${INFO}::set_redis_settings`, versions: SETTERS, returns: "self", effects: [takesConfiguration] },
  { path: `${LOGIN}::set_password`, versions: SETTERS, returns: "self", effects: [{ kind: "states", fact: { kind: "login" } }] },
  { path: `${TLS}.insecure`, effects: [acceptsCertificates] },
  {
    path: `${ADDRESS}::set_danger_accept_invalid_hostnames`,
    versions: ">=0.26, <2",
    effects: [acceptsNames],
  },
  { path: `${CLUSTER}::new`, returns: { new: CLUSTER } },
  {
    path: `${CLUSTER}::tls`,
    versions: TLS_MODE,
    returns: "self",
    effects: [
      {
        kind: "flags",
        argument: 0,
        cases: [
          { has: ["INSECURE"], states: [{ kind: "server-verification", enabled: false }] },
          { has: ["SECURE"], states: [{ kind: "server-verification", enabled: true }] },
        ],
      },
    ],
  },
  {
    path: `${CLUSTER}::danger_accept_invalid_hostnames`,
    versions: ">=0.26, <2",
    returns: "self",
    effects: [acceptsNames],
  },
] as const satisfies readonly CallModel[];

const recipes = [
  { at: `${TLS}.insecure`, ...verifyBySetting },
  { at: `${ADDRESS}::set_danger_accept_invalid_hostnames`, ...checkNameBySetting },
  {
    at: `${CLUSTER}::tls`,
    gives: { kind: "server-verification", enabled: true },
    title: "Enable certificate verification",
    edit: { kind: "replace-argument", argument: 0, with: "{path:redis::cluster::TlsMode}::Secure" },
  },
  { at: `${CLUSTER}::danger_accept_invalid_hostnames`, ...checkNameAgain },
] as const satisfies readonly Recipe[];

export const redis = {
  crate: "redis",
  package: "redis",
  versions: ">=0.20, <2",
  source: "https://github.com/redis-rs/redis-rs",
  // client.rs: "can't connect with TLS, the feature is not enabled".
  encryption: { by: ["rustls", "native-tls"], feature: "tokio-rustls-comp", asked: askedForTls },
  aliases: { "redis::cluster::TlsMode": "redis::TlsMode" },
  types: {
    "redis::Client": { sort: "configuration", role: "client" },
    "redis::ConnectionAddr": { sort: "configuration", role: "client" },
    [INFO]: { sort: "configuration", role: "client" },
    [LOGIN]: { sort: "configuration", role: "client" },
    "redis::ConnectionAddr::TcpTls": { sort: "configuration", role: "client" },
    "redis::cluster::ClusterClientBuilder": { sort: "configuration", role: "client", chains: true, defaults: VERIFYING_CLIENT },
  },
  values: {
    "redis::TlsMode::Secure": { kind: "flags", bits: ["SECURE"], versions: TLS_MODE },
    "redis::TlsMode::Insecure": { kind: "flags", bits: ["INSECURE"], versions: TLS_MODE },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
