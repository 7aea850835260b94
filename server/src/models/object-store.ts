/** object_store: the HTTP client behind S3, Azure and Google Cloud, whose options have a switch that turns verification off. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { acceptsCertificates, trustsCertificates, VERIFYING_CLIENT, verifyAgain } from "./phrases.ts";

const OPTIONS = "object_store::ClientOptions";

const calls = [
  { path: `${OPTIONS}::new`, returns: { new: OPTIONS } },
  { path: `${OPTIONS}::default`, returns: { new: OPTIONS } },
  { path: `${OPTIONS}::with_allow_invalid_certificates`, returns: "self", effects: [acceptsCertificates] },
  { path: `${OPTIONS}::with_root_certificate`, versions: ">=0.12, <0.15", returns: "self", effects: [trustsCertificates] },
] as const satisfies readonly CallModel[];

const recipes = [{ at: `${OPTIONS}::with_allow_invalid_certificates`, ...verifyAgain }] as const satisfies readonly Recipe[];

export const objectStore = {
  crate: "object_store",
  package: "object_store",
  versions: ">=0.6, <0.15",
  source: "https://github.com/apache/arrow-rs-object-store",
  types: { [OPTIONS]: { sort: "configuration", role: "client", chains: true, defaults: VERIFYING_CLIENT } },
  calls,
  recipes,
} as const satisfies CrateModel;
