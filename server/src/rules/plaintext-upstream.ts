/** An address that a client connects to without TLS. */
import { exposesSecret, isHere, sendsSecret } from "../tls/exposure.ts";
import type { FactOf } from "../tls/facts.ts";
import { failsOpen } from "./evidence.ts";
import type { CodeRule, Verdict } from "./rule.ts";

export const plaintextUpstream: CodeRule<"upstream" | "client-transport" | "plaintext-default"> = {
  id: "plaintext-upstream",
  judges: "code",
  observes: "upstream",
  alsoObserves: ["client-transport", "plaintext-default"],
  summary: "a client connects across a network without TLS",
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
  rationale: `The scheme of a URL decides: \`redis\` or \`rediss\`, \`amqp\` or \`amqps\`, \`ldap\` or \`ldaps\`, \`ws\` or \`wss\`. Without TLS an on-path
attacker reads the password and all traffic, and changes it.

Fine on the same machine and inside a private network: loopback, private addresses and names without a dot (compose files,
clusters) are silent.

A password sent to a public host is a warning, and so is one that a known client sends to a host set at run time, also where that host
alone is a setting whose default is this machine; without a password, and for documentation names such as \`example.com\`, it is
information; where such a name is the default of a host that may be given, it counts as any other host. An address by itself with such a host is a hint. An address that is given as a whole decides by its scheme, and is not judged; where
it needs a parameter for TLS (\`tls=true\`), it is a warning. A client whose library is compiled without TLS can only connect in plaintext, whatever its address: a warning where it sends
credentials, or is given an address that may hold a password. A client with TLS settings and an \`http\` URL, which leaves them unused, is a warning. A request over \`http\` or \`ws\` is reported where a password, a token, an API key or a cookie is sent with it, whoever builds it, and by headers of all of its client's requests, too. A client that accepts both kinds of URLs is information: a redirect or a setting can turn TLS off. Messages never contain passwords.

An option that decides whether a connection of the program's own is made over TLS is a warning where its default is written, if that is off, or a
mode without TLS: whoever says nothing sends everything in plaintext. It is information where the host is this machine or in a private network by
default, and silent where nothing but the operator's own word chooses plaintext.

A proxy that requests client certificates and forwards in plaintext to another host, a private one, too, ends mutual TLS there: a
warning where the host is public, is the address of another machine, or the program behind it is found in the workspace, else information.`,
  examples: [
    {
      bad: `pub const BROKER: &str = "amqp://orders:s3cret@broker.shop.dev:5672/%2f";
`,
      good: `pub const BROKER: &str = "amqps://orders:s3cret@broker.shop.dev:5671/%2f";
`,
    },
  ],

  judge(observation) {
    const { fact, written, byDefault, guards } = observation;
    // A condition that holds by default says so itself.
    const isSaid = guards.some((it) => it.kind === "condition" && it.byDefault === true);
    if (fact.kind === "plaintext-default") return defaultVerdict(fact);
    if (fact.kind === "client-transport") return failsOpen(observation) ? undefined : clientVerdict(fact, written, byDefault && !isSaid);
    const { reach, credentials, host } = fact;
    const remedies = [{ want: { kind: "upstream" } }] as const;
    if (fact.permitted)
      return {
        severity: "info",
        message: `\`${written}\` also accepts plaintext URLs: a redirect or a setting can turn TLS off`,
        help: "accept only URLs with TLS, unless the client also talks to hosts without it",
        // Which hosts it talks to is configured, or anybody's: to reject some is no correction.
        remedies: [{ want: { kind: "upstream" }, isChoice: true }],
      };
    if (fact.proxied !== undefined && fact.proxied.authentication !== "none" && reach !== "loopback" && reach !== "unknown")
      return {
        // Without the program behind it, what the network is like is nobody's guess.
        severity: fact.proxied.program || fact.elsewhere || reach === "public" ? "warning" : "info",
        message: `mutual TLS ends here: requests are forwarded to ${host === undefined ? "the upstream" : `\`${host}\``} in plaintext`,
        help: "connect to the upstream with TLS and verify it, or bind the upstream to loopback",
        notes: ["anyone on the path to the upstream can read requests, and send their own as any client"],
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

/** Somebody sets the host, and nobody has to set the option. */
function defaultVerdict({ name, value, reach }: FactOf<"plaintext-default">): Verdict {
  const isSwitch = value === "true" || value === "false";
  const told = value === undefined || isSwitch ? (value === "true" ? "on" : "off") : `\`${value}\``;
  return {
    severity: reach === "loopback" || reach === "private" ? "info" : "warning",
    message: `${name === undefined ? "TLS" : `\`${name}\``} is ${name === undefined ? "off" : told} by default: the client connects in plaintext`,
    help: "make TLS the default, so that plaintext has to be asked for",
    remedies: [{ want: { kind: "plaintext-default" } }],
    notes: ["anyone on the path can read and change what is sent"],
  };
}

/** A client that is known by its calls: what it sends and to whom decide. */
function clientVerdict(fact: FactOf<"client-transport">, written: string, byDefault: boolean): Verdict | undefined {
  const { tls, reach, credentials, given, ofSecrets, unused, uncompiled, demandedBy } = fact;
  if (unused && reach !== "loopback")
    return {
      message: `\`${written}\` connects in plaintext${byDefault ? " by default" : ""}: its TLS settings are not used`,
      help: "use an `https://` URL",
      notes: ["the scheme of the URL decides, whatever is configured", "anyone on the path can read and change what is sent"],
    };
  const isSent = sendsSecret(fact);
  const isNothing = !isSent && uncompiled === undefined && (reach === "unknown" || ofSecrets === true);
  const isQuiet = reach === undefined || reach === "loopback" || reach === "private" || isNothing;
  if (tls || isQuiet) return undefined;
  if (uncompiled !== undefined)
    return {
      // A login that is always sent has no protection wherever the server is; an address may do without one where it is this machine's.
      severity: (credentials || (given && !isHere(fact))) && reach !== "example" ? "warning" : "info",
      message: `\`${written}\` can only connect in plaintext: \`${uncompiled.package}\` is compiled without TLS`,
      help: `enable a TLS feature of \`${uncompiled.package}\`, such as \`${uncompiled.feature}\`, and use an address with TLS`,
      notes: ["an address with TLS fails", "anyone on the path can read and change what is sent"],
    };
  const asked = byDefault && demandedBy !== undefined ? ` (\`${demandedBy}\`)` : "";
  const by = asked !== "" ? " unless the address demands TLS" : byDefault ? " by default" : "";
  return {
    severity: exposesSecret(fact) ? "warning" : "info",
    message: `\`${written}\` ${isSent ? "sends credentials" : "connects"} in plaintext${by}`,
    help: `set up TLS for this client${asked}, unless the host is this machine`,
    notes: ["anyone on the path can read and change what is sent"],
  };
}
