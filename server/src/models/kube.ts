/** kube: a client's configuration with a field that accepts any certificate of the API server. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { acceptsCertificates, VERIFYING_CLIENT, verifyBySetting } from "./phrases.ts";

const CONFIG = "kube::Config";
const CLUSTER = "kube::config::Cluster";

const calls = [
  { path: `${CONFIG}::new`, returns: { new: CONFIG } },
  { path: `${CONFIG}::infer`, returns: { new: CONFIG } },
  { path: `${CONFIG}::from_kubeconfig`, returns: { new: CONFIG } },
  { path: `${CONFIG}::from_custom_kubeconfig`, returns: { new: CONFIG } },
  { path: `${CONFIG}::incluster`, versions: ">=1, <6", returns: { new: CONFIG } },
  { path: `${CONFIG}.accept_invalid_certs`, effects: [acceptsCertificates] },
  { path: `${CLUSTER}.insecure_skip_tls_verify`, effects: [acceptsCertificates] },
] as const satisfies readonly CallModel[];

const recipes = [
  { at: `${CONFIG}.accept_invalid_certs`, ...verifyBySetting },
  {
    at: `${CLUSTER}.insecure_skip_tls_verify`,
    ...verifyBySetting,
    edit: { kind: "replace-argument", argument: 0, with: "None" },
  },
] as const satisfies readonly Recipe[];

export const kube = {
  crate: "kube",
  package: "kube",
  versions: ">=0.66, <6",
  source: "https://github.com/kube-rs/kube",
  aliases: { "kube::config::Config": "kube::Config" },
  types: {
    // `infer` reads the kubeconfig, whose `insecure-skip-tls-verify` decides: no default is claimed.
    "kube::Config": { sort: "configuration", role: "client" },
    "kube::config::Cluster": { sort: "configuration", role: "client", defaults: VERIFYING_CLIENT },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
