/**
 * Questions whether something was given: of an option whether it holds a value, of a variable of the environment whether it is set, of a text or a list
 * of the program's settings whether it is empty.
 */
import { payloadOf, type Value } from "../flow/index.ts";
import { isFailure } from "./failed-questions.ts";
import { ABSENT, NONE, PRESENT, SOME } from "./std-names.ts";

/** `of`: what is asked for. */
export interface Presence {
  readonly of: Value;
  readonly given: boolean;
  /** What whoever sets it calls it. */
  readonly name?: string;
}

/** Undefined where it asks something else, or callers have no part in it. */
export function presenceAsked(value: Value, holds: boolean): Presence | undefined {
  const name = value.kind === "test" ? variableIn(value.of) : undefined;
  if (value.kind === "test" && name !== undefined && isOutcome(value.what))
    return { of: value.of, given: !isFailure(value.what, holds), name };
  if (value.kind === "test" && (value.what === SOME || value.what === NONE))
    return value.open ? { of: value.of, given: !isFailure(value.what, holds) } : undefined;
  const text = emptinessAsked(value);
  return text !== undefined && isSetting(text) ? { of: text, given: !holds } : undefined;
}

/** The name of the variable that is asked for, where that is known. */
export function variableIn(value: Value): string | undefined {
  const [name] = value.kind === "apply" && VARIABLES.has(value.callee) ? value.arguments : [];
  return name?.kind === "constant" && typeof name.value === "string" ? name.value : undefined;
}

const VARIABLES: ReadonlySet<string> = new Set(["std::env::var", "std::env::var_os"]);

/** Whether it is set, and not what it is set to. */
const isOutcome = (what: string): boolean => PRESENT.has(what) || ABSENT.has(what);

/** Of what it asks whether it is empty. */
export function emptinessAsked(value: Value): Value | undefined {
  if (value.kind === "test") return value.what === EMPTY ? value.of : undefined;
  return value.kind === "apply" && value.callee === "std::is_empty" ? value.arguments[0] : undefined;
}

/** As whoever calls has set it, or a field of whatever was read: what else the program has made may be empty for other reasons. */
function isSetting(it: Value): boolean {
  if (it.kind === "labelled") return isSetting(it.of);
  if (it.kind !== "part") return it.kind === "input";
  const isHeld = it.name === "success" || payloadOf(it.name) !== undefined;
  return !isHeld || isSetting(it.of);
}

const EMPTY = '=""';
