/** hickory-resolver: DNS over TLS, HTTPS and QUIC; from 0.26 on its TLS configuration can be told to verify nobody. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { VERIFYING_CLIENT, verifyAgain } from "./phrases.ts";

const TLS = "hickory_resolver::TlsConfig";

const calls = [
  { path: `${TLS}::new`, returns: { new: TLS } },
  { path: `${TLS}::insecure_skip_verify`, effects: [{ kind: "states", fact: { kind: "server-verification", enabled: false } }] },
] as const satisfies readonly CallModel[];

const recipes = [{ at: `${TLS}::insecure_skip_verify`, ...verifyAgain }] as const satisfies readonly Recipe[];

export const hickoryResolver = {
  crate: "hickory_resolver",
  package: "hickory-resolver",
  versions: ">=0.26, <0.27",
  source: "https://github.com/hickory-dns/hickory-dns",
  types: { [TLS]: { sort: "configuration", role: "client", defaults: VERIFYING_CLIENT } },
  calls,
  recipes,
} as const satisfies CrateModel;
