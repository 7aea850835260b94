/** tokio-native-tls: native-tls over tokio's streams; it takes finished acceptors and connectors. */
import type { CrateModel } from "./model.ts";
import { comparesName } from "./phrases.ts";

export const tokioNativeTls = {
  crate: "tokio_native_tls",
  package: "tokio-native-tls",
  versions: ">=0.3, <0.4",
  source: "https://github.com/tokio-rs/tls",
  stack: "native-tls",
  aliases: { "tokio_native_tls::native_tls": "native_tls" },
  types: {
    "tokio_native_tls::TlsAcceptor": { sort: "configuration", role: "server" },
    "tokio_native_tls::TlsConnector": { sort: "configuration", role: "client" },
    "tokio_native_tls::TlsStream": { sort: "stream" },
  },
  calls: [
    {
      path: "tokio_native_tls::TlsAcceptor::from",
      returns: { new: "tokio_native_tls::TlsAcceptor" },
      effects: [{ kind: "takes", argument: 0, part: "configuration" }],
    },
    { path: "tokio_native_tls::TlsAcceptor::accept", returns: { new: "tokio_native_tls::TlsStream" } },
    {
      path: "tokio_native_tls::TlsConnector::from",
      returns: { new: "tokio_native_tls::TlsConnector" },
      effects: [{ kind: "takes", argument: 0, part: "configuration" }],
    },
    { path: "tokio_native_tls::TlsConnector::connect", returns: { new: "tokio_native_tls::TlsStream" }, effects: [comparesName] },
  ],
} as const satisfies CrateModel;
