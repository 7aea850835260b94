/** actix-server 2: connections as they come; whether TLS is spoken on them is up to the service. */
import type { CallModel, CrateModel } from "./model.ts";

const BUILDER = "actix_server::ServerBuilder";
const listens = { returns: "self", effects: [{ kind: "listens", argument: 1, transport: "plaintext", handler: 2 }] } as const;

const calls = [
  { path: `${BUILDER}::new`, returns: { new: BUILDER } },
  { path: `${BUILDER}::default`, returns: { new: BUILDER } },
  { path: "actix_server::Server::build", returns: { new: BUILDER } },
  { path: `${BUILDER}::bind`, ...listens },
  { path: `${BUILDER}::listen`, ...listens },
] as const satisfies readonly CallModel[];

export const actixServer = {
  crate: "actix_server",
  package: "actix-server",
  versions: ">=2, <3",
  source: "https://github.com/actix/actix-net",
  types: {
    "actix_server::ServerBuilder": { sort: "listener", role: "server", chains: true },
    "actix_server::Server": { sort: "other" },
  },
  calls,
} as const satisfies CrateModel;
