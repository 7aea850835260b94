/** embedded-tls: TLS 1.3 for devices; what a connection verifies with is its provider, and one of these verifies nobody. */
import type { ByHand, CallModel, CrateModel } from "./model.ts";

const UNSECURE = "embedded_tls::UnsecureProvider";

const calls = [
  {
    path: `${UNSECURE}::new`,
    returns: { new: UNSECURE },
    effects: [{ kind: "states", fact: { kind: "server-verification", enabled: false } }],
  },
] as const satisfies readonly CallModel[];

const byHand = [
  {
    at: [`${UNSECURE}::new`],
    of: "server-verification",
    because: "a provider that verifies is a type of the program's own, which needs a clock and a buffer for the chain",
  },
] as const satisfies readonly ByHand[];

export const embeddedTls = {
  crate: "embedded_tls",
  package: "embedded-tls",
  versions: ">=0.18, <0.20",
  source: "https://github.com/drogue-iot/embedded-tls",
  types: { [UNSECURE]: { sort: "configuration", role: "client" } },
  calls,
  byHand,
} as const satisfies CrateModel;
