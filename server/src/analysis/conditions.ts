/** Conditions of flow as paths of guards: each alternative of a condition is one. */
import type { Condition, Conjunction, FunctionId, Value } from "../flow/index.ts";
import { IS_GIVEN, payloadOf, viewOf } from "../flow/index.ts";
import { cfgAtoms, conditionAtom, type Features, LOOPBACK } from "../reading/guards.ts";
import { polarityOfName } from "../reading/lexicon.ts";
import type { Atom, Path } from "../reading/path-conditions.ts";
import type { Place } from "../tls/facts.ts";

/** Whose inputs a condition speaks of, and where something happens under it. */
export interface Asker {
  readonly inputs: readonly string[];
  readonly owner: FunctionId;
  readonly place: Place;
  /** What happens under the condition: what is not known of it is another one for each. */
  readonly stated?: string;
  readonly features: Features | undefined;
  /** Whether it is true while nobody says anything, where that is known; of several producers one that makes it what is asked for is enough. */
  byDefault(value: Value, holds: boolean): boolean | undefined;
  /** Where it was asked. */
  askedAt(value: Value): Place | undefined;
}

/** None: it never holds. */
export const pathsOf = (condition: Condition, asker: Asker): readonly Path[] => condition.map((it) => pathOf(it, asker));

function pathOf({ atoms, some }: Conjunction, asker: Asker): Path {
  const known = atoms.flatMap((it): readonly Atom[] => {
    if (it.value === undefined) return ofCompiler(it.key, !it.holds, asker);
    return ofValue(it.value, it.key, it.holds, asker);
  });
  return some ? [...known, unknownAtom(asker)] : known;
}

function ofCompiler(key: string, negated: boolean, { place, features }: Asker): readonly Atom[] {
  const written = key.slice(key.indexOf(":") + 1);
  const at = written.indexOf("=");
  const flag = at < 0 ? { name: written } : { name: written.slice(0, at), value: written.slice(at + 1) };
  return cfgAtoms({ kind: "flag", ...flag }, place, negated, features);
}

/** Whether a loop has another element, or an attempt has succeeded, is no condition of what is done then. */
const isPassing = (value: Value, holds: boolean): boolean =>
  value.kind === "test" &&
  (value.what === "another" || ((value.what === "success" || isObject(value.of)) && !isFailure(value.what, holds)));

/** What is done where an attempt has failed is done in its place. */
const isFailure = (what: string, holds: boolean): boolean => (holds ? FAILED : SUCCEEDED).has(what);

const SUCCEEDED: ReadonlySet<string> = new Set(["success", "std::option::Option::Some", "std::result::Result::Ok"]);
const FAILED: ReadonlySet<string> = new Set(["std::option::Option::None", "std::result::Result::Err"]);

/** What a model made is there, or whoever asked for it has left. */
const isObject = (value: Value): boolean => value.kind === "object" || (value.kind === "labelled" && isObject(value.of));

function ofValue(value: Value, key: string, holds: boolean, asker: Asker): readonly Atom[] {
  if (isPassing(value, holds)) return [];
  const option = givenOption(value);
  if (option !== undefined)
    return [conditionAtom({ text: option, polarity: 0, place: asker.place, taint: 0, byDefault: false }, !holds, key)];
  const text = textOf(value, asker);
  const byDefault = asker.byDefault(value, holds);
  const condition = {
    text,
    polarity: polarityOf(value, asker),
    place: asker.askedAt(value) ?? asker.place,
    taint: 0,
    ...(byDefault !== undefined && { byDefault }),
  };
  const atom = conditionAtom(condition, !holds, `${asker.owner} ${key}`);
  return [value.kind === "test" && isFailure(value.what, holds) && isObject(value.of) ? { ...atom, instead: true } : atom];
}

/** The option of whose presence is asked: nobody sets it unless he wants to. */
function givenOption(value: Value): string | undefined {
  const [name] = value.kind === "apply" && value.callee === IS_GIVEN ? value.arguments : [];
  return name?.kind === "constant" && typeof name.value === "string" ? name.value : undefined;
}

function unknownAtom({ owner, place, stated = "" }: Asker): Atom {
  const condition = { text: "…", polarity: 0, place, taint: 0 } as const;
  return conditionAtom(condition, false, `some ${owner} ${place.span.start} ${stated}`);
}

/** As it might be written where the inputs are. */
function textOf(value: Value, asker: Asker): string {
  switch (value.kind) {
    case "input":
      return asker.inputs[value.index] ?? "…";
    case "constant":
      return JSON.stringify(value.value);
    case "part": {
      const payload = payloadOf(value.name);
      const of = textOf(value.of, asker);
      return payload !== undefined || viewOf(value.name) !== undefined || value.name === "success" || value.name === "each"
        ? of
        : `${of}.${value.name}`;
    }
    case "test": {
      const what = value.what.startsWith("=") ? value.what.slice(1) : patternOf(lastOf(value.what));
      return `let ${what} = ${textOf(value.of, asker)}`;
    }
    case "operation":
      return value.operands.length === 1
        ? `${value.operator}${value.operands.map((it) => textOf(it, asker)).join("")}`
        : value.operands.map((it) => textOf(it, asker)).join(` ${value.operator} `);
    case "apply": {
      const [first, ...rest] = value.arguments.map((it) => textOf(it, asker));
      const method = methodOf(value.callee);
      return method === undefined ? `${lastOf(value.callee)}(…)` : `${first}.${method}(${rest.join(", ")})`;
    }
    case "labelled":
      return textOf(value.of, asker);
    default:
      return "…";
  }
}

/** Questions about values of the standard library are methods of theirs. */
const methodOf = (callee: string): string | undefined =>
  callee.startsWith(".") ? callee.slice(1) : /^std::[a-z_]+$/.test(callee) ? lastOf(callee) : undefined;

const patternOf = (name: string): string => (name === "Some" || name === "Ok" || name === "Err" ? `${name}(_)` : name);

/** +1: who makes it true chooses insecurity. By the names in it, which are all that there is. */
function polarityOf(value: Value, asker: Asker): -1 | 0 | 1 {
  switch (value.kind) {
    case "constant":
      // To be lax with oneself only is a choice, too.
      return typeof value.value === "string" ? (LOOPBACK.test(value.value) ? 1 : polarityOfName(value.value)) : 0;
    case "input":
      return polarityOfName(asker.inputs[value.index] ?? "");
    case "part":
      return payloadOf(value.name) === undefined && value.name !== "success" && value.name !== "each"
        ? polarityOfName(value.name)
        : polarityOf(value.of, asker);
    case "test": {
      const own = polarityOfName(lastOf(value.what));
      const of = polarityOf(value.of, asker);
      return own !== 0 ? own : value.what === NONE ? negated(of) : of;
    }
    case "operation": {
      const found = value.operands.map((it) => polarityOf(it, asker)).find((it) => it !== 0) ?? 0;
      return value.operator === "!" || value.operator === "!=" ? negated(found) : found;
    }
    case "apply": {
      if (lastOf(value.callee) === "is_loopback") return 1;
      const found = value.arguments.map((it) => polarityOf(it, asker)).find((it) => it !== 0);
      return found ?? polarityOfName(lastOf(value.callee));
    }
    case "alternatives":
      return value.of.map((it) => polarityOf(it.value, asker)).find((it) => it !== 0) ?? 0;
    case "labelled":
      return polarityOf(value.of, asker);
    default:
      return 0;
  }
}

/** Who makes it so chooses insecurity. */
export function isChosen({ value, holds }: Conjunction["atoms"][number], asker: Asker): boolean {
  const polarity = value === undefined ? 0 : polarityOf(value, asker);
  return (holds ? polarity : negated(polarity)) > 0;
}

const NONE = "std::option::Option::None";

const negated = (polarity: -1 | 0 | 1): -1 | 0 | 1 => (polarity === 1 ? -1 : polarity === -1 ? 1 : 0);

const lastOf = (path: string): string => path.split(/::|\./).at(-1) ?? path;
