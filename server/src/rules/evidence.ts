/** What else is true of the endpoint of an observation, and of the program: it decides which rule speaks where one fault shows in several facts. */
import type {
  Afterwards,
  ClientAuthentication,
  Endpoint,
  FactKind,
  Guard,
  Observation,
  ObservationOf,
  Place,
  RelatedPlace,
  Role,
} from "../tls/facts.ts";
import type { RuleContext, Verdict } from "./rule.ts";

/**
 * An endpoint with its parts, theirs, and everything that they were handed to. What else was handed to the same listener is another
 * endpoint: one application may be bound with several configurations.
 */
export function whole(endpoint: Endpoint | undefined): readonly Endpoint[] {
  const seen = new Set<Endpoint>();
  const waiting = endpoint ? [endpoint, ...users(endpoint)] : [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.sort !== "listener" || next === endpoint) waiting.push(...next.parts);
  }
  return [...seen];
}

/** What an endpoint was handed to, directly or as a part of something else. */
export function users(endpoint: Endpoint): readonly Endpoint[] {
  const seen = new Set<Endpoint>();
  const waiting = [...endpoint.usedBy];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...next.usedBy);
  }
  return [...seen];
}

/** What holds at the end, of one kind, on the endpoint, its parts and its users. */
export const holding = <K extends FactKind>(endpoint: Endpoint | undefined, kind: K): readonly ObservationOf<K>[] =>
  whole(endpoint).flatMap((it) => ofKind(it.effective, kind));

/** Wherever it holds, every connection goes through a socket of this machine: there is no path for anybody to be on. */
export const staysHere = (observation: Observation): boolean =>
  holding(observation.endpoint, "peer").some(
    (it) => it.fact.reach === "loopback" && observation.excludes?.(it) !== true && holdsWith(it, observation),
  );

/** A person has to say whether what is compared is the right one. */
export const checkedLater = (what: string, afterwards: Afterwards): Verdict =>
  "silent" in afterwards
    ? {
        severity: "info",
        message: `${what}; nothing is sent over its connections`,
        help: "make sure that no decision rests on what an unverified server presents",
      }
    : {
        severity: "info",
        message: `${what}; \`${afterwards.compares}\` compares the certificate after the handshake`,
        help: "make sure that every connection is checked before anything is sent",
      };

/** Wherever the one holds, the other does. */
export const holdsWith = (other: Observation, { guards }: Observation): boolean =>
  other.guards.every((guard) => guards.some((own) => sameGuard(own, guard)));

/** The compiler's conditions, and those that the program asks in words, are the same wherever they are asked. */
const sameGuard = (a: Guard, b: Guard): boolean =>
  JSON.stringify(a) === JSON.stringify(b) || (wordsOf(a) === wordsOf(b) && wordsOf(a) !== undefined);

const wordsOf = (guard: Guard): string | undefined =>
  guard.kind === "condition" && guard.text === "…" ? undefined : JSON.stringify({ ...guard, place: undefined });

/** What happened to the same endpoint before, of one kind, in order. */
export function before<K extends FactKind>(observation: Observation, kind: K): readonly ObservationOf<K>[] {
  const facts = observation.endpoint?.facts ?? [];
  const index = facts.findIndex((it) => isSame(it, observation));
  return ofKind(index < 0 ? [] : facts.slice(0, index), kind);
}

/** What was stated before and does not hold any more. Two branches of one `if` both hold. */
export const replaced = <K extends FactKind>(observation: Observation, kind: K): readonly ObservationOf<K>[] =>
  before(observation, kind).filter((it) => !it.byDefault && !observation.endpoint?.effective.some((held) => isSame(held, it)));

/** Less is served where setting up more has failed, which a rule of its own says. */
export const failsOpen = ({ endpoint, place }: Observation): boolean =>
  holding(endpoint, "fail-open").some((it) => it.place.file === place.file && it.place.span.start === place.span.start);

/** How much of a client's certificate a server asks for. */
export const STRENGTH: Readonly<Record<ClientAuthentication, number>> = { none: 0, ignored: 0, optional: 1, required: 2 };

/** What a running server demanded by a configuration that this one takes the place of. */
export function stricterBeforeReload({ fact, endpoint }: Observation): readonly ObservationOf<"client-authentication">[] {
  if (fact.kind !== "client-authentication" || endpoint?.role !== "server" || endpoint.sort === "listener") return [];
  const demands = (of: readonly Endpoint[]): readonly ObservationOf<"client-authentication">[] =>
    of.filter((it) => it.sort === "configuration").flatMap((it) => ofKind(it.effective, "client-authentication"));
  const isStricter = (it: ObservationOf<"client-authentication">): boolean => STRENGTH[it.fact.mode] > STRENGTH[fact.mode];
  const replaced = demands(endpoint.replaces);
  // Of several that were handed over, each may have its turn: a branch picked one.
  return [...demands(endpoint.parts).filter(isStricter), ...(replaced.every(isStricter) ? replaced : [])];
}

export const isSame = (a: Observation, b: Observation): boolean =>
  a === b ||
  (a.fact.kind === b.fact.kind &&
    a.byDefault === b.byDefault &&
    a.place.file === b.place.file &&
    a.place.span.start === b.place.span.start &&
    a.place.span.end === b.place.span.end);

/** A CA that the function loaded, or made a verifier of, and handed to nothing. */
export const idleAnchors = (endpoint: Endpoint | undefined): readonly ObservationOf<"trust">[] =>
  (endpoint?.idle ?? [])
    .flatMap((it) => holding(it, "trust"))
    .filter((it, index, all) => it.fact.anchors === "loaded" && all.findIndex((one) => isSame(one, it)) === index);

/** It has no certificate to show, so that no handshake with it succeeds: what it would do afterwards is nobody's door. */
export const neverAnswers = (endpoint: Endpoint | undefined): boolean =>
  holding(endpoint, "own-certificate").some(({ fact }) => !fact.there);

/** A part does not always know whose it is; what it was handed to does. */
export function roleOf({ role, endpoint }: Observation): Role | "unknown" {
  if (role !== "unknown" || !endpoint) return role;
  const roles = new Set([endpoint, ...users(endpoint)].map((it) => it.role).filter((it) => it !== "unknown"));
  const [only] = roles;
  return roles.size === 1 && only ? only : "unknown";
}

/** Whether mutual TLS is wanted: by the configuration's word, or by signs in the program. */
export const meansMutualTls = ({ policy, intent }: RuleContext): boolean =>
  policy.mtls === "required" || (policy.mtls === "auto" && intent.some((it) => it.of === "mutual-tls" && !it.carriedOut));

/** A server that demands client certificates, and has no means to tell a revoked one. */
export function lacksLists(observation: Observation, { policy }: Pick<RuleContext, "policy">): boolean {
  const { fact } = observation;
  if (fact.kind !== "client-authentication" || fact.mode !== "required") return false;
  if (roleOf(observation) !== "server" || policy.mtls === "off") return false;
  return checksNone(observation);
}

/** A client that trusts a CA of the program's own choice, and has no means to tell a revoked server. */
export function clientLacksLists(observation: Observation): boolean {
  const { fact, endpoint } = observation;
  if (fact.kind !== "revocation-check" || fact.enabled || roleOf(observation) !== "client") return false;
  // A whole configuration that it was given is judged itself.
  if (observation.byDefault && endpoint?.parts.some((it) => it.sort === "configuration") === true) return false;
  return checksNone(observation) && holding(endpoint, "trust").some((it) => it.fact.anchors === "loaded");
}

function checksNone({ endpoint }: Observation): boolean {
  // A verifier of the user's own may keep its own list.
  if (holding(endpoint, "verifier").length > 0 || holding(endpoint, "revocation").length > 0) return false;
  if (holding(endpoint, "revocation-check").some((it) => it.fact.enabled)) return false;
  return !holding(endpoint, "trust").some((it) => it.fact.anchors === "system");
}

/** The signs, for a finding that rests on them; two convince, more are noise. */
export const signs = (context: RuleContext, except: Place): readonly RelatedPlace[] =>
  context.intent
    .filter(
      ({ place, of, carriedOut }) =>
        of === "mutual-tls" && !carriedOut && !(place.file === except.file && place.span.start === except.span.start),
    )
    .slice(0, 2)
    .map(({ place, reason }) => ({ ...place, message: `mutual TLS is intended here: ${reason}` }));

export const related = (observations: readonly Observation[], message: string): readonly RelatedPlace[] =>
  observations.map(({ place }) => ({ ...place, message }));

const ofKind = <K extends FactKind>(observations: readonly Observation[], kind: K): readonly ObservationOf<K>[] =>
  observations.filter((it): it is ObservationOf<K> => it.fact.kind === kind);
