/** schannel: Windows' own TLS. A callback has the last word on a chain that Windows has judged. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { acceptsNames, checkNameAgain, VERIFYING_CLIENT } from "./phrases.ts";

const BUILDER = "schannel::tls_stream::Builder";
const STREAM = "schannel::tls_stream::TlsStream";

const calls = [
  { path: `${BUILDER}::new`, returns: { new: BUILDER } },
  { path: `${BUILDER}::default`, returns: { new: BUILDER } },
  { path: `${BUILDER}::domain`, returns: "self" },
  { path: `${BUILDER}::use_sni`, returns: "self" },
  { path: `${BUILDER}::accept_invalid_hostnames`, returns: "self", effects: [acceptsNames] },
  {
    path: `${BUILDER}::verify_callback`,
    returns: "self",
    // The parameter holds Windows' answer: `CertValidationResult::result`.
    effects: [{ kind: "callback", argument: 0, verifies: "peer", accepts: "ok", inner: 0 }],
  },
  { path: `${BUILDER}::cert_store`, returns: "self", effects: [{ kind: "takes", argument: 0, part: "trust-store" }] },
  { path: `${BUILDER}::connect`, returns: { new: STREAM } },
  { path: `${BUILDER}::accept`, returns: { new: STREAM } },
  { path: `${STREAM}::peer_certificate`, readsPeerIdentity: "certificate" },
] as const satisfies readonly CallModel[];

const recipes = [
  { at: `${BUILDER}::accept_invalid_hostnames`, ...checkNameAgain },
  {
    at: `${BUILDER}::verify_callback`,
    gives: { kind: "verifier", judgement: "delegates" },
    title: "Use the system's own verification",
    edit: { kind: "remove-segment" },
  },
] as const satisfies readonly Recipe[];

export const schannel = {
  crate: "schannel",
  package: "schannel",
  versions: ">=0.1.20, <0.2",
  source: "https://github.com/steffengy/schannel-rs",
  types: {
    "schannel::tls_stream::Builder": { sort: "configuration", role: "client", chains: true, defaults: VERIFYING_CLIENT },
    "schannel::tls_stream::TlsStream": { sort: "stream" },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
