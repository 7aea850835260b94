/** Where a function, or what it calls, asks for what conditions are made of: by one branch, or by several that are one question. */

import type { Span } from "../base/span.ts";
import type { Question as Asked, Body } from "../rust/bodies/index.ts";
import { isAlways, not, relative } from "./conditions.ts";
import type { Place } from "./summary.ts";
import type { Condition, FunctionId, Value } from "./value.ts";

/** What more than one branch decides. */
export interface Question {
  readonly place: Place;
  readonly yes: Condition;
  /** Undefined where others may hold, too. */
  readonly no: Condition | undefined;
}

/** The function in which a branch asks for one side of an atom, and what that side is there. */
interface Asking {
  readonly in: FunctionId;
  readonly side: string;
}

/** Where a function asks something, and what in its own terms: undefined where the compiler decides it. */
export interface AskedHere extends Place {
  readonly value: Value | undefined;
  /** That it is so, or that it is not. */
  readonly isSo: boolean;
}

export class Questions {
  /** By side, who asked for it first: that function, or one that it calls. Callees know where, for that moves with their text. */
  readonly #asking = new Map<string, Asking>();
  readonly #asked = new Map<string, AskedHere>();
  /** By span, when what a branch asks there is true. */
  readonly #conditions = new Map<string, Condition>();
  readonly #whole: Question[] = [];
  readonly #unresolved = new Set<string>();
  /** Of what functions ask that are called here: what is not known with what they are given. */
  readonly #lost = new Set<string>();

  get whole(): readonly Question[] {
    return this.#whole;
  }

  /** Who first asked that an atom holds, or does not, as it is. */
  asking(key: string, holds: boolean): Asking | undefined {
    return this.#asking.get(sideOf(key, holds));
  }

  /** What is asked in the function itself. */
  askedHere(side: string): AskedHere | undefined {
    return this.#asked.get(side);
  }

  /** What a branch asks there is not known. */
  isUnresolved(span: Span): boolean {
    return this.#unresolved.has(spanKey(span));
  }

  /** What a branch of a callee asks there, if it is known to that alone: with what it is given here it is not. */
  lost(callee: FunctionId, span: Span, of: Questions): Condition | undefined {
    const asked = of.#conditions.get(spanKey(span));
    const isLost = asked?.some(({ atoms }) => atoms.some(({ key }) => this.#lost.has(`${callee} ${key}`)));
    return isLost === true ? asked : undefined;
  }

  /** A branch asks for it. */
  note(condition: Condition, place: Place): void {
    if (condition[0]?.some === true) this.#unresolved.add(spanKey(place.span));
    if (condition.some(({ atoms }) => atoms.length > 0)) this.#conditions.set(spanKey(place.span), condition);
    const side = onlySideOf(condition);
    if (side === undefined || this.#asking.has(side)) return;
    this.#asking.set(side, { in: place.in, side });
    this.#asked.set(side, { ...place, value: condition[0]?.atoms[0]?.value, isSo: !side.startsWith(NEGATED) });
  }

  /** A callee asks for `key`, which is another condition here. */
  noteCallee(id: FunctionId, callee: Questions, key: string, here: Condition): void {
    const isLost = here.some((it) => it.some);
    if (isLost) this.#lost.add(`${id} ${key}`);
    for (const holds of [true, false]) {
      const asking = callee.asking(key, holds);
      const side = asking === undefined || isLost ? undefined : onlySideOf(holds ? here : not(here));
      if (asking !== undefined && side !== undefined && !this.#asking.has(side)) this.#asking.set(side, asking);
    }
  }

  /** Callers learn the same of either. */
  isLike(other: Questions): boolean {
    const others = [...other.#asking];
    return (
      others.length === this.#asking.size &&
      [...this.#asking].every(([side, it], at) => others[at]?.[0] === side && others[at][1].in === it.in && others[at][1].side === it.side)
    );
  }

  /** `under`: the condition under which a block of the body is reached. */
  noteWhole({ questions }: Body, under: (block: number) => Condition, place: (asked: Asked) => Place): void {
    for (const it of questions) {
      const yes = between(under(it.from), under(it.yes));
      if (yes !== undefined) this.#whole.push({ place: place(it), yes, no: it.decides ? not(yes) : undefined });
    }
  }
}

const spanKey = ({ start, end }: Span): string => `${start}-${end}`;

const NEGATED = "!";

const sideOf = (key: string, holds: boolean): string => (holds ? key : NEGATED + key);

/** Of a condition that is one atom. */
function onlySideOf([only, ...more]: Condition): string | undefined {
  const [atom, ...others] = only?.atoms ?? [];
  return atom === undefined || only?.some === true || more.length > 0 || others.length > 0 ? undefined : sideOf(atom.key, atom.holds);
}

/** What `to` has more than `from`, if it is reached by no other way. */
function between(from: Condition, to: Condition): Condition | undefined {
  const [only, ...more] = from;
  if (only === undefined || more.length > 0) return undefined;
  const isBehind = to.every((it) =>
    only.atoms.every(({ key, holds }) => it.atoms.some((atom) => atom.key === key && atom.holds === holds)),
  );
  const yes = relative(to, from);
  return !isBehind || yes.length === 0 || isAlways(yes) || yes.some((it) => it.some) ? undefined : yes;
}
