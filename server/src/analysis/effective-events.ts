/** What of all that happened to an object still holds at the end, and under which conditions. */
import type { Fact } from "../tls/facts.ts";
import { otherSide } from "./guards.ts";
import { CUMULATIVE, type Event, type ModelObject } from "./model-object.ts";
import { type Atom, beyond, covered, exclude, extend, type Path, sameAtom } from "./path-conditions.ts";

/**
 * Conditions that decide nothing: where every alternative of a decision states the same, it holds whatever is decided.
 * The events concerned, with what is left of their paths. `together`: only events of objects for which it is the same cover each other.
 */
export function withoutHollow(
  effective: ReadonlyMap<ModelObject, readonly Event[]>,
  together: (object: ModelObject) => number,
): ReadonlyMap<Event, Path> {
  const byFact = new Map<string, { readonly event: Event; readonly path: Path }[]>();
  for (const [object, events] of effective)
    for (const event of events) {
      const { path } = event;
      if (path.length === 0 || event.byDefault) continue;
      const key = JSON.stringify([event.facts, object.type, together(object)]);
      const known = byFact.get(key) ?? [];
      if (known.length < MOST_ALIKE) known.push({ event, path });
      byFact.set(key, known);
    }
  const reduced = new Map<Event, Path>();
  for (const alike of byFact.values())
    for (const { event, path } of alike) {
      const hollow = path.filter((atom) => atom.alternatives <= alternativesOf(atom, path, alike).size);
      if (hollow.length > 0)
        reduced.set(
          event,
          event.path.filter((it) => !hollow.includes(it)),
        );
    }
  return reduced;
}

/** Events of one kind that are compared with each other. */
const MOST_ALIKE = 64;

function alternativesOf(atom: Atom, path: Path, alike: readonly { readonly path: Path }[]): ReadonlySet<number> {
  const rest = path.filter((it) => it !== atom);
  const found = new Set<number>();
  for (const other of alike) {
    const same = other.path.find((it) => it.group === atom.group);
    if (same !== undefined && other.path.every((it) => it === same || rest.some((one) => sameAtom(one, it)))) found.add(same.alternative);
  }
  return found;
}

/** Those events that nothing later of the same kind overrides in every case in which they happened. */
export function effectiveEvents(object: ModelObject): Event[] {
  const events = object.events.filter((it) => !isBounded(it, object));
  return events.filter((event, index) => {
    const later = events.slice(index + 1);
    if (event.kind === "trust")
      return (
        !event.facts.any.some((it) => it.kind === "trust" && it.anchors === "none") ||
        !later.some((it) => it.kind === "trust" && !says(it, "none"))
      );
    if (event.kind === "verifier") {
      // A new decision about peers drops an earlier callback; the one made together with it does not.
      const anew = later.filter(
        (it) => (it.kind === "client-authentication" || it.kind === "server-verification") && it.draft !== event.draft && !it.byDefault,
      );
      return !covered(
        event.path,
        anew.map((it) => it.path),
      );
    }
    const ends = [...endsOf(event, later), ...failures(object, event, later), ...namings(object, event)];
    // What goes nowhere that anybody sees is of use all the same.
    const going = object.goes.map((it) => extend(event.path, it)).filter((it) => it !== undefined);
    return (going.length === 0 ? [event.path] : going).some((it) => !covered(it, ends));
  });
}

/** Nothing older than a version that is named is spoken, whichever options are cleared: what is wrong with it is wrong there. */
function isBounded(event: Event, { events }: ModelObject): boolean {
  const named = event.facts.any.some(isCleared) ? events.filter((it) => !it.byDefault && it.facts.any.some(isNamed)) : [];
  return covered(
    event.path,
    named.map((it) => it.path),
  );
}

const isCleared = (fact: Fact): boolean => fact.kind === "minimum-version" && fact.by === "cleared options";
const isNamed = (fact: Fact): boolean => fact.kind === "minimum-version" && fact.by === undefined;

/** Where what would have set TLS up has failed, that is told of: whoever goes on in plaintext then, is not told of again. */
function failures({ events }: ModelObject, { kind, facts, byDefault }: Event, later: readonly Event[]): readonly Path[] {
  if (!byDefault || !facts.any.some(isPlaintext)) return [];
  const told = new Set(events.flatMap((it) => (it.facts.any.some(losesTls) ? [it.draft] : [])));
  return later.filter((it) => it.kind === kind && told.has(it.draft)).map((it) => it.path.filter(({ passed }) => passed === undefined));
}

const losesTls = (fact: Fact): boolean => fact.kind === "fail-open" && fact.loses === "tls";

/** Where the program has named the peer itself before: the library's own comparison is not needed then. */
const namings = (object: ModelObject, event: Event): readonly Path[] =>
  event.facts.any.some(isUnnamed) ? object.events.filter((it) => it.facts.any.some(isNaming)).map((it) => it.path) : [];

export const isNaming = (fact: Fact): boolean => fact.kind === "hostname-verification" && fact.named === true;

/** Where what an event states ends. What adds up is ended only by an event that states nothing. */
export const endsOf = ({ kind }: Event, later: readonly Event[]): readonly Path[] =>
  later.filter((it) => it.kind === kind && (!CUMULATIVE.has(kind) || it.facts.any.length === 0)).map((it) => it.path);

const says = (event: Event, anchors: "none"): boolean => event.facts.any.some((it) => it.kind === "trust" && it.anchors === anchors);

export const isUnnamed = (fact: Fact): fact is Extract<Fact, { kind: "hostname-verification" }> =>
  fact.kind === "hostname-verification" && !fact.enabled;

const isOff = (fact: Fact): boolean => (fact.kind === "server-verification" || fact.kind === "hostname-verification") && !fact.enabled;

/** A check that is switched off and, under some condition, on again is off on the other side of that. */
export function left(path: Path, fact: Fact, later: readonly Event[]): Path {
  const isBare = isPlaintext(fact);
  if (!isOff(fact) && !isBare) return path;
  const same = later.filter((it) => it.kind === fact.kind && !exclude(it.path, path));
  if (same.some((it) => it.facts.any.some((one) => isOff(one) || isPlaintext(one)))) return path;
  const ends = same.filter((it) => isBare || it.facts.any.length > 0).map((it) => it.path);
  const again = ends.flatMap((it) => beyond(it, path)).find((it) => covered([...path, it], ends));
  const other = again === undefined ? undefined : otherSide(again);
  const beside = later.filter((it) => it.kind !== fact.kind);
  if (other === undefined) return unlessAll(path, ends, beside);
  const needed = isKnown(other) ? [other] : needing(other, path, ends);
  return needed.some((it) => !isBare || isKnown(it)) ? (extend(path, needed) ?? path) : path;
}

/**
 * Where each way to something else takes several conditions, it is there as soon as one of each fails: one that does by default, or is known,
 * and leaves whatever else is said.
 */
function unlessAll(path: Path, ends: readonly Path[], beside: readonly Event[]): Path {
  const leaves = (it: Atom): boolean => beside.every((other) => !exclude(other.path, [it]));
  const failing = ends.map((end) => {
    const sides = beyond(end, path).flatMap((it) => otherSide(it) ?? []);
    const holding = sides.filter(isByDefault);
    return holding.findLast(leaves) ?? holding.at(-1) ?? (ends.length > 1 ? undefined : sides.findLast(isKnown));
  });
  const found = failing.filter((it) => it !== undefined);
  return found.length < ends.length ? path : (extend(path, found) ?? path);
}

const isByDefault = ({ guard }: Atom): boolean => guard?.kind === "condition" && guard.byDefault === true;

/** Also what fails by itself where it is not so: an option is given before its value matters. */
function needing(other: Atom, path: Path, ends: readonly Path[]): readonly Atom[] {
  const needed: Atom[] = [other];
  for (const end of [...ends].sort((a, b) => a.length - b.length)) {
    const [only, ...more] = beyond(end, [...path, ...needed]);
    const failed = only === undefined || more.length > 0 || only.group === other.group ? undefined : otherSide(only);
    if (failed !== undefined) needed.push(failed);
  }
  return needed;
}

/** What nobody has set up is there until somebody does, but where it is asked for by its name, or where that is known to be left out. */
const isKnown = ({ guard }: Atom): boolean =>
  guard?.kind === "condition" && ((guard.optIn && !guard.negated) || guard.byDefault !== undefined);

const isPlaintext = (fact: Fact): boolean =>
  (fact.kind === "client-transport" && !fact.tls) ||
  (fact.kind === "upgrade" && fact.demand !== "required") ||
  (fact.kind === "database-tls" && (fact.mode === "plaintext" || fact.mode === "optional"));
