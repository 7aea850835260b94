/** What a modelled call does: its effects become events of objects, its result goes on as the model says. */
import type { CallModel, CanonicalPath, Effect } from "../models/model.ts";
import { reachOf } from "./addresses.ts";
import { onlyRedirects, speaksTls } from "./applications.ts";
import { applyFlags, applyKeyed, applyMode, applySwitch, asVersion, numbered } from "./argument-settings.ts";
import { asks, judgeCallback } from "./callbacks.ts";
import { recordDraft } from "./drafts.ts";
import { type Cause, forArms, loose, type ModelledCall, type Subject, state } from "./events.ts";
import { keepsSessions, loads, revokes, switches, takes, trusts } from "./handovers.ts";
import { streamsAskedFor } from "./hooks.ts";
import { sideNamed } from "./lexicon.ts";
import { type Frame, type Machine, placeOf, textOf } from "./machine.ts";
import { nameOf } from "./names-of-values.ts";
import { copyObject, type ModelObject, newObject } from "./objects.ts";
import { claimed, examined, type Failure, objectsIn, opaque, SHOWN, taintOf, type Value } from "./values.ts";
import { install } from "./verifiers.ts";

export function applyModel(machine: Machine, call: ModelledCall): Value {
  const { hit, frame } = call;
  const draft = recordDraft(machine, { ...call, callModel: hit.of });
  const receiver = call.receiver === undefined ? undefined : examined(call.receiver);
  const own = receiver?.kind === "object" ? receiver.object : undefined;
  const result = resultOf(machine, call, draft, receiver);
  const made =
    result.kind === "object" && (own === undefined || result.object !== own) && !isReturn(hit.of, "clone") ? result.object : undefined;
  // What is connected or accepted with is in use, though nobody keeps it.
  if (made?.sort === "stream" && own !== undefined) own.used = true;
  const object = made ?? own;
  const record = machine.drafts[draft];
  if (record !== undefined && object !== undefined) record.object = object;
  // What gives something new has been of use.
  if (made !== undefined && own !== undefined) own.used = true;
  const subject: Subject = { call, draft, object };
  for (const effect of hit.of.effects ?? []) applyEffect(machine, subject, effect);
  // What a call does with an argument that its model does not speak of is not known.
  for (const one of call.values.flatMap((it) => objectsIn(it))) if (one.usedBy.length === 0) one.handed = true;
  // What a loader was given is where its result came from.
  if (made !== undefined) inherit(made, [...(own === undefined ? [] : [own]), ...call.values.flatMap((it) => objectsIn(it))]);
  if (hit.of.readsPeerIdentity !== undefined && object?.role !== "client") {
    machine.readsPeerIdentity = true;
    const reason = `the peer's certificate is read here (\`${call.written}\`)`;
    if (!isGetter(frame)) machine.intent.push({ place: placeOf(frame, call.nameSpan), reason, of: "mutual-tls" });
  }
  if (hit.of.fails === undefined) return result;
  const involved = [...(object === undefined ? [] : [object]), ...call.values.flatMap((it) => objectsIn(it))];
  const failure: Failure = {
    what: hit.of.fails,
    call: call.written,
    site: draft,
    systemStore: involved.some((it) => it.system && it.sort !== "trust-store"),
    ...(typeof hit.of.returns === "object" && "becomes" in hit.of.returns ? { nothingWithout: true } : {}),
  };
  if (made !== undefined && result.kind === "object" && result.many) made.elements = failure;
  return {
    kind: "fallible",
    value: result,
    failure,
    ...(result.origin === undefined ? {} : { origin: result.origin }),
  };
}

/** A public method that nobody here calls hands out what its users may ask for: whether they do is not known. */
const isGetter = ({ depth, function: item }: Frame): boolean => depth === 0 && item?.receiver !== undefined && item.public;

/** One of the program's own types has a method of that name whose body is not empty. */
function doesSomething(machine: Machine, given: Value, method: string): boolean {
  const it = examined(given);
  const type = it.kind === "record" ? it.record.definition : undefined;
  const [found] = type === undefined ? [] : machine.scopes.associated(type, method);
  const body = found?.item.kind === "function" ? found.item.body() : undefined;
  return body !== undefined && (body.statements.length > 0 || body.tail !== undefined);
}

const isReturn = (call: CallModel, word: "clone" | "self"): boolean => call.returns === word;

function resultOf(machine: Machine, call: ModelledCall, draft: number, receiver: Value | undefined): Value {
  const { hit, frame } = call;
  const { returns } = hit.of;
  if (returns === undefined)
    return opaque(textOf(frame, call.expression.span), {
      parts: [],
      taint: taintOf({ kind: "tuple", elements: call.values }) | (receiver === undefined ? 0 : claimed(taintOf(receiver), call.written)),
    });
  if (returns === "self") return receiver ?? opaque("receiver");
  if (returns === "clone") {
    if (receiver?.kind !== "object") return receiver ?? opaque("receiver");
    const copy = copyObject(machine.objects, receiver.object);
    return { ...receiver, object: copy };
  }
  if ("argument" in returns) return call.values[returns.argument] ?? opaque("argument");
  if ("view" in returns)
    return receiver?.kind === "object" ? { ...receiver, type: returns.view } : construct(machine, returns.view, call, draft, false);
  if ("new" in returns) return construct(machine, returns.new, call, draft, true);
  if (receiver?.kind !== "object") {
    const [argument] = call.receiver === undefined ? call.values : [];
    const given = argument === undefined ? undefined : examined(argument);
    if (given?.kind === "object") return become(machine, given.object, given.many, returns.becomes, call, draft);
    return construct(machine, returns.becomes, call, draft, false);
  }
  return become(machine, receiver.object, receiver.many, returns.becomes, call, draft);
}

function become(machine: Machine, object: ModelObject, many: boolean, type: CanonicalPath, call: ModelledCall, draft: number): Value {
  const known = machine.models.type(type);
  object.type = type;
  object.used = true;
  if (known !== undefined) {
    if (known.of.sort !== "other") object.sort = known.of.sort;
    object.role = known.of.role ?? object.role;
    stateDefaults(machine, object, type, call, draft);
  }
  return { kind: "object", object, type, many };
}

function construct(machine: Machine, type: CanonicalPath, call: ModelledCall, draft: number, known: boolean): Value {
  const model = machine.models.type(type);
  const { returns } = call.hit.of;
  const made = typeof returns === "object" && "new" in returns ? returns : undefined;
  const method = made?.side === undefined ? undefined : call.values[made.side];
  const object = newObject(machine.objects, {
    type,
    sort: model?.of.sort ?? "other",
    model: model?.model ?? call.hit.model,
    place: placeOf(call.frame, call.nameSpan),
    known,
    guessed: call.guessed,
    path: call.frame.path,
    role: made?.role ?? sideNamed(method?.kind === "opaque" ? method.text : "") ?? model?.of.role,
  });
  // A verifier that makes something of the peer's certificate goes on to look at that.
  object.taint |= taintOf({ kind: "tuple", elements: call.values }) & SHOWN;
  stateDefaults(machine, object, type, call, draft);
  const many = (call.hit.of.effects ?? []).some((it) => it.kind === "loads" && it.reads !== "first-certificate");
  return { kind: "object", object, type, many };
}

/** What the library does until something else is said. */
export function stateDefaults(
  machine: Machine,
  object: ModelObject,
  type: CanonicalPath,
  call: Pick<ModelledCall, "frame" | "nameSpan">,
  draft: number,
): void {
  if (!object.known) return;
  const hit = machine.models.type(type);
  if (hit === undefined) return;
  for (const fact of machine.models.defaultsOf(hit, call.frame.file)) {
    if (object.events.some((it) => it.kind === fact.kind)) continue;
    object.events.push({
      kind: fact.kind,
      facts: { any: [fact] },
      place: placeOf(call.frame, call.nameSpan),
      related: [],
      path: call.frame.path,
      byDefault: true,
      draft,
    });
  }
}

/** A configuration made from another one, or certificates made from others, know where they came from. */
function inherit(made: ModelObject, from: readonly ModelObject[]): void {
  if (made.sort !== "certificates" && made.sort !== "crls" && made.sort !== "private-key") return;
  for (const object of from) {
    if (object === made) continue;
    made.system ||= object.system;
    made.lossy ||= object.lossy;
    made.sources.push(...object.sources);
    made.files.push(...object.files);
  }
}

function applyEffect(machine: Machine, subject: Subject, effect: Effect): void {
  const { call, object } = subject;
  const { frame } = call;
  const value = (index: number): Value => call.values[index] ?? opaque("missing argument");
  const argument = "argument" in effect && effect.argument !== undefined ? effect.argument : undefined;
  const given = argument === undefined ? (call.receiver ?? opaque("receiver")) : value(argument);
  const expression = argument === undefined ? call.receiverExpression : call.arguments[argument];
  switch (effect.kind) {
    case "states":
      if (effect.unlessNone !== undefined && examined(value(effect.unlessNone)).kind === "none") return;
      if (effect.fact.kind === "trust" && effect.fact.anchors === "system" && object !== undefined) object.system = true;
      state(machine, subject, effect.fact.kind, { any: [effect.fact] });
      return;
    case "switch":
      forArms(given, frame, (it, arm) => applySwitch(machine, subject, effect, { value: it, expression, arm }));
      return;
    case "flags":
      forArms(given, frame, (it, arm) => applyFlags(machine, subject, effect, { value: it, expression, arm }));
      return;
    case "word":
      forArms(given, frame, (it, arm) => {
        const cause = { value: it, expression, arm };
        if (effect.of === "client-authentication") return applyMode(machine, subject, cause);
        if (it.kind === "none" && effect.none !== undefined) return state(machine, subject, effect.of, { any: [effect.none] }, cause);
        const version = it.kind === "word" ? asVersion(it.word) : undefined;
        state(machine, subject, effect.of, { any: version === undefined ? [] : [{ kind: effect.of, version }] }, cause);
      });
      return;
    case "keyed":
      forArms(given, frame, (it, arm) => applyKeyed(machine, subject, effect, value(effect.key), { value: it, expression, arm }));
      return;
    case "calls":
      applyHook(machine, subject, effect, given);
      return;
    case "text":
      forArms(given, frame, (it, arm) => {
        const known = it.kind === "text" && it.exact;
        state(machine, subject, effect.of, { any: known ? [{ kind: effect.of, ciphers: it.value }] : [] }, { value: it, expression, arm });
      });
      return;
    case "number":
      forArms(given, frame, (it, arm) => {
        const number = it.kind === "number" ? it.value : it.kind === "bool" ? Number(it.value) : undefined;
        state(
          machine,
          subject,
          effect.of,
          { any: number === undefined ? [] : [numbered(effect.of, number)] },
          { value: it, expression, arm },
        );
      });
      return;
    case "takes":
      takes(subject, effect.part, given);
      return;
    case "tells-keys":
      if (doesSomething(machine, given, effect.method)) {
        const cause: Cause = { value: given, expression: undefined, arm: false };
        state(machine, subject, "key-log", { any: [{ kind: "key-log", enabled: true }] }, cause);
      }
      return;
    case "keeps-sessions":
      keepsSessions(machine, subject, given);
      return;
    case "switches":
      switches(machine, subject, given);
      return;
    case "installs":
      install(machine, subject, given, expression, effect.verifies);
      return;
    case "asks":
      forArms(given, frame, (it) => asks(machine, subject, effect, it));
      return;
    case "callback":
      judgeCallback(machine, subject, effect, given, expression);
      return;
    case "trusts":
      forArms(given, frame, (it) => trusts(machine, subject, effect, it));
      return;
    case "revokes":
      revokes(machine, subject, given, effect.source);
      return;
    case "loads":
      loads(machine, subject, effect, given);
      return;
    case "takes-first": {
      const called =
        nameOf(given, expression, frame) ?? object?.sources.map((it) => nameOf(it, undefined, frame)).find((it) => it !== undefined);
      loose(machine, subject, {
        kind: "partial-bundle",
        call: call.written,
        platformDependent: effect.platformDependent === true,
        ...(called === undefined ? {} : { called }),
      });
      return;
    }
    case "serves":
      if (onlyRedirects(machine, given)) state(machine, subject, "redirects", { any: [{ kind: "redirects" }] });
      return;
    case "peers":
      if (reachOf(given).reach === "loopback") state(machine, subject, "local-peer", { any: [{ kind: "local-peer" }] });
      return;
    case "accepts":
      takes(subject, "configuration", value(effect.argument));
      state(machine, subject, "listener", { any: [] });
      return;
    case "listens": {
      if (effect.configuration !== undefined) takes(subject, "configuration", value(effect.configuration));
      const { reach, address } = reachOf(given);
      const speaking = effect.handler === undefined ? undefined : speaksTls(value(effect.handler));
      // Whether a handler that was not read speaks TLS is not known.
      if (effect.handler !== undefined && speaking === undefined) return;
      const transport = speaking === true ? "tls" : effect.transport;
      state(machine, subject, "listener", {
        any: [
          {
            kind: "listener",
            transport,
            reach,
            ...(address === undefined ? {} : { address }),
            ...(effect.stream === undefined ? {} : { stream: effect.stream }),
          },
        ],
      });
      return;
    }
    case "asks-for-streams": {
      const asked = streamsAskedFor(machine, given) ?? [];
      const [first] = asked;
      if (first === undefined) return;
      const expects = [...new Set(asked.map((it) => it.type))];
      const secured = expects.some((it) => machine.models.type(it)?.of.sort === "stream");
      const cause: Cause = { value: { kind: "unit", origin: first.place }, expression: undefined, arm: false };
      state(machine, subject, "hook-stream", { any: [{ kind: "hook-stream", expects, secured }] }, cause);
      return;
    }
  }
}

/** The endpoint itself, seen as what the closure gets. */
function applyHook(machine: Machine, subject: Subject, effect: Extract<Effect, { kind: "calls" }>, given: Value): void {
  const { object, call } = subject;
  const callee = examined(given);
  if (object === undefined || (callee.kind !== "closure" && callee.kind !== "function" && callee.kind !== "choice")) return;
  const values = effect.with.map((type): Value => {
    if (type === undefined) return opaque("argument");
    return { kind: "object", object: effect.connection ? connectionOf(machine, object, type, call) : object, type, many: false };
  });
  machine.applyCallable(callee, values, call.frame);
}

function connectionOf(machine: Machine, endpoint: ModelObject, type: CanonicalPath, { frame, nameSpan }: ModelledCall): ModelObject {
  const { model, guessed } = endpoint;
  const place = placeOf(frame, nameSpan);
  const made = newObject(machine.objects, { type, sort: "other", model, place, known: false, guessed, path: frame.path, role: "server" });
  made.used = true;
  made.parts.push({ kind: "configuration", object: endpoint, path: frame.path });
  endpoint.usedBy.push(made);
  return made;
}
