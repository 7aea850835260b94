/** TCP as runtimes have it, by paths: calls that open a connection without TLS. */
export const TCP_CONNECTS: ReadonlySet<string> = new Set([
  "std::net::TcpStream::connect",
  "std::net::TcpStream::connect_timeout",
  "tokio::net::TcpStream::connect",
  "async_std::net::TcpStream::connect",
  "async_net::TcpStream::connect",
  "smol::net::TcpStream::connect",
]);

/** Functions by which a program listens at an address itself. */
export const LISTENING: ReadonlySet<string> = new Set([
  "std::net::TcpListener::bind",
  "tokio::net::TcpListener::bind",
  "async_std::net::TcpListener::bind",
  "smol::net::TcpListener::bind",
]);

/** The types that these are of, by their last names. */
export const LISTENERS: ReadonlySet<string> = new Set(["TcpListener"]);
