/** s2n-tls-tokio: the two sides over a finished configuration of s2n-tls. */
import type { CallModel, CrateModel } from "./model.ts";
import { takesConfiguration } from "./phrases.ts";

const ACCEPTOR = "s2n_tls_tokio::TlsAcceptor";
const CONNECTOR = "s2n_tls_tokio::TlsConnector";

const calls = [
  { path: `${ACCEPTOR}::new`, returns: { new: ACCEPTOR }, effects: [takesConfiguration] },
  { path: `${CONNECTOR}::new`, returns: { new: CONNECTOR }, effects: [takesConfiguration] },
] as const satisfies readonly CallModel[];

export const s2nTlsTokio = {
  crate: "s2n_tls_tokio",
  package: "s2n-tls-tokio",
  versions: ">=0.3, <0.4",
  source: "https://github.com/aws/s2n-tls",
  types: {
    "s2n_tls_tokio::TlsAcceptor": { sort: "configuration", role: "server" },
    "s2n_tls_tokio::TlsConnector": { sort: "configuration", role: "client" },
  },
  calls,
} as const satisfies CrateModel;
