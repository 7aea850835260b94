/** imap 3: a client whose verification may be skipped, and whose mode may fall back to the clear. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { acceptsCertificates, connectsTo, VERIFYING_CLIENT, verifyAgain } from "./phrases.ts";

const BUILDER = "imap::ClientBuilder";

const calls = [
  { path: `${BUILDER}::new`, returns: { new: BUILDER }, effects: connectsTo },
  { path: `${BUILDER}::danger_skip_tls_verify`, returns: "self", effects: [acceptsCertificates] },
  {
    path: `${BUILDER}::mode`,
    returns: "self",
    effects: [
      {
        kind: "flags",
        argument: 0,
        cases: [
          { has: ["PLAINTEXT"], states: [{ kind: "upgrade", demand: "never" }] },
          { has: ["AUTO"], states: [{ kind: "upgrade", demand: "optional" }] },
          { has: ["TLS"], states: [{ kind: "upgrade", demand: "required" }] },
        ],
      },
    ],
  },
] as const satisfies readonly CallModel[];

const recipes = [
  { at: `${BUILDER}::danger_skip_tls_verify`, ...verifyAgain },
  {
    at: `${BUILDER}::mode`,
    gives: { kind: "upgrade", demand: "required" },
    title: "Require TLS",
    edit: { kind: "replace-argument", argument: 0, with: "{path:imap::ConnectionMode}::AutoTls" },
  },
] as const satisfies readonly Recipe[];

export const imap = {
  crate: "imap",
  package: "imap",
  versions: ">=3.0.0-alpha.14, <4",
  source: "https://github.com/jonhoo/rust-imap",
  types: { "imap::ClientBuilder": { sort: "configuration", role: "client", chains: true, defaults: VERIFYING_CLIENT } },
  values: {
    "imap::ConnectionMode::Plaintext": { kind: "flags", bits: ["PLAINTEXT"] },
    "imap::ConnectionMode::Auto": { kind: "flags", bits: ["AUTO"] },
    "imap::ConnectionMode::AutoTls": { kind: "flags", bits: ["TLS", "AUTO_TLS"] },
    "imap::ConnectionMode::Tls": { kind: "flags", bits: ["TLS"] },
    "imap::ConnectionMode::StartTls": { kind: "flags", bits: ["TLS", "START_TLS"] },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
