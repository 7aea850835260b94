/**
 * Conditions under which an endpoint is there at all, or is used at all: they lower nothing that is said of it, unless somebody asks for insecurity by them,
 * or another endpoint of its type is there where they do not hold: then they choose between the two, of what only one of them does.
 */

import type { FunctionId } from "../flow/index.ts";
import { flagsIn } from "../tls/cfg.ts";
import { OF_VERIFICATION } from "./lexicon.ts";
import type { Event, ModelObject } from "./model-object.ts";
import type { Atom, Path } from "./path-conditions.ts";
import { sameAtom } from "./path-conditions.ts";

/** How an object was made. */
export interface Origin {
  readonly root: FunctionId;
  /** It is there under each of these conditions. */
  readonly paths: readonly Path[];
  /** Under which it is used: what else is done with it, and where it goes. */
  readonly uses: Path[];
}

type Origins = ReadonlyMap<ModelObject, Origin>;

/** Leaves the conditions that decide something of an endpoint. Gives what is the same for endpoints of which one is chosen. */
export function leaveOwnConditions(origins: Origins): (object: ModelObject) => number {
  const choices = new Choices(origins);
  const groups = new Map<ModelObject, number>();
  for (const [object, own] of origins) {
    const choice = choices.of(object);
    const chooses = ({ group }: Atom): boolean => (choice?.sides.get(group)?.size ?? 0) > 1;
    const events = [...object.events];
    for (const [index, event] of events.entries()) {
      // What takes the place of something else does so under the same conditions as before.
      const ofKind = events.filter(({ kind }) => kind === event.kind);
      const matters = (atom: Atom): boolean =>
        chooses(atom) && ofKind.some((it) => has(it.path, atom) && !othersDo(it, choices.others(object, atom)));
      const path = event.path.filter((it) => !isOwn(it, event.path, object, origins) || matters(it));
      if (path.length < event.path.length) object.events[index] = { ...event, path, own: event.path.filter((it) => !path.includes(it)) };
    }
    if (choice !== undefined && own.paths.some((it) => it.some(chooses))) groups.set(object, choice.first);
  }
  return (object) => groups.get(object) ?? object.id;
}

/** Endpoints of one kind that one function makes, and which sides of decisions they stand on. */
interface Choice {
  readonly first: number;
  readonly sides: Map<string, Map<number, Set<ModelObject>>>;
}

/** Which endpoints are there in each other's place. */
export class Choices {
  readonly #origins: Origins;
  readonly #alike = new Map<string, Choice>();

  constructor(origins: Origins) {
    this.#origins = origins;
    for (const [object, own] of origins) this.#note(object, own);
  }

  of(object: ModelObject): Choice | undefined {
    const own = this.#origins.get(object);
    return own && this.#alike.get(keyOf(object, own));
  }

  /** Endpoints that are there where an atom does not hold. */
  others(object: ModelObject, { group, alternative }: Atom): readonly ModelObject[] {
    const sides = [...(this.of(object)?.sides.get(group) ?? [])];
    return sides.flatMap(([side, objects]) => (side === alternative ? [] : [...objects].filter((it) => it !== object)));
  }

  #note(object: ModelObject, own: Origin): void {
    const key = keyOf(object, own);
    const choice = this.#alike.get(key) ?? { first: object.id, sides: new Map<string, Map<number, Set<ModelObject>>>() };
    this.#alike.set(key, choice);
    for (const { group, alternative } of own.paths.flat()) {
      const sides = choice.sides.get(group) ?? new Map<number, Set<ModelObject>>();
      choice.sides.set(group, sides.set(alternative, (sides.get(alternative) ?? new Set()).add(object)));
    }
  }
}

/** Endpoints of one library that do the same: one that is a part of others is in the place of none of these. */
function keyOf({ model, sort, role, usedBy }: ModelObject, { root }: Origin): string {
  const isPart = usedBy.some((it) => it.sort === sort && it.model === model);
  return `${root} ${model.crate} ${sort} ${role} ${isPart ? "part" : "whole"}`;
}

/** Whichever is chosen, the same is said of it, and holds in the end. */
const othersDo = (event: Event, others: readonly ModelObject[]): boolean =>
  others.length > 0 &&
  others.every(({ events }) =>
    events.some((one, at) => one.kind === event.kind && saidIn(one) === saidIn(event) && !events.slice(at + 1).some((it) => ends(it, one))),
  );

/** What is said later takes the place of what was said before, if it is whenever that was. */
const ends = (later: Event, earlier: Event): boolean =>
  later.kind === earlier.kind && wholePath(later).every((atom) => has(wholePath(earlier), atom));

const wholePath = ({ path, own = [] }: Event): Path => [...path, ...own];

const saidIn = ({ facts }: Event): string => JSON.stringify(facts);

/** Whether it says no more than that the object is there, and what it is a part of. */
function isOwn(atom: Atom, path: Path, object: ModelObject, origins: Origins): boolean {
  const { guard } = atom;
  // Whoever wants what a feature brings wants it whole.
  if (guard?.kind === "feature" || (guard?.kind === "cfg" && flagsIn(guard.predicate).every(({ name }) => name === "feature")))
    return !(guard.kind === "feature" && guard.optIn) && isThereBy(atom, path, object, origins, new Set());
  if (guard?.kind !== "condition" || atom.instead) return false;
  if (!guard.optIn && isThereBy(atom, path, object, origins, new Set())) return true;
  // What ends early beforehand, and has nothing to do with whom one believes.
  const uses = isWhole(object) ? (origins.get(object)?.uses ?? []) : [];
  return (!guard.optIn || !OF_VERIFICATION.test(guard.text)) && uses.length > 0 && uses.every((it) => has(it, atom));
}

function isThereBy(atom: Atom, path: Path, object: ModelObject, origins: Origins, seen: Set<ModelObject>): boolean {
  if (seen.has(object)) return false;
  seen.add(object);
  const own = origins.get(object)?.paths ?? [];
  const isIn = own.some((it) => has(it, atom) && it.every((one) => has(path, one)));
  return isIn && (isWhole(object) || object.usedBy.some((it) => isThereBy(atom, path, it, origins, seen)));
}

/** No part of something else. */
const isWhole = ({ sort, usedBy }: ModelObject): boolean => sort === "configuration" || usedBy.length === 0;

const has = (path: Path, atom: Atom): boolean => path.some((it) => sameAtom(it, atom));
