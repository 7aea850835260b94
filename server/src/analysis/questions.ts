/** Conditions in the words in which the program asks for them: what it asks as a whole is told as a whole. */
import { type Condition, type Conjunction, isAlways } from "../flow/index.ts";
import type { Place } from "../tls/facts.ts";
import type { Atom } from "./path-conditions.ts";

/** What a program asks for in one expression or pattern. */
export interface Question {
  readonly place: Place;
  readonly text: string;
  readonly yes: Condition;
  /** Undefined where others may hold, too. */
  readonly no: Condition | undefined;
}

/** One of the answers to a question. */
export interface Answer {
  readonly question: Question;
  readonly holds: boolean;
  /** Of all that is asked. */
  readonly keys: ReadonlySet<string>;
}

/** The answers of which a condition consists, those that say most first. */
export function answersIn(condition: Condition, questions: () => readonly Question[]): readonly Answer[] {
  const mentioned = new Set(condition.flatMap(({ atoms }) => atoms.map(({ key }) => key)));
  if (mentioned.size === 0) return [];
  return questions()
    .flatMap((question) => {
      const keys = new Set(question.yes.flatMap(({ atoms }) => atoms.map(({ key }) => key)));
      if (![...keys].some((it) => mentioned.has(it))) return [];
      const sides = [question.yes, question.no].map((side) => side !== undefined && isFactor(side, condition));
      const at = sides.indexOf(true);
      return at < 0 ? [] : [{ question, holds: at === 0, keys }];
    })
    .toSorted((a, b) => b.keys.size - a.keys.size);
}

/** Each alternative of the condition is one of `side` and more, and each of `side` is in one. */
const isFactor = (side: Condition, condition: Condition): boolean =>
  side.length > 0 &&
  !isAlways(side) &&
  condition.every((it) => side.some((one) => isPart(one, it))) &&
  side.every((one) => condition.some((it) => isPart(one, it)));

const isPart = ({ atoms, some }: Conjunction, whole: Conjunction): boolean =>
  !some && atoms.every(({ key, holds }) => whole.atoms.some((it) => it.key === key && it.holds === holds));

/** `all` of a path that are due to one answer say the same. */
export function answered(atom: Atom, { question: { place, text }, holds }: Answer, all: readonly Atom[]): Atom {
  const guards = all.flatMap(({ guard }) => (guard?.kind === "condition" ? [guard] : []));
  // What says nothing by itself says nothing as a whole.
  if (guards.length === 0) return atom;
  const defaults = guards.map((it) => it.byDefault);
  const byDefault = defaults.includes(false) ? false : defaults.includes(undefined) ? undefined : true;
  const optIn = guards.some((it) => it.optIn);
  const declared = guards.find((it) => it.declared !== undefined)?.declared;
  const unset = guards.flatMap((it) => it.unset ?? []);
  const told = {
    ...(byDefault !== undefined && { byDefault }),
    ...(declared !== undefined && { declared }),
    ...(unset.length > 0 && { unset }),
    ...(!optIn && isOnlyGiven(all) && { given: true as const }),
  };
  return { ...atom, guard: { kind: "condition", text, negated: !holds, optIn, place, ...told } };
}

/** Something that may be left out is there, and nothing else is set. */
const isOnlyGiven = (all: readonly Atom[]): boolean => {
  const others = all.filter((it) => it.option?.given !== true);
  return others.length < all.length && others.every((it) => it.isOn === false);
};
