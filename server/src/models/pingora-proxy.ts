/** pingora-proxy: the services that it makes of an application, which listen wherever they are told to. */
import type { CallModel, CrateModel } from "./model.ts";

const SERVICE = "pingora_core::services::listening::Service";

const calls = [
  { path: "pingora_proxy::http_proxy_service", returns: { new: SERVICE } },
  { path: "pingora_proxy::http_proxy_service_with_name", returns: { new: SERVICE } },
] as const satisfies readonly CallModel[];

export const pingoraProxy = {
  crate: "pingora_proxy",
  package: "pingora-proxy",
  versions: ">=0.4, <0.10",
  source: "https://github.com/cloudflare/pingora",
  aliases: {
    "pingora::proxy": "pingora_proxy",
    "pingora::prelude::http_proxy_service": "pingora_proxy::http_proxy_service",
  },
  types: {},
  calls,
} as const satisfies CrateModel;
