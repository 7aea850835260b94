/** What a server or client requires, in one line: what every hover over code that sets one up begins with. */
import { looksLikePath } from "../../project/index.ts";
import { cfgText } from "../../tls/cfg.ts";
import type { DatabaseTls, Endpoint, Fact, FactKind, Guard, Judgement, Observation } from "../../tls/facts.ts";

/** `server (rustls): TLS 1.2 or newer · client certificate required · CA certs/ca.pem · no CRL`. Undefined where nothing is known of it. */
export function endpointWords(endpoint: Endpoint): string | undefined {
  const { role, facts } = endpointFacts(endpoint);
  const known = [
    ...new Set(facts.map(({ words, conditions }) => (conditions.length === 0 ? words : `${words} (${conditions.join(", ")})`))),
  ];
  if (known.length === 0) return undefined;
  return `${role === "unknown" ? NAMES[endpoint.sort] : role} (${endpoint.crate}): ${known.join(" · ")}`;
}

export interface EndpointFact {
  readonly observation: Observation;
  readonly words: string;
  readonly conditions: readonly string[];
}

/** What is known of an endpoint with what was handed to it, in the order in which people ask. */
export function endpointFacts(endpoint: Endpoint): { readonly role: Endpoint["role"]; readonly facts: readonly EndpointFact[] } {
  const whole = withParts(endpoint);
  const observations = whole.flatMap((it) => it.effective);
  const role = whole.map((it) => it.role).find((it) => it !== "unknown") ?? "unknown";
  return { role, facts: ASPECTS.flatMap((kind) => observations.filter((it) => it.fact.kind === kind).flatMap(saidOf)) };
}

/** What was handed to a listener are endpoints of their own: one application may be bound with several configurations. */
function withParts(endpoint: Endpoint): readonly Endpoint[] {
  const found = new Set([endpoint]);
  for (const it of found) if (it.sort !== "listener") for (const part of it.parts) found.add(part);
  return [...found];
}

const NAMES: Readonly<Record<Endpoint["sort"], string>> = {
  configuration: "configuration",
  verifier: "verifier",
  "trust-store": "trust store",
  listener: "server",
  other: "part",
};

/** In the order in which people ask. */
const ASPECTS: readonly FactKind[] = [
  "listener",
  "client-transport",
  "database-tls",
  "upgrade",
  "minimum-version",
  "maximum-version",
  "client-authentication",
  "server-verification",
  "hostname-verification",
  "verifier",
  "trust",
  "revocation",
  "validity-check",
  "early-data",
  "key-log",
];

function saidOf(observation: Observation): readonly EndpointFact[] {
  const { fact, guards } = observation;
  const words = transportWords(fact) ?? trustWords(fact);
  return words === undefined ? [] : [{ observation, words, conditions: [...new Set(guards.flatMap(clauseOf))] }];
}

/** What is spoken. */
function transportWords(fact: Fact): string | undefined {
  switch (fact.kind) {
    case "listener": {
      const on = fact.address === undefined ? "" : ` on ${fact.address}`;
      return fact.transport === "tls" ? `TLS${on}` : `plaintext${on}`;
    }
    case "client-transport":
      return fact.tls ? "TLS" : "plaintext";
    case "database-tls":
      return DATABASE[fact.mode];
    case "upgrade":
      return fact.demand === "required" ? "STARTTLS required" : fact.demand === "optional" ? "STARTTLS if offered" : "no STARTTLS";
    case "minimum-version":
      return fact.version === "oldest" ? "any TLS version" : `${fact.version} or newer`;
    case "maximum-version":
      return `at most ${fact.version}`;
    case "early-data":
      return fact.bytes > 0 ? "early data" : undefined;
    case "key-log":
      return fact.enabled ? "session keys logged" : undefined;
    default:
      return undefined;
  }
}

/** Who is believed. */
function trustWords(fact: Fact): string | undefined {
  switch (fact.kind) {
    case "client-authentication":
      return fact.mode === "none" || fact.mode === "ignored" ? "no client certificate asked for" : `client certificate ${fact.mode}`;
    case "server-verification":
      return fact.enabled ? "server certificate verified" : "server certificate not verified";
    case "hostname-verification":
      return fact.enabled ? "hostname verified" : "hostname not verified";
    case "verifier":
      return `${fact.name} ${JUDGEMENTS[fact.judgement]}`;
    case "trust":
      return fact.anchors === "loaded"
        ? `CA ${sourceOf(fact.from) ?? "of its own"}`
        : { none: "no CA", system: "public CAs", unknown: "CA not known" }[fact.anchors];
    case "revocation":
      return fact.lists === "loaded" ? `CRL ${sourceOf(fact.from) ?? "loaded"}` : fact.lists === "none" ? "no CRL" : "maybe no CRL";
    case "validity-check":
      return fact.enabled ? undefined : "expiry not checked";
    default:
      return undefined;
  }
}

/** A text that is no path holds what is loaded, which may be long, and a key. */
const sourceOf = (from: string | undefined): string | undefined => (from !== undefined && looksLikePath(from) ? from : undefined);

const DATABASE: Readonly<Record<DatabaseTls, string>> = {
  plaintext: "plaintext",
  optional: "TLS if offered",
  unverified: "TLS, server certificate not verified",
  "unverified-name": "TLS, hostname not verified",
  verified: "TLS, server certificate and hostname verified",
};

const JUDGEMENTS: Readonly<Record<Judgement, string>> = {
  "accepts-anything": "accepts anything",
  delegates: "asks another verifier",
  "drops-error": "ignores the error of another verifier",
  "drops-name-error": "ignores hostname errors",
  "drops-time-error": "ignores expiry",
  pins: "pins the certificate",
  "compares-claims": "compares what anybody can claim",
  "compares-other": "looks at nothing of the certificate",
  rejects: "rejects everything",
  unknown: "decides by code that was not followed",
};

/** Whether something is a test or an example is said of the file, not of the server. */
function clauseOf(guard: Guard): readonly string[] {
  switch (guard.kind) {
    case "condition":
      return [`${guard.negated ? "unless" : "if"} \`${guard.text.replaceAll(/\s+/g, " ")}\``];
    case "feature":
      return [`${guard.negated ? "without" : "with"} feature \`${guard.name}\``];
    case "cfg":
      return [`with \`cfg(${cfgText(guard.predicate)})\``];
    default:
      return [];
  }
}
