/** paho-mqtt: MQTT by Eclipse's C library over OpenSSL; unless it is told otherwise it verifies the certificate, and not whose it is. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { checksCertificates, checksNames, OVER_TLS, PLAINTEXT, takesConfiguration } from "./phrases.ts";

const OPTIONS = "paho_mqtt::SslOptions";
const BUILDER = "paho_mqtt::SslOptionsBuilder";

const CREATE = "paho_mqtt::CreateOptions";
const CREATE_BUILDER = "paho_mqtt::CreateOptionsBuilder";
const CONNECT = "paho_mqtt::ConnectOptions";
const CONNECT_BUILDER = "paho_mqtt::ConnectOptionsBuilder";
const CLIENT = "paho_mqtt::Client";
const ASYNC = "paho_mqtt::AsyncClient";

/** Whether there is TLS, the scheme says (MQTTAsync_create in Eclipse's C library). */
const addressed = [
  {
    kind: "peers",
    argument: 0,
    words: [
      { word: "ssl://", states: OVER_TLS },
      { word: "mqtts://", states: OVER_TLS },
      { word: "wss://", states: OVER_TLS },
    ],
    silent: [
      { word: "tcp://", states: PLAINTEXT },
      { word: "mqtt://", states: PLAINTEXT },
      { word: "ws://", states: PLAINTEXT },
    ],
  },
] as const;
const login = { returns: "self", effects: [{ kind: "states", fact: { kind: "login" } }] } as const;

const connections = [
  { path: `${CREATE_BUILDER}::new`, returns: { new: CREATE_BUILDER } },
  { path: `${CREATE_BUILDER}::server_uri`, returns: "self", effects: addressed },
  { path: `${CREATE_BUILDER}::finalize`, returns: { becomes: CREATE } },
  { path: `${CREATE_BUILDER}::create_client`, returns: { becomes: ASYNC } },
  // Of options or of an address.
  { path: `${CLIENT}::new`, returns: { becomes: CLIENT }, effects: addressed },
  { path: `${ASYNC}::new`, returns: { becomes: ASYNC }, effects: addressed },
  { path: `${CLIENT}::connect`, effects: [takesConfiguration] },
  { path: `${ASYNC}::connect`, effects: [takesConfiguration] },
  { path: `${CONNECT_BUILDER}::new`, returns: { new: CONNECT_BUILDER } },
  { path: `${CONNECT_BUILDER}::ssl_options`, returns: "self", effects: [takesConfiguration] },
  { path: `${CONNECT_BUILDER}::password`, ...login },
  { path: `${CONNECT_BUILDER}::finalize`, returns: { becomes: CONNECT } },
] as const satisfies readonly CallModel[];

const calls = [
  ...connections,
  { path: `${OPTIONS}::new`, returns: { new: OPTIONS } },
  { path: `${OPTIONS}::default`, returns: { new: OPTIONS } },
  { path: `${BUILDER}::new`, returns: { new: BUILDER } },
  { path: `${BUILDER}::default`, returns: { new: BUILDER } },
  { path: `${BUILDER}::enable_server_cert_auth`, returns: "self", effects: [checksCertificates] },
  { path: `${BUILDER}::verify`, returns: "self", effects: [checksNames] },
  {
    path: `${BUILDER}::trust_store`,
    returns: "self",
    effects: [
      { kind: "trusts", argument: 0, source: "path" },
      { kind: "loads", argument: 0, reads: "certificates" },
    ],
  },
  { path: `${BUILDER}::key_store`, returns: "self", effects: [{ kind: "loads", argument: 0, reads: "certificates", as: "own-chain" }] },
  { path: `${BUILDER}::private_key`, returns: "self", effects: [{ kind: "loads", argument: 0, reads: "private-key", as: "own-key" }] },
  { path: `${BUILDER}::ca_path`, returns: "self" },
  { path: `${BUILDER}::finalize`, returns: { becomes: OPTIONS } },
] as const satisfies readonly CallModel[];

const named = {
  gives: { kind: "hostname-verification", enabled: true },
  title: "Enable hostname verification",
} as const;

const recipes = [
  {
    at: `${BUILDER}::enable_server_cert_auth`,
    gives: { kind: "server-verification", enabled: true },
    title: "Enable certificate verification",
    edit: { kind: "replace-argument", argument: 0, with: "true" },
  },
  { at: `${BUILDER}::verify`, ...named, edit: { kind: "replace-argument", argument: 0, with: "true" } },
  { at: `${BUILDER}::new`, ...named, edit: { kind: "keep" }, after: "{bound}.verify(true);" },
  { at: `${BUILDER}::default`, ...named, edit: { kind: "keep" }, after: "{bound}.verify(true);" },
  {
    at: `${OPTIONS}::new`,
    ...named,
    edit: { kind: "replace-expression", with: `{path:${BUILDER}}::new().verify(true).finalize()` },
  },
  {
    at: `${OPTIONS}::default`,
    ...named,
    edit: { kind: "replace-expression", with: `{path:${BUILDER}}::new().verify(true).finalize()` },
  },
] as const satisfies readonly Recipe[];

/** `enableServerCertAuth: 1, verify: 0` (paho-mqtt-sys, lib.rs). */
const DEFAULTS = [
  { fact: { kind: "server-verification", enabled: true } },
  { fact: { kind: "hostname-verification", enabled: false } },
] as const;

export const pahoMqtt = {
  crate: "paho_mqtt",
  package: "paho-mqtt",
  versions: ">=0.12, <0.15",
  source: "https://github.com/eclipse-paho/paho.mqtt.rust",
  stack: "openssl",
  types: {
    "paho_mqtt::SslOptions": { sort: "configuration", role: "client", defaults: DEFAULTS },
    "paho_mqtt::SslOptionsBuilder": { sort: "configuration", role: "client", defaults: DEFAULTS },
    [CREATE]: { sort: "configuration", role: "client" },
    [CREATE_BUILDER]: { sort: "configuration", role: "client", chains: true },
    [CONNECT]: { sort: "configuration", role: "client" },
    [CONNECT_BUILDER]: { sort: "configuration", role: "client", chains: true },
    [CLIENT]: { sort: "configuration", role: "client" },
    [ASYNC]: { sort: "configuration", role: "client" },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
