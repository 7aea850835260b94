/** tokio-rustls: rustls over tokio's streams; it takes finished configurations and re-exports rustls. */
import type { CrateModel } from "./model.ts";
import { comparesName } from "./phrases.ts";

export const tokioRustls = {
  crate: "tokio_rustls",
  package: "tokio-rustls",
  versions: ">=0.12, <0.27",
  source: "https://github.com/rustls/tokio-rustls",
  stack: "rustls",
  aliases: { "tokio_rustls::rustls": "rustls" },
  types: {
    "tokio_rustls::TlsAcceptor": { sort: "configuration", role: "server" },
    "tokio_rustls::TlsConnector": { sort: "configuration", role: "client", chains: true },
    "tokio_rustls::LazyConfigAcceptor": { sort: "other" },
    "tokio_rustls::StartHandshake": { sort: "other" },
    "tokio_rustls::server::TlsStream": { sort: "stream", role: "server" },
    "tokio_rustls::client::TlsStream": { sort: "stream", role: "client" },
  },
  calls: [
    {
      path: "tokio_rustls::TlsAcceptor::from",
      returns: { new: "tokio_rustls::TlsAcceptor" },
      effects: [{ kind: "takes", argument: 0, part: "configuration" }],
    },
    { path: "tokio_rustls::TlsAcceptor::accept", returns: { new: "tokio_rustls::server::TlsStream" } },
    {
      path: "tokio_rustls::TlsAcceptor::accept_with",
      returns: { new: "tokio_rustls::server::TlsStream" },
      effects: [{ kind: "calls", argument: 1, with: ["rustls::ServerConnection"] }],
    },
    {
      path: "tokio_rustls::TlsConnector::from",
      returns: { new: "tokio_rustls::TlsConnector" },
      effects: [{ kind: "takes", argument: 0, part: "configuration" }],
    },
    {
      path: "tokio_rustls::TlsConnector::connect",
      returns: { new: "tokio_rustls::client::TlsStream" },
      effects: [comparesName],
    },
    { path: "tokio_rustls::LazyConfigAcceptor::new", versions: ">=0.23.2, <0.27", returns: { new: "tokio_rustls::LazyConfigAcceptor" } },
    {
      path: "tokio_rustls::StartHandshake::into_stream",
      versions: ">=0.23.2, <0.27",
      returns: { new: "tokio_rustls::server::TlsStream" },
      effects: [{ kind: "takes", argument: 0, part: "configuration" }],
    },
  ],
} as const satisfies CrateModel;
