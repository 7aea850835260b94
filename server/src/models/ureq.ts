/** ureq: a blocking HTTP client; 2 takes finished TLS configurations, 3 has one switch that turns all verification off. */
import type { CallModel, CrateModel } from "./model.ts";
import { asksByHttp, knownByHeader, takesConfiguration, VERIFYING_CLIENT } from "./phrases.ts";

const BUILDER = "ureq::tls::TlsConfigBuilder";
const AGENT = "ureq::AgentBuilder";
const OLD = ">=2, <3";
const NEW = ">=3, <4";

const REQUEST = "ureq::Request";
const REQUEST_BUILDER = "ureq::RequestBuilder";

const asks = { beside: true, versions: OLD, returns: { of: REQUEST, arguments: 1 }, effects: asksByHttp } as const;
const asksBy = { ...asks, returns: { of: REQUEST, arguments: 2 }, effects: [{ ...asksByHttp[0], argument: 1 }] } as const;
const asksNow = { beside: true, versions: NEW, returns: { of: REQUEST_BUILDER, arguments: 1 }, effects: asksByHttp } as const;
const header = { beside: true, returns: "self", effects: knownByHeader } as const;

const requests = [
  { path: "ureq::get", ...asksNow },
  { path: "ureq::get", ...asks },
  { path: "ureq::post", ...asksNow },
  { path: "ureq::post", ...asks },
  { path: "ureq::put", ...asksNow },
  { path: "ureq::put", ...asks },
  { path: "ureq::patch", ...asksNow },
  { path: "ureq::patch", ...asks },
  { path: "ureq::delete", ...asksNow },
  { path: "ureq::delete", ...asks },
  { path: "ureq::request", ...asksBy },
  { path: "ureq::Agent::get", ...asksNow },
  { path: "ureq::Agent::get", ...asks },
  { path: "ureq::Agent::post", ...asksNow },
  { path: "ureq::Agent::post", ...asks },
  { path: "ureq::Agent::put", ...asksNow },
  { path: "ureq::Agent::put", ...asks },
  { path: "ureq::Agent::patch", ...asksNow },
  { path: "ureq::Agent::patch", ...asks },
  { path: "ureq::Agent::delete", ...asksNow },
  { path: "ureq::Agent::delete", ...asks },
  { path: "ureq::Agent::request", ...asksBy },
  { path: `${REQUEST}::set`, versions: OLD, ...header },
  { path: `${REQUEST_BUILDER}::header`, versions: NEW, ...header },
] as const satisfies readonly CallModel[];

const calls = [
  ...requests,
  { path: `${AGENT}::new`, versions: OLD, returns: { new: AGENT } },
  // rustls' configuration, or anything that makes streams: native-tls' connector is one.
  { path: `${AGENT}::tls_config`, versions: OLD, returns: "self", effects: [takesConfiguration] },
  { path: `${AGENT}::tls_connector`, versions: OLD, returns: "self", effects: [takesConfiguration] },
  { path: `${AGENT}::build`, versions: OLD, returns: { becomes: "ureq::Agent" } },

  { path: "ureq::tls::TlsConfig::builder", versions: NEW, returns: { new: BUILDER } },
  {
    path: `${BUILDER}::disable_verification`,
    versions: NEW,
    returns: "self",
    effects: [
      {
        kind: "switch",
        argument: 0,
        on: { kind: "server-verification", enabled: false },
        off: { kind: "server-verification", enabled: true },
      },
    ],
  },
  { path: `${BUILDER}::root_certs`, versions: NEW, returns: "self" },
  { path: `${BUILDER}::build`, versions: NEW, returns: { becomes: "ureq::tls::TlsConfig" } },
  {
    path: "ureq::tls::Certificate::from_pem",
    versions: NEW,
    returns: { new: "ureq::tls::Certificate" },
    effects: [
      { kind: "loads", argument: 0, reads: "first-certificate" },
      { kind: "takes-first", argument: 0 },
    ],
    fails: "certificate",
  },
  {
    path: "ureq::tls::parse_pem",
    versions: NEW,
    returns: { new: "ureq::tls::Certificate" },
    effects: [{ kind: "loads", argument: 0, reads: "any" }],
  },
] as const satisfies readonly CallModel[];

export const ureq = {
  crate: "ureq",
  package: "ureq",
  versions: ">=2.6, <4",
  source: "https://github.com/algesten/ureq",
  types: {
    "ureq::AgentBuilder": { sort: "configuration", role: "client", chains: true },
    "ureq::Agent": { sort: "configuration", role: "client" },
    [REQUEST]: { sort: "other", role: "client", chains: true },
    [REQUEST_BUILDER]: { sort: "other", role: "client", chains: true },
    "ureq::tls::TlsConfigBuilder": { sort: "configuration", role: "client", chains: true, defaults: VERIFYING_CLIENT },
    "ureq::tls::TlsConfig": { sort: "configuration", role: "client" },
    "ureq::tls::Certificate": { sort: "certificates" },
  },
  calls,
  recipes: [
    {
      at: `${BUILDER}::disable_verification`,
      versions: NEW,
      gives: { kind: "server-verification", enabled: true },
      title: "Enable certificate verification",
      edit: { kind: "remove-segment" },
    },
  ],
} as const satisfies CrateModel;
