/** rustls 0.20 to 0.23: servers, clients, trust stores, verifiers. */
import type { CrateModel } from "../model.ts";
import { calls } from "./calls.ts";
import { recipes } from "./recipes.ts";
import { types, values, verifierTraits } from "./types.ts";

export const rustls = {
  crate: "rustls",
  package: "rustls",
  versions: ">=0.20, <0.24",
  source: "https://github.com/rustls/rustls",
  stack: "rustls",
  aliases: {
    "rustls::server::ServerConfig": "rustls::ServerConfig",
    "rustls::server::ServerConnection": "rustls::ServerConnection",
    "rustls::client::ClientConfig": "rustls::ClientConfig",
    "rustls::client::ClientConnection": "rustls::ClientConnection",
    "rustls::pki_types": "rustls_pki_types",
  },
  types,
  values,
  calls,
  verifierTraits,
  recipes,
} as const satisfies CrateModel;
