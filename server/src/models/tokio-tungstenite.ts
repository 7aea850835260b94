/** tokio-tungstenite: WebSockets over a finished TLS configuration. A plain connector refuses `wss://`. */
import type { CallModel, CrateModel } from "./model.ts";
import { takesConfiguration } from "./phrases.ts";

const CONNECTOR = "tokio_tungstenite::Connector";

const calls = [
  { path: `${CONNECTOR}::NativeTls`, returns: { new: CONNECTOR }, effects: [takesConfiguration] },
  { path: `${CONNECTOR}::Rustls`, returns: { new: CONNECTOR }, effects: [takesConfiguration] },
] as const satisfies readonly CallModel[];

export const tokioTungstenite = {
  crate: "tokio_tungstenite",
  package: "tokio-tungstenite",
  versions: ">=0.17, <0.31",
  source: "https://github.com/snapview/tokio-tungstenite",
  types: { "tokio_tungstenite::Connector": { sort: "configuration", role: "client" } },
  calls,
} as const satisfies CrateModel;
