/** Calls that open a connection without TLS, by their paths. */
export const TCP_CONNECTS: ReadonlySet<string> = new Set([
  "std::net::TcpStream::connect",
  "std::net::TcpStream::connect_timeout",
  "tokio::net::TcpStream::connect",
  "async_std::net::TcpStream::connect",
  "async_net::TcpStream::connect",
  "smol::net::TcpStream::connect",
]);
