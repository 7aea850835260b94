/** surf 2: a client that takes a finished TLS configuration, async-native-tls' or that of rustls 0.18. */
import type { CallModel, CrateModel } from "./model.ts";
import { takesConfiguration } from "./phrases.ts";

const CONFIG = "surf::Config";

const calls = [
  { path: `${CONFIG}::new`, returns: { new: CONFIG } },
  { path: `${CONFIG}::default`, returns: { new: CONFIG } },
  { path: `${CONFIG}::set_tls_config`, returns: "self", effects: [takesConfiguration] },
] as const satisfies readonly CallModel[];

export const surf = {
  crate: "surf",
  package: "surf",
  versions: ">=2.3, <3",
  source: "https://github.com/http-rs/surf",
  types: { "surf::Config": { sort: "configuration", role: "client", chains: true } },
  calls,
} as const satisfies CrateModel;
