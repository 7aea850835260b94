/** reqwest 0.10 to 0.13: an HTTP client over native-tls or rustls, asynchronous and blocking, with the same builder twice. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { asksByHttp, knownByHeader } from "./phrases.ts";

const NEW = ">=0.13, <0.14";

const CLIENT = [
  { fact: { kind: "server-verification", enabled: true } },
  { fact: { kind: "hostname-verification", enabled: true } },
  { fact: { kind: "revocation-check", enabled: false } },
] as const;

const certificates = {
  returns: "self",
  effects: [
    {
      kind: "switch",
      argument: 0,
      on: { kind: "server-verification", enabled: false },
      off: { kind: "server-verification", enabled: true },
    },
  ],
} as const;
const local = { returns: "self", effects: [{ kind: "states", fact: { kind: "peer", reach: "loopback" } }] } as const;

const hostnames = {
  returns: "self",
  effects: [
    {
      kind: "switch",
      argument: 0,
      on: { kind: "hostname-verification", enabled: false },
      off: { kind: "hostname-verification", enabled: true },
    },
  ],
} as const;
const anchors = { returns: "self", effects: [{ kind: "trusts", argument: 0, source: "certificates" }] } as const;
/** With a list, rustls checks each certificate of the chain (async_impl/client.rs `build`). */
const checked = { kind: "states", fact: { kind: "revocation-check", enabled: true } } as const;
const lists = { returns: "self", effects: [{ kind: "revokes", argument: 0, source: "crls" }, checked] } as const;
const list = { returns: "self", effects: [{ kind: "revokes", argument: 0, source: "crl" }, checked] } as const;
const minimum = { returns: "self", effects: [{ kind: "word", argument: 0, of: "minimum-version" }] } as const;
const maximum = { returns: "self", effects: [{ kind: "word", argument: 0, of: "maximum-version" }] } as const;
const keyLog = {
  versions: ">=0.13.4, <0.14",
  returns: "self",
  effects: [{ kind: "switch", argument: 0, on: { kind: "key-log", enabled: true }, off: { kind: "key-log", enabled: false } }],
} as const;
const preconfigured = { returns: "self", effects: [{ kind: "takes", argument: 0, part: "configuration" }] } as const;
/** What is in them goes out with whatever is sent. */
const headed = { beside: true, returns: "self", effects: [{ kind: "takes", argument: 0, part: "configuration" }] } as const;
const identity = { returns: "self", effects: [{ kind: "takes", argument: 0, part: "certificates" }] } as const;

const asynchronous = [
  { path: "reqwest::Client::builder", returns: { new: "reqwest::ClientBuilder" } },
  { path: "reqwest::Client::new", returns: { new: "reqwest::Client" } },
  { path: "reqwest::Client::default", returns: { new: "reqwest::Client" } },
  { path: "reqwest::ClientBuilder::new", returns: { new: "reqwest::ClientBuilder" } },
  { path: "reqwest::ClientBuilder::default", returns: { new: "reqwest::ClientBuilder" } },
  { path: "reqwest::ClientBuilder::danger_accept_invalid_certs", ...certificates },
  { path: "reqwest::ClientBuilder::tls_danger_accept_invalid_certs", versions: NEW, ...certificates },
  { path: "reqwest::ClientBuilder::danger_accept_invalid_hostnames", ...hostnames },
  { path: "reqwest::ClientBuilder::tls_danger_accept_invalid_hostnames", versions: NEW, ...hostnames },
  { path: "reqwest::ClientBuilder::default_headers", ...headed },
  { path: "reqwest::ClientBuilder::add_root_certificate", ...anchors },
  { path: "reqwest::ClientBuilder::tls_certs_merge", versions: NEW, ...anchors },
  { path: "reqwest::ClientBuilder::tls_certs_only", versions: NEW, ...anchors },
  { path: "reqwest::ClientBuilder::tls_built_in_root_certs", versions: ">=0.11.1, <0.13", returns: "self" },
  { path: "reqwest::ClientBuilder::add_crl", versions: ">=0.12.9, <0.14", ...list },
  { path: "reqwest::ClientBuilder::add_crls", versions: ">=0.12.9, <0.14", ...lists },
  { path: "reqwest::ClientBuilder::tls_crls_only", versions: NEW, ...lists },
  { path: "reqwest::ClientBuilder::unix_socket", versions: ">=0.12.23, <0.14", ...local },
  { path: "reqwest::ClientBuilder::min_tls_version", versions: ">=0.11.5, <0.14", ...minimum },
  { path: "reqwest::ClientBuilder::tls_version_min", versions: NEW, ...minimum },
  { path: "reqwest::ClientBuilder::max_tls_version", versions: ">=0.11.5, <0.14", ...maximum },
  { path: "reqwest::ClientBuilder::tls_version_max", versions: NEW, ...maximum },
  { path: "reqwest::ClientBuilder::tls_sslkeylogfile", ...keyLog },
  { path: "reqwest::ClientBuilder::use_preconfigured_tls", ...preconfigured },
  { path: "reqwest::ClientBuilder::tls_backend_preconfigured", versions: NEW, ...preconfigured },
  { path: "reqwest::ClientBuilder::use_rustls_tls", returns: "self" },
  { path: "reqwest::ClientBuilder::use_native_tls", returns: "self" },
  { path: "reqwest::ClientBuilder::tls_backend_rustls", versions: NEW, returns: "self" },
  { path: "reqwest::ClientBuilder::tls_backend_native", versions: NEW, returns: "self" },
  { path: "reqwest::ClientBuilder::identity", ...identity },
  { path: "reqwest::ClientBuilder::build", returns: { becomes: "reqwest::Client" } },
] as const satisfies readonly CallModel[];

const blocking = [
  { path: "reqwest::blocking::Client::builder", returns: { new: "reqwest::blocking::ClientBuilder" } },
  { path: "reqwest::blocking::Client::new", returns: { new: "reqwest::blocking::Client" } },
  { path: "reqwest::blocking::Client::default", returns: { new: "reqwest::blocking::Client" } },
  { path: "reqwest::blocking::ClientBuilder::new", returns: { new: "reqwest::blocking::ClientBuilder" } },
  { path: "reqwest::blocking::ClientBuilder::default", returns: { new: "reqwest::blocking::ClientBuilder" } },
  { path: "reqwest::blocking::ClientBuilder::danger_accept_invalid_certs", ...certificates },
  { path: "reqwest::blocking::ClientBuilder::tls_danger_accept_invalid_certs", versions: NEW, ...certificates },
  { path: "reqwest::blocking::ClientBuilder::danger_accept_invalid_hostnames", ...hostnames },
  { path: "reqwest::blocking::ClientBuilder::tls_danger_accept_invalid_hostnames", versions: NEW, ...hostnames },
  { path: "reqwest::blocking::ClientBuilder::default_headers", ...headed },
  { path: "reqwest::blocking::ClientBuilder::add_root_certificate", ...anchors },
  { path: "reqwest::blocking::ClientBuilder::tls_certs_merge", versions: NEW, ...anchors },
  { path: "reqwest::blocking::ClientBuilder::tls_certs_only", versions: NEW, ...anchors },
  { path: "reqwest::blocking::ClientBuilder::tls_built_in_root_certs", versions: ">=0.11.1, <0.13", returns: "self" },
  { path: "reqwest::blocking::ClientBuilder::add_crl", versions: ">=0.12.9, <0.14", ...list },
  { path: "reqwest::blocking::ClientBuilder::add_crls", versions: ">=0.12.9, <0.14", ...lists },
  { path: "reqwest::blocking::ClientBuilder::tls_crls_only", versions: NEW, ...lists },
  { path: "reqwest::blocking::ClientBuilder::unix_socket", versions: ">=0.12.23, <0.14", ...local },
  { path: "reqwest::blocking::ClientBuilder::min_tls_version", versions: ">=0.11.5, <0.14", ...minimum },
  { path: "reqwest::blocking::ClientBuilder::tls_version_min", versions: NEW, ...minimum },
  { path: "reqwest::blocking::ClientBuilder::max_tls_version", versions: ">=0.11.5, <0.14", ...maximum },
  { path: "reqwest::blocking::ClientBuilder::tls_version_max", versions: NEW, ...maximum },
  { path: "reqwest::blocking::ClientBuilder::tls_sslkeylogfile", ...keyLog },
  { path: "reqwest::blocking::ClientBuilder::use_preconfigured_tls", ...preconfigured },
  { path: "reqwest::blocking::ClientBuilder::tls_backend_preconfigured", versions: NEW, ...preconfigured },
  { path: "reqwest::blocking::ClientBuilder::use_rustls_tls", returns: "self" },
  { path: "reqwest::blocking::ClientBuilder::use_native_tls", returns: "self" },
  { path: "reqwest::blocking::ClientBuilder::tls_backend_rustls", versions: NEW, returns: "self" },
  { path: "reqwest::blocking::ClientBuilder::tls_backend_native", versions: NEW, returns: "self" },
  { path: "reqwest::blocking::ClientBuilder::identity", ...identity },
  { path: "reqwest::blocking::ClientBuilder::build", returns: { becomes: "reqwest::blocking::Client" } },
] as const satisfies readonly CallModel[];

const asks = { beside: true, returns: { of: "reqwest::RequestBuilder", arguments: 1 }, effects: asksByHttp } as const;
const asksBlocking = { ...asks, returns: { of: "reqwest::blocking::RequestBuilder", arguments: 1 } } as const;
/** The URL comes after the method. */
const asksBy = { effects: [{ ...asksByHttp[0], argument: 1 }] } as const;
const secret = { returns: "self", effects: [{ kind: "states", fact: { kind: "login" } }] } as const;
const header = { beside: true, returns: "self", effects: knownByHeader } as const;

const requests = [
  { path: "reqwest::Client::get", ...asks },
  { path: "reqwest::Client::post", ...asks },
  { path: "reqwest::Client::put", ...asks },
  { path: "reqwest::Client::patch", ...asks },
  { path: "reqwest::Client::delete", ...asks },
  { path: "reqwest::Client::head", ...asks },
  { path: "reqwest::Client::request", ...asks, ...asksBy },
  { path: "reqwest::RequestBuilder::basic_auth", ...secret },
  { path: "reqwest::RequestBuilder::bearer_auth", ...secret },
  { path: "reqwest::RequestBuilder::header", ...header },
  { path: "reqwest::RequestBuilder::headers", ...headed },
  { path: "reqwest::blocking::Client::get", ...asksBlocking },
  { path: "reqwest::blocking::Client::post", ...asksBlocking },
  { path: "reqwest::blocking::Client::put", ...asksBlocking },
  { path: "reqwest::blocking::Client::patch", ...asksBlocking },
  { path: "reqwest::blocking::Client::delete", ...asksBlocking },
  { path: "reqwest::blocking::Client::head", ...asksBlocking },
  { path: "reqwest::blocking::Client::request", ...asksBlocking, ...asksBy },
  { path: "reqwest::blocking::RequestBuilder::basic_auth", ...secret },
  { path: "reqwest::blocking::RequestBuilder::bearer_auth", ...secret },
  { path: "reqwest::blocking::RequestBuilder::header", ...header },
  { path: "reqwest::blocking::RequestBuilder::headers", ...headed },
] as const satisfies readonly CallModel[];

const loaders = [
  {
    path: "reqwest::Certificate::from_pem",
    returns: { new: "reqwest::Certificate" },
    // With rustls all certificates of the text are added, with native-tls the first one.
    effects: [
      { kind: "loads", argument: 0, reads: "certificates" },
      { kind: "takes-first", argument: 0, platformDependent: true },
    ],
    fails: "certificate",
  },
  {
    path: "reqwest::Certificate::from_pem_bundle",
    versions: ">=0.11.24, <0.14",
    returns: { new: "reqwest::Certificate" },
    effects: [{ kind: "loads", argument: 0, reads: "certificates" }],
    fails: "certificate",
  },
  {
    path: "reqwest::Certificate::from_der",
    returns: { new: "reqwest::Certificate" },
    effects: [{ kind: "loads", argument: 0, reads: "first-certificate" }],
    fails: "certificate",
  },
  {
    path: "reqwest::tls::CertificateRevocationList::from_pem",
    versions: ">=0.12.9, <0.14",
    returns: { new: "reqwest::tls::CertificateRevocationList" },
    effects: [{ kind: "loads", argument: 0, reads: "crls" }],
    fails: "crl",
  },
  {
    path: "reqwest::tls::CertificateRevocationList::from_pem_bundle",
    versions: ">=0.12.9, <0.14",
    returns: { new: "reqwest::tls::CertificateRevocationList" },
    effects: [{ kind: "loads", argument: 0, reads: "crls" }],
    fails: "crl",
  },
  {
    path: "reqwest::Identity::from_pem",
    returns: { new: "reqwest::Identity" },
    effects: [{ kind: "loads", argument: 0, reads: "any", as: "own-chain" }],
  },
  {
    path: "reqwest::Identity::from_pkcs8_pem",
    versions: ">=0.11.13, <0.14",
    returns: { new: "reqwest::Identity" },
    effects: [
      { kind: "loads", argument: 0, reads: "certificates", as: "own-chain" },
      { kind: "loads", argument: 1, reads: "private-key", as: "own-key" },
    ],
  },
  {
    path: "reqwest::Identity::from_pkcs12_der",
    returns: { new: "reqwest::Identity" },
    effects: [{ kind: "loads", argument: 0, reads: "any", as: "own-chain" }],
  },
] as const satisfies readonly CallModel[];

const verified = {
  gives: { kind: "server-verification", enabled: true },
  title: "Enable certificate verification",
  edit: { kind: "remove-segment" },
} as const;
const named = {
  gives: { kind: "hostname-verification", enabled: true },
  title: "Enable hostname verification",
  edit: { kind: "remove-segment" },
} as const;
const floor = {
  versions: ">=0.11.5, <0.14",
  gives: { kind: "minimum-version", version: "TLS 1.2" },
  title: "Require TLS 1.2 or later",
  edit: { kind: "replace-argument", argument: 0, with: "{path:reqwest::tls::Version}::TLS_1_2" },
} as const;
const newestFloor = {
  versions: ">=0.11.5, <0.14",
  gives: { kind: "minimum-version", version: "TLS 1.3" },
  title: "Require TLS 1.3",
  edit: { kind: "replace-argument", argument: 0, with: "{path:reqwest::tls::Version}::TLS_1_3" },
} as const;
const ceiling = {
  versions: ">=0.11.5, <0.14",
  gives: { kind: "maximum-version", version: "TLS 1.3" },
  title: "Allow the newest TLS version",
  edit: { kind: "remove-segment" },
} as const;
const silent = {
  gives: { kind: "key-log", enabled: false },
  title: "Disable key logging",
  edit: { kind: "remove-segment" },
} as const;
/** `from_pem` takes its argument for one list in DER and refuses nothing. */
const loaded = {
  versions: ">=0.12.9, <0.14",
  gives: { kind: "revocation", lists: "loaded" },
  title: "Load the CRL of your servers' CA",
  before: `let {fresh:bundle} = std::fs::read({crl}){try:<std::io::Error>cannot read the revocation list};
let {fresh:crls} = {path:reqwest::tls::CertificateRevocationList}::from_pem_bundle(&{fresh:bundle}){try:<reqwest::Error>malformed revocation list};
assert!(!{fresh:crls}.is_empty(), "no revocation list in the file");`,
  edit: { kind: "replace-argument", argument: 0, with: "{fresh:crls}" },
} as const;

const recipes = [
  { at: "reqwest::ClientBuilder::add_crls", ...loaded },
  { at: "reqwest::ClientBuilder::tls_crls_only", ...loaded },
  { at: "reqwest::blocking::ClientBuilder::add_crls", ...loaded },
  { at: "reqwest::blocking::ClientBuilder::tls_crls_only", ...loaded },
  { at: "reqwest::ClientBuilder::danger_accept_invalid_certs", ...verified },
  { at: "reqwest::ClientBuilder::tls_danger_accept_invalid_certs", ...verified },
  { at: "reqwest::ClientBuilder::danger_accept_invalid_hostnames", ...named },
  { at: "reqwest::ClientBuilder::tls_danger_accept_invalid_hostnames", ...named },
  { at: "reqwest::ClientBuilder::min_tls_version", ...floor },
  { at: "reqwest::ClientBuilder::min_tls_version", ...newestFloor },
  { at: "reqwest::ClientBuilder::tls_version_min", ...floor },
  { at: "reqwest::ClientBuilder::tls_version_min", ...newestFloor },
  { at: "reqwest::ClientBuilder::max_tls_version", ...ceiling },
  { at: "reqwest::ClientBuilder::tls_version_max", ...ceiling },
  { at: "reqwest::ClientBuilder::tls_sslkeylogfile", ...silent },
  { at: "reqwest::blocking::ClientBuilder::danger_accept_invalid_certs", ...verified },
  { at: "reqwest::blocking::ClientBuilder::tls_danger_accept_invalid_certs", ...verified },
  { at: "reqwest::blocking::ClientBuilder::danger_accept_invalid_hostnames", ...named },
  { at: "reqwest::blocking::ClientBuilder::tls_danger_accept_invalid_hostnames", ...named },
  { at: "reqwest::blocking::ClientBuilder::min_tls_version", ...floor },
  { at: "reqwest::blocking::ClientBuilder::min_tls_version", ...newestFloor },
  { at: "reqwest::blocking::ClientBuilder::tls_version_min", ...floor },
  { at: "reqwest::blocking::ClientBuilder::tls_version_min", ...newestFloor },
  { at: "reqwest::blocking::ClientBuilder::max_tls_version", ...ceiling },
  { at: "reqwest::blocking::ClientBuilder::tls_version_max", ...ceiling },
  { at: "reqwest::blocking::ClientBuilder::tls_sslkeylogfile", ...silent },
] as const satisfies readonly Recipe[];

export const reqwest = {
  crate: "reqwest",
  package: "reqwest",
  versions: ">=0.10, <0.14",
  source: "https://github.com/seanmonstar/reqwest",
  error: { type: "reqwest::Error" },
  aliases: {
    "reqwest::tls::Certificate": "reqwest::Certificate",
    "reqwest::tls::Identity": "reqwest::Identity",
    "reqwest::header::HeaderMap": "http::HeaderMap",
  },
  types: {
    "reqwest::ClientBuilder": { sort: "configuration", role: "client", chains: true, defaults: CLIENT },
    "reqwest::Client": { sort: "configuration", role: "client" },
    "reqwest::blocking::ClientBuilder": { sort: "configuration", role: "client", chains: true, defaults: CLIENT },
    "reqwest::blocking::Client": { sort: "configuration", role: "client" },
    "reqwest::RequestBuilder": { sort: "other", role: "client", chains: true },
    "reqwest::blocking::RequestBuilder": { sort: "other", role: "client", chains: true },
    "reqwest::Certificate": { sort: "certificates" },
    "reqwest::Identity": { sort: "certificates" },
    "reqwest::tls::CertificateRevocationList": { sort: "crls" },
  },
  values: {
    "reqwest::tls::Version::TLS_1_0": { kind: "word", of: "minimum-version", word: "TLS 1.0", versions: ">=0.11.5, <0.14" },
    "reqwest::tls::Version::TLS_1_1": { kind: "word", of: "minimum-version", word: "TLS 1.1", versions: ">=0.11.5, <0.14" },
    "reqwest::tls::Version::TLS_1_2": { kind: "word", of: "minimum-version", word: "TLS 1.2", versions: ">=0.11.5, <0.14" },
    "reqwest::tls::Version::TLS_1_3": { kind: "word", of: "minimum-version", word: "TLS 1.3", versions: ">=0.11.5, <0.14" },
  },
  calls: [...asynchronous, ...blocking, ...requests, ...loaders],
  recipes,
} as const satisfies CrateModel;
