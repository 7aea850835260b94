/** sentry: reports go out over HTTPS, and a field of the options turns verification off. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { acceptsCertificates, VERIFYING_CLIENT, verifyBySetting } from "./phrases.ts";

const OPTIONS = "sentry::ClientOptions";

const calls = [
  { path: `${OPTIONS}::default`, returns: { new: OPTIONS } },
  { path: `${OPTIONS}.accept_invalid_certs`, effects: [acceptsCertificates] },
] as const satisfies readonly CallModel[];

const recipes = [{ at: `${OPTIONS}.accept_invalid_certs`, ...verifyBySetting }] as const satisfies readonly Recipe[];

export const sentry = {
  crate: "sentry",
  package: "sentry",
  versions: ">=0.31, <0.50",
  source: "https://github.com/getsentry/sentry-rust",
  types: { [OPTIONS]: { sort: "configuration", role: "client", defaults: VERIFYING_CLIENT } },
  calls,
  recipes,
} as const satisfies CrateModel;
