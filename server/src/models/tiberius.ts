/** tiberius: SQL Server, with levels of encryption and a switch that trusts any certificate. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { connectsTo, trustsPath, VERIFYING_CLIENT, verifyAgain } from "./phrases.ts";

const CONFIG = "tiberius::Config";

const calls = [
  { path: `${CONFIG}::new`, returns: { new: CONFIG } },
  { path: `${CONFIG}::default`, returns: { new: CONFIG } },
  { path: `${CONFIG}::host`, effects: connectsTo },
  { path: `${CONFIG}::trust_cert`, effects: [{ kind: "states", fact: { kind: "server-verification", enabled: false } }] },
  { path: `${CONFIG}::trust_cert_ca`, versions: ">=0.8, <0.14", effects: trustsPath },
  {
    path: `${CONFIG}::encryption`,
    effects: [
      {
        kind: "flags",
        argument: 0,
        cases: [
          // `Off` encrypts the login and nothing after it.
          { has: ["OFF"], states: [{ kind: "database-tls", mode: "plaintext" }] },
          { has: ["NOT_SUPPORTED"], states: [{ kind: "database-tls", mode: "plaintext" }] },
          { has: ["ON"], states: [{ kind: "database-tls", mode: "optional" }] },
          { has: ["REQUIRED"], states: [{ kind: "database-tls", mode: "verified" }] },
        ],
      },
    ],
  },
] as const satisfies readonly CallModel[];

const recipes = [
  { at: `${CONFIG}::trust_cert`, ...verifyAgain },
  {
    at: `${CONFIG}::encryption`,
    gives: { kind: "database-tls", mode: "verified" },
    title: "Require encryption of all data",
    edit: { kind: "replace-argument", argument: 0, with: "{path:tiberius::EncryptionLevel}::Required" },
  },
] as const satisfies readonly Recipe[];

export const tiberius = {
  crate: "tiberius",
  package: "tiberius",
  versions: ">=0.7, <0.14",
  source: "https://github.com/prisma/tiberius",
  privateAuthority: 'tiberius 0.12.3, src/client/config.rs: `trust_cert_ca` is "useful when using self-signed certificates on the server"',
  // client/connection.rs: without one, `tls_handshake` only writes a line into the log; since 0.13 it fails where TLS was asked for.
  encryption: { by: ["rustls", "native-tls", "opentls"], feature: "rustls", ignored: ">=0.12, <0.13" },
  types: { "tiberius::Config": { sort: "configuration", role: "client", defaults: VERIFYING_CLIENT } },
  values: {
    "tiberius::EncryptionLevel::Off": { kind: "flags", bits: ["OFF"] },
    "tiberius::EncryptionLevel::On": { kind: "flags", bits: ["ON"] },
    "tiberius::EncryptionLevel::NotSupported": { kind: "flags", bits: ["NOT_SUPPORTED"] },
    "tiberius::EncryptionLevel::Required": { kind: "flags", bits: ["REQUIRED"] },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
