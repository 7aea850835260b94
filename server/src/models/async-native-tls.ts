/** async-native-tls: native-tls' connector as a builder by value; its acceptor can authenticate no client either. */
import type { ByHand, CallModel, CrateModel, Recipe } from "./model.ts";
import {
  acceptsCertificates,
  acceptsNames,
  checkNameAgain,
  OPEN_SERVER,
  takesCertificates,
  trustsCertificates,
  VERIFYING_CLIENT,
  verifyAgain,
} from "./phrases.ts";

const CONNECTOR = "async_native_tls::TlsConnector";
const ACCEPTOR = "async_native_tls::TlsAcceptor";
const STREAM = "async_native_tls::TlsStream";

const minimum = {
  returns: "self",
  effects: [{ kind: "word", argument: 0, of: "minimum-version", none: { kind: "minimum-version", version: "oldest" } }],
} as const;
const maximum = {
  returns: "self",
  effects: [{ kind: "word", argument: 0, of: "maximum-version", none: { kind: "maximum-version", version: "TLS 1.3" } }],
} as const;

const calls = [
  { path: `${CONNECTOR}::new`, returns: { new: CONNECTOR } },
  { path: `${CONNECTOR}::default`, returns: { new: CONNECTOR } },
  { path: `${CONNECTOR}::identity`, returns: "self", effects: [takesCertificates] },
  { path: `${CONNECTOR}::min_protocol_version`, ...minimum },
  { path: `${CONNECTOR}::max_protocol_version`, ...maximum },
  { path: `${CONNECTOR}::add_root_certificate`, returns: "self", effects: [trustsCertificates] },
  { path: `${CONNECTOR}::request_alpns`, versions: ">=0.5, <0.7", returns: "self" },
  { path: `${CONNECTOR}::danger_accept_invalid_certs`, returns: "self", effects: [acceptsCertificates] },
  { path: `${CONNECTOR}::danger_accept_invalid_hostnames`, returns: "self", effects: [acceptsNames] },
  { path: `${CONNECTOR}::use_sni`, returns: "self" },
  { path: `${CONNECTOR}::connect`, returns: { new: STREAM } },
  { path: `${ACCEPTOR}::new`, returns: { new: ACCEPTOR }, effects: [{ kind: "loads", argument: 0, reads: "any", as: "own-chain" }] },
  { path: `${ACCEPTOR}::accept`, returns: { new: STREAM } },
  { path: `${STREAM}::peer_certificate`, readsPeerIdentity: "certificate" },
] as const satisfies readonly CallModel[];

const recipes = [
  { at: `${CONNECTOR}::danger_accept_invalid_certs`, ...verifyAgain },
  { at: `${CONNECTOR}::danger_accept_invalid_hostnames`, ...checkNameAgain },
  {
    at: `${CONNECTOR}::min_protocol_version`,
    gives: { kind: "minimum-version", version: "TLS 1.2" },
    title: "Require TLS 1.2 or later",
    edit: { kind: "replace-argument", argument: 0, with: "Some({path:async_native_tls::Protocol}::Tlsv12)" },
  },
  {
    at: `${CONNECTOR}::max_protocol_version`,
    gives: { kind: "maximum-version", version: "TLS 1.3" },
    title: "Allow the newest TLS version",
    edit: { kind: "remove-segment" },
  },
] as const satisfies readonly Recipe[];

const byHand = [
  {
    at: [ACCEPTOR],
    of: "client-authentication",
    because:
      "its acceptor is native-tls' and asks no client for a certificate, whatever it is told: the server has to be written with OpenSSL or rustls",
  },
] as const satisfies readonly ByHand[];

export const asyncNativeTls = {
  crate: "async_native_tls",
  package: "async-native-tls",
  versions: ">=0.3, <0.7",
  source: "https://github.com/async-email/async-native-tls",
  stack: "native-tls",
  aliases: {
    "async_native_tls::Certificate": "native_tls::Certificate",
    "async_native_tls::Identity": "native_tls::Identity",
    "async_native_tls::Protocol": "native_tls::Protocol",
  },
  types: {
    "async_native_tls::TlsConnector": { sort: "configuration", role: "client", chains: true, defaults: VERIFYING_CLIENT },
    "async_native_tls::TlsAcceptor": { sort: "configuration", role: "server", defaults: OPEN_SERVER },
    "async_native_tls::TlsStream": { sort: "stream" },
  },
  calls,
  recipes,
  byHand,
} as const satisfies CrateModel;
