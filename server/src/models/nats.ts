/** nats: TLS only where the server or the address asks for it, until it is demanded. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { takesConfiguration, trustsPath } from "./phrases.ts";

const OPTIONS = "nats::Options";
const CONNECTION = "nats::Connection";

const demanded = { kind: "upgrade", demand: "required" } as const;

/** The server says whether it wants TLS, in plaintext, unless the scheme does (connector.rs). */
const connects = [
  {
    kind: "peers",
    argument: 0,
    words: [{ word: "tls://", states: demanded }],
    silent: [{ word: "nats://", states: { kind: "upgrade", demand: "optional" } }],
  },
] as const;
const login = { kind: "states", fact: { kind: "login" } } as const;

const calls = [
  { path: "nats::connect", returns: { new: CONNECTION }, effects: connects },
  { path: `${OPTIONS}::new`, returns: { new: OPTIONS } },
  { path: `${OPTIONS}::default`, returns: { new: OPTIONS } },
  { path: `${OPTIONS}::with_user_pass`, returns: { new: OPTIONS }, effects: [login] },
  { path: `${OPTIONS}::with_token`, returns: { new: OPTIONS }, effects: [login] },
  {
    path: `${OPTIONS}::tls_required`,
    returns: "self",
    effects: [{ kind: "switch", argument: 0, on: demanded, off: { kind: "upgrade", demand: "optional" } }],
  },
  { path: `${OPTIONS}::add_root_certificate`, returns: "self", effects: trustsPath },
  { path: `${OPTIONS}::tls_client_config`, returns: "self", effects: [takesConfiguration] },
  {
    path: `${OPTIONS}::client_cert`,
    returns: "self",
    effects: [
      { kind: "loads", argument: 0, reads: "certificates", as: "own-chain" },
      { kind: "loads", argument: 1, reads: "private-key", as: "own-key" },
    ],
  },
  { path: `${OPTIONS}::connect`, returns: { becomes: CONNECTION }, effects: connects },
] as const satisfies readonly CallModel[];

const recipes = [
  {
    at: `${OPTIONS}::tls_required`,
    gives: demanded,
    title: "Require TLS",
    edit: { kind: "replace-argument", argument: 0, with: "true" },
  },
] as const satisfies readonly Recipe[];

export const nats = {
  crate: "nats",
  package: "nats",
  versions: ">=0.25, <0.26",
  source: "https://github.com/nats-io/nats.rs",
  stack: "rustls",
  types: {
    [OPTIONS]: { sort: "configuration", role: "client", chains: true },
    [CONNECTION]: { sort: "configuration", role: "client" },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
