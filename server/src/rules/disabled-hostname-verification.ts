/** A client that verifies the certificate but not whose it is. */
import type { Guard, Observation, ObservationOf } from "../tls/facts.ts";
import { checkedLater, holding, holdsWith, roleOf, staysHere } from "./evidence.ts";
import type { CodeRule, Verdict } from "./rule.ts";

export const disabledHostnameVerification: CodeRule<"hostname-verification" | "verifier" | "verified-name"> = {
  id: "disabled-hostname-verification",
  judges: "code",
  observes: "hostname-verification",
  alsoObserves: ["verifier", "verified-name"],
  summary: "the client accepts a valid certificate of any other host",
  severity: "error",
  since: "0.1.0",
  cwe: [297],
  sources: [
    { title: "RFC 9525: Service Identity in TLS", url: "https://www.rfc-editor.org/rfc/rfc9525" },
    {
      title: "reqwest: ClientBuilder::danger_accept_invalid_hostnames",
      url: "https://docs.rs/reqwest/latest/reqwest/struct.ClientBuilder.html#method.danger_accept_invalid_hostnames",
    },
    {
      title: "openssl crate: ConnectConfiguration::set_verify_hostname",
      url: "https://docs.rs/openssl/latest/openssl/ssl/struct.ConnectConfiguration.html#method.set_verify_hostname",
    },
    { title: "CWE-297: Improper Validation of Certificate with Host Mismatch", url: "https://cwe.mitre.org/data/definitions/297.html" },
  ],
  rationale: `An on-path attacker presents a valid certificate for a domain of their own, which a public CA issues for free, and impersonates
the server. With a private CA, every host that has a certificate can impersonate every other.

Fine where the program compares the name itself (\`set_host\` on the verification parameters, or a comparison with the
certificate's SANs), or where the CA issues certificates for one server only. For a server that is reached by an address or
another name, add that name to its certificate or configure it in the client.

\`localhost\` is a name that any machine's certificate may have: a client that verifies it wherever it connects verifies nobody. A fixed name
that one server alone has is fine.

A handshake without a connector (\`Ssl::new\` and \`connect\`) verifies no hostname unless one is set, and an empty name counts as
none. The SNI name (\`set_hostname\`) is not verified.`,
  examples: [
    {
      bad: `pub fn connector() -> native_tls::Result<native_tls::TlsConnector> {
    native_tls::TlsConnector::builder()
        .danger_accept_invalid_hostnames(true)
        .build()
}
`,
      good: `pub fn connector() -> native_tls::Result<native_tls::TlsConnector> {
    native_tls::TlsConnector::builder()
        .danger_accept_invalid_hostnames(false)
        .build()
}
`,
    },
  ],

  judge(observation) {
    if (roleOf(observation) === "server") return undefined;
    const { fact, written, guards, byDefault } = observation;
    if (fact.kind === "verifier") return judgeVerifier(fact, guards);
    if (fact.kind === "verified-name") return fixed(observation, fact);
    if (fact.enabled) return undefined;
    if (fact.compared) return comparedLater(written);
    if (fact.named) return namedSometimes(written);
    if (fact.afterwards !== undefined) return checkedLater(`\`${written}\` disables hostname verification`, fact.afterwards);
    if (fact.lacks !== undefined) return lacking(observation, fact.lacks);
    const quieter = fact.reach === "loopback" || staysHere(observation) ? "hint" : roleOf(observation) === "client" ? undefined : "warning";
    return {
      ...(quieter ? { severity: quieter } : {}),
      message: `\`${written}\` ${byDefault ? "verifies no hostname by default" : "disables hostname verification"}: a certificate for any other host is accepted`,
      help: byDefault ? "enable it" : "remove it; if the server's certificate has another name, configure that name in the client",
      remedies: [{ want: { kind: "hostname-verification", enabled: true } }, { want: { kind: "remove-call" } }],
    };
  },
};

/** Nobody switched anything off. Where no certificate is verified at all, that is another rule's; one that is known needs no name. */
function lacking(observation: Observation, lacks: "name" | "empty-name"): Verdict | undefined {
  const { written, endpoint } = observation;
  if (
    roleOf(observation) !== "client" ||
    holding(endpoint, "server-verification").some((it) => !it.fact.enabled && holdsWith(it, observation)) ||
    holding(endpoint, "verifier").some((it) => it.fact.pinned === true && holdsWith(it, observation))
  )
    return undefined;
  return {
    ...(staysHere(observation) ? { severity: "hint" } : {}),
    message:
      lacks === "name"
        ? `\`${written}\` verifies no hostname: a certificate for any other host is accepted`
        : `\`${written}\` is given an empty hostname: a certificate for any other host is accepted`,
    help: "set the server name before the handshake, or use the library's own connector",
    remedies: [{ want: { kind: "hostname-verification", enabled: true } }],
  };
}

/** Silent where nothing is verified, or a verifier of the program's own may compare what it likes. */
function fixed(observation: Observation, { name, elsewhere }: ObservationOf<"verified-name">["fact"]): Verdict | undefined {
  const { endpoint, written } = observation;
  const switches = [...holding(endpoint, "server-verification"), ...holding(endpoint, "hostname-verification")];
  const isVerified = switches.every((it) => it.fact.enabled) && holding(endpoint, "verifier").length === 0;
  const peers = holding(endpoint, "peer");
  if (!isVerified || peers.some((it) => it.fact.reach === "loopback" || it.fact.assumed === true)) return undefined;
  return {
    severity: elsewhere || peers.length > 0 ? "warning" : "info",
    message: `\`${written}\` verifies the server as \`${name}\`, whatever its address`,
    help: "verify the name of the host that is connected to, or a name that only this server's certificate has",
  };
}

const namedSometimes = (written: string): Verdict => ({
  severity: "info",
  message: `\`${written}\` disables hostname verification unless the program sets the host itself`,
  help: "make sure that only an explicit option leaves the host unset",
});

/** Whether that is the right name, and whether every connection goes that way, is for a person to say. */
const comparedLater = (who: string): Verdict => ({
  severity: "info",
  message: `\`${who}\` skips hostname verification; the program compares names after the handshake`,
  help: "make sure that every connection is checked before anything is sent",
});

function judgeVerifier(fact: ObservationOf<"verifier">["fact"], guards: readonly Guard[]): Verdict | undefined {
  const { verifies, judgement, name, installed, compared, comparesElse } = fact;
  if (verifies !== "server" || judgement !== "drops-name-error") return undefined;
  if (compared) return comparedLater(name);
  if (comparesElse)
    return {
      severity: guards.some((it) => it.kind === "condition" && it.byDefault === true) ? "warning" : "info",
      message: `\`${name}\` compares its own list of names, so an empty list accepts any host`,
      help: "make sure that only an explicit option leaves the list empty",
    };
  return {
    severity: installed ? "error" : "warning",
    message: `\`${name}\` ignores hostname errors: a certificate for any other host is accepted`,
    help: "return the error, or compare the certificate's SANs with the expected names",
    remedies: [{ want: { kind: "hostname-verification", enabled: true } }],
  };
}
