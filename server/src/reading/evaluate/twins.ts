/** Definitions of one name for different builds: `#[cfg(feature = "x")] fn f` beside `#[cfg(not(feature = "x"))] fn f`. */
import type { Definition } from "../../rust/index.ts";
import { isTest } from "../guards.ts";
import { type Frame, type Machine, under } from "../machine.ts";
import type { Path } from "../path-conditions.ts";
import type { Arm, Value } from "../values.ts";
import { choose } from "./choices.ts";

/** More are one for each platform: the first few tell. */
const MOST_TWINS = 4;

/** What `work` makes of each twin, under its conditions. Definitions that are no twins are one: the first. */
export function eachTwin(
  machine: Machine,
  definitions: readonly Definition[],
  frame: Frame,
  work: (one: Definition) => Value,
): Value | undefined {
  const all = definitions.map((definition) => ({ definition, path: conditionsOf(machine, definition) }));
  // What only tests have is not what other code gets.
  const possible = isTest(frame.path) ? all : all.filter((it) => !isTest(it.path));
  const [first] = possible.length > 0 ? possible : all;
  if (first === undefined) return undefined;
  if (possible.length < 2 || possible.some((it) => it.path.length === 0)) return work(first.definition);
  const arms: Arm[] = [];
  for (const { definition, path } of possible.slice(0, MOST_TWINS)) {
    const value = under(frame, path, () => work(definition));
    if (value !== undefined) arms.push({ path, value });
  }
  return arms.length === 0 ? undefined : choose(arms);
}

const conditionsOf = (machine: Machine, { item }: Definition): Path => machine.context.get(item)?.path ?? [];
