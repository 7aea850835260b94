/** tokio-openssl: OpenSSL over tokio's streams. */
import type { CrateModel } from "./model.ts";

export const tokioOpenssl = {
  crate: "tokio_openssl",
  package: "tokio-openssl",
  versions: ">=0.6, <0.7",
  source: "https://github.com/tokio-rs/tokio-openssl",
  stack: "openssl",
  types: { "tokio_openssl::SslStream": { sort: "stream" } },
  calls: [
    {
      path: "tokio_openssl::SslStream::new",
      returns: { new: "tokio_openssl::SslStream" },
      effects: [{ kind: "takes", argument: 0, part: "configuration" }],
    },
    { path: "tokio_openssl::SslStream::connect", effects: [{ kind: "handshake", as: "client" }] },
    { path: "tokio_openssl::SslStream::accept", effects: [{ kind: "handshake", as: "server" }] },
    { path: "tokio_openssl::SslStream::ssl", returns: { view: "openssl::ssl::SslRef" } },
  ],
  byHand: [
    {
      at: ["tokio_openssl::SslStream::connect"],
      of: "hostname-verification",
      because: "only you know the name that the server's certificate bears",
    },
  ],
} as const satisfies CrateModel;
