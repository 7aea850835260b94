/** isahc: libcurl's verification, switched off by flags up to 1.x and by calls of the TLS configuration from 2.0 on. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { acceptsCertificates, acceptsNames, checkNameAgain, VERIFYING_CLIENT, verifyAgain } from "./phrases.ts";

const OLD = ">=1, <2";
const NEW = ">=2, <3";
const CLIENT = "isahc::HttpClientBuilder";
const TLS = "isahc::tls::TlsConfigBuilder";

const options = {
  versions: OLD,
  returns: "self",
  effects: [
    {
      kind: "flags",
      argument: 0,
      cases: [
        // Without the certificate the name says nothing: one fault, not two.
        {
          has: ["DANGER_ACCEPT_INVALID_CERTS"],
          states: [
            { kind: "server-verification", enabled: false },
            { kind: "hostname-verification", enabled: true },
          ],
        },
        {
          has: ["DANGER_ACCEPT_INVALID_HOSTS"],
          states: [
            { kind: "hostname-verification", enabled: false },
            { kind: "server-verification", enabled: true },
          ],
        },
        {
          states: [
            { kind: "server-verification", enabled: true },
            { kind: "hostname-verification", enabled: true },
          ],
        },
      ],
    },
  ],
} as const;

const calls = [
  { path: "isahc::HttpClient::builder", returns: { new: CLIENT } },
  { path: `${CLIENT}::new`, returns: { new: CLIENT } },
  { path: `${CLIENT}::default`, returns: { new: CLIENT } },
  { path: `${CLIENT}::ssl_options`, ...options },
  { path: `${CLIENT}::build`, returns: { becomes: "isahc::HttpClient" } },
  { path: `${TLS}::danger_accept_invalid_certs`, versions: NEW, returns: "self", effects: [acceptsCertificates] },
  { path: `${TLS}::danger_accept_invalid_hosts`, versions: NEW, returns: "self", effects: [acceptsNames] },
  { path: "isahc::tls::TlsConfig::builder", versions: NEW, returns: { new: TLS } },
  { path: `${TLS}::build`, versions: NEW, returns: { becomes: "isahc::tls::TlsConfig" } },
] as const satisfies readonly CallModel[];

const recipes = [
  { at: `${CLIENT}::ssl_options`, ...verifyAgain },
  { at: `${CLIENT}::ssl_options`, ...checkNameAgain },
  { at: `${TLS}::danger_accept_invalid_certs`, ...verifyAgain },
  { at: `${TLS}::danger_accept_invalid_hosts`, ...checkNameAgain },
] as const satisfies readonly Recipe[];

/** config/mod.rs of 1.0.0, 1.8.3 and 2.0.2. */
const CONFIGURABLE = [
  "authentication",
  "auto_referer",
  "automatic_decompression",
  "configure",
  "connect_timeout",
  "cookie_jar",
  "credentials",
  "dial",
  "expect_continue",
  "interface",
  "ip_version",
  "low_speed_timeout",
  "max_download_speed",
  "max_upload_speed",
  "metrics",
  "proxy",
  "proxy_authentication",
  "proxy_blacklist",
  "proxy_credentials",
  "proxy_tls_config",
  "redirect_policy",
  "ssl_ca_certificate",
  "ssl_ciphers",
  "ssl_client_certificate",
  "ssl_options",
  "tcp_keepalive",
  "tcp_nodelay",
  "timeout",
  "title_case_headers",
  "tls_config",
  "version_negotiation",
] as const;

export const isahc = {
  crate: "isahc",
  package: "isahc",
  versions: ">=1, <3",
  source: "https://github.com/sagebind/isahc",
  types: {
    "isahc::HttpClientBuilder": { sort: "configuration", role: "client", chains: true, defaults: VERIFYING_CLIENT },
    "isahc::HttpClient": { sort: "configuration", role: "client" },
    "isahc::tls::TlsConfigBuilder": { sort: "configuration", role: "client", chains: true, defaults: VERIFYING_CLIENT },
    "isahc::tls::TlsConfig": { sort: "configuration", role: "client" },
  },
  values: {
    "isahc::config::SslOption::NONE": { kind: "flags", bits: [], versions: OLD },
    "isahc::config::SslOption::DANGER_ACCEPT_INVALID_CERTS": { kind: "flags", bits: ["DANGER_ACCEPT_INVALID_CERTS"], versions: OLD },
    "isahc::config::SslOption::DANGER_ACCEPT_INVALID_HOSTS": { kind: "flags", bits: ["DANGER_ACCEPT_INVALID_HOSTS"], versions: OLD },
    "isahc::config::SslOption::DANGER_ACCEPT_REVOKED_CERTS": { kind: "flags", bits: ["DANGER_ACCEPT_REVOKED_CERTS"], versions: OLD },
  },
  calls,
  methodTraits: { "isahc::config::Configurable": CONFIGURABLE, "isahc::prelude::Configurable": CONFIGURABLE },
  recipes,
} as const satisfies CrateModel;
