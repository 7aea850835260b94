/** irc: TLS unless it is switched off, and a switch that accepts any certificate. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { acceptsCertificates, connectsTo, logsIn, OVER_TLS, PLAINTEXT, VERIFYING_CLIENT, verifyAgain } from "./phrases.ts";

const CONFIG = "irc::client::data::config::Config";

const calls = [
  { path: `${CONFIG}::default`, returns: { new: CONFIG } },
  { path: `${CONFIG}.server`, effects: connectsTo },
  { path: `${CONFIG}.password`, effects: logsIn },
  { path: `${CONFIG}.nick_password`, effects: logsIn },
  { path: `${CONFIG}.dangerously_accept_invalid_certs`, effects: [acceptsCertificates] },
  {
    path: `${CONFIG}.use_tls`,
    effects: [{ kind: "switch", argument: 0, on: OVER_TLS, off: PLAINTEXT }],
  },
] as const satisfies readonly CallModel[];

const recipes = [
  {
    at: `${CONFIG}.dangerously_accept_invalid_certs`,
    ...verifyAgain,
    edit: { kind: "replace-argument", argument: 0, with: "None" },
  },
] as const satisfies readonly Recipe[];

export const irc = {
  crate: "irc",
  package: "irc",
  versions: ">=1, <2",
  source: "https://github.com/aatxe/irc",
  aliases: { "irc::client::data::Config": CONFIG, "irc::client::prelude::Config": CONFIG },
  types: { "irc::client::data::config::Config": { sort: "configuration", role: "client", defaults: VERIFYING_CLIENT } },
  calls,
  recipes,
} as const satisfies CrateModel;
