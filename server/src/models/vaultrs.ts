/** vaultrs: the address and the token of a vault, and a switch that turns verification off. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { checksCertificates, connectsByHttp, takesConfiguration } from "./phrases.ts";

const BUILDER = "vaultrs::client::VaultClientSettingsBuilder";
const SETTINGS = "vaultrs::client::VaultClientSettings";
const CLIENT = "vaultrs::client::VaultClient";

const calls = [
  { path: `${BUILDER}::default`, returns: { new: BUILDER } },
  { path: `${BUILDER}::address`, returns: "self", effects: connectsByHttp },
  { path: `${BUILDER}::token`, returns: "self", effects: [{ kind: "states", fact: { kind: "login" } }] },
  { path: `${BUILDER}::verify`, returns: "self", effects: [checksCertificates] },
  { path: `${BUILDER}::build`, returns: { becomes: SETTINGS } },
  { path: `${CLIENT}::new`, returns: { new: CLIENT }, effects: [takesConfiguration] },
] as const satisfies readonly CallModel[];

const recipes = [
  {
    at: `${BUILDER}::verify`,
    gives: { kind: "server-verification", enabled: true },
    title: "Enable certificate verification",
    edit: { kind: "replace-argument", argument: 0, with: "true" },
  },
] as const satisfies readonly Recipe[];

export const vaultrs = {
  crate: "vaultrs",
  package: "vaultrs",
  versions: ">=0.6, <0.9",
  source: "https://github.com/jmgilman/vaultrs",
  types: {
    // client.rs: unless `VAULT_SKIP_VERIFY` is set.
    [BUILDER]: {
      sort: "configuration",
      role: "client",
      chains: true,
      defaults: [{ fact: { kind: "server-verification", enabled: true } }],
    },
    [SETTINGS]: { sort: "configuration", role: "client" },
    [CLIENT]: { sort: "other" },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
