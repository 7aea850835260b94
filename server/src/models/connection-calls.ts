/**
 * Calls that are made with a connection and send nothing of the program's own: handshakes, views, wrappers, and questions about it. Data
 * only. Types and functions were read in the crates' documentation; those of the fixtures are compiled.
 */
import type { CanonicalPath } from "./model.ts";

/** What they give is the connection, holds it, or leads to it. */
export const LEADING_ON: ReadonlySet<CanonicalPath> = new Set([
  "std::pin::Pin::new",
  "std::boxed::Box::new",
  "std::boxed::Box::pin",
  "std::sync::Arc::new",
  "tokio::time::timeout",
  "tokio::time::timeout_at",
  "native_tls::TlsStream::get_ref",
  "tokio_native_tls::TlsStream::get_ref",
  "async_native_tls::TlsStream::get_ref",
  "openssl::ssl::SslStream::ssl",
  "tokio_openssl::SslStream::ssl",
  "tokio_rustls::client::TlsStream::get_ref",
  "tokio_rustls::server::TlsStream::get_ref",
]);

/** They answer something else. */
export const QUIET: ReadonlySet<CanonicalPath> = new Set([
  "openssl::ssl::SslStream::connect",
  "openssl::ssl::SslStream::do_handshake",
  "openssl::ssl::SslStream::shutdown",
  "tokio_openssl::SslStream::connect",
  "tokio_openssl::SslStream::do_handshake",
  "native_tls::TlsStream::shutdown",
]);

/** Nothing can be sent by them: what they are asked is about the session. */
export const QUIET_TYPES: ReadonlySet<CanonicalPath> = new Set(["openssl::ssl::SslRef"]);
