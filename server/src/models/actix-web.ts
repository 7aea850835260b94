/** actix-web 4: the server that binds addresses, in the clear or with a TLS configuration of a certain rustls or of OpenSSL. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";

const SERVER = "actix_web::HttpServer";
const plaintext = { returns: "self", effects: [{ kind: "listens", argument: 0, transport: "plaintext" }] } as const;
const accepts = { kind: "listens", argument: 0, transport: "tls", configuration: 1 } as const;
/** What `on_connect` is given: the stream of actix-tls, of a module for each library and version (actix-http, service.rs). */
const openssl = { returns: "self", effects: [{ ...accepts, stream: "actix_tls::accept::openssl::TlsStream" }] } as const;
const rustls20 = { returns: "self", effects: [{ ...accepts, stream: "actix_tls::accept::rustls_0_20::TlsStream" }] } as const;
const rustls21 = { returns: "self", effects: [{ ...accepts, stream: "actix_tls::accept::rustls_0_21::TlsStream" }] } as const;
const rustls22 = { returns: "self", effects: [{ ...accepts, stream: "actix_tls::accept::rustls_0_22::TlsStream" }] } as const;
const rustls23 = { returns: "self", effects: [{ ...accepts, stream: "actix_tls::accept::rustls_0_23::TlsStream" }] } as const;

const calls = [
  { path: `${SERVER}::new`, returns: { new: SERVER }, effects: [{ kind: "serves", argument: 0 }] },
  { path: `${SERVER}::bind`, ...plaintext },
  { path: `${SERVER}::listen`, ...plaintext },
  { path: `${SERVER}::bind_auto_h2c`, versions: ">=4.4, <5", ...plaintext },
  { path: `${SERVER}::listen_auto_h2c`, versions: ">=4.4, <5", ...plaintext },
  // A socket file is reached by nobody else than the machine's own users.
  { path: `${SERVER}::bind_uds`, returns: "self" },
  { path: `${SERVER}::listen_uds`, returns: "self" },
  { path: `${SERVER}::bind_rustls`, ...rustls20 },
  { path: `${SERVER}::listen_rustls`, ...rustls20 },
  { path: `${SERVER}::bind_rustls_021`, versions: ">=4.4, <5", ...rustls21 },
  { path: `${SERVER}::listen_rustls_0_21`, versions: ">=4.4, <5", ...rustls21 },
  { path: `${SERVER}::bind_rustls_0_22`, versions: ">=4.5, <5", ...rustls22 },
  { path: `${SERVER}::listen_rustls_0_22`, versions: ">=4.5, <5", ...rustls22 },
  { path: `${SERVER}::bind_rustls_0_23`, versions: ">=4.6, <5", ...rustls23 },
  { path: `${SERVER}::listen_rustls_0_23`, versions: ">=4.6, <5", ...rustls23 },
  { path: `${SERVER}::bind_openssl`, ...openssl },
  { path: `${SERVER}::listen_openssl`, ...openssl },
  {
    path: `${SERVER}::on_connect`,
    returns: "self",
    effects: [
      { kind: "states", fact: { kind: "connection-hook" } },
      { kind: "asks-for-streams", argument: 0 },
    ],
  },
  { path: "actix_web::HttpRequest::conn_data", readsPeerIdentity: "data" },
] as const satisfies readonly CallModel[];

const tlsOnly = {
  gives: { kind: "remove-call" },
  title: "Remove the plaintext listener",
  edit: { kind: "remove-segment" },
} as const;

const recipes = [
  { at: `${SERVER}::bind`, ...tlsOnly },
  { at: `${SERVER}::listen`, ...tlsOnly },
  { at: `${SERVER}::bind_auto_h2c`, ...tlsOnly },
  { at: `${SERVER}::listen_auto_h2c`, ...tlsOnly },
] as const satisfies readonly Recipe[];

export const actixWeb = {
  crate: "actix_web",
  package: "actix-web",
  versions: ">=4, <5",
  source: "https://github.com/actix/actix-web",
  types: {
    "actix_web::HttpServer": { sort: "listener", role: "server", chains: true },
    "actix_web::HttpRequest": { sort: "other" },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
