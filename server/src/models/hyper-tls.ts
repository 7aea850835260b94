/** hyper-tls: native-tls as hyper's connector; it takes a finished one, or makes one that verifies. */
import type { CallModel, CrateModel } from "./model.ts";

const CONNECTOR = "hyper_tls::HttpsConnector";

const calls = [
  { path: `${CONNECTOR}::new`, returns: { new: CONNECTOR } },
  { path: `${CONNECTOR}::new_with_connector`, returns: { new: CONNECTOR } },
  // `From<(HttpConnector, tokio_native_tls::TlsConnector)>`.
  {
    path: `${CONNECTOR}::from`,
    returns: { new: CONNECTOR },
    effects: [{ kind: "takes", argument: 0, part: "configuration" }],
  },
  { path: `${CONNECTOR}::https_only` },
] as const satisfies readonly CallModel[];

export const hyperTls = {
  crate: "hyper_tls",
  package: "hyper-tls",
  versions: ">=0.5, <0.7",
  source: "https://github.com/hyperium/hyper-tls",
  stack: "native-tls",
  types: { "hyper_tls::HttpsConnector": { sort: "configuration", role: "client" } },
  calls,
} as const satisfies CrateModel;
