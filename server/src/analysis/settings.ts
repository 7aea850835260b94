/** What arguments set: a switch, flags, a word of a vocabulary, a number, or a setting by name. */
import { and, type Condition, isAlways, not, type Value, whenTrue } from "../flow/index.ts";
import type { Effect } from "../models/model.ts";
import { type ClientAuthentication, type Fact, VERSIONS } from "../tls/facts.ts";
import type { Arm, CallEvent, Cause } from "./call-event.ts";
import { effectiveEvents } from "./effective-events.ts";
import { armsOf, bitsOf, isNone, settingName, settingOf, wordOf } from "./meanings.ts";
import type { ModelObject } from "./model-object.ts";
import { guardsOf } from "./path-conditions.ts";
import { peerOf } from "./peers.ts";
import { numbered, statedByFlags } from "./stated.ts";

/** What an argument sets: a switch, flags, a word, a number, or a setting by name. False for what is no setting. */
export function applySetting(call: CallEvent, effect: Effect, object: ModelObject | undefined, whole: Condition): boolean {
  switch (effect.kind) {
    case "states": {
      const given = effect.unlessNone === undefined ? undefined : call.given(effect.unlessNone).value;
      if (given !== undefined && armsOf(given).every((it) => isNone(it.value))) return true;
      if (effect.fact.kind === "trust" && effect.fact.anchors === "system" && object !== undefined) object.system = true;
      call.state(object, effect.fact.kind, { any: [effect.fact] }, whole);
      return true;
    }
    case "switch":
      switched(call, effect, object, whole);
      return true;
    case "flags":
      beginAnew(call, effect, object, whole);
      call.each(effect.argument, whole, (...arm) => flags(call, effect, object, ...arm));
      return true;
    case "word":
      call.each(effect.argument, whole, (...arm) => word(call, effect, object, ...arm));
      return true;
    case "keyed":
      call.each(effect.argument, whole, (...arm) => keyed(call, effect, object, ...arm));
      return true;
    case "text":
      call.each(effect.argument, whole, (value, condition, cause) => {
        const text = value.kind === "constant" && typeof value.value === "string" ? value.value : undefined;
        call.state(
          object,
          effect.of,
          { any: text === undefined ? [] : [{ kind: effect.of, ciphers: text, ...(effect.suites && { suites: effect.suites }) }] },
          condition,
          cause,
        );
      });
      return true;
    case "number":
      call.each(effect.argument, whole, (value, condition, cause) => {
        const number = value.kind === "constant" && typeof value.value !== "string" ? Number(value.value) : undefined;
        call.state(object, effect.of, { any: number === undefined ? [] : [numbered(effect.of, number)] }, condition, cause);
      });
      return true;
    default:
      return false;
  }
}

/** What several alternatives of an argument state alike is stated by the argument. */
function switched(
  call: CallEvent,
  { on, off, argument }: Extract<Effect, { kind: "switch" }>,
  object: ModelObject | undefined,
  whole: Condition,
): void {
  const kind = on?.kind ?? off?.kind;
  if (kind === undefined) return;
  const [yes, no]: [Arm[], Arm[]] = [[], []];
  call.each(argument, whole, (value, condition, cause) => {
    if (isNone(value)) return;
    const when = whenTrue(value);
    yes.push({ condition: and(condition, when), cause });
    no.push({ condition: isAlways(when) ? [] : and(condition, not(when)), cause });
  });
  for (const [fact, arms, holds] of [
    [on, yes, true],
    [off, no, false],
  ] as const)
    call.stateAlike(object, kind, { any: fact === undefined ? [] : [fact] }, arms, holds);
}

/** Whichever of several words is given, what was said before has ended. */
function beginAnew(call: CallEvent, effect: Extract<Effect, { kind: "flags" }>, object: ModelObject | undefined, whole: Condition): void {
  const isOneOfSeveral = armsOf(call.given(effect.argument).value).length > 1;
  if (object === undefined || !isOneOfSeveral || effect.accumulates === true || effect.otherwise !== undefined) return;
  for (const kind of new Set(effect.cases.flatMap(({ states }) => states.map((it) => it.kind))))
    call.state(object, kind, { any: [] }, whole);
}

function flags(
  call: CallEvent,
  effect: Extract<Effect, { kind: "flags" }>,
  object: ModelObject | undefined,
  value: Value,
  condition: Condition,
  cause: Cause,
): void {
  if (effect.fails !== undefined && object !== undefined && isDemanded(object, effect.fails)) return;
  const stated = statedByFlags(effect, bitsOf(value, call.records.models));
  for (const { kind, facts } of stated) call.state(object, kind, facts, condition, cause);
}

/** In any case, and by somebody's word. */
function isDemanded(object: ModelObject, fact: Fact): boolean {
  const said = effectiveEvents(object).filter((it) => it.kind === fact.kind);
  const isSo = ({ facts, path, byDefault }: (typeof said)[number]): boolean =>
    !byDefault && guardsOf(path).length === 0 && facts.any.some((it) => JSON.stringify(it) === JSON.stringify(fact));
  return said.length > 0 && said.every(isSo);
}

function word(
  call: CallEvent,
  effect: Extract<Effect, { kind: "word" }>,
  object: ModelObject | undefined,
  value: Value,
  condition: Condition,
  cause: Cause,
): void {
  const word = wordOf(value, call.records.models);
  if (effect.of === "client-authentication") {
    const mode = MODES.find((it) => it === word);
    if (call.statement.hit?.of.imaginary === true) {
      const fact = { kind: "imaginary-call", call: call.written, mode: mode ?? "required" } as const;
      call.state(object, fact.kind, { any: [fact] }, condition, cause);
    } else call.state(object, effect.of, { any: mode === undefined ? [] : [{ kind: effect.of, mode }] }, condition, cause);
    return;
  }
  const version = VERSIONS.find((it) => it === word);
  const none = isNone(value) ? effect.none : undefined;
  const fact: Fact | undefined = none ?? (version && { kind: effect.of, version });
  call.state(object, effect.of, { any: fact === undefined ? [] : [fact] }, condition, cause);
}

function keyed(
  call: CallEvent,
  effect: Extract<Effect, { kind: "keyed" }>,
  object: ModelObject | undefined,
  value: Value,
  condition: Condition,
  cause: Cause,
): void {
  const name = settingName(call.given(effect.key).value);
  // Settings whose names come from elsewhere may be any of these.
  if (name === undefined && object !== undefined) object.disturbed = true;
  const cases = name === undefined ? [] : effect.cases.filter((it) => it.key.toLowerCase() === name);
  const [first] = cases;
  if (first === undefined) return;
  const word = settingOf(value);
  const fitting = cases.find((it) => it.is === undefined || (word !== undefined && it.is.includes(word)));
  const { states } = fitting ?? first;
  const fact = states === "peer" ? peerOf(value, (it) => call.unset(it)) : states;
  call.state(object, fact.kind, { any: fitting === undefined ? [] : [fact] }, condition, cause);
}

const MODES: readonly ClientAuthentication[] = ["none", "optional", "ignored", "required"];
