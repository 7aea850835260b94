/** curl: libcurl's options, where verification is on until a call with `false` turns it off. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";

const certificate = {
  effects: [
    {
      kind: "switch",
      argument: 0,
      on: { kind: "server-verification", enabled: true },
      off: { kind: "server-verification", enabled: false },
    },
  ],
} as const;
const host = {
  effects: [
    {
      kind: "switch",
      argument: 0,
      on: { kind: "hostname-verification", enabled: true },
      off: { kind: "hostname-verification", enabled: false },
    },
  ],
} as const;
const minimum = { effects: [{ kind: "word", argument: 0, of: "minimum-version" }] } as const;
const anchors = {
  effects: [
    { kind: "trusts", argument: 0, source: "path" },
    { kind: "loads", argument: 0, reads: "certificates" },
  ],
} as const;

const CLIENT = {
  sort: "configuration",
  role: "client",
  defaults: [{ fact: { kind: "server-verification", enabled: true } }, { fact: { kind: "hostname-verification", enabled: true } }],
} as const;

const ciphers = { effects: [{ kind: "text", argument: 0, of: "cipher-list" }] } as const;

const calls = [
  { path: "curl::easy::Easy::new", returns: { new: "curl::easy::Easy" } },
  { path: "curl::easy::Easy::ssl_verify_peer", ...certificate },
  { path: "curl::easy::Easy::ssl_verify_host", ...host },
  { path: "curl::easy::Easy::proxy_ssl_verify_peer", ...certificate },
  { path: "curl::easy::Easy::proxy_ssl_verify_host", ...host },
  { path: "curl::easy::Easy::doh_ssl_verify_peer", ...certificate },
  { path: "curl::easy::Easy::doh_ssl_verify_host", ...host },
  { path: "curl::easy::Easy::ssl_version", ...minimum },
  { path: "curl::easy::Easy::ssl_min_max_version", ...minimum },
  { path: "curl::easy::Easy::proxy_ssl_version", ...minimum },
  { path: "curl::easy::Easy::proxy_ssl_min_max_version", ...minimum },
  { path: "curl::easy::Easy::cainfo", ...anchors },
  { path: "curl::easy::Easy::proxy_cainfo", ...anchors },
  { path: "curl::easy::Easy::ssl_cipher_list", ...ciphers },
  { path: "curl::easy::Easy::proxy_ssl_cipher_list", ...ciphers },
  { path: "curl::easy::Easy2::new", returns: { new: "curl::easy::Easy2" } },
  { path: "curl::easy::Easy2::ssl_verify_peer", ...certificate },
  { path: "curl::easy::Easy2::ssl_verify_host", ...host },
  { path: "curl::easy::Easy2::proxy_ssl_verify_peer", ...certificate },
  { path: "curl::easy::Easy2::proxy_ssl_verify_host", ...host },
  { path: "curl::easy::Easy2::doh_ssl_verify_peer", ...certificate },
  { path: "curl::easy::Easy2::doh_ssl_verify_host", ...host },
  { path: "curl::easy::Easy2::ssl_version", ...minimum },
  { path: "curl::easy::Easy2::ssl_min_max_version", ...minimum },
  { path: "curl::easy::Easy2::proxy_ssl_version", ...minimum },
  { path: "curl::easy::Easy2::proxy_ssl_min_max_version", ...minimum },
  { path: "curl::easy::Easy2::cainfo", ...anchors },
  { path: "curl::easy::Easy2::proxy_cainfo", ...anchors },
  { path: "curl::easy::Easy2::ssl_cipher_list", ...ciphers },
  { path: "curl::easy::Easy2::proxy_ssl_cipher_list", ...ciphers },
] as const satisfies readonly CallModel[];

const on = { edit: { kind: "replace-argument", argument: 0, with: "true" } } as const;
const verified = { gives: { kind: "server-verification", enabled: true }, title: "Enable certificate verification", ...on } as const;
const named = { gives: { kind: "hostname-verification", enabled: true }, title: "Enable hostname verification", ...on } as const;
const floor = {
  gives: { kind: "minimum-version", version: "TLS 1.2" },
  title: "Require TLS 1.2 or later",
  edit: { kind: "replace-argument", argument: 0, with: "{path:curl::easy::SslVersion}::Tlsv12" },
} as const;

const ownCiphers = {
  gives: { kind: "cipher-list" },
  title: "Use the TLS library's default ciphers",
  edit: { kind: "remove-segment" },
} as const;

const recipes = [
  { at: "curl::easy::Easy::ssl_cipher_list", ...ownCiphers },
  { at: "curl::easy::Easy::proxy_ssl_cipher_list", ...ownCiphers },
  { at: "curl::easy::Easy2::ssl_cipher_list", ...ownCiphers },
  { at: "curl::easy::Easy2::proxy_ssl_cipher_list", ...ownCiphers },
  { at: "curl::easy::Easy::ssl_verify_peer", ...verified },
  { at: "curl::easy::Easy::ssl_verify_host", ...named },
  { at: "curl::easy::Easy::proxy_ssl_verify_peer", ...verified },
  { at: "curl::easy::Easy::proxy_ssl_verify_host", ...named },
  { at: "curl::easy::Easy::doh_ssl_verify_peer", ...verified },
  { at: "curl::easy::Easy::doh_ssl_verify_host", ...named },
  { at: "curl::easy::Easy::ssl_version", ...floor },
  { at: "curl::easy::Easy::ssl_min_max_version", ...floor },
  { at: "curl::easy::Easy::proxy_ssl_version", ...floor },
  { at: "curl::easy::Easy::proxy_ssl_min_max_version", ...floor },
  { at: "curl::easy::Easy2::ssl_verify_peer", ...verified },
  { at: "curl::easy::Easy2::ssl_verify_host", ...named },
  { at: "curl::easy::Easy2::proxy_ssl_verify_peer", ...verified },
  { at: "curl::easy::Easy2::proxy_ssl_verify_host", ...named },
  { at: "curl::easy::Easy2::doh_ssl_verify_peer", ...verified },
  { at: "curl::easy::Easy2::doh_ssl_verify_host", ...named },
  { at: "curl::easy::Easy2::ssl_version", ...floor },
  { at: "curl::easy::Easy2::ssl_min_max_version", ...floor },
  { at: "curl::easy::Easy2::proxy_ssl_version", ...floor },
  { at: "curl::easy::Easy2::proxy_ssl_min_max_version", ...floor },
] as const satisfies readonly Recipe[];

export const curl = {
  crate: "curl",
  package: "curl",
  versions: ">=0.4, <0.5",
  source: "https://github.com/alexcrichton/curl-rust",
  types: { "curl::easy::Easy": CLIENT, "curl::easy::Easy2": CLIENT },
  values: {
    "curl::easy::SslVersion::Sslv2": { kind: "word", of: "minimum-version", word: "oldest" },
    "curl::easy::SslVersion::Sslv3": { kind: "word", of: "minimum-version", word: "SSL 3.0" },
    // libcurl's `CURL_SSLVERSION_TLSv1` is "TLS 1.0 or later".
    "curl::easy::SslVersion::Tlsv1": { kind: "word", of: "minimum-version", word: "TLS 1.0" },
    "curl::easy::SslVersion::Tlsv10": { kind: "word", of: "minimum-version", word: "TLS 1.0" },
    "curl::easy::SslVersion::Tlsv11": { kind: "word", of: "minimum-version", word: "TLS 1.1" },
    "curl::easy::SslVersion::Tlsv12": { kind: "word", of: "minimum-version", word: "TLS 1.2" },
    "curl::easy::SslVersion::Tlsv13": { kind: "word", of: "minimum-version", word: "TLS 1.3" },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
