/** Path conditions as a few alternatives of conjunctions. What exceeds the bound becomes some condition, never none. */

import { DEEPEST_VALUE, MOST_ALTERNATIVES } from "../rust/bounds.ts";
import type { Cfg } from "../rust/index.ts";
import type { Atom, Condition, Conjunction, Value } from "./value.ts";

export const ALWAYS: Condition = [{ atoms: [], some: false }];
export const NEVER: Condition = [];
export const SOME: Condition = [{ atoms: [], some: true }];

export const isAlways = (condition: Condition): boolean => condition.some((it) => it.atoms.length === 0 && !it.some);

export function keyOf(condition: Condition): string {
  return condition
    .map((it) => `${it.some ? "?" : ""}${it.atoms.map((atom) => (atom.holds ? atom.key : `!${atom.key}`)).join("&")}`)
    .join("|");
}

/** An input decides, so that callers may know more. */
export const isOpen = (condition: Condition): boolean => condition.some((it) => it.atoms.some(({ value }) => value?.open === true));

const of = (key: string, value?: Value): Condition => [{ atoms: [{ key, holds: true, value }], some: false }];

export function ofCfg(predicate: Cfg): Condition {
  switch (predicate.kind) {
    case "flag":
      return of(`cfg:${predicate.name}${predicate.value === undefined ? "" : `=${predicate.value}`}`);
    case "not":
      return not(ofCfg(predicate.of));
    case "all":
      return predicate.of.reduce<Condition>((all, it) => and(all, ofCfg(it)), ALWAYS);
    case "any":
      return predicate.of.reduce<Condition>((any, it) => or(any, ofCfg(it)), NEVER);
  }
}

/**
 * Atoms follow what they ask, and where more are met than are kept, that decides: whether something has succeeded, or a loop goes on, says the
 * least, and what asks the most of others the most. The id tells apart what happens to have the same order.
 */
function atomKey(value: Value): string {
  const rank = value.kind !== "test" || isOfObject(value.of) ? 0 : PASSING.has(value.what) ? 2 : 1;
  const depth = String(DEEPEST_VALUE - value.depth).padStart(2, "0");
  return `${rank} ${depth} ${askedOf(value).slice(0, LONGEST_PREFIX)} ${value.order.toString(36).padStart(11, "0")} v${value.id}`;
}

const PASSING: ReadonlySet<string> = new Set(["another", "success"]);

const isMajor = ({ key, value }: Atom): boolean => value !== undefined && key.startsWith("0");

const isOfObject = (value: Value): boolean =>
  value.kind === "object" || ((value.kind === "part" || value.kind === "labelled") && isOfObject(value.of));

/** A matter of looks: the order is the same for each run whatever it is. */
const LONGEST_PREFIX = 60;

function askedOf(value: Value): string {
  switch (value.kind) {
    case "input":
      return `$${String(value.index).padStart(3, "0")}`;
    case "part":
      return `${askedOf(value.of)}.${value.name}`;
    case "test":
      return `${askedOf(value.of)} ${value.what}`;
    case "labelled":
      return askedOf(value.of);
    default:
      return value.kind;
  }
}

/** The same condition is asked for again and again, of operations of one block and of calls in one callee: each answer is kept with it. */
const truths = new WeakMap<Value, Condition>();
let conjoined = new WeakMap<Condition, Map<Condition, Condition>>();
let joined = new WeakMap<Condition, Map<Condition, Condition>>();
const negations = new WeakMap<Condition, Condition>();

/** When a boolean is true. */
export function whenTrue(value: Value): Condition {
  const known = truths.get(value);
  if (known !== undefined) return known;
  const made = truth(value);
  truths.set(value, made);
  return made;
}

function truth(value: Value): Condition {
  switch (value.kind) {
    case "constant":
      return value.value === true ? ALWAYS : value.value === false ? NEVER : SOME;
    case "alternatives": {
      const yes = value.of.reduce<Condition>((any, it) => or(any, and(it.condition, whenTrue(it.value))), NEVER);
      // Of several of which any may be meant one may be false.
      return isAlways(yes) && value.of.some((it) => and(it.condition, not(whenTrue(it.value))).length > 0) ? SOME : yes;
    }
    case "operation":
      return ofOperation(value);
    case "labelled":
      return whenTrue(value.of);
    case "input":
    case "part":
    case "test":
    case "apply":
      return of(atomKey(value), value);
    default:
      return SOME;
  }
}

function ofOperation(value: Value & { readonly kind: "operation" }): Condition {
  const [first] = value.operands;
  if (value.operator === "!" && first !== undefined) return not(whenTrue(first));
  // Of truths that are both worked out.
  if (value.operator === "|") return value.operands.map(whenTrue).reduce((any, it) => or(any, and(not(any), it)), NEVER);
  if (value.operator === "&") return value.operands.map(whenTrue).reduce(and, ALWAYS);
  return of(atomKey(value), value);
}

export function and(a: Condition, b: Condition): Condition {
  if (isAlways(a) || a === b) return b;
  if (isAlways(b)) return a;
  const [left, ...others] = a;
  const [right, ...more] = b;
  if (left === undefined || right === undefined) return NEVER;
  if (others.length > 0 || more.length > 0)
    return kept(conjoined, a, b, () => {
      const all = a.flatMap((it) => b.flatMap((other) => both(it, other) ?? []));
      return normal(all, NEVER, () => nearest(a, b));
    });
  const one = both(left, right);
  return one === undefined ? NEVER : [one];
}

export function or(a: Condition, b: Condition): Condition {
  if (isAlways(a) || a === b || b.length === 0) return a;
  if (isAlways(b) || a.length === 0) return b;
  // What is there for as long as the program runs remembers nothing.
  return a.length === 1 ? normal(b, a) : kept(joined, a, b, () => normal(b, a));
}

/** A body has been evaluated: what others ask is rarely the same. */
export function forgetPairs(): void {
  conjoined = new WeakMap();
  joined = new WeakMap();
}

/** `b` lives as long as `a`: a weak map for each would cost more than what is remembered. */
function kept(memo: typeof conjoined, a: Condition, b: Condition, make: () => Condition): Condition {
  let of = memo.get(a);
  if (of === undefined) {
    of = new Map();
    memo.set(a, of);
  }
  const known = of.get(b);
  if (known !== undefined) return known;
  const made = make();
  of.set(b, made);
  return made;
}

export function not(condition: Condition): Condition {
  const known = negations.get(condition);
  if (known !== undefined) return known;
  const made = condition.reduce<Condition>((all, { atoms, some }) => {
    const negated: Conjunction[] = atoms.map((it) => ({ atoms: [{ ...it, holds: !it.holds }], some: false }));
    return and(all, some ? [...negated, ...SOME] : negated);
  }, ALWAYS);
  negations.set(condition, made);
  return made;
}

/** Without the atoms that hold in all of `base`. */
export function relative(condition: Condition, base: Condition): Condition {
  const [only, ...more] = base;
  if (only === undefined || more.length > 0 || only.atoms.length === 0) return condition;
  const known = new Set(only.atoms.map((it) => `${it.holds}${it.key}`));
  return normal(condition.map(({ atoms, some }) => ({ atoms: atoms.filter((it) => !known.has(`${it.holds}${it.key}`)), some })));
}

function both(a: Conjunction, b: Conjunction): Conjunction | undefined {
  const all = merged(a.atoms, b.atoms);
  if (all === undefined) return undefined;
  const atoms = all.length > MOST_ALTERNATIVES ? withoutOthers(all) : all;
  return atoms.length > MOST_ALTERNATIVES ? { atoms: inner(atoms, b), some: true } : { atoms, some: a.some || b.some };
}

/** Of more than are kept, those that were added last: they stand nearest to what happens, and decide how it does. */
function inner(atoms: readonly Atom[], last: Conjunction): readonly Atom[] {
  const own = new Set(last.atoms.map((it) => it.key));
  let others = MOST_ALTERNATIVES - own.size;
  return atoms.filter((it) => own.has(it.key) || others-- > 0);
}

/** Of more alternatives than are kept, those of what was added last, under what all of the others have in common. */
const nearest = (others: Condition, last: Condition): Condition =>
  normal(last.flatMap((it) => both({ atoms: commonOf(others), some: true }, it) ?? []));

/** What is one thing is no other: of too many conditions, that it is none of those goes without saying. */
function withoutOthers(atoms: readonly Atom[]): readonly Atom[] {
  const chosen = atoms.filter(({ holds, value }) => holds && value?.kind === "test" && isChoice(value.what));
  if (chosen.length === 0) return atoms;
  return atoms.filter(({ holds, value }) => holds || !chosen.some((it) => value?.kind === "test" && isOther(it.value, value)));
}

const isOther = (chosen: Value | undefined, value: Value & { readonly kind: "test" }): boolean =>
  chosen?.kind === "test" && chosen.of === value.of && isChoice(value.what) && chosen.what.startsWith("=") === value.what.startsWith("=");

/** A literal, or a variant by its path. */
const isChoice = (what: string): boolean => what.startsWith("=") || what.includes("::");

/** Atoms are in order, so that two lists are gone through once. Undefined where they contradict each other. */
function merged(some: readonly Atom[], others: readonly Atom[]): readonly Atom[] | undefined {
  const atoms: Atom[] = [];
  let at = 0;
  for (const it of some) {
    for (let next = others[at]; next !== undefined && next.key < it.key; next = others[++at]) atoms.push(next);
    const same = others[at]?.key === it.key ? others[at++] : undefined;
    if (same !== undefined && same.holds !== it.holds) return undefined;
    atoms.push(it);
  }
  return [...atoms, ...others.slice(at)];
}

/** `found` is normal already. `otherwise`: where there are more than are kept, whatever is left out. */
function normal(condition: readonly Conjunction[], found: Condition = NEVER, otherwise?: () => Condition): Condition {
  let all = found;
  for (const next of condition) all = added(all, next);
  if (all.length <= MOST_ALTERNATIVES) return all;
  const common = commonOf(all);
  const few = withoutMinor(all, common);
  return few.length <= MOST_ALTERNATIVES ? few : (otherwise?.() ?? [{ atoms: common, some: true }]);
}

/** What holds in each alternative. */
export const commonOf = ([first, ...more]: Condition): readonly Atom[] =>
  (first?.atoms ?? []).filter((it) => more.every(({ atoms }) => atoms.some((atom) => isSame(atom, it))));

/** Of too many, what says the most stays, and what all have in common. */
function withoutMinor(all: Condition, common: readonly Atom[]): Condition {
  let left: Condition = NEVER;
  for (const { atoms, some } of all) {
    const kept = atoms.filter((it) => isMajor(it) || common.some((one) => isSame(one, it)));
    left = added(left, { atoms: kept, some: some || kept.length < atoms.length });
  }
  return left;
}

/** Absorbs, and merges two that differ by the sign of one atom. */
function added(found: readonly Conjunction[], next: Conjunction): readonly Conjunction[] {
  if (found.some((it) => implies(next, it))) return found;
  const others = found.filter((it) => !implies(it, next));
  for (const [at, other] of others.entries()) {
    const merged = complementary(other, next);
    if (merged !== undefined) return added(others.toSpliced(at, 1), merged);
  }
  return [...others, next];
}

const isSame = (a: Atom, b: Atom): boolean => a.key === b.key && a.holds === b.holds;

function implies(a: Conjunction, b: Conjunction): boolean {
  if ((b.some && !a.some) || b.atoms.length > a.atoms.length) return false;
  let at = 0;
  for (const it of b.atoms) {
    while (at < a.atoms.length && a.atoms[at]?.key !== it.key) at++;
    if (a.atoms[at++]?.holds !== it.holds) return false;
  }
  return true;
}

function complementary(a: Conjunction, b: Conjunction): Conjunction | undefined {
  if (a.some || b.some || a.atoms.length !== b.atoms.length) return undefined;
  let differing = -1;
  for (const [at, it] of a.atoms.entries()) {
    const other = b.atoms[at];
    if (other?.key !== it.key || (other.holds !== it.holds && differing >= 0)) return undefined;
    if (other.holds !== it.holds) differing = at;
  }
  return differing < 0 ? undefined : { atoms: a.atoms.toSpliced(differing, 1), some: false };
}
