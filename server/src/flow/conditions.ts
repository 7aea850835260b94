/** Path conditions as a few alternatives of conjunctions. What exceeds the bound becomes some condition, never none. */

import { MOST_ALTERNATIVES } from "../rust/bounds.ts";
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

/** When a boolean is true. */
export function whenTrue(value: Value): Condition {
  switch (value.kind) {
    case "constant":
      return value.value === true ? ALWAYS : value.value === false ? NEVER : SOME;
    case "alternatives":
      return value.of.reduce<Condition>((any, it) => or(any, and(it.condition, whenTrue(it.value))), NEVER);
    case "operation":
      if (value.operator === "!" && value.operands[0] !== undefined) return not(whenTrue(value.operands[0]));
      return of(`v${value.id}`, value);
    case "labelled":
      return whenTrue(value.of);
    case "unknown":
    case "unit":
    case "text":
      return SOME;
    case "input":
    case "part":
    case "test":
    case "apply":
      return of(`v${value.id}`, value);
    default:
      return SOME;
  }
}

export function and(a: Condition, b: Condition): Condition {
  if (isAlways(a)) return b;
  if (isAlways(b)) return a;
  return normal(a.flatMap((left) => b.flatMap((right) => both(left, right) ?? [])));
}

export function or(a: Condition, b: Condition): Condition {
  if (isAlways(a)) return a;
  if (isAlways(b)) return b;
  return normal([...a, ...b]);
}

export function not(condition: Condition): Condition {
  return condition.reduce<Condition>((all, { atoms, some }) => {
    const negated: Conjunction[] = atoms.map((it) => ({ atoms: [{ ...it, holds: !it.holds }], some: false }));
    return and(all, some ? [...negated, ...SOME] : negated);
  }, ALWAYS);
}

/** Without the atoms that hold in all of `base`. */
export function relative(condition: Condition, base: Condition): Condition {
  const [only, ...more] = base;
  if (only === undefined || more.length > 0 || only.atoms.length === 0) return condition;
  const known = new Set(only.atoms.map((it) => `${it.holds}${it.key}`));
  return normal(condition.map(({ atoms, some }) => ({ atoms: atoms.filter((it) => !known.has(`${it.holds}${it.key}`)), some })));
}

function both(a: Conjunction, b: Conjunction): Conjunction | undefined {
  const atoms = new Map<string, Atom>(a.atoms.map((it) => [it.key, it]));
  for (const it of b.atoms) {
    const known = atoms.get(it.key);
    if (known !== undefined && known.holds !== it.holds) return undefined;
    atoms.set(it.key, it);
  }
  const sorted = [...atoms.values()].toSorted((left, right) => (left.key < right.key ? -1 : 1));
  const kept = sorted.slice(0, MOST_ALTERNATIVES);
  return { atoms: kept, some: a.some || b.some || kept.length < sorted.length };
}

function normal(condition: readonly Conjunction[]): Condition {
  let found: Conjunction[] = [];
  for (const next of condition) found = added(found, next);
  if (found.length <= MOST_ALTERNATIVES) return found;
  // What all have in common stays.
  const [first, ...more] = found;
  const common = (first?.atoms ?? []).filter((it) => more.every(({ atoms }) => atoms.some((atom) => isSame(atom, it))));
  return [{ atoms: common, some: true }];
}

/** Absorbs, and merges two that differ by the sign of one atom. */
function added(found: readonly Conjunction[], next: Conjunction): Conjunction[] {
  if (found.some((it) => implies(next, it))) return [...found];
  const others = found.filter((it) => !implies(it, next));
  for (const [at, other] of others.entries()) {
    const merged = complementary(other, next);
    if (merged !== undefined) return added(others.toSpliced(at, 1), merged);
  }
  return [...others, next];
}

const isSame = (a: Atom, b: Atom): boolean => a.key === b.key && a.holds === b.holds;

const implies = (a: Conjunction, b: Conjunction): boolean =>
  (!b.some || a.some) && b.atoms.every((it) => a.atoms.some((atom) => isSame(atom, it)));

function complementary(a: Conjunction, b: Conjunction): Conjunction | undefined {
  if (a.some || b.some || a.atoms.length !== b.atoms.length) return undefined;
  const differing = a.atoms.filter((it, at) => !isSame(it, b.atoms[at] ?? it));
  const [only] = differing;
  if (differing.length !== 1 || only === undefined || b.atoms.every((it) => it.key !== only.key)) return undefined;
  return { atoms: a.atoms.filter((it) => it !== only), some: false };
}
