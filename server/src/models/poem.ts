/** poem: listeners over rustls, whose client authentication is off until it is named, and over OpenSSL's superseded preset. */
import type { ByHand, CallModel, CrateModel, Recipe } from "./model.ts";
import { allowsAnonymousClients, namesClientCa, OPEN_SERVER, ownChain, ownKey, required, requiresClients } from "./phrases.ts";

const RUSTLS = "poem::listener::RustlsConfig";
const CERTIFICATE = "poem::listener::RustlsCertificate";
const OPENSSL = "poem::listener::OpensslTlsConfig";
const NATIVE = "poem::listener::NativeTlsConfig";
const TCP = "poem::listener::TcpListener";
// The certificate moved out of the configuration in 1.3.
const OWN = { sort: "certificates", chains: true } as const;

const calls = [
  { path: `${RUSTLS}::new`, returns: { new: RUSTLS } },
  { path: `${RUSTLS}::default`, returns: { new: RUSTLS } },
  { path: `${RUSTLS}::cert`, returns: "self", effects: [ownChain] },
  { path: `${RUSTLS}::key`, returns: "self", effects: [ownKey] },
  { path: `${RUSTLS}::fallback`, returns: "self", effects: [{ kind: "takes", argument: 0, part: "certificates" }] },
  { path: `${RUSTLS}::certificate`, returns: "self", effects: [{ kind: "takes", argument: 1, part: "certificates" }] },
  { path: `${RUSTLS}::client_auth_optional`, returns: "self", effects: [...namesClientCa, allowsAnonymousClients] },
  { path: `${RUSTLS}::client_auth_required`, returns: "self", effects: [...namesClientCa, requiresClients] },
  { path: `${CERTIFICATE}::new`, returns: { new: CERTIFICATE } },
  { path: `${CERTIFICATE}::default`, returns: { new: CERTIFICATE } },
  { path: `${CERTIFICATE}::cert`, returns: "self", effects: [ownChain] },
  { path: `${CERTIFICATE}::key`, returns: "self", effects: [ownKey] },
  {
    path: `${OPENSSL}::new`,
    returns: { new: OPENSSL },
    // `SslAcceptor::mozilla_intermediate` in listener/openssl_tls.rs, with nothing to change it.
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
  { path: `${OPENSSL}::cert_from_file`, returns: "self", effects: [ownChain] },
  { path: `${OPENSSL}::key_from_file`, returns: "self", effects: [ownKey] },
  // native_tls.rs hands the archive to `native_tls::TlsAcceptor::new`, which has no client authentication.
  { path: `${NATIVE}::new`, returns: { new: NATIVE } },
  { path: `${NATIVE}::default`, returns: { new: NATIVE } },
  { path: `${NATIVE}::pkcs12`, returns: "self", effects: [ownChain] },
  { path: `${TCP}::bind`, returns: { new: TCP } },
] as const satisfies readonly CallModel[];

const recipes = [
  { at: `${RUSTLS}::client_auth_optional`, ...required, edit: { kind: "replace-name", with: "client_auth_required" } },
  {
    at: `${RUSTLS}::new`,
    gives: { kind: "client-authentication", mode: "required" },
    title: "Require client certificates from your CA",
    edit: { kind: "append", with: ".client_auth_required(std::fs::read({ca}){try:<std::io::Error>cannot read the client CA file})" },
  },
] as const satisfies readonly Recipe[];

const byHand = [
  {
    at: [NATIVE],
    of: "client-authentication",
    because: "its acceptor is native-tls', which asks no client for a certificate: use the listener over rustls",
  },
  {
    at: [OPENSSL],
    of: "client-authentication",
    because: "it builds its acceptor by itself and gives no way to it: use the listener over rustls",
  },
  {
    at: [`${OPENSSL}::new`],
    of: "preset",
    because: "it builds its acceptor from the preset and gives no way to it: use the listener over rustls",
  },
] as const satisfies readonly ByHand[];

export const poem = {
  crate: "poem",
  package: "poem",
  versions: ">=2, <4",
  source: "https://github.com/poem-web/poem",
  stack: "rustls",
  types: {
    "poem::listener::RustlsConfig": { sort: "configuration", role: "server", chains: true, defaults: OPEN_SERVER },
    "poem::listener::RustlsCertificate": OWN,
    "poem::listener::OpensslTlsConfig": { sort: "configuration", role: "server", chains: true, defaults: OPEN_SERVER },
    "poem::listener::NativeTlsConfig": { sort: "configuration", role: "server", chains: true, defaults: OPEN_SERVER },
    "poem::listener::TcpListener": { sort: "other" },
  },
  calls,
  recipes,
  byHand,
} as const satisfies CrateModel;
