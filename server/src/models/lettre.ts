/** lettre: mail submission; parameters that accept anything, and transports that begin in the clear. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import {
  acceptsCertificates,
  acceptsNames,
  checkNameAgain,
  connectsTo,
  logsIn,
  trustsCertificates,
  VERIFYING_CLIENT,
  verifyAgain,
} from "./phrases.ts";

const TODAY = ">=0.10, <0.12";
const OLD = ">=0.9, <0.10";

const CLIENT = "lettre::SmtpClient";
const SECURITY = "lettre::ClientSecurity";
const PARAMETERS = "lettre::transport::smtp::client::TlsParametersBuilder";
const FINISHED = "lettre::transport::smtp::client::TlsParameters";
const TLS = "lettre::transport::smtp::client::Tls";
const BLOCKING = "lettre::SmtpTransport";
const BUILDER = "lettre::transport::smtp::SmtpTransportBuilder";
const ASYNC = "lettre::AsyncSmtpTransport";
const ASYNC_BUILDER = "lettre::transport::smtp::AsyncSmtpTransportBuilder";

const parameters = { kind: "takes", argument: 0, part: "configuration" } as const;
const demands = { kind: "states", fact: { kind: "upgrade", demand: "required" } } as const;
const goesOn = { kind: "states", fact: { kind: "upgrade", demand: "optional" } } as const;
const never = { kind: "states", fact: { kind: "upgrade", demand: "never" } } as const;
const minimum = { kind: "word", argument: 0, of: "minimum-version" } as const;
const certificate = {
  returns: { new: "lettre::transport::smtp::client::Certificate" },
  effects: [{ kind: "loads", argument: 0, reads: "certificates" }],
  fails: "certificate",
  versions: TODAY,
} as const;

/** Before 0.10: one mode is given with the address. */
const secured = [...connectsTo, { kind: "takes", argument: 1, part: "configuration" }] as const;
const old = [
  { path: `${CLIENT}::new`, versions: OLD, returns: { new: CLIENT }, effects: secured },
  { path: `${CLIENT}::new_simple`, versions: OLD, returns: { new: CLIENT }, effects: [...connectsTo, demands] },
  { path: `${CLIENT}::credentials`, versions: OLD, returns: "self", effects: logsIn },
  { path: `${SECURITY}::Opportunistic`, versions: OLD, returns: { new: SECURITY }, effects: [parameters, goesOn] },
  { path: `${SECURITY}::Required`, versions: OLD, returns: { new: SECURITY }, effects: [parameters, demands] },
  { path: `${SECURITY}::Wrapper`, versions: OLD, returns: { new: SECURITY }, effects: [parameters, demands] },
] as const satisfies readonly CallModel[];

const calls = [
  { path: `${FINISHED}::builder`, versions: TODAY, returns: { new: PARAMETERS } },
  { path: `${PARAMETERS}::new`, versions: TODAY, returns: { new: PARAMETERS } },
  { path: `${FINISHED}::new`, versions: TODAY, returns: { new: FINISHED } },
  { path: `${PARAMETERS}::dangerous_accept_invalid_certs`, versions: TODAY, returns: "self", effects: [acceptsCertificates] },
  { path: `${PARAMETERS}::dangerous_accept_invalid_hostnames`, versions: TODAY, returns: "self", effects: [acceptsNames] },
  { path: `${PARAMETERS}::set_min_tls_version`, versions: ">=0.11, <0.12", returns: "self", effects: [minimum] },
  { path: `${PARAMETERS}::add_root_certificate`, versions: TODAY, returns: "self", effects: [trustsCertificates] },
  { path: `${PARAMETERS}::build`, versions: TODAY, returns: { becomes: FINISHED } },
  { path: "lettre::transport::smtp::client::Certificate::from_pem", ...certificate },
  { path: "lettre::transport::smtp::client::Certificate::from_der", ...certificate },
  { path: `${TLS}::Opportunistic`, versions: TODAY, returns: { new: TLS }, effects: [parameters, goesOn] },
  { path: `${TLS}::Required`, versions: TODAY, returns: { new: TLS }, effects: [parameters, demands] },
  { path: `${TLS}::Wrapper`, versions: TODAY, returns: { new: TLS }, effects: [parameters, demands] },
  { path: `${BLOCKING}::relay`, versions: TODAY, returns: { new: BUILDER }, effects: connectsTo },
  { path: `${BLOCKING}::starttls_relay`, versions: TODAY, returns: { new: BUILDER }, effects: connectsTo },
  // smtp/transport.rs: `Tls::None` until another is set.
  { path: `${BLOCKING}::builder_dangerous`, versions: TODAY, returns: { new: BUILDER }, effects: [...connectsTo, never] },
  { path: `${BUILDER}::credentials`, versions: TODAY, returns: "self", effects: logsIn },
  // What it is given says it itself.
  { path: `${BUILDER}::tls`, versions: TODAY, returns: "self", effects: [{ kind: "takes", argument: 0, part: "configuration" }, demands] },
  { path: `${ASYNC}::relay`, versions: TODAY, returns: { new: ASYNC_BUILDER }, effects: connectsTo },
  { path: `${ASYNC}::starttls_relay`, versions: TODAY, returns: { new: ASYNC_BUILDER }, effects: connectsTo },
  // smtp/transport.rs: `Tls::None` until another is set.
  { path: `${ASYNC}::builder_dangerous`, versions: TODAY, returns: { new: ASYNC_BUILDER }, effects: [...connectsTo, never] },
  { path: `${ASYNC_BUILDER}::credentials`, versions: TODAY, returns: "self", effects: logsIn },
  // What it is given says it itself.
  {
    path: `${ASYNC_BUILDER}::tls`,
    versions: TODAY,
    returns: "self",
    effects: [{ kind: "takes", argument: 0, part: "configuration" }, demands],
  },
  ...old,
] as const satisfies readonly CallModel[];

/** smtp/async_transport.rs: `starttls_relay` is there with one of these, of which none is on by default. */
const ASYNC_TLS = ["tokio1-native-tls", "tokio1-rustls", "tokio1-rustls-tls", "async-std1-rustls", "async-std1-rustls-tls"];

/** Port 587 instead of 25, unless the builder is told another. */
const upgrades = {
  versions: TODAY,
  gives: { kind: "upgrade", demand: "required" },
  title: "Upgrade with STARTTLS before anything is sent",
  edit: {
    kind: "replace-name",
    with: "starttls_relay",
    behind: "{try:<lettre::transport::smtp::Error>the host name is no TLS server name}",
  },
} as const;

const recipes = [
  { at: `${PARAMETERS}::dangerous_accept_invalid_certs`, versions: TODAY, ...verifyAgain },
  { at: `${PARAMETERS}::dangerous_accept_invalid_hostnames`, versions: TODAY, ...checkNameAgain },
  {
    at: `${PARAMETERS}::set_min_tls_version`,
    versions: ">=0.11, <0.12",
    gives: { kind: "minimum-version", version: "TLS 1.2" },
    title: "Require TLS 1.2 or later",
    edit: { kind: "replace-argument", argument: 0, with: "{path:lettre::transport::smtp::client::TlsVersion}::Tlsv12" },
  },
  {
    at: `${SECURITY}::Opportunistic`,
    versions: OLD,
    gives: { kind: "upgrade", demand: "required" },
    title: "Require TLS",
    edit: { kind: "replace-name", with: "Required" },
  },
  {
    at: `${TLS}::Opportunistic`,
    versions: TODAY,
    gives: { kind: "upgrade", demand: "required" },
    title: "Require TLS",
    edit: { kind: "replace-name", with: "Required" },
  },
  { at: `${BLOCKING}::builder_dangerous`, ...upgrades },
  { at: `${ASYNC}::builder_dangerous`, ...upgrades, requires: [{ package: "lettre", versions: TODAY, features: ASYNC_TLS }] },
] as const satisfies readonly Recipe[];

export const lettre = {
  crate: "lettre",
  package: "lettre",
  versions: ">=0.9, <0.12",
  source: "https://github.com/lettre/lettre",
  types: {
    "lettre::transport::smtp::client::TlsParametersBuilder": {
      sort: "configuration",
      role: "client",
      chains: true,
      defaults: VERIFYING_CLIENT,
    },
    "lettre::transport::smtp::client::TlsParameters": { sort: "configuration", role: "client" },
    "lettre::transport::smtp::client::Tls": { sort: "configuration", role: "client" },
    "lettre::transport::smtp::client::Certificate": { sort: "certificates" },
    [CLIENT]: { sort: "configuration", role: "client", chains: true },
    [SECURITY]: { sort: "configuration", role: "client" },
    "lettre::SmtpTransport": { sort: "other" },
    "lettre::AsyncSmtpTransport": { sort: "other" },
    "lettre::transport::smtp::SmtpTransportBuilder": { sort: "configuration", role: "client", chains: true },
    "lettre::transport::smtp::AsyncSmtpTransportBuilder": { sort: "configuration", role: "client", chains: true },
  },
  values: {
    "lettre::transport::smtp::client::TlsVersion::Tlsv10": {
      kind: "word",
      of: "minimum-version",
      word: "TLS 1.0",
      versions: ">=0.11, <0.12",
    },
    "lettre::transport::smtp::client::TlsVersion::Tlsv11": {
      kind: "word",
      of: "minimum-version",
      word: "TLS 1.1",
      versions: ">=0.11, <0.12",
    },
    "lettre::transport::smtp::client::TlsVersion::Tlsv12": {
      kind: "word",
      of: "minimum-version",
      word: "TLS 1.2",
      versions: ">=0.11, <0.12",
    },
    "lettre::transport::smtp::client::TlsVersion::Tlsv13": {
      kind: "word",
      of: "minimum-version",
      word: "TLS 1.3",
      versions: ">=0.11, <0.12",
    },
    "lettre::ClientSecurity::None": {
      kind: "object",
      type: SECURITY,
      states: [{ kind: "upgrade", demand: "never" }],
      versions: OLD,
    },
    "lettre::transport::smtp::client::Tls::None": {
      versions: TODAY,
      kind: "object",
      type: "lettre::transport::smtp::client::Tls",
      states: [{ kind: "upgrade", demand: "never" }],
    },
  },
  aliases: { "lettre::smtp::SmtpClient": CLIENT, "lettre::smtp::SmtpTransport": BLOCKING, "lettre::smtp::ClientSecurity": SECURITY },
  calls,
  recipes,
} as const satisfies CrateModel;
