/** mongodb: options that accept any certificate or any name, by builder, by literal and by field. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import {
  acceptsCertificates,
  acceptsNames,
  checkNameAgain,
  connectsTo,
  logsIn,
  OVER_TLS,
  PLAINTEXT,
  trustsPath,
  VERIFYING_CLIENT,
  verifyAgain,
} from "./phrases.ts";

const TLS = "mongodb::options::TlsOptions";
const BUILDER = "mongodb::options::TlsOptionsBuilder";

const CLIENT = "mongodb::Client";
const OPTIONS = "mongodb::options::ClientOptions";

/** `mongodb+srv` is TLS unless told otherwise (MongoDB's specification of the seed list). */
const connects = [
  {
    kind: "peers",
    argument: 0,
    words: [
      { word: "tls=true", states: OVER_TLS },
      { word: "ssl=true", states: OVER_TLS },
      { word: "mongodb+srv://", states: OVER_TLS },
    ],
    silent: [{ word: "mongodb://", states: PLAINTEXT }],
    lax: { demand: "tls=true" },
    holdsPassword: true,
  },
] as const;

const ASSEMBLED = "mongodb::options::ClientOptionsBuilder";
const goesOver = [
  { kind: "takes", argument: 0, part: "configuration" },
  { kind: "states", fact: OVER_TLS, unlessNone: 0 },
  { kind: "flags", argument: 0, cases: [{ has: ["DISABLED"], states: [PLAINTEXT] }], otherwise: "unchanged" },
] as const;

const calls = [
  { path: `${CLIENT}::with_uri_str`, returns: { new: CLIENT }, effects: connects },
  { path: `${CLIENT}::with_options`, returns: { new: CLIENT }, effects: [{ kind: "takes", argument: 0, part: "configuration" }] },
  { path: `${OPTIONS}::parse`, returns: { new: OPTIONS }, effects: connects },
  { path: `${OPTIONS}.credential`, effects: logsIn },
  { path: `${TLS}::default`, returns: { new: TLS } },
  { path: `${TLS}::builder`, returns: { new: BUILDER } },
  { path: `${BUILDER}::allow_invalid_certificates`, returns: "self", effects: [acceptsCertificates] },
  { path: `${BUILDER}::allow_invalid_hostnames`, returns: "self", effects: [acceptsNames] },
  { path: `${BUILDER}::ca_file_path`, returns: "self", effects: trustsPath },
  { path: `${BUILDER}::build`, returns: { becomes: TLS } },
  { path: `${TLS}.allow_invalid_certificates`, effects: [acceptsCertificates] },
  { path: `${TLS}.allow_invalid_hostnames`, effects: [acceptsNames] },
  { path: `${TLS}.ca_file_path`, effects: trustsPath },
  { path: "mongodb::options::Tls::Enabled", returns: { argument: 0 } },
  { path: "mongodb::options::Tls::from", returns: { argument: 0 } },
  {
    path: `${OPTIONS}.tls`,
    effects: goesOver,
  },
  { path: `${OPTIONS}::builder`, returns: { new: ASSEMBLED } },
  { path: `${ASSEMBLED}::hosts`, returns: "self", effects: connectsTo },
  { path: `${ASSEMBLED}::credential`, returns: "self", effects: logsIn },
  { path: `${ASSEMBLED}::tls`, returns: "self", effects: goesOver },
  { path: `${ASSEMBLED}::build`, returns: { becomes: OPTIONS } },
] as const satisfies readonly CallModel[];

const recipes = [
  { at: `${BUILDER}::allow_invalid_certificates`, ...verifyAgain },
  { at: `${BUILDER}::allow_invalid_hostnames`, ...checkNameAgain },
  { at: `${TLS}.allow_invalid_certificates`, ...verifyAgain, edit: { kind: "replace-argument", argument: 0, with: "None" } },
  { at: `${TLS}.allow_invalid_hostnames`, ...checkNameAgain, edit: { kind: "replace-argument", argument: 0, with: "None" } },
] as const satisfies readonly Recipe[];

export const mongodb = {
  crate: "mongodb",
  package: "mongodb",
  versions: ">=2, <4",
  source: "https://github.com/mongodb/mongo-rust-driver",
  encryption: { by: ["rustls", "openssl"], feature: "rustls-tls" },
  types: {
    "mongodb::options::TlsOptions": { sort: "configuration", role: "client", defaults: VERIFYING_CLIENT },
    "mongodb::options::TlsOptionsBuilder": { sort: "configuration", role: "client", chains: true, defaults: VERIFYING_CLIENT },
    "mongodb::options::Tls": { sort: "configuration", role: "client" },
    "mongodb::options::ClientOptions": { sort: "configuration", role: "client" },
    // "By default, TLS is disabled." (client/options.rs)
    "mongodb::options::ClientOptionsBuilder": { sort: "configuration", role: "client", chains: true, defaults: [{ fact: PLAINTEXT }] },
    "mongodb::Client": { sort: "configuration", role: "client" },
  },
  values: { "mongodb::options::Tls::Disabled": { kind: "flags", bits: ["DISABLED"] } },
  calls,
  recipes,
} as const satisfies CrateModel;
