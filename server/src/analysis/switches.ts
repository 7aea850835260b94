/**
 * Switches of a program: an option that is on, off or left out is one question, whose answer is known where nobody gives one. Flow asks
 * twice: whether it is given, and what is given.
 */
import { CONFIGURED, type Condition, type Conjunction, IS_GIVEN, type Value } from "../flow/index.ts";

export interface Switch {
  /** What is asked first: whether it is given. */
  readonly given: Value;
  /** The key of that question. */
  readonly key: string;
  /** What it is where nobody gives it. */
  readonly unset: boolean;
}

export interface Switched {
  readonly condition: Condition;
  /** By the key of the atom that asks what is given, and says all of it. */
  readonly switches: ReadonlyMap<string, Switch>;
}

type Atom = Conjunction["atoms"][number];

/** With one atom for each switch that is asked as one. */
export function switchesIn(condition: Condition): Switched {
  const switches = new Map<string, Switch>();
  let left = condition;
  for (const on of questionsOf(condition, CONFIGURED)) {
    const name = optionOf(on, CONFIGURED);
    const given = questionsOf(left, IS_GIVEN).find((it) => optionOf(it, IS_GIVEN) === name);
    const merged = given && asOne(left, on, given);
    if (given?.value === undefined || merged === undefined) continue;
    switches.set(on.key, { given: given.value, key: given.key, unset: merged.unset });
    left = merged.condition;
  }
  return { condition: left, switches };
}

/** Where leaving it out is the same as giving it one of its values. */
function asOne(condition: Condition, on: Atom, given: Atom): { readonly condition: Condition; readonly unset: boolean } | undefined {
  const out = within(condition, [{ ...given, holds: false }]);
  const [off, yes] = [false, true].map((holds) =>
    within(condition, [
      { ...given, holds: true },
      { ...on, holds },
    ]),
  );
  if (off === undefined || yes === undefined || isSame(off, yes)) return undefined;
  const unset = isSame(out, off) ? false : isSame(out, yes) ? true : undefined;
  if (unset === undefined) return undefined;
  const under = (holds: boolean, of: Condition): Condition => of.map(({ atoms, some }) => ({ atoms: [{ ...on, holds }, ...atoms], some }));
  return { condition: [...under(true, yes), ...under(false, off)], unset };
}

/** What is left to ask where that is so. */
function within(condition: Condition, known: readonly Atom[]): Condition {
  const answers = new Map(known.map((it) => [it.key, it.holds]));
  const left = condition.flatMap(({ atoms, some }) =>
    atoms.every((it) => (answers.get(it.key) ?? it.holds) === it.holds)
      ? [{ atoms: atoms.filter((it) => !answers.has(it.key)), some }]
      : [],
  );
  return left.filter((it, at) => !left.some((other, before) => isWithin(other, it) && (before < at || !isWithin(it, other))));
}

/** Whoever asks the one asks the other: it adds nothing. */
const isWithin = (a: Conjunction, b: Conjunction): boolean =>
  (!a.some || b.some) && a.atoms.every((it) => b.atoms.some(({ key, holds }) => key === it.key && holds === it.holds));

const isSame = (a: Condition, b: Condition): boolean =>
  a.length === b.length && a.every((it) => b.some((other) => isWithin(it, other) && isWithin(other, it)));

function questionsOf(condition: Condition, callee: string): readonly Atom[] {
  const asked = condition.flatMap(({ atoms }) => atoms.filter((it) => optionOf(it, callee) !== undefined));
  return [...new Map(asked.map((it) => [it.key, it])).values()];
}

function optionOf({ value }: Atom, asked: string): string | undefined {
  const [name] = value?.kind === "apply" && value.callee === asked ? value.arguments : [];
  return name?.kind === "constant" && typeof name.value === "string" ? name.value : undefined;
}
