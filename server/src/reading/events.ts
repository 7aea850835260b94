/** Events: what a call states, with the place of its cause, is written down at the object it happens to. */
import { covers, type Span } from "../base/span.ts";
import type { CallModel } from "../models/model.ts";
import type { Expression } from "../rust/index.ts";
import type { Fact, FactKind, Place, RelatedPlace } from "../tls/facts.ts";
import { MAX_EVENTS } from "./budgets.ts";
import { decisionFor, type Frame, type Machine, placeOf, under } from "./machine.ts";
import type { Hit } from "./model-tables.ts";
import type { ModelObject } from "./objects.ts";
import { examined, type Value } from "./values.ts";

export interface ModelledCall {
  readonly hit: Hit<CallModel>;
  readonly guessed: boolean;
  readonly expression: Expression;
  readonly receiver?: Value;
  readonly receiverExpression?: Expression;
  readonly values: readonly Value[];
  readonly arguments: readonly Expression[];
  readonly nameSpan: Span;
  /** What the user sees as the call: the method's name, or the path. */
  readonly written: string;
  readonly frame: Frame;
}

/** One call at work: the object that its effects happen to. */
export interface Subject {
  readonly call: ModelledCall;
  readonly draft: number;
  readonly object: ModelObject | undefined;
}

/** Everything that a call states goes through here: cause, path and role decide where and how. */
export function state(machine: Machine, subject: Subject, kind: FactKind, facts: Facts, cause?: Cause): void {
  const { call, object } = subject;
  const own = placeOf(call.frame, call.nameSpan);
  const { place, related } = causeOf(machine, subject, own, cause);
  const event = { kind, facts, place, related, path: call.frame.path, byDefault: false, draft: subject.draft };
  if (object === undefined) {
    for (const fact of facts.any) machine.loose.push({ fact, place, related, path: call.frame.path, draft: subject.draft });
    return;
  }
  if (object.events.length >= MAX_EVENTS) {
    if (object.events.length === MAX_EVENTS) machine.trace.push({ place: own, reason: "more happens to one object than is followed" });
    return;
  }
  object.events.push(event);
}
export interface Facts {
  readonly client?: readonly Fact[];
  readonly server?: readonly Fact[];
  readonly any: readonly Fact[];
}
export interface Cause {
  readonly value: Value;
  readonly expression: Expression | undefined;
  /** One alternative of a choice: the alternative itself is the place. */
  readonly arm: boolean;
}

function causeOf(
  machine: Machine,
  { call, object }: Subject,
  own: Place,
  cause: Cause | undefined,
): { place: Place; related: RelatedPlace[] } {
  const decision = decisionFor(machine, object);
  if (decision !== undefined) return { place: decision.place, related: [{ ...own, message: `\`${call.written}\` obeys it here` }] };
  if (cause === undefined) return { place: own, related: [] };
  const { origin } = cause.value;
  const argument = cause.expression === undefined ? own : placeOf(call.frame, cause.expression.span);
  // Where a field that nobody is seen to fill was read first is no cause: its use is.
  if (origin === undefined || (cause.value.kind === "opaque" && cause.value.field !== undefined)) return { place: argument, related: [] };
  if (origin.file === argument.file && covers(argument.span, origin.span)) return { place: cause.arm ? origin : argument, related: [] };
  return { place: origin, related: [{ ...own, message: `\`${call.written}\` obeys it here` }] };
}

/** Runs `work` for each alternative of a value, under its conditions. */
export function forArms(value: Value, frame: Frame, work: (value: Value, arm: boolean) => void, arm = false): void {
  const it = examined(value);
  if (it.kind !== "choice") {
    work(it, arm);
    return;
  }
  for (const one of it.arms) under(frame, one.path, () => forArms(one.value, frame, work, true));
}

/** An observation beside the object's own events. */
export function loose(machine: Machine, subject: Subject, fact: Fact, place?: Place, related: readonly RelatedPlace[] = []): void {
  const { call } = subject;
  machine.loose.push({
    fact,
    place: place ?? placeOf(call.frame, call.nameSpan),
    related,
    path: call.frame.path,
    draft: subject.draft,
    ...(subject.object === undefined ? {} : { object: subject.object }),
  });
}
