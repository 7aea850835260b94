/** mail-send: mail submission; verification that may be switched off, and connections in the clear. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { connectsTo, logsIn, VERIFYING_CLIENT, verifyAgain } from "./phrases.ts";

const BUILDER = "mail_send::SmtpClientBuilder";

const calls = [
  { path: `${BUILDER}::new`, returns: { new: BUILDER }, effects: connectsTo },
  {
    path: `${BUILDER}::allow_invalid_certs`,
    returns: "self",
    effects: [{ kind: "states", fact: { kind: "server-verification", enabled: false } }],
  },
  { path: `${BUILDER}::credentials`, returns: "self", effects: logsIn },
  // It demands TLS: without STARTTLS it fails (smtp/builder.rs).
  { path: `${BUILDER}::connect`, effects: [{ kind: "states", fact: { kind: "upgrade", demand: "required" } }] },
  { path: `${BUILDER}::connect_plain`, effects: [{ kind: "states", fact: { kind: "upgrade", demand: "never" } }] },
] as const satisfies readonly CallModel[];

const recipes = [
  { at: `${BUILDER}::allow_invalid_certs`, ...verifyAgain },
  {
    at: `${BUILDER}::connect_plain`,
    gives: { kind: "upgrade", demand: "required" },
    title: "Require TLS",
    edit: { kind: "replace-name", with: "connect" },
  },
] as const satisfies readonly Recipe[];

export const mailSend = {
  crate: "mail_send",
  package: "mail-send",
  versions: ">=0.4, <0.6",
  source: "https://github.com/stalwartlabs/mail-send",
  types: { "mail_send::SmtpClientBuilder": { sort: "configuration", role: "client", chains: true, defaults: VERIFYING_CLIENT } },
  calls,
  recipes,
} as const satisfies CrateModel;
