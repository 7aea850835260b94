/** Checks of what a program is configured with: functions that fail where one option is given without another one. */
import { ALWAYS, type Condition, type FunctionId, isAlways, type Value } from "../flow/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Place } from "../tls/facts.ts";
import { bodiesNaming } from "./bodies-naming.ts";
import { pathsOf } from "./conditions.ts";
import { givenOut } from "./given-out.ts";
import type { Atom } from "./path-conditions.ts";
import { askerOf, type Records } from "./records.ts";
import { inputsOf } from "./roots.ts";
import { ERR } from "./std-names.ts";

/**
 * Both as `owner` sees them. Whoever asks for fields of the same types of the program's own asks for the same; who makes something of them
 * asks for that alone.
 */
export function isRefused(records: Records, owner: FunctionId, given: Value, missing: Value): boolean {
  const { program } = records.sites;
  const isSame = (one: Value) => (it: Value) => it === one;
  if (refuses(records, owner, isSame(given), isSame(missing))) return true;
  const [one, other] = [fieldOf(records, owner, given), fieldOf(records, owner, missing)];
  if (one === undefined || other === undefined) return false;
  const asking = new Set(bodiesNaming(program, new Set([lastOf(one)])));
  return bodiesNaming(program, new Set([lastOf(other)])).some((it) => {
    const id = program.ids.id(it);
    const isField = (field: string) => (value: Value) => fieldOf(records, id, value) === field;
    const [isOne, isOther] = [isField(one), isField(other)];
    return (
      asking.has(it) &&
      refuses(records, id, isOne, isOther) &&
      ![...givenOut(records.sites.flow, id)].some((it) => isOne(it) || isOther(it))
    );
  });
}

type Is = (value: Value) => boolean;

/** It fails where one is given and the other one is not, or returns only where that is not so. */
function refuses(records: Records, id: FunctionId, isIt: Is, isOther: Is): boolean {
  const { flow } = records.sites;
  const returns = flow.summary(id)?.returns ?? ALWAYS;
  const failures = failuresOf(records, id);
  if (failures.length === 0 && isAlways(returns)) return false;
  const asker = askerOf(records, id, inputsOf(flow, id), NOWHERE);
  const isGiven = (it: Atom, given = true): boolean =>
    (it.option?.given === given && isIt(it.option.of)) || (it.isOn === given && it.setting !== undefined && isIt(it.setting));
  const isMissing = ({ option }: Atom, missing = true): boolean => option?.given === !missing && isOther(option.of);
  return (
    failures.some((it) => pathsOf(it, asker).some((path) => path.some((one) => isGiven(one)) && path.some((one) => isMissing(one)))) ||
    pathsOf(returns, asker).every((path) => path.some((it) => isGiven(it, false) || isMissing(it, false)))
  );
}

/** Under which a function fails. */
function failuresOf(records: Records, id: FunctionId): readonly Condition[] {
  const result = records.sites.flow.summary(id)?.result;
  if (result === undefined) return [];
  const arms = result.kind === "alternatives" ? result.of : [{ value: result, condition: ALWAYS }];
  return arms.filter(({ value }) => value.kind === "record" && value.type === ERR).map(({ condition }) => condition);
}

function fieldOf({ sites }: Records, owner: FunctionId, value: Value): string | undefined {
  const type = value.kind === "part" ? sites.inputType(value.of, owner) : undefined;
  return value.kind === "part" && type !== undefined ? `${type}.${value.name}` : undefined;
}

const NOWHERE: Place = { file: "", span: { start: 0, end: 0 } };
