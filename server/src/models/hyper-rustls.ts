/** hyper-rustls: a connector around a finished rustls configuration, or around the platform's or the web's roots. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { takesConfiguration, trustsSystem } from "./phrases.ts";

const BUILDER = "hyper_rustls::HttpsConnectorBuilder";
const CONNECTOR = "hyper_rustls::HttpsConnector";
const system = { returns: "self", effects: [trustsSystem] } as const;

const calls = [
  { path: `${BUILDER}::new`, returns: { new: BUILDER } },
  { path: `${CONNECTOR}::builder`, versions: ">=0.27.5, <0.28", returns: { new: BUILDER } },
  { path: `${BUILDER}::with_tls_config`, returns: "self", effects: [takesConfiguration] },
  { path: `${BUILDER}::with_native_roots`, ...system },
  { path: `${BUILDER}::with_webpki_roots`, ...system },
  { path: `${BUILDER}::with_provider_and_native_roots`, versions: ">=0.27, <0.28", ...system },
  { path: `${BUILDER}::with_provider_and_webpki_roots`, versions: ">=0.27, <0.28", ...system },
  // builder.rs: "HTTP URLs will be handled by the lower-level connector".
  {
    path: `${BUILDER}::https_or_http`,
    returns: "self",
    effects: [{ kind: "states", fact: { kind: "upstream", reach: "unknown", credentials: false, permitted: true } }],
  },
] as const satisfies readonly CallModel[];

const recipes = [
  {
    at: `${BUILDER}::https_or_http`,
    gives: { kind: "upstream" },
    title: "Reject URLs without TLS",
    edit: { kind: "replace-name", with: "https_only" },
  },
] as const satisfies readonly Recipe[];

export const hyperRustls = {
  crate: "hyper_rustls",
  package: "hyper-rustls",
  versions: ">=0.23, <0.28",
  source: "https://github.com/rustls/hyper-rustls",
  stack: "rustls",
  types: {
    "hyper_rustls::HttpsConnectorBuilder": { sort: "configuration", role: "client", chains: true },
    "hyper_rustls::HttpsConnector": { sort: "configuration", role: "client" },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
