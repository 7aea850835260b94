/** What callers wrote down for what is asked in a callee: a truth or a variant that is an argument, or in one. */
import { type Condition, payloadOf, type Value, viewOf } from "../flow/index.ts";
import type { Place } from "../tls/facts.ts";
import { literalIn } from "./choices.ts";
import { choiceOf, writtenPlaceOf } from "./decisions.ts";
import { writesOf } from "./part-search.ts";
import { hasNoName } from "./polarity.ts";
import type { Site, Sites } from "./sites.ts";

type Asked = Condition[number]["atoms"][number];

/** What holds in each alternative. */
export function inAll([first, ...more]: Condition): readonly Asked[] {
  const isIn = (one: Asked, { atoms }: Condition[number]): boolean => atoms.some((it) => it.key === one.key && it.holds === one.holds);
  return first?.atoms.filter((one) => more.every((it) => isIn(one, it))) ?? [];
}

/** Each place where a caller wrote down that it holds: a truth, or a variant; of what is asked in another way any literal with which `whole` may hold. */
export function writtenFor(sites: Sites, callers: readonly Site[], atom: Asked, whole?: Condition): readonly Place[] {
  const { values } = sites.flow;
  const { value, holds } = atom;
  const isVariant = value?.kind === "test" && holds && value.what.includes("::");
  const option = optionOf(isVariant ? value.of : value);
  if (option === undefined) return [literalIn(sites, callers, [{ atoms: [atom], some: false }], whole) ?? []].flat();
  const wanted = isVariant ? values.record(value.what, []) : values.constant(holds);
  return [...writesOf(sites, callers, option, wanted)].flatMap((decided) => {
    const at = writtenPlaceOf(sites, decided);
    // What `||` gives is true as well, and is written nowhere.
    return at !== undefined && (isVariant || sites.text(at) === `${holds}`) ? (choiceOf(sites, decided) ?? []) : [];
  });
}

interface Option {
  readonly index: number;
  /** Of the input, the innermost name last. */
  readonly part: readonly string[];
}

/** An input that is asked, or a field in one, whatever variants and attempts it is in. */
function optionOf(value: Value | undefined): Option | undefined {
  if (value?.kind === "input") return { index: value.index, part: [] };
  const whole = value?.kind === "part" ? optionOf(value.of) : undefined;
  if (whole === undefined || value?.kind !== "part") return undefined;
  const name = payloadOf(value.name)?.field ?? value.name;
  return hasNoName(name) || viewOf(value.name) !== undefined ? whole : { ...whole, part: [...whole.part, name] };
}
