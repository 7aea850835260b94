/** elasticsearch: one setting that says how much of the server's certificate is validated. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { connectsByHttp, logsIn, takesConfiguration, VERIFYING_CLIENT } from "./phrases.ts";

const TRANSPORT = "elasticsearch::http::transport::TransportBuilder";
const VALIDATION = "elasticsearch::cert::CertificateValidation";

const calls = [
  { path: "elasticsearch::http::transport::SingleNodeConnectionPool::new", returns: { argument: 0 } },
  { path: `${TRANSPORT}::new`, returns: { new: TRANSPORT }, effects: connectsByHttp },
  { path: `${TRANSPORT}::auth`, returns: "self", effects: logsIn },
  { path: `${TRANSPORT}::default`, returns: { new: TRANSPORT } },
  {
    path: `${TRANSPORT}::cert_validation`,
    returns: "self",
    effects: [
      {
        kind: "flags",
        argument: 0,
        cases: [
          { has: ["NONE"], states: [{ kind: "server-verification", enabled: false }] },
          { has: ["DEFAULT"], states: [{ kind: "server-verification", enabled: true }] },
        ],
      },
      takesConfiguration,
    ],
  },
  {
    path: `${VALIDATION}::Full`,
    returns: { new: VALIDATION },
    effects: [{ kind: "trusts", argument: 0, source: "certificates" }],
  },
  {
    path: `${VALIDATION}::Certificate`,
    returns: { new: VALIDATION },
    effects: [
      { kind: "trusts", argument: 0, source: "certificates" },
      { kind: "states", fact: { kind: "hostname-verification", enabled: false } },
    ],
  },
] as const satisfies readonly CallModel[];

const recipes = [
  {
    at: `${TRANSPORT}::cert_validation`,
    gives: { kind: "server-verification", enabled: true },
    title: "Enable certificate verification",
    edit: { kind: "remove-segment" },
  },
  {
    at: `${VALIDATION}::Certificate`,
    gives: { kind: "hostname-verification", enabled: true },
    title: "Enable hostname verification",
    edit: { kind: "replace-name", with: "Full" },
  },
] as const satisfies readonly Recipe[];

export const elasticsearch = {
  crate: "elasticsearch",
  package: "elasticsearch",
  versions: ">=7, <10",
  source: "https://github.com/elastic/elasticsearch-rs",
  types: {
    "elasticsearch::http::transport::TransportBuilder": {
      sort: "configuration",
      role: "client",
      chains: true,
      defaults: VERIFYING_CLIENT,
    },
    "elasticsearch::cert::CertificateValidation": { sort: "configuration", role: "client" },
    "elasticsearch::http::transport::SingleNodeConnectionPool": { sort: "other" },
  },
  values: {
    "elasticsearch::cert::CertificateValidation::None": { kind: "flags", bits: ["NONE"] },
    "elasticsearch::cert::CertificateValidation::Default": { kind: "flags", bits: ["DEFAULT"] },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
