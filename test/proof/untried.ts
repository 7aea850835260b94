/** What no handshake proves, and why: what the tables leave open, and the crates with remedies that have no row in them. */

export interface Untried {
  readonly what: string;
  /** Packages that it speaks for. */
  readonly packages?: readonly string[];
  readonly why: string;
}

const needsServer = "speaks its own protocol before or around TLS: needs that server, and hands TLS to a library that has rows";

const CRATES: readonly Required<Pick<Untried, "packages" | "why">>[] = [
  {
    packages: [
      "async-nats",
      "elasticsearch",
      "imap",
      "kube",
      "ldap3",
      "lettre",
      "mongodb",
      "mysql",
      "mysql_async",
      "rdkafka",
      "redis",
      "sqlx",
      "tiberius",
    ],
    why: needsServer,
  },
  { packages: ["postgres"], why: "is tokio-postgres, which has rows, with a runtime of its own" },
  { packages: ["async-native-tls"], why: "hands the same options on to native-tls, which has rows" },
  { packages: ["curl", "git2", "isahc"], why: "bind libcurl and libgit2, whose TLS is that of the machine" },
  { packages: ["boring", "s2n-tls", "pingora-core"], why: "bring a C library with a build of its own: compiled, and not run yet" },
  { packages: ["schannel", "security-framework"], why: "run on Windows and macOS only" },
];

export const UNTRIED: readonly Untried[] = [
  {
    what: "– under “session of another CA's client”",
    why: "needs a second listener of the same program that trusts another CA: tried over actix-web, with rustls and with OpenSSL, which keep the sessions, whatever server lies above them",
  },
  { what: "– of QUIC under old versions and no encryption", why: "QUIC has neither (RFC 9001, 4.2)" },
  {
    what: "“copied, without its key” by `openssl s_client`",
    why: "it refuses to show a certificate without its key: tried with rustls alone",
  },
  { what: "old versions and weak ciphers by the rustls client", why: "it has neither: tried with OpenSSL alone" },
  { what: "– under “TLS declined”", why: "only a protocol that begins without TLS lets a server decline it" },
  {
    what: "a stale list, other than over actix-web",
    why: "needs a program whose fix reads a list: the remedies for lists are rustls' and OpenSSL's own",
  },
  {
    what: "resumption by clients",
    why: "sessions are kept in the configuration, which the fix replaces: none of a server that should not have been believed is left",
  },
  { what: "revoked servers", why: "no client program of the proof reads a list yet; rustls' remedy for its clients is compiled" },
  {
    what: "axum-server's `from_pem_file`, `from_pem`, `from_der`",
    why: "have no remedy: what they make cannot ask for client certificates, and is built by hand from a configuration of rustls or OpenSSL",
  },
  {
    what: "native-tls, tide-rustls and pingora as servers that ask nobody",
    why: "where these crates cannot ask for client certificates, there is no remedy",
  },
  {
    what: "hyper-rustls as a server, hyper-openssl",
    why: "carry a configuration of rustls or OpenSSL, which the fix changes where it is made, as in the rows of tokio-rustls and openssl",
  },
  ...CRATES.map((it) => ({ ...it, what: it.packages.map((name) => `\`${name}\``).join(", ") })),
];
