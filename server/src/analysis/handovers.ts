/** What is handed to an endpoint: parts, anchors, revocation lists, files, addresses. */
import { covers } from "../base/span.ts";
import { and, type Condition, type Value } from "../flow/index.ts";
import type { Effect } from "../models/model.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Fact, Place } from "../tls/facts.ts";
import { reachOf } from "./addresses.ts";
import { speaksTls } from "./applications.ts";
import type { CallEvent } from "./call-event.ts";
import { decisionOf } from "./decisions.ts";
import { listsIn } from "./emptiness.ts";
import { filesIn, namingContents, namingValues, sourceOf } from "./file-values.ts";
import { isOfWhatIsDone } from "./guards.ts";
import { SYSTEM_STORE } from "./lexicon.ts";
import { armsOf, isNone, pathOf } from "./meanings.ts";
import type { FileUse, ModelObject } from "./model-object.ts";
import type { Making, Meant } from "./objects.ts";
import { peers } from "./peer-addresses.ts";
import { serves } from "./same-application.ts";
import { streamsAskedFor } from "./streams.ts";

/** What is handed to the object. */
export function handOver(call: CallEvent, effect: Effect, object: ModelObject | undefined, whole: Condition): void {
  switch (effect.kind) {
    case "takes":
      takes(call, object, effect.part, call.given(effect.argument).value, whole, {
        place: call.own,
        writtenAt: (it) => call.writtenAt(effect.argument, it),
      });
      return;
    case "trusts":
      trusts(call, effect, object, whole);
      return;
    case "revokes":
      revokes(call, effect, object, whole);
      return;
    case "takes-first":
      takesFirst(call, effect, object, whole);
      return;
    case "peers":
      peers(call, effect, object, whole);
      return;
    case "accepts":
      takes(call, object, "configuration", call.given(effect.argument).value, whole);
      for (const it of ["listener", "client-transport"] as const) call.state(object, it, { any: [] }, whole);
      return;
    case "asks-for-streams":
      asksForStreams(call, effect, object, whole);
      return;
    case "serves":
      serves(call, call.given(effect.argument).value, object, whole);
      return;
    case "listens":
      listens(call, effect, object, whole);
      return;
    case "loads":
      loads(call, effect, object, whole);
      return;
    default:
  }
}

function takesFirst(
  call: CallEvent,
  effect: Extract<Effect, { kind: "takes-first" }>,
  object: ModelObject | undefined,
  whole: Condition,
): void {
  const { models, loose } = call.records;
  const { when } = effect;
  if (when !== undefined && !armsOf(call.given(when.argument).value).every((it) => models.canonical(pathOf(it.value) ?? "") === when.is))
    return;
  const value = effect.argument === undefined ? call.effect.on : call.given(effect.argument).value;
  const called = call.nameOf(value, effect.argument);
  const isOwn = call.statement.hit?.of.effects?.some(
    (it) => it.kind === "loads" && it.as === "own-chain" && it.argument === effect.argument,
  );
  const fact: Fact = {
    kind: "partial-bundle",
    call: call.written,
    platformDependent: effect.platformDependent === true,
    ...(called !== undefined && { called }),
    ...(isOwn === true && { shown: "alone" as const }),
    from: sourceOf(value, effect.path === true),
  };
  for (const path of call.paths(whole))
    loose.push({
      ...{ fact, place: call.own, related: [], path: path.filter(isOfWhatIsDone), draft: call.draft },
      ...(object !== undefined && { object }),
    });
}

export function takes(
  call: CallEvent,
  object: ModelObject | undefined,
  kind: ModelObject["parts"][number]["kind"],
  value: Value,
  condition: Condition,
  at: Pick<Making, "place" | "writtenAt"> = { place: call.own },
): void {
  const arms = armsOf(value).filter((it) => !isNone(it.value));
  const maker = object?.sort === "configuration" ? call.records.makers.get(object) : undefined;
  const renews = maker !== undefined && maker.operation !== call.site.operation;
  for (const part of partsIn(call, value, at)) {
    part.object.used = true;
    if (arms.length > 1) part.object.standsIn = true;
    if (object === undefined || part.object === object) continue;
    if (object.parts.some((it) => it.object === part.object && it.kind === kind)) continue;
    const [path = []] = call.paths(and(condition, part.condition));
    object.parts.push({ kind, object: part.object, path, ...(renews && { renews }) });
    if (!part.object.usedBy.includes(object)) part.object.usedBy.push(object);
  }
}

/** Objects of models, and what is one by its type alone. */
function partsIn(call: CallEvent, value: Value, at: Pick<Making, "place" | "writtenAt">): readonly Meant[] {
  const { objects, sites, models } = call.records;
  const found = objects.within(value, { root: call.root.id, ...at });
  const declared = found.length > 0 || value.kind !== "input" ? undefined : sites.inputType(value, call.root.id);
  const type = declared && models.type(models.canonical(declared))?.path;
  return type === undefined ? found : objects.meant(value, { root: call.root.id, ...at, type });
}

function trusts(call: CallEvent, effect: Extract<Effect, { kind: "trusts" }>, object: ModelObject | undefined, whole: Condition): void {
  if (effect.source === "system") {
    if (object !== undefined) object.system = true;
    call.state(object, "trust", { any: [{ kind: "trust", anchors: "system" }] }, whole);
    return;
  }
  const { value } = effect.argument === undefined ? { value: call.effect.on } : call.given(effect.argument);
  takes(call, object, "trust-store", value, whole);
  const parts = call.records.objects.within(value, { root: call.root.id, place: call.own });
  const files = filesIn(value, call.records.objects, call.root.id);
  const isEmpty = value.kind === "collection" && value.count === "none";
  const isKnown =
    parts.length > 0 || files.length > 0 || isCertificate(call, value) || (value.kind === "collection" && value.count !== "unknown");
  const byName = isKnown ? undefined : namedSystem(value);
  const isSystem = byName !== undefined || parts.some((it) => it.object.system);
  const anchors = isEmpty ? "none" : isSystem ? "system" : isKnown ? "loaded" : "unknown";
  if (effect.source === "path") object?.authorities.push({ value, draft: call.draft });
  if (effect.source === "path" && effect.argument !== undefined)
    useFiles(call, effect.argument, object, whole, { reads: "certificates", trusted: true });
  const [from] = files;
  const fact: Fact = { kind: "trust", anchors, ...(from !== undefined && { from }), ...(byName !== undefined && { byName }) };
  call.state(object, "trust", { any: [fact] }, whole);
}

/** A call that nobody has read, whose name says that it gives the platform's certificates. */
function namedSystem(value: Value): string | undefined {
  if (value.kind === "part" || value.kind === "labelled") return namedSystem(value.of);
  const called = value.kind === "apply" ? lastOf(value.callee) : "";
  return SYSTEM_STORE.test(called) ? called : undefined;
}

/** Whatever it is, by its type it is one. */
function isCertificate({ records: { models, sites }, root }: CallEvent, value: Value): boolean {
  const declared = sites.inputType(value, root.id);
  return declared !== undefined && models.type(models.canonical(declared))?.of.sort === "certificates";
}

function revokes(call: CallEvent, effect: Extract<Effect, { kind: "revokes" }>, object: ModelObject | undefined, whole: Condition): void {
  const { value } = effect.argument === undefined ? { value: call.effect.on } : call.given(effect.argument);
  takes(call, object, "crls", value, whole);
  const [from] = filesIn(value, call.records.objects, call.root.id);
  const lists = listsIn(call, value, whole);
  call.state(object, "revocation", { any: [{ kind: "revocation", lists, ...(from !== undefined && { from }) }] }, whole);
}

function listens(call: CallEvent, effect: Extract<Effect, { kind: "listens" }>, object: ModelObject | undefined, whole: Condition): void {
  if (effect.configuration !== undefined) takes(call, object, "configuration", call.given(effect.configuration).value, whole);
  const speaks = effect.handler === undefined ? undefined : speaksTls(call.records.sites, call.given(effect.handler).value);
  // Whether a handler that was not read speaks TLS is not known.
  if (effect.handler !== undefined && speaks === undefined) return;
  const { reach, address } = reachOf(call.given(effect.argument).value);
  const fact: Fact = {
    kind: "listener",
    transport: speaks === true ? "tls" : effect.transport,
    reach,
    ...(address !== undefined && { address }),
    ...(effect.stream !== undefined && { stream: effect.stream }),
  };
  // Who connects uses it, whatever holds it.
  if (object !== undefined) object.used = true;
  call.state(object, "listener", { any: [fact] }, whole);
}

/** A hook on connections: which streams it takes them for. */
function asksForStreams(
  call: CallEvent,
  effect: Extract<Effect, { kind: "asks-for-streams" }>,
  object: ModelObject | undefined,
  whole: Condition,
): void {
  const { models, sites } = call.records;
  const asked = (streamsAskedFor(sites, call.given(effect.argument).value) ?? []).map((it) => ({ ...it, type: models.canonical(it.type) }));
  const [first] = asked;
  if (first === undefined) return;
  const expects = [...new Set(asked.map((it) => it.type))];
  const secured = expects.some((it) => models.type(it)?.of.sort === "stream");
  const fact: Fact = { kind: "hook-stream", expects, secured };
  call.push(
    object,
    fact.kind,
    { any: [fact] },
    whole,
    { place: first.place, related: [{ ...call.own, message: `\`${call.written}\` uses this value here` }] },
    false,
  );
}

function loads(call: CallEvent, effect: Extract<Effect, { kind: "loads" }>, object: ModelObject | undefined, whole: Condition): void {
  const { value } = call.given(effect.argument);
  if (effect.whole === true && namingContents(value).length === 0) return;
  if (effect.as === "own-chain") object?.chains.push(value);
  const files = filesIn(value, call.records.objects, call.root.id);
  object?.sources.push(...files);
  useFiles(call, effect.argument, object, whole, { reads: effect.reads, ...(effect.as !== undefined && { as: effect.as }) });
}

/** It is written in the call itself. */
const isWithin = (place: Place, { site, own }: CallEvent): boolean => place.file === own.file && covers(site.operation.span, place.span);

/** Each file that an argument names, at the place of its name. */
function useFiles(
  call: CallEvent,
  argument: number,
  object: ModelObject | undefined,
  whole: Condition,
  of: Pick<FileUse, "reads" | "as" | "trusted">,
): void {
  const { sites, fileUses } = call.records;
  for (const it of namingValues(call.given(argument).value)) {
    const place = decisionOf(sites, call.chain, argument + call.statement.first, it);
    if (place === undefined) continue;
    for (const guards of call.paths(whole)) {
      const loads = isWithin(place, call) ? {} : { loads: call.own };
      const use: FileUse = { ...of, path: it.value, place, ...loads, guards, draft: call.draft };
      object?.files.push(use);
      fileUses.push({ use, object });
    }
  }
}
