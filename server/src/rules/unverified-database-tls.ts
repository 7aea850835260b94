/** A database connection that goes without TLS, or speaks TLS with anyone. */
import type { CodeRule } from "./rule.ts";

export const unverifiedDatabaseTls: CodeRule<"database-tls"> = {
  id: "unverified-database-tls",
  judges: "code",
  observes: "database-tls",
  summary: "the database connection is not protected, or not verified",
  severity: "warning",
  since: "0.1.0",
  cwe: [295, 319],
  sources: [
    {
      title: "PostgreSQL: SSL Support, protection provided in different modes",
      url: "https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION",
    },
    {
      title: "MySQL: Configuring MySQL to Use Encrypted Connections",
      url: "https://dev.mysql.com/doc/refman/8.4/en/using-encrypted-connections.html",
    },
    { title: "sqlx: PgSslMode", url: "https://docs.rs/sqlx/latest/sqlx/postgres/enum.PgSslMode.html" },
    { title: "CWE-295: Improper Certificate Validation", url: "https://cwe.mitre.org/data/definitions/295.html" },
  ],
  rationale: `A mode that is satisfied when the server declines TLS is no protection: whoever is on the path declines for the server. A
mode that encrypts without looking at the certificate encrypts to whoever answers. Only the mode that verifies certificate and name
keeps passwords and rows from an attacker on the path.

Libraries differ in what their words mean. With sqlx, \`Require\` never verifies, root certificate or not, and PostgreSQL's \`Allow\`
is the same as \`Disable\`.

The same words stand in connection strings, \`?sslmode=require\` in code, in \`.env\` files and in TOML, and are judged by what the
drivers of the crate make of them: \`sslmode=require\` is the strictest word that tokio-postgres has, and verifies nothing with sqlx
and libpq.

It does not matter where the database is reached over a socket file, over loopback, or inside a network that authenticates its
peers itself; a mode that goes without TLS on purpose is therefore only information, and a hint for a host of a private network.`,
  examples: [
    {
      bad: `use sqlx::postgres::{PgConnectOptions, PgSslMode};

pub fn options(host: &str) -> PgConnectOptions {
    PgConnectOptions::new().host(host).ssl_mode(PgSslMode::Require)
}
`,
      good: `use sqlx::postgres::{PgConnectOptions, PgSslMode};

pub fn options(host: &str) -> PgConnectOptions {
    PgConnectOptions::new()
        .host(host)
        .ssl_mode(PgSslMode::VerifyFull)
        .ssl_root_cert("ca.pem")
}
`,
    },
  ],

  judge({ fact, written, byDefault }) {
    const remedies = [{ want: { kind: "database-tls", mode: "verified" }, applicability: "review" }] as const;
    const help = "require TLS with certificate and hostname verification, and trust the database's CA";
    const by = byDefault ? " by default" : "";
    const { mode, reach } = fact;
    if (mode === "verified" || reach === "loopback") return undefined;
    // Silence about TLS is common, and says something only where somebody else's network lies between.
    if (byDefault && (reach === "private" || reach === "unknown")) return undefined;
    const own = reach === "private";
    switch (mode) {
      case "plaintext":
        return {
          severity: own ? "hint" : "info",
          message: `\`${written}\` connects to the database in plaintext${by}`,
          help: "require TLS unless the database runs on this machine",
          notes: ["passwords and rows are readable on the network"],
          remedies,
        };
      case "optional":
        return {
          severity: byDefault || own ? "hint" : "warning",
          message: `\`${written}\` falls back to plaintext${by}: an on-path attacker can strip TLS`,
          help,
          remedies,
        };
      case "unverified":
        return {
          ...(own ? { severity: "info" } : {}),
          message: `\`${written}\` accepts any certificate${by}: on-path attackers can impersonate the database`,
          help,
          remedies,
        };
      case "unverified-name":
        return {
          severity: "info",
          message: `\`${written}\` does not verify the hostname${by}: any certificate of the CA is accepted`,
          help: "verify the hostname as well",
          remedies,
        };
    }
  },
};
