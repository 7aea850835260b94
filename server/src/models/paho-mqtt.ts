/** paho-mqtt: MQTT by Eclipse's C library over OpenSSL; unless it is told otherwise it verifies the certificate, and not whose it is. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { checksCertificates, checksNames } from "./phrases.ts";

const OPTIONS = "paho_mqtt::SslOptions";
const BUILDER = "paho_mqtt::SslOptionsBuilder";

const calls = [
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
    applicability: "safe",
  },
  { at: `${BUILDER}::verify`, ...named, edit: { kind: "replace-argument", argument: 0, with: "true" }, applicability: "safe" },
  { at: `${BUILDER}::new`, ...named, edit: { kind: "keep" }, after: "{bound}.verify(true);", applicability: "review" },
  { at: `${BUILDER}::default`, ...named, edit: { kind: "keep" }, after: "{bound}.verify(true);", applicability: "review" },
  {
    at: `${OPTIONS}::new`,
    ...named,
    edit: { kind: "replace-expression", with: `{path:${BUILDER}}::new().verify(true).finalize()` },
    applicability: "review",
  },
  {
    at: `${OPTIONS}::default`,
    ...named,
    edit: { kind: "replace-expression", with: `{path:${BUILDER}}::new().verify(true).finalize()` },
    applicability: "review",
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
  },
  calls,
  recipes,
} as const satisfies CrateModel;
