/** rustls 0.15 to 0.23: servers, clients, trust stores, verifiers. */
import type { CallModel, CrateModel, Recipe } from "../model.ts";
import { calls } from "./calls.ts";
import { oldByHand, oldCalls, oldRecipes, oldTraits, oldTypes } from "./old.ts";
import { recipes } from "./recipes.ts";
import { refusals } from "./refusals.ts";
import { types, values, verifierTraits } from "./types.ts";

/** What states no range holds since the builders came. */
const SINCE = { versions: ">=0.20, <0.24" } as const;
const recentCalls: readonly CallModel[] = calls.map((it) => ({ ...SINCE, ...it }));
const recentRecipes: readonly Recipe[] = recipes.map((it) => ({ ...SINCE, ...it }));

export const rustls = {
  crate: "rustls",
  package: "rustls",
  versions: ">=0.15, <0.24",
  source: "https://github.com/rustls/rustls",
  stack: "rustls",
  aliases: {
    "rustls::server::ServerConfig": "rustls::ServerConfig",
    "rustls::server::ServerConnection": "rustls::ServerConnection",
    "rustls::client::ClientConfig": "rustls::ClientConfig",
    "rustls::client::ClientConnection": "rustls::ClientConnection",
    "rustls::pki_types": "rustls_pki_types",
  },
  types: { ...types, ...oldTypes },
  values,
  calls: [...recentCalls, ...oldCalls],
  verifierTraits: [...verifierTraits, ...oldTraits],
  refusals,
  recipes: [...recentRecipes, ...oldRecipes],
  byHand: oldByHand,
} satisfies CrateModel;
