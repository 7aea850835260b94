/** An address that a client connects to without TLS. */
import type { CodeRule } from "./rule.ts";

export const plaintextUpstream: CodeRule<"upstream"> = {
  id: "plaintext-upstream",
  judges: "code",
  observes: "upstream",
  summary: "an address without TLS leads across a network",
  severity: "warning",
  since: "0.1.0",
  cwe: [319, 522],
  sources: [
    {
      title: "RFC 8314, section 3: Implicit TLS for POP, IMAP, and SMTP Submission",
      url: "https://www.rfc-editor.org/rfc/rfc8314#section-3",
    },
    { title: "RabbitMQ: URI Specification", url: "https://www.rabbitmq.com/docs/uri-spec" },
    { title: "Redis: TLS", url: "https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/" },
    { title: "CWE-319: Cleartext Transmission of Sensitive Information", url: "https://cwe.mitre.org/data/definitions/319.html" },
  ],
  rationale: `The scheme of an address decides whether there is TLS: \`redis\` or \`rediss\`, \`amqp\` or \`amqps\`, \`ldap\` or
\`ldaps\`, \`ws\` or \`wss\`. Without it everyone on the path reads the password and all that follows, and writes what they like.

A password that is sent to a host on the public network is a warning. Without a password, and for the names that documents use, such
as \`example.com\`, it is information; where the host is put in at run time, a hint.

A client that is told to take both kinds of addresses is information: a redirect or a changed setting leads it into the clear unseen.

It does not matter on the same machine, nor inside a network of one's own: loopback, private addresses and names without a dot, as
services of a compose file or a cluster have them, are silent. Passwords are never part of a message.`,
  examples: [
    {
      bad: `pub const BROKER: &str = "amqp://orders:s3cret@broker.shop.dev:5672/%2f";
`,
      good: `pub const BROKER: &str = "amqps://orders:s3cret@broker.shop.dev:5671/%2f";
`,
    },
  ],

  judge({ fact, written }) {
    const { reach, credentials, host } = fact;
    const remedies = [{ want: { kind: "upstream" }, applicability: "review" }] as const;
    if (fact.permitted)
      return {
        severity: "info",
        message: `\`${written}\` also accepts plaintext URLs: a redirect or a setting can turn TLS off`,
        help: "accept only URLs with TLS, unless the client also talks to hosts without it",
        remedies,
      };
    const quiet = reach === "loopback" || reach === "private" || (reach === "unknown" && !credentials);
    if (quiet) return undefined;
    const to = host === undefined ? "" : ` to \`${host}\``;
    return {
      severity: reach === "unknown" ? "hint" : reach === "public" && credentials ? "warning" : "info",
      message: credentials
        ? `\`${written}\` sends the password${to} in plaintext`
        : `\`${written}\` connects${to} in plaintext: on-path attackers can read and change traffic`,
      help: "use the TLS scheme and its port, unless the host is this machine",
      remedies,
    };
  },
};
