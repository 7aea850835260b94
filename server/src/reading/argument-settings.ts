/** What a call's argument sets: a switch, flags, a word, a number, or a setting by name. */
import { covers } from "../base/span.ts";
import type { Effect } from "../models/model.ts";
import type { Expression } from "../rust/index.ts";
import { type ClientAuthentication, type Fact, type Role, VERSIONS, type Version } from "../tls/facts.ts";
import { type Cause, type Subject, state } from "./events.ts";
import { conditionAtom } from "./guards.ts";
import { type Frame, type Machine, placeOf, textOf, under } from "./machine.ts";
import { examined, taintOf, type Value } from "./values.ts";

export function numbered(of: Extract<Effect, { kind: "number" }>["of"], value: number): Fact {
  switch (of) {
    case "early-data":
      return { kind: of, bytes: value };
    case "security-level":
      return { kind: of, level: value };
    case "validity-check":
      return { kind: of, enabled: true, at: value };
  }
}

/** A setting by name. A key that is not known says nothing; a known key with an unknown value ends what was said before. */
export function applyKeyed(machine: Machine, subject: Subject, effect: Extract<Effect, { kind: "keyed" }>, key: Value, cause: Cause): void {
  const name = wordOf(examined(key));
  if (name === undefined) return;
  const cases = effect.cases.filter((it) => it.key.toLowerCase() === name);
  const [first] = cases;
  if (first === undefined) return;
  const word = wordOf(cause.value);
  const fitting = cases.find((it) => it.is === undefined || (word !== undefined && it.is.includes(word)));
  state(machine, subject, (fitting ?? first).states.kind, { any: fitting === undefined ? [] : [fitting.states] }, cause);
}

function wordOf(value: Value): string | undefined {
  if (value.kind === "text") return value.exact ? value.value.toLowerCase() : undefined;
  return value.kind === "bool" || value.kind === "number" ? String(value.value) : undefined;
}

/** A mode that is named by a word; of a call that no release has, the mode is what was meant. */
export function applyMode(machine: Machine, subject: Subject, cause: Cause): void {
  const { call } = subject;
  const mode = cause.value.kind === "word" ? asMode(cause.value.word) : undefined;
  if (call.hit.of.imaginary === true) {
    const fact = { kind: "imaginary-call", call: call.written, mode: mode ?? "required" } as const;
    state(machine, subject, fact.kind, { any: [fact] }, cause);
    return;
  }
  state(machine, subject, "client-authentication", { any: mode === undefined ? [] : [{ kind: "client-authentication", mode }] }, cause);
}

const MODES: readonly ClientAuthentication[] = ["none", "optional", "ignored", "required"];
const asMode = (word: string): ClientAuthentication | undefined => MODES.find((it) => it === word);

export function applySwitch(machine: Machine, subject: Subject, effect: Extract<Effect, { kind: "switch" }>, cause: Cause): void {
  const { on, off } = effect;
  const kind = on?.kind ?? off?.kind;
  if (kind === undefined) return;
  const say = (fact: Fact | undefined): void => state(machine, subject, kind, { any: fact === undefined ? [] : [fact] }, cause);
  const it = cause.value;
  // `None` leaves the library's default.
  if (it.kind === "none") return;
  if (it.kind === "bool") {
    say(it.value ? on : off);
    return;
  }
  const { frame } = subject.call;
  const byDefault = it.kind === "opaque" ? machine.defaultOf(it) : undefined;
  const place = cause.expression === undefined ? placeOf(frame, subject.call.nameSpan) : placeOf(frame, cause.expression.span);
  const condition = {
    text: conditionText(it, cause.expression, frame),
    polarity: it.kind === "opaque" ? it.polarity : (0 as const),
    place,
    taint: taintOf(it),
    ...(byDefault === undefined ? {} : { byDefault }),
  };
  const group = it.origin === undefined ? undefined : `at:${it.origin.file}:${it.origin.span.start}`;
  under(frame, [conditionAtom(condition, false, group)], () => say(on));
  under(frame, [conditionAtom(condition, true, group)], () => say(off));
}

/** As it was written where it comes from: a variable or parameter says less. */
function conditionText(value: Value, expression: Expression | undefined, frame: Frame): string {
  if (expression === undefined) return value.kind === "opaque" ? value.text : "?";
  const { origin } = value;
  const elsewhere = origin !== undefined && (origin.file !== frame.file || !covers(expression.span, origin.span));
  return value.kind === "opaque" && elsewhere && value.text !== "" ? value.text : textOf(frame, expression.span);
}

export function applyFlags(machine: Machine, subject: Subject, effect: Extract<Effect, { kind: "flags" }>, cause: Cause): void {
  const it = cause.value;
  // A number is a word of C's vocabulary (`i32::from(verify)`): zero has no bits, anything else is not known.
  const bits = it.kind === "flags" ? it.bits : it.kind === "number" && it.value === 0 ? [] : undefined;
  for (const { kind, facts } of statedByFlags(effect, bits)) state(machine, subject, kind, facts, cause);
}

export interface StatedKind {
  readonly kind: Fact["kind"];
  readonly facts: Readonly<Record<Role | "any", readonly Fact[]>>;
}

/** What flags state, by kind of fact and role; `bits` undefined where they are not known: what was stated before ends. */
export function statedByFlags(effect: Extract<Effect, { kind: "flags" }>, bits: readonly string[] | undefined): readonly StatedKind[] {
  const pick = (role: Role | undefined): readonly Fact[] =>
    bits === undefined
      ? []
      : (effect.cases.find(
          (one) =>
            (one.role === undefined || one.role === role) &&
            (one.has ?? []).every((bit) => bits.includes(bit)) &&
            (one.lacks ?? []).every((bit) => !bits.includes(bit)),
        )?.states ?? []);
  const kinds = new Set(effect.cases.flatMap((it) => it.states.map((fact) => fact.kind)));
  if (effect.otherwise === "unchanged" && ([undefined, "client", "server"] as const).every((role) => pick(role).length === 0)) return [];
  return [...kinds].flatMap((kind) => {
    const of = (role: Role | undefined): readonly Fact[] => pick(role).filter((fact) => fact.kind === kind);
    const facts = { client: of("client"), server: of("server"), any: of(undefined) };
    const idle = effect.accumulates === true && bits !== undefined && Object.values(facts).every((some) => some.length === 0);
    return idle ? [] : [{ kind, facts }];
  });
}

export function asVersion(word: string): Version | undefined {
  return VERSIONS.find((it) => it === word);
}
