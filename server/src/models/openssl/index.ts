/** openssl 0.10: the bindings to OpenSSL, servers and clients. */
import type { CrateModel } from "../model.ts";
import { calls } from "./calls.ts";
import { byHand, recipes } from "./recipes.ts";
import { types, values } from "./types.ts";

export const openssl = {
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
