/** All that callers see of a function, as it was made, and whether that is the same as before. */
import { keyOf } from "./conditions.ts";
import type { Questions } from "./questions.ts";
import type { Effect, OpenCall, Summary } from "./summary.ts";

export interface Made {
  readonly summary: Summary;
  /** Inputs that are written through. */
  readonly references: ReadonlySet<number>;
  readonly questions: Questions;
  /** Larger than that of whatever was made before. */
  readonly order: number;
}

/** Whoever calls it comes to the same. */
export function isSame(a: Made | undefined, b: Made | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return isSameSet(a.references, b.references) && a.questions.isLike(b.questions) && isSameSummary(a.summary, b.summary);
}

function isSameSummary(a: Summary, b: Summary): boolean {
  return (
    a.result === b.result &&
    keyOf(a.returns) === keyOf(b.returns) &&
    isSameMap(a.writes, b.writes) &&
    isSameMap(a.contents, b.contents) &&
    isSameMap(a.stored, b.stored) &&
    isSameMap(a.escapes, b.escapes) &&
    isSameMap(a.given.inputs, b.given.inputs) &&
    isSameMap(a.given.objects, b.given.objects) &&
    isSameSet(a.crowded, b.crowded) &&
    isSameList(a.events, b.events, isSameEvent)
  );
}

function isSameEvent(a: Effect | OpenCall, b: Effect | OpenCall): boolean {
  if (a.key !== b.key || a.settled !== b.settled || keyOf(a.condition) !== keyOf(b.condition)) return false;
  if (a.kind === "call") return b.kind === "call" && a.call === b.call && isSameList(a.through, b.through);
  return b.kind === "effect" && a.on === b.on && a.decided === b.decided && isSameList(a.with, b.with) && isSameData(a.data, b.data);
}

/** Of models, which are data. */
function isSameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || !isPlain(a) || !isPlain(b)) return false;
  return isSameList(Object.entries(a), Object.entries(b), ([key, value], [other, its]) => key === other && isSameData(value, its));
}

const isPlain = (it: object): boolean => Array.isArray(it) || Object.getPrototypeOf(it) === Object.prototype;

/** In order, for what is made of them is in that order, too. */
const isSameMap = <K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean =>
  a.size === b.size && isSameList([...a], [...b], ([key, value], [other, its]) => key === other && value === its);

const isSameSet = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean => a.size === b.size && isSameList([...a], [...b]);

function isSameList<T>(a: readonly T[], b: readonly T[], isSameItem: (a: T, b: T) => boolean = Object.is): boolean {
  const others = b.values();
  return (
    a.length === b.length &&
    a.every((it) => {
      const { value, done } = others.next();
      return done !== true && isSameItem(it, value);
    })
  );
}
