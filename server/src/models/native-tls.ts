/** native-tls 0.2: the platform's TLS. Its acceptor can authenticate no client, in any release. */
import type { ByHand, CallModel, CrateModel, Recipe } from "./model.ts";
import { comparesName } from "./phrases.ts";

const MINIMUM = [
  { versions: ">=0.2.15, <0.3", fact: { kind: "minimum-version", version: "TLS 1.2" } },
  { versions: ">=0.2, <0.2.15", fact: { kind: "minimum-version", version: "TLS 1.0" } },
] as const;
const SERVER = [{ fact: { kind: "client-authentication", mode: "none" } }, ...MINIMUM] as const;
const CLIENT = [
  { fact: { kind: "server-verification", enabled: true } },
  { fact: { kind: "hostname-verification", enabled: true } },
  ...MINIMUM,
] as const;

const identity = [{ kind: "takes", argument: 0, part: "certificates" }] as const;
const minimum = {
  returns: "self",
  effects: [{ kind: "word", argument: 0, of: "minimum-version", none: { kind: "minimum-version", version: "oldest" } }],
} as const;
const maximum = {
  returns: "self",
  effects: [{ kind: "word", argument: 0, of: "maximum-version", none: { kind: "maximum-version", version: "TLS 1.3" } }],
} as const;

const server = [
  { path: "native_tls::TlsAcceptor::new", returns: { new: "native_tls::TlsAcceptor" }, effects: identity },
  { path: "native_tls::TlsAcceptor::builder", returns: { new: "native_tls::TlsAcceptorBuilder" }, effects: identity },
  { path: "native_tls::TlsAcceptorBuilder::min_protocol_version", ...minimum },
  { path: "native_tls::TlsAcceptorBuilder::max_protocol_version", ...maximum },
  { path: "native_tls::TlsAcceptorBuilder::build", returns: { becomes: "native_tls::TlsAcceptor" } },
  { path: "native_tls::TlsAcceptor::accept", returns: { new: "native_tls::TlsStream" } },
] as const satisfies readonly CallModel[];

const client = [
  { path: "native_tls::TlsConnector::new", returns: { new: "native_tls::TlsConnector" } },
  { path: "native_tls::TlsConnector::builder", returns: { new: "native_tls::TlsConnectorBuilder" } },
  { path: "native_tls::TlsConnectorBuilder::min_protocol_version", ...minimum },
  { path: "native_tls::TlsConnectorBuilder::max_protocol_version", ...maximum },
  {
    path: "native_tls::TlsConnectorBuilder::danger_accept_invalid_certs",
    returns: "self",
    effects: [
      {
        kind: "switch",
        argument: 0,
        on: { kind: "server-verification", enabled: false },
        off: { kind: "server-verification", enabled: true },
      },
    ],
  },
  {
    path: "native_tls::TlsConnectorBuilder::danger_accept_invalid_hostnames",
    returns: "self",
    effects: [
      {
        kind: "switch",
        argument: 0,
        on: { kind: "hostname-verification", enabled: false },
        off: { kind: "hostname-verification", enabled: true },
      },
    ],
  },
  { path: "native_tls::TlsConnectorBuilder::use_sni", returns: "self" },
  { path: "native_tls::TlsConnectorBuilder::disable_built_in_roots", versions: ">=0.2.5, <0.3", returns: "self" },
  {
    path: "native_tls::TlsConnectorBuilder::add_root_certificate",
    returns: "self",
    effects: [{ kind: "trusts", argument: 0, source: "certificates" }],
  },
  { path: "native_tls::TlsConnectorBuilder::identity", returns: "self", effects: identity },
  { path: "native_tls::TlsConnectorBuilder::build", returns: { becomes: "native_tls::TlsConnector" } },
  {
    path: "native_tls::TlsConnector::connect",
    returns: { new: "native_tls::TlsStream" },
    // The OpenSSL back end compares no name then.
    effects: [{ kind: "handshake", as: "client", name: 0 }, comparesName],
  },
] as const satisfies readonly CallModel[];

const loaders = [
  {
    path: "native_tls::Certificate::from_pem",
    returns: { new: "native_tls::Certificate" },
    // OpenSSL takes the first, macOS refuses more than one.
    effects: [
      { kind: "loads", argument: 0, reads: "first-certificate" },
      { kind: "takes-first", argument: 0, platformDependent: true },
    ],
    fails: "certificate",
  },
  {
    path: "native_tls::Certificate::stack_from_pem",
    versions: ">=0.2.16, <0.3",
    returns: { new: "native_tls::Certificate" },
    effects: [{ kind: "loads", argument: 0, reads: "certificates" }],
    fails: "certificate",
  },
  {
    path: "native_tls::Certificate::from_der",
    returns: { new: "native_tls::Certificate" },
    effects: [{ kind: "loads", argument: 0, reads: "first-certificate" }],
    fails: "certificate",
  },
  {
    path: "native_tls::Identity::from_pkcs8",
    versions: ">=0.2.9, <0.3",
    returns: { new: "native_tls::Identity" },
    effects: [
      { kind: "loads", argument: 0, reads: "certificates", as: "own-chain" },
      { kind: "loads", argument: 1, reads: "private-key", as: "own-key" },
    ],
  },
  {
    path: "native_tls::Identity::from_pkcs12",
    returns: { new: "native_tls::Identity" },
    effects: [{ kind: "loads", argument: 0, reads: "any", as: "own-chain" }],
  },
  { path: "native_tls::TlsStream::peer_certificate", readsPeerIdentity: "certificate" },
] as const satisfies readonly CallModel[];

const TLS_1_2 = { kind: "minimum-version", version: "TLS 1.2" } as const;
const floor = "min_protocol_version(Some({path:native_tls::Protocol}::Tlsv12))";

const recipes = [
  {
    at: "native_tls::TlsConnectorBuilder::danger_accept_invalid_certs",
    gives: { kind: "server-verification", enabled: true },
    title: "Enable certificate verification",
    edit: { kind: "remove-segment" },
  },
  {
    at: "native_tls::TlsConnectorBuilder::danger_accept_invalid_hostnames",
    gives: { kind: "hostname-verification", enabled: true },
    title: "Enable hostname verification",
    edit: { kind: "remove-segment" },
  },
  {
    at: "native_tls::TlsConnectorBuilder::min_protocol_version",
    gives: TLS_1_2,
    title: "Require TLS 1.2 or later",
    edit: { kind: "replace-argument", argument: 0, with: "Some({path:native_tls::Protocol}::Tlsv12)" },
  },
  {
    at: "native_tls::TlsAcceptorBuilder::min_protocol_version",
    gives: TLS_1_2,
    title: "Require TLS 1.2 or later",
    edit: { kind: "replace-argument", argument: 0, with: "Some({path:native_tls::Protocol}::Tlsv12)" },
  },
  {
    at: "native_tls::TlsConnectorBuilder::max_protocol_version",
    gives: { kind: "maximum-version", version: "TLS 1.3" },
    title: "Allow the newest TLS version",
    edit: { kind: "remove-segment" },
  },
  {
    at: "native_tls::TlsAcceptorBuilder::max_protocol_version",
    gives: { kind: "maximum-version", version: "TLS 1.3" },
    title: "Allow the newest TLS version",
    edit: { kind: "remove-segment" },
  },
  {
    at: "native_tls::TlsConnector::builder",
    versions: ">=0.2, <0.2.15",
    gives: TLS_1_2,
    title: "Require TLS 1.2 or later",
    edit: { kind: "keep" },
    after: `{bound}.${floor};`,
  },
  {
    at: "native_tls::TlsAcceptor::builder",
    versions: ">=0.2, <0.2.15",
    gives: TLS_1_2,
    title: "Require TLS 1.2 or later",
    edit: { kind: "keep" },
    after: `{bound}.${floor};`,
  },
  {
    at: "native_tls::TlsAcceptor::new",
    versions: ">=0.2, <0.2.15",
    gives: TLS_1_2,
    title: "Require TLS 1.2 or later",
    edit: { kind: "replace-expression", with: `{path:native_tls::TlsAcceptor}::builder({argument:0}).${floor}.build()` },
  },
] as const satisfies readonly Recipe[];

const byHand = [
  {
    at: ["native_tls::TlsConnector::connect"],
    of: "hostname-verification",
    because: "only you know the name that the server's certificate bears",
  },
  {
    at: ["native_tls::TlsAcceptorBuilder", "native_tls::TlsAcceptor"],
    of: "client-authentication",
    because: "native-tls asks no client for a certificate, whatever it is told: the server has to be written with OpenSSL or rustls",
  },
] as const satisfies readonly ByHand[];

export const nativeTls = {
  crate: "native_tls",
  package: "native-tls",
  versions: ">=0.2, <0.3",
  source: "https://github.com/rust-native-tls/rust-native-tls",
  error: { type: "native_tls::Error" },
  stack: "native-tls",
  types: {
    "native_tls::TlsAcceptorBuilder": { sort: "configuration", role: "server", chains: true, defaults: SERVER },
    "native_tls::TlsAcceptor": { sort: "configuration", role: "server", defaults: SERVER },
    "native_tls::TlsConnectorBuilder": { sort: "configuration", role: "client", chains: true, defaults: CLIENT },
    "native_tls::TlsConnector": { sort: "configuration", role: "client", defaults: CLIENT },
    "native_tls::Certificate": { sort: "certificates" },
    "native_tls::Identity": { sort: "certificates" },
    "native_tls::TlsStream": { sort: "stream" },
  },
  values: {
    "native_tls::Protocol::Sslv3": { kind: "word", of: "minimum-version", word: "SSL 3.0" },
    "native_tls::Protocol::Tlsv10": { kind: "word", of: "minimum-version", word: "TLS 1.0" },
    "native_tls::Protocol::Tlsv11": { kind: "word", of: "minimum-version", word: "TLS 1.1" },
    "native_tls::Protocol::Tlsv12": { kind: "word", of: "minimum-version", word: "TLS 1.2" },
    "native_tls::Protocol::Tlsv13": { kind: "word", of: "minimum-version", word: "TLS 1.3", versions: ">=0.2.16, <0.3" },
  },
  calls: [...server, ...client, ...loaders],
  recipes,
  byHand,
} as const satisfies CrateModel;
