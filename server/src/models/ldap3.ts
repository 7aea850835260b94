/** ldap3: connection settings with a switch that turns verification off. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { acceptsCertificates, OVER_TLS, PLAINTEXT, takesConfiguration, VERIFYING_CLIENT, verifyAgain } from "./phrases.ts";

const SETTINGS = "ldap3::LdapConnSettings";

const SYNC = "ldap3::LdapConn";
const ASYNC = "ldap3::LdapConnAsync";

const addressed = {
  kind: "peers",
  words: [{ word: "ldaps://", states: OVER_TLS }],
  silent: [{ word: "ldap://", states: PLAINTEXT }],
} as const;
const connects = [{ ...addressed, argument: 0 }] as const;
/** Settings may ask for STARTTLS. */
const connectsWith = [
  { kind: "takes", argument: 0, part: "configuration" },
  { ...addressed, argument: 1 },
] as const;

const calls = [
  { path: `${SYNC}::new`, returns: { new: SYNC }, effects: connects },
  { path: `${SYNC}::with_settings`, returns: { new: SYNC }, effects: connectsWith },
  { path: `${SYNC}::from_url`, returns: { new: SYNC }, effects: connects },
  { path: `${SYNC}::from_url_with_settings`, returns: { new: SYNC }, effects: connectsWith },
  { path: `${SYNC}::simple_bind`, effects: [{ kind: "states", fact: { kind: "login" } }] },
  { path: `${ASYNC}::new`, returns: { new: ASYNC }, effects: connects },
  { path: `${ASYNC}::with_settings`, returns: { new: ASYNC }, effects: connectsWith },
  { path: `${ASYNC}::from_url`, returns: { new: ASYNC }, effects: connects },
  { path: `${ASYNC}::from_url_with_settings`, returns: { new: ASYNC }, effects: connectsWith },
  { path: "ldap3::Ldap::simple_bind", effects: [{ kind: "states", fact: { kind: "login" } }] },
  { path: `${SETTINGS}::new`, returns: { new: SETTINGS } },
  { path: `${SETTINGS}::default`, returns: { new: SETTINGS } },
  { path: `${SETTINGS}::set_no_tls_verify`, returns: "self", effects: [acceptsCertificates] },
  // native-tls' connector; with rustls the setter is `set_config`.
  { path: `${SETTINGS}::set_connector`, returns: "self", effects: [takesConfiguration] },
  { path: `${SETTINGS}::set_starttls`, returns: "self", effects: [{ kind: "switch", argument: 0, on: OVER_TLS }] },
] as const satisfies readonly CallModel[];

const recipes = [{ at: `${SETTINGS}::set_no_tls_verify`, ...verifyAgain }] as const satisfies readonly Recipe[];

export const ldap3 = {
  crate: "ldap3",
  package: "ldap3",
  versions: ">=0.10, <0.13",
  source: "https://github.com/inejge/ldap3",
  types: {
    "ldap3::LdapConnSettings": { sort: "configuration", role: "client", chains: true, defaults: VERIFYING_CLIENT },
    "ldap3::LdapConn": { sort: "configuration", role: "client" },
    // What drives the connection comes with the handle that sends.
    "ldap3::LdapConnAsync": { sort: "configuration", role: "client", derefs: ["ldap3::Ldap"] },
    "ldap3::Ldap": { sort: "configuration", role: "client" },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
