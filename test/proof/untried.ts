/** What no handshake proves, and why: what the tables leave open, and the crates and rules with remedies that have no row in them. */

export interface Untried {
  readonly what: string;
  /** Packages that it speaks for. */
  readonly packages?: readonly string[];
  /** Rules about code that it speaks for, on one side of the connection or on both. */
  readonly rules?: readonly string[];
  readonly side?: "server" | "client";
  readonly why: string;
}

const CRATES: readonly Required<Pick<Untried, "packages" | "why">>[] = [
  {
    packages: ["kube", "elasticsearch"],
    why: "speaks HTTP by a client that has rows, and takes minutes to build",
  },
  {
    packages: ["mongodb", "rdkafka", "tiberius"],
    why: "speaks a protocol of its own that a server cannot play in a few lines, and hands TLS to a library that has rows",
  },
  { packages: ["irc", "mail-send", "nats"], why: "speaks a line protocol that a server could play: compiled, and not run yet" },
  {
    packages: ["object_store", "sentry", "vaultrs"],
    why: "speaks HTTP by reqwest, which has rows: compiled, and not run yet",
  },
  { packages: ["attohttpc"], why: "speaks HTTP by itself: compiled, and not run yet" },
  { packages: ["hickory-resolver"], why: "speaks DNS, and hands TLS to rustls, which has rows: compiled, and not run yet" },
  { packages: ["deadpool-postgres"], why: "keeps connections of tokio-postgres, which has rows" },
  { packages: ["curl", "git2", "isahc"], why: "bind libcurl and libgit2, whose TLS is that of the machine" },
  { packages: ["boring", "s2n-tls", "pingora-core"], why: "bring a C library with a build of its own: compiled, and not run yet" },
  { packages: ["paho-mqtt"], why: "binds the Paho C library, which speaks MQTT: compiled against its declarations, and not run" },
  { packages: ["rumqttd"], why: "is put right by a feature of its build, and no edit of a program" },
  { packages: ["schannel", "security-framework"], why: "run on Windows and macOS only" },
];

const RULES: readonly (Required<Pick<Untried, "rules" | "why">> & Pick<Untried, "side">)[] = [
  {
    rules: [
      "ignored-peer-certificate",
      "ignored-setting",
      "logged-private-key",
      "partial-bundle",
      "partially-compared-name",
      "trusted-proxy-header",
      "unauthorized-client-identity",
      "unused-ca",
      "unused-identity",
      "wrong-stream-type",
    ],
    why: "has no remedy: a person has to decide",
  },
  {
    rules: ["ignored-root-error"],
    why: "lets nobody in: whom the missing CA signed for is refused, and after the fix the program says why",
  },
  { rules: ["imaginary-client-auth"], why: "the program with the mistake does not compile: there is no such call" },
  {
    rules: ["accept-any-signature"],
    side: "client",
    why: "a server would have to begin with a certificate and another's key, which Node's TLS and OpenSSL refuse to: the verifiers of the clients' rows accept any signature, too, and go with it",
  },
  { rules: ["early-data"], side: "client", why: "whoever sends a client's early data again needs no handshake with the client" },
  {
    rules: ["plaintext-upstream"],
    side: "client",
    why: "has no correction in these programs: to reject plaintext addresses is a choice, for whose addresses they are is configured",
  },
  { rules: ["fail-open"], why: "has no fix that could be tried: what to do where TLS cannot be set up is for the author to decide" },
  { rules: ["world-readable-private-key"], why: "opens no handshake: whoever may read the file has the key" },
  { rules: ["key-log"], why: "opens no handshake: whoever has the file reads what was recorded" },
  { rules: ["tls-compression"], why: "the OpenSSL of today's distributions is built without compression" },
  { rules: ["unsafe-renegotiation"], why: "no client of today renegotiates without RFC 5746" },
];

export const UNTRIED: readonly Untried[] = [
  { what: "– of QUIC under old versions, no TLS and no encryption", why: "QUIC has none of them (RFC 9001, 4.2)" },
  {
    what: "“copied, without its key” by `openssl s_client`",
    why: "it refuses to show a certificate without its key: tried with rustls alone",
  },
  { what: "old versions and weak ciphers by the rustls client", why: "it has neither: tried with OpenSSL alone" },
  {
    what: "early data over TCP",
    why: "a server has to read it in a way of its own, which no program of the proof does: rustls' and OpenSSL's remedies for it are compiled",
  },
  { what: "a stale list with rustls 0.22", why: "it never looks at a list's date, and nothing can make it" },
  {
    what: "resumption by rustls' clients",
    why: "sessions are kept in the configuration, which the fix replaces: none of a server that should not have been believed is left",
  },
  {
    what: "old versions of TLS by the clients of native-tls and reqwest",
    why: "the security level of OpenSSL 3 keeps TLS 1.0 and 1.1 out, whatever the client asks for: nothing is left for the remedy to shut",
  },
  {
    what: "axum-server's `from_der`, its reloads, and its OpenSSL configuration from files",
    why: "make in other words what the programs of the rows make with rustls and OpenSSL: compiled",
  },
  {
    what: "native-tls and tide-rustls as servers that ask nobody",
    why: "where these crates cannot ask for client certificates, there is no remedy",
  },
  ...CRATES.map((it) => ({ ...it, what: it.packages.map((name) => `\`${name}\``).join(", ") })),
  ...RULES.map((it) => ({
    ...it,
    what: `${it.rules.map((name) => `\`${name}\``).join(", ")}${it.side === undefined ? "" : ` on the ${it.side}'s side`}`,
  })),
];
