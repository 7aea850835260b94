/** ureq: a blocking HTTP client; 2 takes finished TLS configurations, 3 has one switch that turns all verification off. */
import type { CallModel, CrateModel } from "./model.ts";
import { takesConfiguration, VERIFYING_CLIENT } from "./phrases.ts";

const BUILDER = "ureq::tls::TlsConfigBuilder";
const AGENT = "ureq::AgentBuilder";
const OLD = ">=2, <3";
const NEW = ">=3, <4";

const calls = [
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
      applicability: "safe",
    },
  ],
} as const satisfies CrateModel;
