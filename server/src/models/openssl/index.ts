/** openssl 0.6 to 0.10: the bindings to OpenSSL, servers and clients. */
import type { CallModel, CrateModel, Recipe, ValueModel } from "../model.ts";
import { calls } from "./calls.ts";
import { nineByHand, nineCalls, nineRecipes, nineValues, remediesSinceNine, sinceNine } from "./first-builders.ts";
import { oldByHand, oldCalls, oldDefaults, oldRecipes, oldValues } from "./old.ts";
import { byHand, recipes } from "./recipes.ts";
import { types, values } from "./types.ts";

/** What forks of it mirror. */
export const openssl010 = {
  crate: "openssl",
  package: "openssl",
  versions: ">=0.10, <0.11",
  source: "https://github.com/rust-openssl/rust-openssl",
  error: { type: "openssl::error::ErrorStack" },
  stack: "openssl",
  types,
  values,
  calls,
  recipes,
  byHand,
} as const satisfies CrateModel;

/** What states no range holds since the builders came as they are, or since the release of 0.9 that has it in the same words. */
const since = (release = "0.10"): { readonly versions: string } => ({ versions: `>=${release}, <0.11` });
const recentCalls: readonly CallModel[] = calls.map((it) => ({ ...since(sinceNine[it.path]), ...it }));
const recentValues = Object.fromEntries(Object.entries<ValueModel>(values).map(([path, it]) => [path, { ...since(), ...it }]));
const recentRecipes: readonly Recipe[] = recipes.map((it) => ({ ...since(remediesSinceNine[it.at]), ...it }));

export const openssl = {
  ...openssl010,
  versions: ">=0.6, <0.11",
  types: { ...types, "openssl::ssl::SslContext": { ...types["openssl::ssl::SslContext"], defaults: oldDefaults } },
  values: { ...recentValues, ...nineValues, ...oldValues },
  calls: [...recentCalls, ...nineCalls, ...oldCalls],
  recipes: [...recentRecipes, ...nineRecipes, ...oldRecipes],
  byHand: [...byHand, ...nineByHand, ...oldByHand],
} satisfies CrateModel;
