/** hyper-openssl: OpenSSL as hyper's connector, with a hook that may weaken each connection. */
import type { CallModel, CrateModel, Effect } from "./model.ts";

const LEGACY = "hyper_openssl::client::legacy::HttpsConnector";
const LAYER = "hyper_openssl::client::legacy::HttpsLayer";

const configuresEach = { kind: "calls", argument: 0, with: ["openssl::ssl::ConnectConfiguration"] } as const satisfies Effect;

const calls = [
  { path: `${LEGACY}::new`, returns: { new: LEGACY } },
  { path: `${LEGACY}::with_connector`, returns: { new: LEGACY }, effects: [{ kind: "takes", argument: 1, part: "configuration" }] },
  { path: `${LEGACY}::set_callback`, effects: [configuresEach] },
  { path: `${LAYER}::new`, returns: { new: LAYER } },
  { path: `${LAYER}::with_connector`, returns: { new: LAYER }, effects: [{ kind: "takes", argument: 0, part: "configuration" }] },
  { path: `${LAYER}::set_callback`, effects: [configuresEach] },
] as const satisfies readonly CallModel[];

export const hyperOpenssl = {
  crate: "hyper_openssl",
  package: "hyper-openssl",
  versions: ">=0.10, <0.11",
  source: "https://github.com/sfackler/hyper-openssl",
  stack: "openssl",
  types: {
    "hyper_openssl::client::legacy::HttpsConnector": { sort: "configuration", role: "client" },
    "hyper_openssl::client::legacy::HttpsLayer": { sort: "configuration", role: "client" },
  },
  calls,
} as const satisfies CrateModel;
