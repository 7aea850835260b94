/** mysql: no TLS without `SslOpts`, and two switches in them that turn verification off. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import {
  acceptsCertificates,
  acceptsNames,
  checkNameAgain,
  connectsTo,
  logsIn,
  trustsPath,
  VERIFYING_CLIENT,
  verifyAgain,
} from "./phrases.ts";

const TLS = "mysql::SslOpts";
const OPTIONS = "mysql::OptsBuilder";

/** No parameter of an address is about TLS (`Opts::from_url` in conn/opts/mod.rs): only `SslOpts` bring it. */
const address = {
  kind: "peers",
  argument: 0,
  holdsPassword: true,
  silent: [{ word: "mysql://", states: { kind: "database-tls", mode: "plaintext" } }],
  lax: { orOptions: true },
} as const;

/** An address, and no options. */
const written = { ...address, lax: {} } as const;

const calls = [
  { path: `${TLS}::default`, returns: { new: TLS } },
  { path: `${TLS}::with_root_cert_path`, returns: "self", effects: trustsPath },
  { path: `${TLS}::with_danger_accept_invalid_certs`, returns: "self", effects: [acceptsCertificates] },
  { path: `${TLS}::with_danger_skip_domain_validation`, returns: "self", effects: [acceptsNames] },
  { path: `${OPTIONS}::new`, returns: { new: OPTIONS } },
  { path: `${OPTIONS}::default`, returns: { new: OPTIONS } },
  { path: `${OPTIONS}::ip_or_hostname`, returns: "self", effects: connectsTo },
  { path: `${OPTIONS}::pass`, returns: "self", effects: logsIn },
  {
    path: `${OPTIONS}::ssl_opts`,
    returns: "self",
    effects: [
      { kind: "takes", argument: 0, part: "configuration" },
      { kind: "states", fact: { kind: "database-tls", mode: "verified" }, unlessNone: 0 },
    ],
  },
  {
    path: "mysql::Pool::new",
    returns: { new: "mysql::Pool" },
    effects: [address, { kind: "takes", argument: 0, part: "configuration" }],
  },
  {
    path: "mysql::Conn::new",
    returns: { new: "mysql::Conn" },
    effects: [address, { kind: "takes", argument: 0, part: "configuration" }],
  },
  { path: "mysql::Opts::from_url", returns: { new: "mysql::Opts" }, effects: [written] },
  // Of options or of an address.
  { path: `${OPTIONS}::from_opts`, returns: { becomes: OPTIONS }, effects: [address] },
] as const satisfies readonly CallModel[];

const recipes = [
  { at: `${TLS}::with_danger_accept_invalid_certs`, ...verifyAgain },
  { at: `${TLS}::with_danger_skip_domain_validation`, ...checkNameAgain },
] as const satisfies readonly Recipe[];

export const mysql = {
  crate: "mysql",
  package: "mysql",
  versions: ">=24, <29",
  source: "https://github.com/blackbeam/rust-mysql-simple",
  privateAuthority: "mysql 26.0.1, azure-pipelines.yml: the server runs with `--ssl-ca=/root/tests/ca.crt`",
  types: {
    "mysql::Pool": { sort: "configuration", role: "client" },
    "mysql::Conn": { sort: "configuration", role: "client" },
    "mysql::Opts": { sort: "configuration", role: "client" },
    "mysql::SslOpts": { sort: "configuration", role: "client", chains: true, defaults: VERIFYING_CLIENT },
    "mysql::OptsBuilder": {
      sort: "configuration",
      role: "client",
      chains: true,
      // Without `SslOpts` there is no TLS.
      defaults: [{ fact: { kind: "database-tls", mode: "plaintext" } }],
    },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
