/** attohttpc: blocking HTTP over native-tls or rustls; switches on each request, and on a session for all of its requests. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import {
  acceptsCertificates,
  acceptsNames,
  asksByHttp,
  checkNameAgain,
  checkNameBySetting,
  knownByHeader,
  trustsCertificates,
  VERIFYING_CLIENT,
  verifyAgain,
  verifyBySetting,
} from "./phrases.ts";

const REQUEST = "attohttpc::RequestBuilder";
const SESSION = "attohttpc::Session";

const asks = { returns: { new: REQUEST }, effects: asksByHttp } as const;
const secret = { returns: "self", effects: [{ kind: "states", fact: { kind: "login" } }] } as const;

const calls = [
  { path: "attohttpc::get", ...asks },
  { path: "attohttpc::post", ...asks },
  { path: "attohttpc::put", ...asks },
  { path: "attohttpc::patch", ...asks },
  { path: "attohttpc::delete", ...asks },
  { path: "attohttpc::head", ...asks },
  { path: `${REQUEST}::new`, returns: { new: REQUEST }, effects: [{ ...asksByHttp[0], argument: 1 }] },
  { path: `${REQUEST}::danger_accept_invalid_certs`, returns: "self", effects: [acceptsCertificates] },
  { path: `${REQUEST}::danger_accept_invalid_hostnames`, returns: "self", effects: [acceptsNames] },
  { path: `${REQUEST}::add_root_certificate`, returns: "self", effects: [trustsCertificates] },
  { path: `${REQUEST}::basic_auth`, ...secret },
  { path: `${REQUEST}::bearer_auth`, ...secret },
  { path: `${REQUEST}::header`, returns: "self", effects: knownByHeader },
  { path: `${SESSION}::new`, returns: { new: SESSION } },
  { path: `${SESSION}::danger_accept_invalid_certs`, effects: [acceptsCertificates] },
  { path: `${SESSION}::danger_accept_invalid_hostnames`, effects: [acceptsNames] },
  { path: `${SESSION}::add_root_certificate`, effects: [trustsCertificates] },
] as const satisfies readonly CallModel[];

const recipes = [
  { at: `${REQUEST}::danger_accept_invalid_certs`, ...verifyAgain },
  { at: `${REQUEST}::danger_accept_invalid_hostnames`, ...checkNameAgain },
  { at: `${SESSION}::danger_accept_invalid_certs`, ...verifyBySetting },
  { at: `${SESSION}::danger_accept_invalid_hostnames`, ...checkNameBySetting },
] as const satisfies readonly Recipe[];

export const attohttpc = {
  crate: "attohttpc",
  package: "attohttpc",
  versions: ">=0.22, <0.32",
  source: "https://github.com/sbstp/attohttpc",
  types: {
    [REQUEST]: { sort: "configuration", role: "client", chains: true, defaults: VERIFYING_CLIENT },
    [SESSION]: { sort: "configuration", role: "client", defaults: VERIFYING_CLIENT },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
