/** What is asked during handshakes: whether a peer's certificate shall do, and which certificate to show. */
import type { Effect } from "../models/model.ts";
import type { Expression } from "../rust/index.ts";
import { type Subject, state } from "./events.ts";
import { takes } from "./handovers.ts";
import { judge, type Outcome } from "./judgement.ts";
import { type Machine, placeOf, textOf, under } from "./machine.ts";
import { examined, opaque, TAINT, type Value } from "./values.ts";

export function judgeCallback(
  machine: Machine,
  subject: Subject,
  effect: Extract<Effect, { kind: "callback" }>,
  given: Value,
  expression: Expression | undefined,
): void {
  const { frame } = subject.call;
  const callee = examined(given);
  const count = parameterCount(callee);
  const place = expression === undefined ? placeOf(frame, subject.call.nameSpan) : placeOf(frame, expression.span);
  const group = `verdict:${place.file}:${place.span.start}`;
  const parameters = Array.from(
    { length: Math.max(count ?? 0, (effect.inner ?? -1) + 1, ...(effect.certificate ?? []).map((it) => it + 1)) },
    (_, index): Value => {
      if (index === effect.inner) return { kind: "verdict", group, boolean: true };
      return opaque(`argument ${index}`, { taint: (effect.certificate ?? []).includes(index) ? TAINT.certificate : 0 });
    },
  );
  const known = callee.kind === "closure" || callee.kind === "function";
  const base = frame.path;
  const result = known ? machine.applyCallable(callee, parameters, frame) : opaque("callback");
  const outcomes: Outcome[] = [{ path: [], value: result }];
  const { judgement, path } = known ? judge(outcomes, [], machine.models.refusals) : { judgement: "unknown" as const, path: [] };
  const name =
    callee.kind === "function" && "name" in callee.definition.item
      ? (callee.definition.item.name ?? "callback")
      : expression === undefined
        ? "callback"
        : shortName(textOf(frame, expression.span));
  const fact = (verifies: "server" | "client") => ({ kind: "verifier", verifies, judgement, name, installed: true }) as const;
  frame.path = base;
  under(frame, path, () =>
    state(
      machine,
      subject,
      "verifier",
      { client: [fact("server")], server: [fact("client")], any: [fact("client")] },
      // The callback itself is the cause, wherever it was written.
      { value: { ...callee, origin: callee.origin ?? place }, expression, arm: false },
    ),
  );
}

/** The object is asked at each handshake. One of the program's own types is followed; of what was not read, an answer is expected. */
export function asks(machine: Machine, subject: Subject, effect: Extract<Effect, { kind: "asks" }>, given: Value): void {
  if (given.kind === "object") takes(subject, "hook", given);
  const type = given.kind === "record" ? given.record.definition : undefined;
  const [method, ...others] = type === undefined ? [] : machine.scopes.associated(type, effect.method);
  if (type === undefined || method?.item.kind !== "function" || others.length > 0) return;
  const { frame } = subject.call;
  // Its fields may be filled while the program runs.
  const self: Value = { kind: "record", record: machine.recordOf(type, "self") };
  const values = method.item.parameters.map(() => opaque("argument"));
  if (isNever(machine.callFunction(method, self, values, frame))) state(machine, subject, effect.never.kind, { any: [effect.never] });
}

/** Nothing, or no return at all, on every way. */
const isNever = (value: Value): boolean =>
  value.kind === "choice" ? value.arms.every((it) => isNever(it.value)) : value.kind === "none" || value.kind === "error";

function parameterCount(callee: Value): number | undefined {
  if (callee.kind === "closure") return callee.closure.parameters.length;
  if (callee.kind === "function" && callee.definition.item.kind === "function") return callee.definition.item.parameters.length;
  return undefined;
}

const shortName = (text: string): string => (/^[\w:.]+$/.test(text) ? text : "closure");
