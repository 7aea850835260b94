/** rdkafka: librdkafka's settings are set by name, and their values are text. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { VERIFYING_CLIENT } from "./phrases.ts";

const CONFIG = "rdkafka::ClientConfig";

/** Of the client: its certificate, or the key to it. */
const OWN = { kind: "own-certificate", there: true } as const;
/** rdkafka_broker.c authenticates over `sasl_plaintext` and `sasl_ssl` alone, whatever else is set. */
const UNAUTHENTICATED = { kind: "upgrade", demand: "never", credentials: false } as const;

const calls = [
  { path: `${CONFIG}::new`, returns: { new: CONFIG } },
  { path: `${CONFIG}::default`, returns: { new: CONFIG } },
  {
    path: `${CONFIG}::set`,
    returns: "self",
    effects: [
      {
        kind: "keyed",
        key: 0,
        argument: 1,
        // librdkafka's CONFIGURATION.md; booleans are also written `0` and `f` (rdkafka_conf.c).
        cases: [
          { key: "enable.ssl.certificate.verification", is: ["false", "f", "0"], states: { kind: "server-verification", enabled: false } },
          { key: "enable.ssl.certificate.verification", is: ["true", "t", "1"], states: { kind: "server-verification", enabled: true } },
          { key: "ssl.endpoint.identification.algorithm", is: ["none"], states: { kind: "hostname-verification", enabled: false } },
          { key: "ssl.endpoint.identification.algorithm", is: ["https"], states: { kind: "hostname-verification", enabled: true } },
          { key: "security.protocol", is: ["plaintext"], states: UNAUTHENTICATED },
          { key: "security.protocol", is: ["sasl_plaintext"], states: { kind: "upgrade", demand: "never" } },
          { key: "security.protocol", is: ["ssl", "sasl_ssl"], states: { kind: "upgrade", demand: "required" } },
          { key: "sasl.password", states: { kind: "login" } },
          { key: "ssl.certificate.pem", states: OWN },
          { key: "ssl.certificate.location", states: OWN },
          { key: "ssl.key.pem", states: OWN },
          { key: "ssl.key.location", states: OWN },
          { key: "ssl.keystore.location", states: OWN },
          { key: "bootstrap.servers", states: "peer" },
          { key: "metadata.broker.list", states: "peer" },
        ],
      },
    ],
  },
  { path: `${CONFIG}::create`, returns: { new: "rdkafka::client::Client" } },
  { path: `${CONFIG}::create_with_context`, returns: { new: "rdkafka::client::Client" } },
] as const satisfies readonly CallModel[];

const recipes = [
  {
    at: `${CONFIG}::set`,
    gives: { kind: "server-verification", enabled: true },
    title: "Enable certificate verification of the broker",
    edit: { kind: "replace-argument", argument: 1, with: '"true"' },
  },
  {
    at: `${CONFIG}::set`,
    gives: { kind: "hostname-verification", enabled: true },
    title: "Enable hostname verification of the broker",
    edit: { kind: "replace-argument", argument: 1, with: '"https"' },
  },
] as const satisfies readonly Recipe[];

export const rdkafka = {
  crate: "rdkafka",
  package: "rdkafka",
  versions: ">=0.30, <0.40",
  source: "https://github.com/fede1024/rust-rdkafka",
  aliases: { "rdkafka::config::ClientConfig": "rdkafka::ClientConfig" },
  types: {
    // librdkafka's CONFIGURATION.md: `security.protocol` is `plaintext` until another is set.
    "rdkafka::ClientConfig": {
      sort: "configuration",
      role: "client",
      defaults: [...VERIFYING_CLIENT, { fact: UNAUTHENTICATED }],
    },
    "rdkafka::client::Client": { sort: "stream" },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
