/** Options that a function gives, keeps or hands on, and under which conditions they hold nothing. */
import { ALWAYS, and, type Condition, type FunctionId, partsOf, type Value, whenTrue } from "../flow/index.ts";
import { isServedWithout } from "./served-without.ts";
import type { Sites } from "./sites.ts";
import { NONE, OK, SOME } from "./std-names.ts";

export interface Optional {
  /** Callers get it as it is, and may take its absence for an error. */
  readonly isGiven: boolean;
  readonly given: Value;
  readonly present: Condition;
  readonly missing: Condition;
  /** The field of a type of the program's own that it is kept in, by their names. */
  readonly field: string | undefined;
  /** What its presence is for goes on in another way where it holds nothing. */
  readonly isServedWithout: boolean;
}

/** Of what a function gives, keeps or hands on: options that hold something or, under some condition, nothing. */
export function optionsIn(sites: Sites, id: FunctionId): readonly Optional[] {
  const { flow, program } = sites;
  const summary = flow.summary(id);
  if (summary === undefined) return [];
  const { result, contents, writes, events, asked } = summary;
  const told = events.flatMap((it) => (it.kind === "effect" ? it.with : partsOf(it.call)));
  const seen = new Set([result, ...contents.values(), ...writes.values(), ...told]);
  const answers = answersIn(result);
  const whenNone = (of: Value): Condition => whenTrue(flow.values.make({ kind: "test", of, what: NONE }));
  const found: Optional[] = [];
  const add = (arms: readonly Arm[], isGiven: boolean, field: string | undefined, isServedWithout = false): void => {
    const given = arms.find((it) => it.value.kind === "record" && it.value.type === SOME);
    const missing = arms.flatMap((it) => missingIn(it, whenNone));
    if (given === undefined || missing.length < (isServedWithout ? 1 : 2)) return;
    found.push({ isGiven, given: given.value, present: given.condition, missing, field, isServedWithout });
  };
  const isOwn = (type: string): boolean => program.ids.known(type) !== undefined;
  for (const value of seen) {
    for (const it of partsOf(value)) seen.add(it);
    if (value.kind === "alternatives") add(value.of, answers.has(value), undefined);
    for (const { type, name, arms } of fieldsOf(value)) {
      // What an attempt gives where it has not failed: `Ok(Some(_))` or `Ok(None)`.
      if (type === OK) add(arms, answers.has(value), undefined);
      if (isOwn(type)) add(arms, false, `${type}.${name}`);
    }
  }
  for (const [key, value] of asked)
    if (value.kind === "alternatives" && !seen.has(value) && isServedWithout(sites, key)) add(value.of, false, undefined, true);
  return found;
}

/** When it holds nothing: `?` leaves with nothing where what it asks holds nothing. */
function missingIn({ value, condition }: Arm, whenNone: (of: Value) => Condition): Condition {
  if (value.kind === "record") return value.type === NONE ? condition : [];
  if (value.kind !== "part" || value.name !== "failure" || !value.of.open) return [];
  return and(condition, whenNone(value.of));
}

type Arm = Extract<Value, { readonly kind: "alternatives" }>["of"][number];

interface Field {
  readonly type: string;
  readonly name: string;
  readonly arms: readonly Arm[];
}

/** Of a value, or of several of one type of which one is meant, what each field may be. */
function fieldsOf(value: Value): readonly Field[] {
  const wholes = value.kind === "alternatives" ? value.of : [{ value, condition: ALWAYS }];
  const first = wholes.map((it) => it.value).find((it) => it.kind === "record");
  if (first?.kind !== "record") return [];
  const { type } = first;
  return first.fields.map(([name]) => ({ type, name, arms: wholes.flatMap((it) => heldIn(it, type, name)) }));
}

function heldIn({ value, condition }: Arm, type: string, name: string): readonly Arm[] {
  const held = value.kind === "record" && value.type === type ? value.fields.find(([it]) => it === name)?.[1] : undefined;
  if (held === undefined) return [];
  const arms = held.kind === "alternatives" ? held.of : [{ value: held, condition: ALWAYS }];
  return arms.map((it) => ({ value: it.value, condition: and(condition, it.condition) }));
}

/** What a function gives, and what an attempt of it gives. */
function answersIn(result: Value): ReadonlySet<Value> {
  const found = new Set([result]);
  for (const it of found) {
    if (it.kind === "alternatives") for (const arm of it.of) found.add(arm.value);
    if (it.kind === "record" && it.type === OK) for (const [, value] of it.fields) found.add(value);
  }
  return found;
}
