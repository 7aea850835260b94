/** lapin: AMQP; the address decides whether there is TLS, and the certificates given beside it are added to the system's. */
import type { CallModel, CrateModel } from "./model.ts";
import { OVER_TLS, PLAINTEXT, takesConfiguration, trustsCertificates } from "./phrases.ts";

const CONNECTION = "lapin::Connection";
const BUILDER = "lapin::ConnectionBuilder";
const TLS = "lapin::tcp::OwnedTLSConfig";

/** Whether there is TLS, the scheme says. */
const byScheme = {
  kind: "peers",
  argument: 0,
  words: [{ word: "amqps://", states: OVER_TLS }],
  silent: [{ word: "amqp://", states: PLAINTEXT }],
  holdsPassword: true,
} as const;

const calls = [
  { path: `${TLS}::default`, returns: { new: TLS } },
  {
    path: `${TLS}.cert_chain`,
    // Every certificate of the text: `CertificateDer::pem_reader_iter` in tcp-stream.
    effects: [trustsCertificates, { kind: "loads", argument: 0, reads: "certificates", as: "server-ca" }],
  },
  {
    path: `${TLS}.identity`,
    // What tcp-stream's connectors present.
    effects: [{ kind: "states", fact: { kind: "own-certificate", there: true }, unlessNone: 0 }],
  },
  { path: `${CONNECTION}::connect`, returns: { new: CONNECTION }, effects: [byScheme] },
  { path: `${CONNECTION}::connect_uri`, returns: { new: CONNECTION } },
  {
    path: `${CONNECTION}::connect_with_config`,
    returns: { new: CONNECTION },
    effects: [byScheme, { kind: "takes", argument: 2, part: "configuration" }],
  },
  {
    path: `${CONNECTION}::connect_uri_with_config`,
    returns: { new: CONNECTION },
    effects: [{ kind: "takes", argument: 2, part: "configuration" }],
  },
  { path: `${BUILDER}::with_tls_config`, versions: ">=4, <5", returns: "self", effects: [takesConfiguration] },
  { path: `${BUILDER}::with_uri_str`, versions: ">=4, <5", returns: "self" },
] as const satisfies readonly CallModel[];

export const lapin = {
  crate: "lapin",
  package: "lapin",
  versions: ">=2, <5",
  source: "https://github.com/amqp-rs/lapin",
  // tcp-stream's lib.rs: `into_tls` of a stream without a TLS library is an error.
  encryption: { by: ["rustls", "native-tls", "openssl"], feature: "rustls" },
  types: {
    "lapin::tcp::OwnedTLSConfig": { sort: "configuration", role: "client" },
    "lapin::Connection": { sort: "configuration", role: "client" },
    "lapin::ConnectionBuilder": { sort: "configuration", role: "client", chains: true },
  },
  calls,
} as const satisfies CrateModel;
