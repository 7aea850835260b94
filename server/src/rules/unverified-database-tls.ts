/** A database connection that goes without TLS, or speaks TLS with anyone. */
import { isHere } from "../tls/exposure.ts";
import type { DatabaseTls, ObservationOf } from "../tls/facts.ts";
import { holding, isSame, related } from "./evidence.ts";
import type { CodeRule, Severity } from "./rule.ts";

type Database = ObservationOf<"database-tls">;

export const unverifiedDatabaseTls: CodeRule<"database-tls"> = {
  id: "unverified-database-tls",
  judges: "code",
  observes: "database-tls",
  summary: "the database connection is not encrypted, or not verified",
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
  rationale: `If the mode is satisfied when the server declines TLS, an on-path attacker declines for it. If it encrypts without verifying the
certificate, the attacker impersonates the database. Only a mode that verifies certificate and hostname protects passwords and
rows.

Fine over a Unix socket or loopback, or inside a network that authenticates its peers itself.

Drivers differ: sqlx's \`Require\` never verifies, PostgreSQL's \`Allow\` equals \`Disable\`, and \`sslmode=require\` is the strictest
mode of tokio-postgres but verifies nothing with sqlx and libpq. Connection strings in code, \`.env\` files and TOML are judged by
the drivers of the crate.

A driver that is compiled without TLS connects in plaintext where it may, whatever its address; that is judged as if code said so.

Loopback and sockets are silent, a private network is a hint, and a whole address that is this machine's by default is information: whoever
replaces it writes its TLS parameters, too. A host that is a setting of its own is another machine, whatever its default, and so is any that is
set at run time. Without any TLS setting the password counts: without one the default is a hint at most. An address that is given as a whole holds
one, and a driver that does not demand TLS by itself is a warning there: nothing but the address could demand it. A TLS connector with a mode
that falls back to plaintext is a warning, in code as in a URL.`,
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

  judge(observation) {
    const { fact, written, byDefault } = observation;
    const { mode, reach, uncompiled } = fact;
    if (mode === "verified" || reach === "loopback" || !isSaid(observation)) return undefined;
    const remedies = [{ want: { kind: "database-tls", mode: "verified" } }] as const;
    const asked = byDefault && fact.demandedBy !== undefined ? ` (\`${fact.demandedBy}\`)` : "";
    const help = `require TLS with certificate and hostname verification${asked}, and trust the database's CA`;
    const by = asked !== "" ? " unless the address demands TLS" : byDefault ? " by default" : "";
    const severity = severityOf(observation);
    if (uncompiled !== undefined)
      return {
        severity,
        message: `\`${written}\` can only connect in plaintext: \`${uncompiled.package}\` is compiled without TLS`,
        help: `enable a TLS feature of \`${uncompiled.package}\`, such as \`${uncompiled.feature}\`, and require TLS with verification`,
        notes: ["passwords and rows are readable on the network"],
        remedies,
      };
    switch (mode) {
      case "plaintext":
        return {
          severity,
          message: `\`${written}\` connects to the database in plaintext${by}`,
          help: `require TLS${asked} unless the database runs on this machine`,
          notes: ["passwords and rows are readable on the network"],
          remedies,
        };
      case "optional":
        return {
          severity,
          message: `\`${written}\` falls back to plaintext${by}: an on-path attacker can strip TLS`,
          help,
          remedies,
        };
      case "unverified":
        return {
          severity: reach === "private" || isHere(fact) ? "info" : "warning",
          message: `\`${written}\` accepts any certificate${by}: on-path attackers can impersonate the database`,
          help,
          related: related(worseThan(observation), "TLS is not even demanded here"),
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

const WITHOUT_DEMAND: ReadonlySet<DatabaseTls> = new Set(["plaintext", "optional"]);

/** Other sides of the decision, which do less: one fault in two places. */
const worseThan = (observation: Database): readonly Database[] =>
  holding(observation.endpoint, "database-tls").filter(
    (it) => !it.byDefault && WITHOUT_DEMAND.has(it.fact.mode) && !isSame(it, observation),
  );

/** Silence about TLS is common: it says something where a password is sent, where TLS is set up, and on the public network. */
const isSaid = (observation: Database): boolean =>
  !observation.byDefault ||
  observation.fact.uncompiled !== undefined ||
  isUndone(observation) ||
  isLogin(observation.fact) ||
  observation.fact.reach === "public" ||
  observation.fact.reach === "example";

/** How much it matters that TLS is not demanded. */
function severityOf(observation: Database): Severity {
  const { fact, byDefault, endpoint } = observation;
  // In a network of one's own, too, TLS is set up to be had.
  if (fact.reach === "private" && !isUndone(observation)) return "hint";
  if (isHere(fact) || (byDefault && fact.reach === "example")) return "info";
  if (byDefault && fact.uncompiled === undefined && !isUndone(observation) && !isLogin(fact)) return "hint";
  // A piece of an address says nothing of the host: whoever wrote it knows what is there.
  return fact.mode === "plaintext" && fact.reach === undefined && endpoint === undefined ? "info" : "warning";
}

/** A host that is known to be given, and a password; a whole address that is given holds one. */
const isLogin = ({ reach, credentials, given }: Database["fact"]): boolean => (credentials ?? given) === true && reach !== undefined;

/** TLS is set up all the same, and the mode lets the server go without it. */
const isUndone = ({ endpoint }: Database): boolean => endpoint?.parts.some((it) => it.sort === "configuration") === true;
