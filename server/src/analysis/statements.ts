/** What a call of a model does: its effects, with the values that it was given, become events of the objects that it is made on. */
import { and, type Condition, type Value } from "../flow/index.ts";
import type { Effect } from "../models/model.ts";
import type { Fact, Role } from "../tls/facts.ts";
import type { CallEvent } from "./call-event.ts";
import { certificatesWritten, filesIn, sourceOf } from "./file-values.ts";
import { isOfWhatIsDone } from "./guards.ts";
import { handOver } from "./handovers.ts";
import { applyHandshake } from "./handshakes.ts";
import { sideNamed } from "./lexicon.ts";
import { noteConnection } from "./local-clients.ts";
import { handOut, type ModelObject } from "./model-object.ts";
import { installs, judgeCallback } from "./own-verifiers.ts";
import { notePeerRead } from "./peer-reads.ts";
import { picksOf } from "./picks.ts";
import { applySetting } from "./settings.ts";
import { noteVerdictRead } from "./verdict-reads.ts";

/** Its effects become events of the objects that it is made on. */
export function readStatement(call: CallEvent): void {
  const { makes, becomes, hit, path } = call.statement;
  const declared = call.records.sites.inputType(call.effect.on, call.root.id);
  const known = declared !== undefined && call.records.models.type(call.records.models.canonical(declared)) !== undefined;
  const type = makes ?? (known ? declared : undefined) ?? becomes ?? path.slice(0, Math.max(path.lastIndexOf("::"), path.lastIndexOf(".")));
  const meant = call.records.objects.meant(call.effect.on, { root: call.root.id, place: call.own, type, role: side(call) });
  const targets = meant.length === 0 ? [{ condition: call.effect.condition, object: undefined }] : meant;
  for (const { condition, object } of targets) {
    const whole = meant.length === 0 ? condition : and(call.effect.condition, condition);
    if (object !== undefined) begin(call, object, whole);
    if (!call.lacksArguments) for (const effect of hit?.of.effects ?? []) apply(call, effect, object, whole);
    else if (object !== undefined) object.disturbed = true;
    if (object === undefined || makes !== undefined) continue;
    const paths = call.paths(whole);
    call.records.origins.get(object)?.uses.push(...paths);
    if (hit?.of.effects?.some((it) => it.kind === "peers" && it.argument === undefined) === true) object.goes.push(...paths);
  }
  const draft = call.records.drafts[call.draft];
  const [first] = targets;
  notePeerRead(call, first?.object);
  noteVerdictRead(call);
  if (draft !== undefined && first?.object !== undefined) draft.object = first.object;
  if (first?.object !== undefined) inherit(call, first.object);
  attempt(call, first?.object);
  if (first?.object !== undefined) pick(call, first.object);
  noteLoaded(call);
  // What a call does with an argument that its model does not speak of is not known.
  for (const value of call.effect.with.slice(0, call.statement.count))
    for (const { condition, object } of call.records.objects.within(value, { root: call.root.id, place: call.own })) {
      const paths = call.paths(and(call.effect.condition, condition));
      call.records.origins.get(object)?.uses.push(...paths);
      object.goes.push(...paths);
      if (object.usedBy.length === 0) handOut(object);
    }
}

/** What gives something new has been of use, and certificates know what they were made from. */
function inherit(call: CallEvent, made: ModelObject): void {
  const { effect, statement, records, root, own } = call;
  const { path, makes, count, called } = statement;
  if (makes === undefined) return;
  const within = (values: readonly Value[]): readonly ModelObject[] =>
    values.flatMap((it) => records.objects.within(it, { root: root.id, place: own }).map(({ object }) => object));
  const makers = within(effect.with.slice(count + called.length));
  for (const it of makers) {
    it.used = true;
    noteConnection(call, it, made);
    it.goes.push(...call.paths(effect.condition));
  }
  // A request is sent by what makes it.
  const { returns } = statement.hit?.of ?? {};
  if (typeof returns === "object" && "of" in returns)
    for (const it of makers) for (const path of call.paths(effect.condition)) made.parts.push({ kind: "client", object: it, path });
  // A connection is on the side of what makes it.
  if (made.sort === "stream") made.role ??= records.models.type(path.slice(0, path.lastIndexOf("::")))?.of.role;
  if (!CONTENTS.has(made.sort)) return;
  for (const it of [...makers, ...within(effect.with.slice(0, count))]) {
    if (it === made) continue;
    made.system ||= it.system;
    made.lossy ||= it.lossy;
    made.sources.push(...it.sources);
  }
}

const CONTENTS: ReadonlySet<ModelObject["sort"]> = new Set(["certificates", "crls", "private-key"]);

/** A call that may fail, whose failure nobody has. */
function attempt(call: CallEvent, object: ModelObject | undefined): void {
  const what = call.statement.hit?.of.fails;
  const isMany = object !== undefined && call.statement.makes !== undefined && CONTENTS.has(object.sort);
  const { attempts } = call.records;
  const fate = what === undefined ? undefined : (attempts.fateOf(call.chain) ?? (isMany ? attempts.fateOfEach(call.chain) : undefined));
  if (what === undefined || fate === undefined || call.isIncomplete) return;
  if (isMany) object.lossy = true;
  const involved = call.effect.with.flatMap((it) => call.records.objects.within(it, { root: call.root.id, place: call.own }));
  const all = [...(object === undefined ? [] : [object]), ...involved.map((it) => it.object)];
  const { logged } = fate;
  const fact: Fact = {
    kind: "dropped-error",
    what,
    call: call.written,
    systemStore: all.some((it) => it.system && it.sort !== "trust-store"),
    ...(logged && { logged }),
  };
  const place = fate.at;
  const isThere = place.file === call.own.file && place.span.start === call.own.span.start;
  const related = isThere ? [] : [{ ...call.own, message: `the ignored result is that of \`${call.written}\`` }];
  for (const whole of call.paths(call.effect.condition)) {
    const path = whole.filter(isOfWhatIsDone);
    call.records.loose.push({
      ...{ fact, place, related, path, draft: call.draft },
      ...(logged && { unlessChecked: logged }),
      ...(object !== undefined && { object }),
    });
  }
}

/** What becomes of it shows once everything is read. */
function noteLoaded(call: CallEvent): void {
  const { makes, hit, first } = call.statement;
  const { records, chain, root, draft } = call;
  const sort = makes === undefined ? undefined : records.models.type(makes)?.of.sort;
  const loads = hit?.of.effects?.filter((it) => it.kind === "loads") ?? [];
  if (hit === undefined || loads.length === 0 || call.isIncomplete) return;
  if (sort !== "certificates" && sort !== "crls" && sort !== "private-key") return;
  const [from] = loads.flatMap(({ argument }) => filesIn(call.given(argument).value, records.objects, root.id));
  records.loaded.push({
    ...{ sort, chain, model: hit.model, from, root: root.id, path: root.path, draft },
    given: loads.map(({ argument }) => argument + first),
    isIdentity: loads.some(({ as }) => as === "own-chain"),
  });
}

/** One of several certificates that it reads is all that is used of them. */
function pick(call: CallEvent, object: ModelObject): void {
  const { statement, records, draft } = call;
  const loads = statement.hit?.of.effects?.find((it) => it.kind === "loads");
  const isMany = statement.makes !== undefined && object.sort === "certificates" && !object.system;
  if (!isMany || loads === undefined || loads.reads === "first-certificate") return;
  const { value } = call.given(loads.argument);
  const written = certificatesWritten(value);
  if (written === 1 || written === "fixed") return;
  const called = call.nameOf(value, loads.argument);
  const from = sourceOf(value, false);
  for (const { at, by } of picksOf(records.sites, call.chain)) {
    const picked = { kind: "partial-bundle", call: by, from, picked: true, platformDependent: false } as const;
    const fact: Fact = called === undefined ? picked : { ...picked, called };
    for (const whole of call.paths(call.effect.condition))
      records.loose.push({ fact, place: at, related: [], path: whole.filter(isOfWhatIsDone), draft, object });
  }
}

/** Of a type that serves both sides, which side a constructor makes. */
function side(call: CallEvent): Role | undefined {
  const returns = call.statement.hit?.of.returns;
  if (typeof returns !== "object" || !("new" in returns)) return undefined;
  const named = returns.side === undefined ? undefined : call.effect.with[returns.side];
  if (named === undefined) return returns.role;
  return sideNamed(named.kind === "apply" ? named.callee : "") ?? returns.role;
}

/** Its constructor was seen. */
function made(call: CallEvent, object: ModelObject, condition: Condition): void {
  const { makers, origins } = call.records;
  makers.set(object, call.site);
  if (!origins.has(object)) origins.set(object, { root: call.root.id, paths: call.paths(condition), uses: [] });
  object.ways = origins.get(object)?.paths ?? [];
  object.path = object.ways[0] ?? [];
  object.known = true;
  object.guessed ||= call.statement.guessed === true;
  // What is not said of it may be said where something does not parse.
  object.disturbed ||= call.isIncomplete;
  object.home = call.root.home;
}

/** A constructor makes it known, and what the library does by itself is stated. */
function begin(call: CallEvent, object: ModelObject, condition: Condition): void {
  const { makes, becomes } = call.statement;
  const { models } = call.records;
  if (makes !== undefined) made(call, object, condition);
  const type = makes ?? becomes;
  const hit = type === undefined ? undefined : models.type(type);
  if (hit === undefined) return;
  object.type = hit.path;
  if (hit.of.sort !== "other") object.sort = hit.of.sort;
  object.role = hit.of.role ?? object.role;
  if (becomes !== undefined) object.used = true;
  if (!object.known) return;
  for (const fact of models.defaultsOf(hit, call.own.file))
    if (!object.events.some((it) => it.kind === fact.kind))
      call.push(object, fact.kind, { any: [fact] }, condition, { place: call.own, related: [] }, true);
}

function apply(call: CallEvent, effect: Effect, object: ModelObject | undefined, whole: Condition): void {
  if (applySetting(call, effect, object, whole) || applyHandshake(call, effect, object, whole)) return;
  if (effect.kind === "callback") judgeCallback(call, effect, object, whole);
  else if (effect.kind === "installs") installs(call, effect, object, whole);
  else handOver(call, effect, object, whole);
}
