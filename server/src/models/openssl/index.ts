/** openssl 0.6 to 0.8 and 0.10: the bindings to OpenSSL, servers and clients. */
import type { CallModel, CrateModel, Recipe, ValueModel } from "../model.ts";
import { calls } from "./calls.ts";
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

/** What states no range holds since the builders came as they are. */
const SINCE = { versions: ">=0.10, <0.11" } as const;
const recentCalls: readonly CallModel[] = calls.map((it) => ({ ...SINCE, ...it }));
const recentValues = Object.fromEntries(Object.entries<ValueModel>(values).map(([path, it]) => [path, { ...SINCE, ...it }]));
const recentRecipes: readonly Recipe[] = recipes.map((it) => ({ ...SINCE, ...it }));

export const openssl = {
  ...openssl010,
  // Of 0.9 nothing is known.
  versions: ">=0.6, <0.11",
  types: { ...types, "openssl::ssl::SslContext": { ...types["openssl::ssl::SslContext"], defaults: oldDefaults } },
  values: { ...recentValues, ...oldValues },
  calls: [...recentCalls, ...oldCalls],
  recipes: [...recentRecipes, ...oldRecipes],
  byHand: [...byHand, ...oldByHand],
} satisfies CrateModel;
