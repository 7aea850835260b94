/** security-framework: macOS' Secure Transport; the one native stack of these whose server can ask for client certificates. */
import type { ByHand, CallModel, CrateModel, Recipe } from "./model.ts";
import {
  acceptsCertificates,
  acceptsNames,
  checkNameAgain,
  takesCertificates,
  trustsCertificates,
  VERIFYING_CLIENT,
  verifyAgain,
} from "./phrases.ts";

const TRANSPORT = "security_framework::secure_transport";
const CLIENT = "security_framework::secure_transport::ClientBuilder";
const SERVER = "security_framework::secure_transport::ServerBuilder";
const CONTEXT = "security_framework::secure_transport::SslContext";
const STREAM = "security_framework::secure_transport::SslStream";

const minimum = [{ kind: "word", argument: 0, of: "minimum-version" }] as const;
const maximum = [{ kind: "word", argument: 0, of: "maximum-version" }] as const;

const calls = [
  { path: `${CLIENT}::new`, returns: { new: CLIENT } },
  { path: `${CLIENT}::default`, returns: { new: CLIENT } },
  { path: `${CLIENT}::anchor_certificates`, returns: "self", effects: [trustsCertificates] },
  { path: `${CLIENT}::add_anchor_certificate`, returns: "self", effects: [trustsCertificates] },
  { path: `${CLIENT}::trust_anchor_certificates_only`, returns: "self" },
  { path: `${CLIENT}::danger_accept_invalid_certs`, returns: "self", effects: [acceptsCertificates] },
  { path: `${CLIENT}::danger_accept_invalid_hostnames`, returns: "self", effects: [acceptsNames] },
  { path: `${CLIENT}::use_sni`, returns: "self" },
  { path: `${CLIENT}::identity`, returns: "self", effects: [takesCertificates] },
  { path: `${CLIENT}::protocol_min`, returns: "self", effects: minimum },
  { path: `${CLIENT}::protocol_max`, returns: "self", effects: maximum },
  { path: `${CLIENT}::handshake`, returns: { new: STREAM } },
  { path: `${SERVER}::new`, returns: { new: SERVER }, effects: [takesCertificates] },
  { path: `${SERVER}::from_pkcs12`, returns: { new: SERVER }, effects: [{ kind: "loads", argument: 0, reads: "any", as: "own-chain" }] },
  { path: `${SERVER}::new_ssl_context`, returns: { becomes: CONTEXT } },
  { path: `${SERVER}::handshake`, returns: { new: STREAM } },
  { path: `${CONTEXT}::new`, returns: { new: CONTEXT } },
  {
    path: `${CONTEXT}::set_client_side_authenticate`,
    fails: "setting",
    effects: [{ kind: "word", argument: 0, of: "client-authentication" }],
  },
  { path: `${CONTEXT}::set_protocol_version_min`, fails: "setting", effects: minimum },
  { path: `${CONTEXT}::set_protocol_version_max`, fails: "setting", effects: maximum },
  { path: `${CONTEXT}::set_peer_domain_name`, fails: "setting" },
  { path: `${CONTEXT}::handshake`, returns: { new: STREAM } },
  { path: `${CONTEXT}::peer_trust2`, readsPeerIdentity: "certificate" },
] as const satisfies readonly CallModel[];

const floor = {
  gives: { kind: "minimum-version", version: "TLS 1.2" },
  title: "Require TLS 1.2 or later",
  edit: { kind: "replace-argument", argument: 0, with: `{path:${TRANSPORT}::SslProtocol}::TLS12` },
} as const;
const ceiling = {
  gives: { kind: "maximum-version", version: "TLS 1.3" },
  title: "Allow the newest TLS version",
  edit: { kind: "remove-segment" },
} as const;

const recipes = [
  { at: `${CLIENT}::danger_accept_invalid_certs`, ...verifyAgain },
  { at: `${CLIENT}::danger_accept_invalid_hostnames`, ...checkNameAgain },
  { at: `${CLIENT}::protocol_min`, ...floor },
  { at: `${CONTEXT}::set_protocol_version_min`, ...floor },
  { at: `${CLIENT}::protocol_max`, ...ceiling },
  { at: `${CONTEXT}::set_protocol_version_max`, ...ceiling },
  {
    at: `${CONTEXT}::set_client_side_authenticate`,
    gives: { kind: "client-authentication", mode: "required" },
    title: "Require client certificates",
    edit: { kind: "replace-argument", argument: 0, with: `{path:${TRANSPORT}::SslAuthenticate}::ALWAYS` },
  },
] as const satisfies readonly Recipe[];

const byHand = [
  {
    at: [SERVER],
    of: "client-authentication",
    because:
      "its context is made and kept inside: a server that asks clients is built from `SslContext`, whose identity and trust are set step by step",
  },
] as const satisfies readonly ByHand[];

export const securityFramework = {
  crate: "security_framework",
  package: "security-framework",
  versions: ">=2.5, <4",
  source: "https://github.com/kornelski/rust-security-framework",
  error: { type: "security_framework::base::Error" },
  types: {
    "security_framework::secure_transport::ClientBuilder": {
      sort: "configuration",
      role: "client",
      chains: true,
      defaults: VERIFYING_CLIENT,
    },
    "security_framework::secure_transport::ServerBuilder": {
      sort: "configuration",
      role: "server",
      defaults: [{ fact: { kind: "client-authentication", mode: "none" } }],
    },
    // Of a context alone nobody knows which side it will be.
    "security_framework::secure_transport::SslContext": { sort: "configuration" },
    "security_framework::secure_transport::SslStream": { sort: "stream" },
  },
  values: {
    [`${TRANSPORT}::SslAuthenticate::ALWAYS`]: { kind: "word", of: "client-authentication", word: "required" },
    [`${TRANSPORT}::SslAuthenticate::TRY`]: { kind: "word", of: "client-authentication", word: "optional" },
    [`${TRANSPORT}::SslAuthenticate::NEVER`]: { kind: "word", of: "client-authentication", word: "none" },
    [`${TRANSPORT}::SslProtocol::SSL3`]: { kind: "word", of: "minimum-version", word: "SSL 3.0" },
    [`${TRANSPORT}::SslProtocol::TLS1`]: { kind: "word", of: "minimum-version", word: "TLS 1.0" },
    [`${TRANSPORT}::SslProtocol::TLS11`]: { kind: "word", of: "minimum-version", word: "TLS 1.1" },
    [`${TRANSPORT}::SslProtocol::TLS12`]: { kind: "word", of: "minimum-version", word: "TLS 1.2" },
    [`${TRANSPORT}::SslProtocol::TLS13`]: { kind: "word", of: "minimum-version", word: "TLS 1.3" },
  },
  calls,
  recipes,
  byHand,
} as const satisfies CrateModel;
