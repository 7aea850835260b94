/** Verifiers that the program brings itself: callbacks, which are judged by what they answer, and values of its own types. */
import { covers } from "../base/span.ts";
import { and, type Condition, type FunctionId, isAlways, shownType, type Value } from "../flow/index.ts";
import type { Effect } from "../models/model.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Fact, Place } from "../tls/facts.ts";
import type { CallEvent } from "./call-event.ts";
import { isChosen } from "./conditions.ts";
import { takes } from "./handovers.ts";
import { type Judged, judge } from "./judgements.ts";
import { armsOf, isNone, valueModelOf } from "./meanings.ts";
import type { ModelObject } from "./model-object.ts";
import { insecurityChosenAt } from "./own-opt-ins.ts";
import { PEER, PeerBits } from "./peer-bits.ts";
import type { Judging } from "./peer-conditions.ts";
import { SOME } from "./std-names.ts";

/** Whether a peer will do is asked of a function of the program's own. */
export function judgeCallback(
  call: CallEvent,
  effect: Extract<Effect, { kind: "callback" }>,
  object: ModelObject | undefined,
  whole: Condition,
): void {
  const answer = call.effect.with[call.statement.count + call.statement.called.indexOf(effect)];
  const given = call.given(effect.argument);
  for (const { condition, value: whatever } of armsOf(given.value, whole)) {
    // Where there is none the library's own answer counts.
    if (isNone(whatever)) continue;
    const value = effect.optional === true ? heldBy(whatever) : whatever;
    const isKnown = (value.kind === "closure" || (value.kind === "function" && value.target.kind === "function")) && answer !== undefined;
    const found: Judged = isKnown ? judge(answer, [], judging(call)) : { judgement: "unknown", under: [], some: false };
    const name = value.kind === "function" && "id" in value.target ? lastOf(value.target.id) : "closure";
    const fact = (verifies: "server" | "client"): Fact => ({
      kind: "verifier",
      verifies,
      judgement: found.judgement,
      name,
      installed: true,
      ...(found.pinned && { pinned: true }),
    });
    const facts = { client: [fact("server")], server: [fact("client")], any: [fact("client")] };
    const under: Condition = [{ atoms: found.under, some: found.some }];
    call.state(object, "verifier", facts, and(condition, under), { given, value, isArm: true });
  }
}

/** What an option holds. */
const heldBy = (value: Value): Value => (value.kind === "record" && value.type === SOME ? (value.fields[0]?.[1] ?? value) : value);

function judging(call: CallEvent): Judging {
  const { models, sites } = call.records;
  return {
    models,
    truth: sites.flow.values.constant(true),
    bits: new PeerBits(() => PEER.configuration, undefined, sites.flow),
    isChosen: (atom) => isChosen(atom, call.asker()),
    idle: new Set(),
  };
}

type Installs = Extract<Effect, { kind: "installs" }>;

/** A value of one of the program's own types is asked from now on. */
export function installs(call: CallEvent, effect: Installs, object: ModelObject | undefined, whole: Condition): void {
  const given = call.given(effect.argument);
  for (const { condition, value } of armsOf(given.value, whole)) {
    if (value.kind === "object" || isNone(value)) continue;
    const stated = valueModelOf(value, call.records.models);
    if (stated?.of.kind === "object") {
      takes(call, object, "verifier", value, condition, { place: call.writtenAt(effect.argument, value) });
      continue;
    }
    const type = shownType(value) ?? call.records.sites.program.inputType(value, call.root.id);
    if (type !== undefined && call.records.verifiers.has(type)) {
      asksAnother(call, effect, object, condition);
      const common = {
        type,
        value,
        place: call.own,
        givenAt: givenAt(call, call.writtenAt(effect.argument, value)),
        chosenAt: insecurityChosenAt(call.records, call.chain, call.effect),
        call: call.written,
        object,
      };
      for (const path of call.paths(condition)) call.records.installations.push({ ...common, path });
      continue;
    }
    // One of the library's own that comes from elsewhere.
    const known = type === undefined ? undefined : call.records.models.type(call.records.models.canonical(type));
    if (known?.of.sort === "verifier") {
      asksAnother(call, effect, object, condition);
      continue;
    }
    const argument = call.records.sites.argument(call.site, effect.argument + call.statement.first);
    const written = argument === undefined ? call.written : call.records.sites.text(argument.place);
    const name = written.length > 60 ? call.written : written;
    call.state(
      object,
      "verifier",
      { any: [{ kind: "verifier", verifies: effect.verifies, judgement: "unknown", name, installed: true }] },
      condition,
    );
  }
}

/** By a caller of the function that installs it, and not by what makes it. */
function givenAt({ records: { sites }, chain }: CallEvent, written: Place): Place | undefined {
  const isIn = (owner: FunctionId): boolean => {
    const body = sites.flow.head(owner)?.span;
    const own = body && sites.place({ owner }, body);
    return own?.file === written.file && covers(own.span, written.span);
  };
  return chain.slice(0, -1).some(({ owner }) => isIn(owner)) ? written : undefined;
}

/** Where it is always so, what the endpoint was built with is asked no more. */
function asksAnother(call: CallEvent, { verifies }: Installs, object: ModelObject | undefined, condition: Condition): void {
  if (isAlways(condition)) call.state(object, "own-verifier", { any: [{ kind: "own-verifier", verifies }] }, condition);
}
