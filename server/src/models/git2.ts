/** git2: a callback with the last word on a remote's certificate, for HTTPS and SSH alike. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";

const CALLBACKS = "git2::RemoteCallbacks";

const calls = [
  { path: `${CALLBACKS}::new`, returns: { new: CALLBACKS } },
  { path: `${CALLBACKS}::default`, returns: { new: CALLBACKS } },
  {
    path: `${CALLBACKS}::certificate_check`,
    returns: "self",
    effects: [{ kind: "callback", argument: 0, verifies: "peer", accepts: "true", certificate: [0] }],
  },
] as const satisfies readonly CallModel[];

const recipes = [
  {
    at: `${CALLBACKS}::certificate_check`,
    gives: { kind: "verifier", judgement: "delegates" },
    title: "Use libgit2's own verification",
    edit: { kind: "remove-segment" },
  },
] as const satisfies readonly Recipe[];

export const git2 = {
  crate: "git2",
  package: "git2",
  versions: ">=0.13, <0.22",
  source: "https://github.com/rust-lang/git2-rs",
  types: { "git2::RemoteCallbacks": { sort: "configuration", role: "client", chains: true } },
  values: {
    "git2::CertificateCheckStatus::CertificateOk": { kind: "accepted", versions: ">=0.16" },
    "git2::CertificateCheckStatus::CertificatePassthrough": { kind: "library-verdict", versions: ">=0.16" },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
