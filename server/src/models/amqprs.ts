/** amqprs: AMQP without TLS until the arguments are given an adaptor, or an address that asks for one. */
import type { CallModel, CrateModel } from "./model.ts";
import { connectsTo, OVER_TLS, PLAINTEXT, takesConfiguration } from "./phrases.ts";

const ARGUMENTS = "amqprs::connection::OpenConnectionArguments";
const CONNECTION = "amqprs::connection::Connection";

const calls = [
  {
    path: `${ARGUMENTS}::new`,
    returns: { new: ARGUMENTS },
    // User and password are always given.
    effects: [...connectsTo, { kind: "states", fact: { kind: "login" } }],
  },
  // api/connection.rs: a guest of this machine.
  { path: `${ARGUMENTS}::default`, returns: { new: ARGUMENTS }, effects: [{ kind: "states", fact: { kind: "peer", reach: "loopback" } }] },
  { path: `${ARGUMENTS}::host`, returns: "self", effects: connectsTo },
  { path: `${ARGUMENTS}::credentials`, returns: "self", effects: [{ kind: "states", fact: { kind: "login" } }] },
  { path: `${ARGUMENTS}::tls_adaptor`, returns: "self", effects: [{ kind: "states", fact: OVER_TLS }] },
  { path: `${CONNECTION}::open`, returns: { new: CONNECTION }, effects: [takesConfiguration] },
] as const satisfies readonly CallModel[];

export const amqprs = {
  crate: "amqprs",
  package: "amqprs",
  versions: ">=2, <3",
  source: "https://github.com/gftea/amqprs",
  stack: "rustls",
  types: {
    [ARGUMENTS]: { sort: "configuration", role: "client", chains: true, defaults: [{ fact: PLAINTEXT }] },
    [CONNECTION]: { sort: "other" },
  },
  calls,
} as const satisfies CrateModel;
