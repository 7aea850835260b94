/** Paths through a function: the conditions under which something happens, as conjunctions of atoms that can be compared. */
import type { Value } from "../flow/index.ts";
import type { Guard } from "../tls/facts.ts";

/** One alternative of a decision: a branch of an `if`, an arm of a `match`, a side of a `cfg`. */
export interface Atom {
  /** Names the decision: two atoms of one group exclude each other unless they are the same alternative. */
  readonly group: string;
  readonly alternative: number;
  readonly alternatives: number;
  readonly guard?: Guard;
  /** +1 when being on this side means that insecurity was chosen, -1 when security was. */
  readonly polarity?: -1 | 0 | 1;
  /** Another attempt has failed. */
  readonly instead?: true;
  /** An attempt of whatever library has failed: which, as far as that is known. */
  readonly failed?: Value | true;
  /** An attempt has succeeded that may fail: which, as far as that is known. */
  readonly passed?: Value | true;
  /** It holds nothing. */
  readonly empty?: Value;
  /** What it asks is not known. */
  readonly isUnknown?: true;
  /** It asks whether something was given, and it was, or was not. */
  readonly option?: Option;
  /** It asks whether a setting is on, and it is, or is not. */
  readonly setting?: Value;
  readonly isOn?: boolean;
}
export type Path = readonly Atom[];

/** `of`: the option; `text`: in the program's words. */
export interface Option {
  readonly of: Value;
  readonly text: string;
  readonly given: boolean;
}

/** Conditions that are kept for one place; further ones only make it less certain. */
const MAX_PATH = 24;

/** Undefined when the atom contradicts the path. */
export function extend(path: Path, atoms: Path): Path | undefined {
  let result: Path = path;
  for (const atom of atoms) {
    const same = result.find((it) => it.group === atom.group);
    if (same === undefined) result = result.length >= MAX_PATH ? result : [...result, atom];
    else if (same.alternative !== atom.alternative) return undefined;
  }
  return result;
}

/** The other alternative of two. */
export const turned = (atom: Atom): Atom => ({
  ...atom,
  alternative: 1 - atom.alternative,
  ...(atom.option && { option: { ...atom.option, given: !atom.option.given } }),
});

/** The part of `path` that is not in `base`. */
export const beyond = (path: Path, base: Path): Path => path.filter((it) => !base.some((other) => sameAtom(it, other)));

export const sameAtom = (a: Atom, b: Atom): boolean => a.group === b.group && a.alternative === b.alternative;

/** Whether some decision went one way for the one and another way for the other. */
export const exclude = (a: Path, b: Path): boolean =>
  a.some((it) => b.some((other) => it.group === other.group && it.alternative !== other.alternative));

export const guardsOf = (path: Path): Guard[] => path.flatMap((it) => it.guard ?? []);

/** Whether the paths together leave no way out of `base`: one of them always holds when `base` does. */
export function covered(base: Path, paths: readonly Path[]): boolean {
  let sets = resolvable(paths.map((it) => beyond(it, base)));
  // Resolution: sets that differ only in all the alternatives of one group merge into one without it.
  for (let round = 0; round < 8; round++) {
    if (sets.some((it) => it.length === 0)) return true;
    const merged = sets.flatMap((set) => set.flatMap((atom) => (isDecided(atom, set, sets) ? [set.filter((it) => it !== atom)] : [])));
    const known = new Set(sets.map(key));
    const fresh = merged.filter((it) => !known.has(key(it)));
    if (fresh.length === 0) return false;
    sets = [...sets, ...fresh].slice(0, 64);
  }
  return sets.some((it) => it.length === 0);
}

/** Whether paths leave no way out of a base is asked for many that begin alike. */
export class Cover {
  readonly #base: Path;
  readonly #paths: readonly Path[];
  /** Of each path, what the other paths do not decide the other way. */
  readonly #open: readonly Path[];

  constructor(base: Path, paths: readonly Path[]) {
    this.#base = base;
    this.#paths = paths;
    const sets = paths.map((it) => beyond(it, base));
    const isWhole = wholeDecisions(sets);
    this.#open = sets.map((set) => set.filter((it) => !isWhole(it)));
  }

  /** With more of the base. */
  with(more: Path): boolean {
    const isKnown = (atom: Atom): boolean => more.some((it) => sameAtom(it, atom));
    return this.#open.some((it) => it.every(isKnown)) && covered([...this.#base, ...more], this.#paths);
  }
}

/** Whichever way the decision of an atom goes, one of the sets holds if the rest of this one does. */
function isDecided(atom: Atom, set: Path, sets: readonly Path[]): boolean {
  const rest = set.filter((it) => it !== atom);
  const alternatives = new Set<number>();
  for (const other of sets) {
    const match = other.find((it) => it.group === atom.group);
    if (!other.every((it) => it === match || rest.some((one) => sameAtom(one, it)))) continue;
    if (match === undefined) return true;
    alternatives.add(match.alternative);
  }
  return alternatives.size >= atom.alternatives;
}

/**
 * Without the sets that cannot help: those with an atom of a decision of which some alternative is in no set. Such an atom would stay,
 * or a smaller set makes this one superfluous.
 */
function resolvable(all: readonly Path[]): Path[] {
  let sets = [...new Map(all.map((it) => [key(it), it])).values()];
  for (;;) {
    const isWhole = wholeDecisions(sets);
    const left = sets.filter((set) => set.every(isWhole));
    if (left.length === sets.length) return left.sort((a, b) => a.length - b.length).slice(0, MOST_SETS);
    sets = left;
  }
}

/** Whether all alternatives of an atom's decision are in some set. */
function wholeDecisions(sets: readonly Path[]): (atom: Atom) => boolean {
  const groups = new Map<string, Set<number>>();
  for (const atom of sets.flat()) groups.set(atom.group, (groups.get(atom.group) ?? new Set()).add(atom.alternative));
  return ({ group, alternatives }) => (groups.get(group)?.size ?? 0) >= alternatives;
}

/** Paths that are put together: real decisions have few. */
const MOST_SETS = 24;

const key = (path: Path): string =>
  path
    .map((it) => `${it.group}/${it.alternative}`)
    .sort()
    .join(" ");
