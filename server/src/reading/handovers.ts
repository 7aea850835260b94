/** What is handed to an endpoint: parts, anchors, revocation lists, files. */
import type { Effect } from "../models/model.ts";
import { type Subject, state } from "./events.ts";
import { SYSTEM_STORE } from "./lexicon.ts";
import type { Machine } from "./machine.ts";
import { type FileUse, type ModelObject, type Part, sessionsOf } from "./objects.ts";
import { examined, fileOf, objectsIn, TAINT, taintOf, type Value } from "./values.ts";

/** Certificates that were handed on as the many that they are. */
function wholly(given: Value): void {
  const it = examined(given);
  if (it.kind === "object" && it.many) it.object.usedWhole = true;
  if (it.kind === "collection") for (const element of it.collection.elements) wholly(element);
  if (it.kind === "choice") for (const arm of it.arms) wholly(arm.value);
}

export function takes(subject: Subject, kind: Part["kind"], given: Value): void {
  const whole = subject.object;
  wholly(given);
  for (const object of objectsIn(given)) {
    object.used = true;
    if (whole === undefined || object === whole) continue;
    if (whole.parts.some((it) => it.object === object && it.kind === kind)) continue;
    whole.parts.push({ kind, object, path: subject.call.frame.path });
    if (!object.usedBy.includes(whole)) object.usedBy.push(whole);
  }
  const path = fileOf(given);
  if (whole !== undefined && path !== undefined) whole.sources.push(path);
}

/** A store, or the configuration whose store is taken: what a configuration never names it has all the same. */
export function keepsSessions(machine: Machine, subject: Subject, given: Value): void {
  const whole = subject.object;
  if (whole === undefined) return;
  for (const object of objectsIn(given)) {
    if (object === whole) continue;
    object.used = true;
    const store: ModelObject = object.sort === "configuration" ? sessionsOf(machine.objects, object, subject.draft) : object;
    whole.parts.push({ kind: "sessions", object: store, path: subject.call.frame.path });
    if (!store.usedBy.includes(whole)) store.usedBy.push(whole);
    state(machine, subject, "session-state", { any: [{ kind: "session-state", store: "taken" }] });
  }
}

/** Which of several configurations a connection goes on with is for the client to say: it happens whatever was asked on the way. */
export function switches(machine: Machine, { call, draft, object: connection }: Subject, given: Value): void {
  const first = connection?.parts.find((it) => it.kind === "configuration")?.object;
  if (first === undefined) return;
  first.role ??= "server";
  const { frame } = call;
  for (const object of objectsIn(given)) {
    if (object === first || object.sort !== "configuration") continue;
    object.used = true;
    object.role ??= "server";
    const store = sessionsOf(machine.objects, first, draft);
    object.parts.push({ kind: "sessions", object: store, path: frame.start });
    if (!store.usedBy.includes(object)) store.usedBy.push(object);
    state(machine, { call: { ...call, frame: { ...frame, path: frame.start } }, draft, object }, "session-state", {
      any: [{ kind: "session-state", store: "taken", byName: true }],
    });
  }
}

export function trusts(machine: Machine, subject: Subject, effect: Extract<Effect, { kind: "trusts" }>, given: Value): void {
  const whole = subject.object;
  if (effect.source === "system") {
    if (whole !== undefined) whole.system = true;
    state(machine, subject, "trust", { any: [{ kind: "trust", anchors: "system" }] });
    return;
  }
  const objects = objectsIn(given);
  wholly(given);
  // What a peer shows of itself, and is then to be verified by.
  if (whole !== undefined) whole.taint |= taintOf(given) & TAINT.certificate;
  for (const object of objects) {
    object.used = true;
    if (whole === undefined || object === whole) continue;
    if (!whole.parts.some((it) => it.object === object)) whole.parts.push({ kind: "trust-store", object, path: subject.call.frame.path });
    if (!object.usedBy.includes(whole)) object.usedBy.push(whole);
  }
  const file = fileOf(given) ?? objects.flatMap((it) => it.sources)[0];
  const system = objects.some((it) => it.system);
  if (effect.source === "path") whole?.authorities.push({ value: examined(given), draft: subject.draft });
  if (effect.source === "path" && file !== undefined) useFile(machine, subject, { value: file, reads: "certificates", trusted: true });
  const empty = given.kind === "collection" && given.collection.elements.length === 0 && !given.collection.open;
  const known = objects.length > 0 || file !== undefined || (given.kind === "collection" && given.collection.elements.length > 0);
  const from = file?.kind === "text" ? file.value : undefined;
  const byName = known ? undefined : namedSystem(given);
  const anchors = empty ? "none" : system || byName !== undefined ? "system" : known ? "loaded" : "unknown";
  // The call is the cause, whatever the certificates are: nobody decides anything by naming a file.
  state(machine, subject, "trust", {
    any: [{ kind: "trust", anchors, ...(from === undefined ? {} : { from }), ...(byName === undefined ? {} : { byName }) }],
  });
}

/** A call of something that was not read, whose name says that it gives the platform's certificates. */
function namedSystem(given: Value): string | undefined {
  const it = examined(given);
  if (it.kind !== "opaque") return undefined;
  const called = /^(?:\w+::)*(\w+)\s*\(/.exec(it.text)?.[1];
  return called !== undefined && SYSTEM_STORE.test(called) ? called : undefined;
}

export function revokes(machine: Machine, subject: Subject, given: Value, source: "crls" | "crl" | "path"): void {
  const whole = subject.object;
  const objects = objectsIn(given);
  for (const object of objects) {
    object.used = true;
    if (whole === undefined || object === whole) continue;
    whole.parts.push({ kind: "crls", object, path: subject.call.frame.path });
    if (!object.usedBy.includes(whole)) object.usedBy.push(whole);
  }
  const file = fileOf(given) ?? objects.flatMap((it) => it.sources)[0];
  if (source === "path" && file !== undefined) useFile(machine, subject, { value: file, reads: "crls" });
  const from = file?.kind === "text" ? file.value : undefined;
  const lists = emptiness(given);
  state(machine, subject, "revocation", { any: [{ kind: "revocation", lists, ...(from === undefined ? {} : { from }) }] });
}

function emptiness(value: Value): "none" | "maybe-none" | "loaded" {
  const it = examined(value);
  if (value.kind === "fallible" && value.failure.letGo !== undefined) return "maybe-none";
  switch (it.kind) {
    case "none":
      return "none";
    case "collection":
      if (it.collection.checked || it.collection.elements.length > 0)
        return it.collection.elements.some((one) => objectsIn(one).some((object) => object.lossy && !object.checked))
          ? "maybe-none"
          : "loaded";
      return it.collection.open ? "maybe-none" : "none";
    case "object":
      return it.object.lossy && !it.object.checked ? "maybe-none" : "loaded";
    case "choice": {
      const all = new Set(it.arms.map((arm) => emptiness(arm.value)));
      return all.size === 1 ? ([...all][0] ?? "loaded") : "maybe-none";
    }
    default:
      return "loaded";
  }
}

export function loads(machine: Machine, subject: Subject, effect: Extract<Effect, { kind: "loads" }>, given: Value): void {
  if (effect.whole === true && examined(given).kind !== "contents") return;
  if (effect.as === "own-chain") subject.object?.chains.push(examined(given));
  const file = fileOf(given) ?? objectsIn(given).flatMap((it) => it.sources)[0];
  if (file === undefined) return;
  subject.object?.sources.push(file);
  useFile(machine, subject, { value: file, reads: effect.reads, ...(effect.as === undefined ? {} : { as: effect.as }) });
}

/** PEM text that stands in the program itself names no file. */
const INLINE = /-----BEGIN|\n/;

function useFile(
  machine: Machine,
  subject: Subject,
  of: { readonly value: Value; readonly reads: FileUse["reads"]; readonly as?: NonNullable<FileUse["as"]>; readonly trusted?: true },
): void {
  const { value } = of;
  if (value.kind === "choice") {
    for (const arm of value.arms) useFile(machine, subject, { ...of, value: arm.value });
    return;
  }
  if (value.kind !== "text" || !value.exact || value.value === "" || value.origin === undefined || INLINE.test(value.value)) return;
  const use: FileUse = {
    path: value.value,
    place: value.origin,
    guards: subject.call.frame.path,
    draft: subject.draft,
    reads: of.reads,
    ...(of.as === undefined ? {} : { as: of.as }),
    ...(of.trusted === undefined ? {} : { trusted: of.trusted }),
  };
  if (subject.object === undefined) machine.fileUses.push({ use, object: undefined });
  else {
    subject.object.files.push(use);
    machine.fileUses.push({ use, object: subject.object });
  }
}
