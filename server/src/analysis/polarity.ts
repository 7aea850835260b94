/** Whether who makes a truth hold chooses insecurity: by the names in it, which are all that there is. */
import { payloadOf, type Value } from "../flow/index.ts";
import { COMMANDS_OF } from "../models/configuration.ts";
import { FAILURES } from "../models/failures.ts";
import { lastOf } from "../rust/last-of.ts";
import { LOOPBACK, WORDS_OF_TRUTH } from "./guards.ts";
import { polarityOfName } from "./option-names.ts";
import { ERR, NONE, OK, WRAPPING } from "./std-names.ts";

/** Whose names they are. */
export interface Naming {
  readonly inputs: readonly string[];
  /** What a closure gives of what it is called on. */
  answer(closure: Value, on: Value): Value | undefined;
}

/** +1: who makes it true chooses insecurity; -1: security. */
export type Polarity = -1 | 0 | 1;

export function polarityOf(value: Value, names: Naming): Polarity {
  switch (value.kind) {
    case "constant":
      // To be lax with oneself only is a choice, too.
      return typeof value.value === "string" ? (LOOPBACK.test(value.value) ? 1 : polarityOfName(value.value)) : 0;
    case "input":
      return polarityOfName(names.inputs[value.index] ?? "");
    case "part":
      return ofPart(value, names);
    case "record":
      return ofRecord(value, names);
    case "test":
      return ofTest(value, names);
    case "operation":
      return ofOperation(value, names);
    case "apply":
      return ofCall(value, names);
    case "alternatives":
      return firstOf(
        value.of.map((it) => it.value),
        names,
      );
    case "labelled":
      return polarityOf(value.of, names);
    default:
      return 0;
  }
}

/** A field by its name, also of a variant; a number, or what an attempt gives, has none. */
function ofPart({ name, of }: Shaped<"part">, names: Naming): Polarity {
  const field = payloadOf(name)?.field ?? name;
  return hasNoName(field) ? polarityOf(of, names) : polarityOfName(field);
}

/** A number, an element, and what an attempt gives: nobody has called them anything. */
export const hasNoName = (field: string): boolean => field === "success" || field === "each" || /^\d+$/.test(field);

/** A variant with its type, as it is written; what is wrapped says it itself. */
function ofRecord({ type, fields }: Shaped<"record">, names: Naming): Polarity {
  const wrapped = WRAPPING.has(type) ? fields[0]?.[1] : undefined;
  if (wrapped !== undefined) return polarityOf(wrapped, names);
  return fields.length === 0 ? polarityOfName(type.split("::").slice(-2).join("_")) : 0;
}

function ofTest({ what, of }: Shaped<"test">, names: Naming): Polarity {
  const inner = OUTCOMES.has(what) ? ofOutcome(of, names) : polarityOf(of, names);
  const truth = what.startsWith("=") ? WORDS_OF_TRUTH.get(what.slice(1).replaceAll('"', "").toLowerCase()) : undefined;
  if (truth !== undefined) return truth ? inner : negated(inner);
  const own = polarityOfName(lastOf(what));
  return own !== 0 ? own : what === NONE ? negated(inner) : inner;
}

const OUTCOMES: ReadonlySet<string> = new Set([OK, ERR, "success"]);

/** How a call came out is not what its name says; whether there is something by a key may be. */
function ofOutcome(value: Value, names: Naming): Polarity {
  if (value.kind === "labelled") return ofOutcome(value.of, names);
  return value.kind === "apply" && !isLookup(value) && !value.callee.startsWith("std::env::") ? 0 : polarityOf(value, names);
}

function ofOperation({ operator, operands }: Shaped<"operation">, names: Naming): Polarity {
  const [first] = operands;
  if (operator === "!" && first !== undefined) return negated(polarityOf(first, names));
  if (operator !== "==" && operator !== "!=") return firstOf(operands, names);
  const truth = operands.map(truthIn).find((it) => it !== undefined);
  const asked = operands.filter((it) => truthIn(it) === undefined);
  // What it is compared with says more than whose it is.
  const found = firstOf(asked.toReversed(), names);
  return (truth !== false) === (operator === "==") ? found : negated(found);
}

function ofCall(call: Shaped<"apply">, names: Naming): Polarity {
  const { callee, arguments: given } = call;
  const name = lastOf(callee);
  if (name === "is_loopback") return 1;
  // Which command it is: the parser that says so has the names of all options in it.
  if (COMMANDS_OF.has(name)) return 0;
  const [on, ...rest] = given;
  const answers = on === undefined ? [] : rest.flatMap((it) => (it.kind === "closure" ? (names.answer(it, on) ?? []) : []));
  // Where it has a key, whose it is says less, and how that came about nothing: a parser has all options in it.
  const isMade = on?.kind === "apply" && !isLookup(on);
  const asked = isLookup(call) ? [...rest, ...(on === undefined || isMade ? [] : [on])] : given;
  const found =
    ASKS_OUTCOME.has(name) && on !== undefined ? ofOutcome(on, names) : firstOf([...answers, ...asked], names) || polarityOfName(name);
  return NEGATING.has(name) ? negated(found) : found;
}

/** By a text that is written down: `options.value_of("insecure")`. What `expect` is given is for whoever reads it. */
export const isLookup = ({ callee, arguments: [, key, ...more] }: Shaped<"apply">): boolean =>
  more.length === 0 && key?.kind === "constant" && typeof key.value === "string" && FAILURES[lastOf(callee)] === undefined;

/** `true`, `Some(true)`, `"true"`. */
function truthIn(value: Value): boolean | undefined {
  if (value.kind === "labelled") return truthIn(value.of);
  if (value.kind === "record") return WRAPPING.has(value.type) && value.fields[0] !== undefined ? truthIn(value.fields[0][1]) : undefined;
  if (value.kind !== "constant") return undefined;
  return typeof value.value === "boolean" ? value.value : WORDS_OF_TRUTH.get(String(value.value).toLowerCase());
}

function firstOf(values: readonly Value[], names: Naming): Polarity {
  for (const it of values) {
    const found = polarityOf(it, names);
    if (found !== 0) return found;
  }
  return 0;
}

type Shaped<K extends Value["kind"]> = Extract<Value, { readonly kind: K }>;

const ASKS_OUTCOME: ReadonlySet<string> = new Set(["is_ok", "is_err"]);

const NEGATING: ReadonlySet<string> = new Set(["is_none", "is_empty", "is_err", "not"]);

export const negated = (polarity: Polarity): Polarity => (polarity === 1 ? -1 : polarity === -1 ? 1 : 0);
