/** salvo: listeners over rustls, whose client authentication is off until it is named, and over OpenSSL's superseded preset. */
import type { ByHand, CallModel, CrateModel, Recipe } from "./model.ts";
import { allowsAnonymousClients, namesClientCa, OPEN_SERVER, ownChain, ownKey, required, requiresClients } from "./phrases.ts";

const RUSTLS = "salvo::conn::rustls::RustlsConfig";
const KEYCERT = "salvo::conn::rustls::Keycert";
const NATIVE = "salvo::conn::native_tls::NativeTlsConfig";
const OPENSSL = "salvo::conn::openssl::OpensslConfig";

const calls = [
  { path: `${RUSTLS}::new`, returns: { new: RUSTLS }, effects: [{ kind: "takes", argument: 0, part: "certificates" }] },
  { path: `${RUSTLS}::keycert`, returns: "self", effects: [{ kind: "takes", argument: 1, part: "certificates" }] },
  { path: `${RUSTLS}::client_auth_optional_path`, returns: "self", effects: [...namesClientCa, allowsAnonymousClients] },
  { path: `${RUSTLS}::client_auth_optional`, returns: "self", effects: [...namesClientCa, allowsAnonymousClients] },
  { path: `${RUSTLS}::client_auth_required_path`, returns: "self", effects: [...namesClientCa, requiresClients] },
  { path: `${RUSTLS}::client_auth_required`, returns: "self", effects: [...namesClientCa, requiresClients] },
  { path: `${KEYCERT}::new`, returns: { new: KEYCERT } },
  { path: `${KEYCERT}::cert_from_path`, returns: "self", effects: [ownChain] },
  { path: `${KEYCERT}::cert`, returns: "self", effects: [ownChain] },
  { path: `${KEYCERT}::key_from_path`, returns: "self", effects: [ownKey] },
  { path: `${KEYCERT}::key`, returns: "self", effects: [ownKey] },
  {
    path: `${OPENSSL}::new`,
    returns: { new: OPENSSL },
    // `create_acceptor_builder` starts from `SslAcceptor::mozilla_intermediate`.
    effects: [
      {
        kind: "states",
        fact: {
          kind: "preset",
          name: "mozilla_intermediate",
          weakness: "lists 3DES and static RSA cipher suites and disables TLS 1.3",
        },
      },
    ],
  },
  {
    path: `${OPENSSL}::builder_modifier`,
    returns: "self",
    effects: [{ kind: "calls", argument: 0, with: ["openssl::ssl::SslAcceptorBuilder"] }],
  },
  // Without client authentication, as all of native-tls's servers.
  { path: `${NATIVE}::new`, returns: { new: NATIVE } },
  { path: `${NATIVE}::pkcs12_path`, returns: "self", effects: [ownChain] },
  { path: `${NATIVE}::pkcs12`, returns: "self", effects: [ownChain] },
] as const satisfies readonly CallModel[];

const recipes = [
  { at: `${RUSTLS}::client_auth_optional_path`, ...required, edit: { kind: "replace-name", with: "client_auth_required_path" } },
  { at: `${RUSTLS}::client_auth_optional`, ...required, edit: { kind: "replace-name", with: "client_auth_required" } },
  {
    at: `${RUSTLS}::new`,
    gives: { kind: "client-authentication", mode: "required" },
    title: "Require client certificates from your CA",
    edit: { kind: "append", with: ".client_auth_required_path({ca}){try:<std::io::Error>cannot read the client CA file}" },
  },
] as const satisfies readonly Recipe[];

const byHand = [
  {
    at: [NATIVE],
    of: "client-authentication",
    because: "its acceptor is native-tls', which asks no client for a certificate: use the listener over rustls or OpenSSL",
  },
  {
    at: [`${OPENSSL}::new`],
    of: "preset",
    because:
      "it starts from the preset: `builder_modifier` can undo what is old in it, which clients that would still need it only you know",
  },
] as const satisfies readonly ByHand[];

export const salvo = {
  crate: "salvo",
  package: "salvo",
  versions: ">=0.76, <2",
  source: "https://github.com/salvo-rs/salvo",
  stack: "rustls",
  types: {
    "salvo::conn::rustls::RustlsConfig": { sort: "configuration", role: "server", chains: true, defaults: OPEN_SERVER },
    "salvo::conn::rustls::Keycert": { sort: "certificates", chains: true },
    "salvo::conn::native_tls::NativeTlsConfig": { sort: "configuration", role: "server", chains: true, defaults: OPEN_SERVER },
    "salvo::conn::openssl::OpensslConfig": { sort: "configuration", role: "server", chains: true },
  },
  calls,
  recipes,
  byHand,
} as const satisfies CrateModel;
