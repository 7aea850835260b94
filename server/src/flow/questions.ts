/** Where a function, or what it calls, asks for what conditions are made of: by one branch, or by several that are one question. */

import type { Span } from "../base/span.ts";
import type { Question as Asked, Body } from "../rust/bodies/index.ts";
import { isAlways, not, relative } from "./conditions.ts";
import type { Place } from "./summary.ts";
import type { Condition } from "./value.ts";

/** What more than one branch decides. */
export interface Question {
  readonly place: Place;
  readonly yes: Condition;
  /** Undefined where others may hold, too. */
  readonly no: Condition | undefined;
}

export class Questions {
  readonly #single = new Map<string, Place>();
  readonly #whole: Question[] = [];
  readonly #unresolved = new Set<string>();

  get whole(): readonly Question[] {
    return this.#whole;
  }

  /** Where that an atom holds, or does not, was first asked for as it is. */
  at(key: string, holds: boolean): Place | undefined {
    return this.#single.get(sideOf(key, holds));
  }

  /** What a branch asks there is not known. */
  isUnresolved({ start, end }: Span): boolean {
    return this.#unresolved.has(`${start}-${end}`);
  }

  /** A branch asks for it. */
  note(condition: Condition, place: Place): void {
    const [only, ...more] = condition;
    const [atom, ...others] = only?.atoms ?? [];
    if (only?.some === true) this.#unresolved.add(`${place.span.start}-${place.span.end}`);
    if (atom === undefined || only?.some === true || more.length > 0 || others.length > 0) return;
    const side = sideOf(atom.key, atom.holds);
    if (!this.#single.has(side)) this.#single.set(side, place);
  }

  /** A callee asks for `key`, which is another condition here. */
  noteCallee(callee: Questions, key: string, here: Condition): void {
    for (const holds of [true, false]) {
      const place = callee.at(key, holds);
      if (place !== undefined && !here.some((it) => it.some)) this.note(holds ? here : not(here), place);
    }
  }

  /** `under`: the condition under which a block of the body is reached. */
  noteWhole({ questions }: Body, under: (block: number) => Condition, place: (asked: Asked) => Place): void {
    for (const it of questions) {
      const yes = between(under(it.from), under(it.yes));
      if (yes !== undefined) this.#whole.push({ place: place(it), yes, no: it.decides ? not(yes) : undefined });
    }
  }
}

const sideOf = (key: string, holds: boolean): string => (holds ? key : `!${key}`);

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
