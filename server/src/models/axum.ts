/** axum: its own way to serve an application, always in plaintext, which matters where the same application is served with TLS, too. */
import type { CallModel, CrateModel } from "./model.ts";

const SERVE = "axum::serve::Serve";

const calls = [
  {
    path: "axum::serve",
    beside: true,
    returns: { new: SERVE },
    effects: [
      { kind: "listens", argument: 0, transport: "plaintext" },
      { kind: "serves", argument: 1 },
    ],
  },
] as const satisfies readonly CallModel[];

export const axum = {
  crate: "axum",
  package: "axum",
  versions: ">=0.7, <0.9",
  source: "https://github.com/tokio-rs/axum",
  beside: true,
  aliases: { "axum::http": "http" },
  types: { "axum::serve::Serve": { sort: "listener", role: "server", chains: true } },
  calls,
} as const satisfies CrateModel;
