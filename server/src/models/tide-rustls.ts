/** tide-rustls 0.3: a listener over rustls 0.19 that asks for no client certificate unless it is given a configuration. */
import type { ByHand, CallModel, CrateModel } from "./model.ts";
import { asksNoClients, ownChain, ownKey, takesConfiguration } from "./phrases.ts";

const LISTENER = "tide_rustls::TlsListener";
const BUILDER = "tide_rustls::TlsListenerBuilder";

const calls = [
  { path: `${LISTENER}::build`, returns: { new: BUILDER } },
  // `ServerConfig::new(NoClientAuth::new())` in tls_listener.rs, for the listener that is given files.
  { path: `${BUILDER}::cert`, returns: "self", effects: [asksNoClients, ownChain] },
  { path: `${BUILDER}::key`, returns: "self", effects: [ownKey] },
  { path: `${BUILDER}::config`, returns: "self", effects: [takesConfiguration] },
  { path: `${BUILDER}::tls_acceptor`, returns: "self" },
  { path: `${BUILDER}::addrs`, returns: "self", effects: [{ kind: "listens", argument: 0, transport: "tls" }] },
  { path: `${BUILDER}::tcp`, returns: "self" },
  { path: `${BUILDER}::finish`, returns: { becomes: LISTENER } },
] as const satisfies readonly CallModel[];

const byHand = [
  {
    at: [`${BUILDER}::cert`],
    of: "client-authentication",
    because:
      "with files of its own a listener asks nobody: hand `config` a configuration of rustls 0.19 that holds an `AllowAnyAuthenticatedClient`",
  },
] as const satisfies readonly ByHand[];

export const tideRustls = {
  crate: "tide_rustls",
  package: "tide-rustls",
  versions: ">=0.3, <0.4",
  source: "https://github.com/http-rs/tide-rustls",
  stack: "rustls",
  aliases: { "tide_rustls::rustls": "rustls" },
  types: {
    "tide_rustls::TlsListenerBuilder": { sort: "configuration", role: "server", chains: true },
    "tide_rustls::TlsListener": { sort: "configuration", role: "server" },
  },
  calls,
  byHand,
} as const satisfies CrateModel;
