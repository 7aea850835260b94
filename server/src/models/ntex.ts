/** ntex: the server that binds addresses, in the clear or with a finished TLS configuration. */
import type { CallModel, CrateModel } from "./model.ts";

const SERVER = "ntex::web::HttpServer";
const plaintext = { returns: "self", effects: [{ kind: "listens", argument: 0, transport: "plaintext" }] } as const;
const tls = { returns: "self", effects: [{ kind: "listens", argument: 0, transport: "tls", configuration: 1 }] } as const;

const calls = [
  { path: `${SERVER}::new`, returns: { new: SERVER }, effects: [{ kind: "serves", argument: 0 }] },
  { path: `${SERVER}::bind`, ...plaintext },
  { path: `${SERVER}::listen`, ...plaintext },
  // A socket file is reached by nobody else than the machine's own users.
  { path: `${SERVER}::bind_uds`, returns: "self" },
  { path: `${SERVER}::bind_openssl`, ...tls },
  { path: `${SERVER}::listen_openssl`, ...tls },
  { path: `${SERVER}::bind_rustls`, ...tls },
  { path: `${SERVER}::listen_rustls`, ...tls },
] as const satisfies readonly CallModel[];

export const ntex = {
  crate: "ntex",
  package: "ntex",
  versions: ">=2, <3",
  source: "https://github.com/ntex-rs/ntex",
  types: { "ntex::web::HttpServer": { sort: "listener", role: "server", chains: true } },
  calls,
} as const satisfies CrateModel;
