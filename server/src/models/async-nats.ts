/** async-nats: TLS only where the server or the address asks for it, until it is demanded. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { takesConfiguration, trustsPath } from "./phrases.ts";

const OPTIONS = "async_nats::ConnectOptions";

const CLIENT = "async_nats::Client";

const demanded = { kind: "upgrade", demand: "required" } as const;

/** The server says whether it wants TLS, in plaintext, unless the scheme does (connector.rs). */
const connects = [
  {
    kind: "peers",
    argument: 0,
    words: [
      { word: "tls://", states: demanded },
      { word: "wss://", states: demanded },
    ],
    silent: [{ word: "nats://", states: { kind: "upgrade", demand: "optional" } }],
  },
] as const;
const login = { kind: "states", fact: { kind: "login" } } as const;

const calls = [
  { path: "async_nats::connect", returns: { new: CLIENT }, effects: connects },
  { path: `${OPTIONS}::connect`, returns: { becomes: CLIENT }, effects: connects },
  { path: `${OPTIONS}::new`, returns: { new: OPTIONS } },
  { path: `${OPTIONS}::with_user_and_password`, returns: { new: OPTIONS }, effects: [login] },
  { path: `${OPTIONS}::user_and_password`, returns: "self", effects: [login] },
  { path: `${OPTIONS}::with_token`, returns: { new: OPTIONS }, effects: [login] },
  { path: `${OPTIONS}::token`, returns: "self", effects: [login] },
  { path: `${OPTIONS}::default`, returns: { new: OPTIONS } },
  {
    path: `${OPTIONS}::require_tls`,
    returns: "self",
    effects: [
      {
        kind: "switch",
        argument: 0,
        on: demanded,
        // An address `tls://…` still demands it.
        off: { kind: "upgrade", demand: "optional" },
      },
    ],
  },
  // options.rs: it demands TLS as well.
  { path: `${OPTIONS}::tls_first`, returns: "self", effects: [{ kind: "states", fact: demanded }] },
  { path: `${OPTIONS}::add_root_certificates`, returns: "self", effects: trustsPath },
  { path: `${OPTIONS}::tls_client_config`, returns: "self", effects: [takesConfiguration] },
  {
    path: `${OPTIONS}::add_client_certificate`,
    returns: "self",
    effects: [
      { kind: "loads", argument: 0, reads: "certificates", as: "own-chain" },
      { kind: "loads", argument: 1, reads: "private-key", as: "own-key" },
    ],
  },
] as const satisfies readonly CallModel[];

const recipes = [
  {
    at: `${OPTIONS}::require_tls`,
    gives: demanded,
    title: "Require TLS",
    edit: { kind: "replace-argument", argument: 0, with: "true" },
  },
] as const satisfies readonly Recipe[];

export const asyncNats = {
  crate: "async_nats",
  package: "async-nats",
  versions: ">=0.33, <0.52",
  source: "https://github.com/nats-io/nats.rs",
  stack: "rustls",
  types: {
    "async_nats::ConnectOptions": { sort: "configuration", role: "client", chains: true },
    "async_nats::Client": { sort: "configuration", role: "client" },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
