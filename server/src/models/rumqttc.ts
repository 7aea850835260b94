/** rumqttc: MQTT over a finished TLS configuration, or over a native one that reads the first certificate of a file only. */
import type { CallModel, CrateModel } from "./model.ts";
import { PLAINTEXT, takesCertificates, takesConfiguration } from "./phrases.ts";

const CONFIGURATION = "rumqttc::TlsConfiguration";
const TRANSPORT = "rumqttc::Transport";
const SIMPLE = "rumqttc::TlsConfiguration::Simple";
const NATIVE = "rumqttc::TlsConfiguration::SimpleNative";

const OPTIONS = "rumqttc::MqttOptions";
/** The client of MQTT 5 has a type of its own, with the same calls. */
const OPTIONS_5 = "rumqttc::v5::MqttOptions";
/** Older releases have neither it nor native-tls. */
const SINCE_5 = ">=0.20, <0.26";
/** What connects, with what polls it: neither can change what they were made of. */
const CLIENT = "rumqttc::Client";
const ASYNC = "rumqttc::AsyncClient";
const CLIENT_5 = "rumqttc::v5::Client";
const ASYNC_5 = "rumqttc::v5::AsyncClient";
const addressed = { returns: { new: OPTIONS }, effects: [{ kind: "peers", argument: 1 }] } as const;
// Both are always given.
const login = { returns: "self", effects: [{ kind: "states", fact: { kind: "login" } }] } as const;
const transport = {
  returns: "self",
  effects: [takesConfiguration, { kind: "flags", argument: 0, cases: [{ has: ["TCP"], states: [PLAINTEXT] }] }],
} as const;

const calls = [
  { path: `${TRANSPORT}::tls_with_config`, returns: { new: TRANSPORT }, effects: [takesConfiguration] },
  { path: `${TRANSPORT}::Tls`, returns: { new: TRANSPORT }, effects: [takesConfiguration] },
  { path: `${CONFIGURATION}::Rustls`, returns: { new: CONFIGURATION }, effects: [takesConfiguration] },
  { path: `${SIMPLE}.client_auth`, effects: [takesCertificates] },
  {
    path: `${NATIVE}.ca`,
    versions: SINCE_5,
    // `native_tls::Certificate::from_pem` in tls.rs takes the first; the system's roots stay trusted.
    effects: [
      { kind: "trusts", argument: 0, source: "path" },
      { kind: "takes-first", argument: 0 },
    ],
  },
  { path: `${OPTIONS}::new`, ...addressed },
  { path: `${OPTIONS}::set_credentials`, ...login },
  { path: `${OPTIONS}::set_transport`, ...transport },
  { path: `${OPTIONS_5}::new`, versions: SINCE_5, ...addressed, returns: { new: OPTIONS_5 } },
  { path: `${OPTIONS_5}::set_credentials`, versions: SINCE_5, ...login },
  { path: `${OPTIONS_5}::set_transport`, versions: SINCE_5, ...transport },
  { path: `${CLIENT}::new`, returns: { new: CLIENT }, effects: [takesConfiguration] },
  { path: `${ASYNC}::new`, returns: { new: ASYNC }, effects: [takesConfiguration] },
  { path: `${CLIENT_5}::new`, versions: SINCE_5, returns: { new: CLIENT_5 }, effects: [takesConfiguration] },
  { path: `${ASYNC_5}::new`, versions: SINCE_5, returns: { new: ASYNC_5 }, effects: [takesConfiguration] },
] as const satisfies readonly CallModel[];

export const rumqttc = {
  crate: "rumqttc",
  package: "rumqttc",
  versions: ">=0.8, <0.26",
  source: "https://github.com/bytebeamio/rumqtt",
  encryption: { by: ["rustls", "native-tls"], feature: "use-rustls" },
  aliases: { "rumqttc::tokio_rustls": "tokio_rustls" },
  types: {
    "rumqttc::TlsConfiguration": { sort: "configuration", role: "client" },
    "rumqttc::TlsConfiguration::SimpleNative": { sort: "configuration", role: "client" },
    [SIMPLE]: { sort: "configuration", role: "client" },
    "rumqttc::Transport": { sort: "configuration", role: "client" },
    [CLIENT]: { sort: "other" },
    [ASYNC]: { sort: "other" },
    [CLIENT_5]: { sort: "other" },
    [ASYNC_5]: { sort: "other" },
    // lib.rs: `transport: Transport::tcp()` until another is set.
    [OPTIONS]: { sort: "configuration", role: "client", chains: true, defaults: [{ fact: PLAINTEXT }] },
    [OPTIONS_5]: { sort: "configuration", role: "client", chains: true, defaults: [{ fact: PLAINTEXT }] },
  },
  values: {
    "rumqttc::Transport::Tcp": { kind: "flags", bits: ["TCP"] },
    "rumqttc::Transport::tcp": { kind: "flags", bits: ["TCP"], call: true },
  },
  calls,
} as const satisfies CrateModel;
