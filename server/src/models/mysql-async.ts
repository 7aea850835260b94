/** mysql_async: no TLS without `SslOpts`, and two switches in them that turn verification off. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { acceptsCertificates, acceptsNames, checkNameAgain, connectsTo, logsIn, VERIFYING_CLIENT, verifyAgain } from "./phrases.ts";

const TLS = "mysql_async::SslOpts";
const OPTIONS = "mysql_async::OptsBuilder";

/** Without a word about TLS there is none. */
const address = {
  kind: "peers",
  argument: 0,
  words: [{ word: "require_ssl=true", states: { kind: "database-tls", mode: "verified" } }],
  silent: [{ word: "mysql://", states: { kind: "database-tls", mode: "plaintext" } }],
  lax: { demand: "require_ssl=true", orOptions: true },
  holdsPassword: true,
} as const;

/** An address, and no options. */
const written = { ...address, lax: { demand: "require_ssl=true" } } as const;

const calls = [
  { path: `${TLS}::default`, returns: { new: TLS } },
  {
    path: `${TLS}::with_root_certs`,
    versions: ">=0.34, <0.38",
    returns: "self",
    effects: [{ kind: "trusts", argument: 0, source: "certificates" }],
  },
  { path: `${TLS}::with_danger_accept_invalid_certs`, returns: "self", effects: [acceptsCertificates] },
  { path: `${TLS}::with_danger_skip_domain_validation`, returns: "self", effects: [acceptsNames] },
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
    path: "mysql_async::Pool::new",
    returns: { new: "mysql_async::Pool" },
    effects: [address, { kind: "takes", argument: 0, part: "configuration" }],
  },
  {
    path: "mysql_async::Pool::from_url",
    returns: { new: "mysql_async::Pool" },
    effects: [written, { kind: "takes", argument: 0, part: "configuration" }],
  },
  { path: "mysql_async::Opts::from_url", returns: { new: "mysql_async::Opts" }, effects: [written] },
  // Of options or of an address.
  { path: `${OPTIONS}::from_opts`, returns: { becomes: OPTIONS }, effects: [address] },
] as const satisfies readonly CallModel[];

const recipes = [
  { at: `${TLS}::with_danger_accept_invalid_certs`, ...verifyAgain },
  { at: `${TLS}::with_danger_skip_domain_validation`, ...checkNameAgain },
] as const satisfies readonly Recipe[];

export const mysqlAsync = {
  crate: "mysql_async",
  package: "mysql_async",
  versions: ">=0.30, <0.38",
  source: "https://github.com/blackbeam/mysql_async",
  privateAuthority: "mysql_async 0.36.2, azure-pipelines.yml: the server runs with `--ssl-ca=/root/rust-mysql-simple/tests/ca.crt`",
  types: {
    "mysql_async::Pool": { sort: "configuration", role: "client" },
    "mysql_async::Opts": { sort: "configuration", role: "client" },
    "mysql_async::SslOpts": { sort: "configuration", role: "client", chains: true, defaults: VERIFYING_CLIENT },
    "mysql_async::OptsBuilder": {
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
