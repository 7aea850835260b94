/** What a loop changes without end is given up: of structs field by field, so that what the loop leaves alone stays. */
import { ALWAYS } from "./conditions.ts";
import type { Parts } from "./parts.ts";
import type { Alternative, Value } from "./value.ts";
import { partsOf } from "./values.ts";

interface Widening {
  readonly parts: Parts;
  /** In bodies that judge, what is given up is known by what it was made of. */
  readonly isJudged: boolean;
  /** What was given up has no other fields from then on. */
  readonly isAgain: boolean;
}

/** `before`: what was there in the last of many rounds. */
export function changing(value: Value, before: Value | undefined, widening: Widening): Value {
  return (before && byFields(value, before, widening)) ?? givenUp(value, before, widening);
}

/** Of structs of one type, or of one value with fields replaced. */
function byFields(value: Value, before: Value, widening: Widening): Value | undefined {
  const { parts, isAgain } = widening;
  const all = [...alternativesOf(before), ...alternativesOf(value)].map((it) => it.value);
  const [first, ...others] = all.map(rootOf);
  if (first === undefined || others.some((it) => it.type !== first.type || it.base !== first.base)) return undefined;
  const known = fieldNames([before]);
  const names = fieldNames(all);
  if (names.size === 0 || (isAgain && names.size > known.size)) return undefined;
  const fields = [...names].map((name) => {
    const [earlier, later] = [parts.get(before, name), parts.get(value, name)];
    return [name, earlier === later ? later : changing(later, earlier, widening)] as const;
  });
  return parts.values.record(first.type, fields, first.base);
}

/** With the labels that it has by then. */
function givenUp(value: Value, before: Value | undefined, { parts: { values }, isJudged }: Widening): Value {
  const labels = new Set([...value.labels, ...(before?.labels ?? [])]);
  const unknown = values.unknown("changes in a loop");
  const sources = isJudged ? sourcesOf(before === undefined ? [value] : [before, value]) : [];
  const made = sources.length === 0 ? unknown : values.make({ kind: "apply", callee: "{changing}", arguments: sources });
  return [...labels].toSorted().reduce((of, label) => values.make({ kind: "labelled", of, label }), made);
}

const alternativesOf = (value: Value): readonly Alternative[] =>
  value.kind === "alternatives" ? value.of : [{ condition: ALWAYS, value }];

const rootOf = (value: Value): { readonly type: string; readonly base: Value | undefined } =>
  value.kind === "record" ? value : { type: "", base: value };

const fieldNames = (all: readonly Value[]): ReadonlySet<string> =>
  new Set(all.flatMap(alternativesOf).flatMap(({ value }) => (value.kind === "record" ? value.fields.map(([name]) => name) : [])));

/** The inputs in values: there are so many of them, and no more. */
function sourcesOf(whole: readonly Value[]): readonly Value[] {
  const seen = new Set(whole);
  for (const it of seen) if (it.open) for (const part of partsOf(it)) seen.add(part);
  return [...seen].flatMap((it) => (it.kind === "input" ? [it] : [])).toSorted((a, b) => a.index - b.index);
}
