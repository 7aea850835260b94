/** Private keys that a program writes to files, and who may read these: whom a mode, or the permissions of the file or its folder, let. */
import { type Effect, type FunctionId, payloadOf, type Value } from "../flow/index.ts";
import { UNCHANGING } from "../models/file-contents.ts";
import { MASKING, OF_PATHS, PERMITTING, TEMPORARY } from "../models/key-files.ts";
import { lastOf } from "../rust/last-of.ts";
import { type CfgFlag, holds } from "../tls/cfg.ts";
import type { Guard, Place } from "../tls/facts.ts";
import { bodiesNaming } from "./bodies-naming.ts";
import { crateOf } from "./canonical-paths.ts";
import { pathsOf } from "./conditions.ts";
import { isFileStatement } from "./file-rows.ts";
import { carriesKey, tells, writesTo } from "./key-texts.ts";
import { extend } from "./path-conditions.ts";
import { partsOf } from "./peer-names.ts";
import { askerOf, type FileEvent, type Records, type Root } from "./records.ts";
import type { Site } from "./sites.ts";
import { WRAPPING } from "./std-names.ts";

/** `isOpen`: it is for callers to tell. Where some of these are not known, whoever they are write the key down. */
export function noteFileEvent(records: Records, root: Root, { data, condition, with: values }: Effect, site: Site, isOpen: boolean): void {
  const { sites, fileEvents } = records;
  if (!isFileStatement(data) || tells(data) || (isOpen && !sites.program.isExternallyReachable(root.id))) return;
  const [target, given] = values;
  const isWritten = writesTo(data);
  if (isWritten && !(given !== undefined && carriesKey(given))) return;
  const place = sites.named(site);
  // Of a macro its name.
  const [name = "", ...macro] = sites.written(site).split("!");
  const paths = isWritten ? pathsOf(condition, askerOf(records, root.id, root.inputs, place)) : [];
  fileEvents.push({
    ...{ does: data.file, root: root.id, isOpen, target, given, place },
    call: macro.length > 0 ? `${name}!` : name,
    paths: paths.map((it) => extend(root.path, it)).filter((it) => it !== undefined),
  });
}

export function stateKeyFiles(records: Records): void {
  const { fileEvents, sites, loose } = records;
  const written = fileEvents.filter((it) => writesTo({ file: it.does }));
  if (written.length === 0 || bodiesNaming(sites.program, new Set([MASKING])).length > 0) return;
  const judged = written.map((event) => ({ event, mode: readableBy(event, records) }));
  const closed = judged.filter(({ event, mode }) => !event.isOpen && mode === "nobody").map(({ event }) => event.place);
  for (const { event, mode } of judged) {
    if (mode === "nobody" || (event.isOpen && closed.some((it) => samePlace(it, event.place)))) continue;
    const { call, place } = openedBy(event, records) ?? event;
    const fact = { kind: "private-key-file", call, ...(mode !== "default" && { permissions: mode }) } as const;
    const related = samePlace(place, event.place) ? [] : [{ ...event.place, message: "the key is written here" }];
    for (const path of event.paths) {
      const guards = path.filter(({ guard }) => guard !== undefined && guard.kind !== "condition");
      if (!guards.some(({ guard }) => guard !== undefined && isElsewhere(guard)))
        loose.push({ fact, place, related, path: guards, draft: -1 });
    }
  }
}

const samePlace = (a: Place, b: Place): boolean => a.file === b.file && a.span.start === b.span.start;

/** By default everybody, or by a mode that says so. */
function readableBy(event: FileEvent, { fileEvents, sites }: Records): number | "default" | "nobody" {
  const { target, root } = event;
  if (target === undefined || isUnread(target, root, sites)) return "nobody";
  // What a caller or a helper does it does to the same file where no input tells which it is.
  const isNear = (it: FileEvent): boolean =>
    it.root === root || (it.target?.open === false && !target.open && (calls(sites, it.root, root) || calls(sites, root, it.root)));
  const near = fileEvents.filter((it) => !writesTo({ file: it.does }) && isNear(it));
  if (near.some((it) => it.root === root && (it.does === "permits-unknown" || (it.does === "runs" && isPermitting(it.target)))))
    return "nobody";
  const renamed = near.filter((it) => it.does === "renames" && isSame(it.target, target)).flatMap((it) => it.given ?? []);
  const modes = near.flatMap((it) =>
    it.does === "permits" && [target, ...renamed].some((one) => isIn(one, it.target)) ? modesIn(it.given) : [],
  );
  const all = [...modes, ...(event.does === "fills" ? openedWith(target) : [])];
  const known = all.filter((it) => it !== "unknown");
  if (known.length < all.length || known.some((it) => (it & OTHERS) === 0)) return "nobody";
  return known[0] ?? "default";
}

/** What made the file that is filled: there it is decided who may read it. */
function openedBy({ does, target, root }: FileEvent, { fileEvents }: Records): FileEvent | undefined {
  if (does !== "fills" || target === undefined) return undefined;
  return fileEvents.find((it) => it.does === "opens" && it.root === root && isSame(it.target, target));
}

/** By whichever way. */
function calls({ flow }: Records["sites"], caller: FunctionId, callee: FunctionId): boolean {
  const found = new Set([callee]);
  for (const it of found) for (const by of flow.callersOf(it)) found.add(by);
  return found.has(caller);
}

/** Neither the owner nor the group. */
const OTHERS = 0o004;

/** A file that is none, or that nobody else can open. */
function isUnread(target: Value, root: FunctionId, sites: Records["sites"]): boolean {
  const open = [target];
  const seen = new Set<Value>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.kind === "constant" && typeof next.value === "string" && /^\/(?:dev|proc)\//.test(next.value)) return true;
    if (next.kind === "apply" && TEMPORARY.has(crateOf(next.callee))) return true;
    if (next.kind === "input" && TEMPORARY.has(crateOf(sites.inputType(next, root) ?? ""))) return true;
    open.push(...partsOf(next));
  }
  return false;
}

const isFile = (value: Value): boolean => value.kind === "record" && value.type.endsWith("::File");

const isPermitting = (program: Value | undefined): boolean =>
  program?.kind === "constant" && typeof program.value === "string" && PERMITTING.has(program.value.split("/").at(-1) ?? "");

/** Of an open file, by which options it was opened; of one that nobody saw opened it is not known. */
function openedWith(target: Value): readonly (number | "unknown")[] {
  if (target.kind === "labelled") return openedWith(target.of);
  if (target.kind === "alternatives") return target.of.flatMap((it) => openedWith(it.value));
  if (target.kind !== "record" || !isFile(target)) return ["unknown"];
  const options = target.fields.find(([name]) => name === "1")?.[1];
  return options === undefined ? [] : modesIn(options);
}

/** Those that permissions or options have, whichever way they were made. What is no such value may be any. */
function modesIn(value: Value | undefined): readonly (number | "unknown")[] {
  if (value?.kind === "labelled") return modesIn(value.of);
  if (value?.kind === "alternatives") return value.of.flatMap((it) => modesIn(it.value));
  if (value?.kind !== "record") return ["unknown"];
  const mode = value.fields.find(([name]) => name === "1")?.[1];
  if (mode === undefined) return [];
  return [mode.kind === "constant" && typeof mode.value === "number" ? mode.value : "unknown"];
}

/** Whether a file is the one that another value names, or lies in it. */
function isIn(target: Value, other: Value | undefined): boolean {
  if (other === undefined) return false;
  const named = namesOf(other);
  return namesOf(target).some((path) => named.some((it) => placesOf(path).includes(it) || isBelow(path, it)));
}

const isSame = (a: Value | undefined, b: Value): boolean => a !== undefined && namesOf(a).some((it) => namesOf(b).includes(it));

const isBelow = (path: Value, folder: Value): boolean =>
  path.kind === "constant" && folder.kind === "constant" && String(path.value).startsWith(`${String(folder.value)}/`);

/** The paths that it may be, however they are wrapped. */
function namesOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case "labelled":
      return namesOf(value.of);
    case "alternatives":
      return value.of.flatMap((it) => namesOf(it.value));
    case "part":
      return value.name === "success" || WRAPPING.has(payloadOf(value.name)?.of ?? "") ? namesOf(value.of) : [value];
    case "record": {
      const [first] = isFile(value) ? value.fields : [];
      return first === undefined ? [value] : namesOf(first[1]);
    }
    case "apply": {
      const [first, ...more] = value.arguments;
      const name = lastOf(value.callee);
      const isAsItIs = first !== undefined && more.length === 0 && (UNCHANGING.has(name) || OF_PATHS.has(name));
      return isAsItIs ? namesOf(first) : [value];
    }
    default:
      return [value];
  }
}

/** It, and what it was made of by adding to it: folders in which it lies. */
function placesOf(path: Value): readonly Value[] {
  const inside = path.kind === "apply" ? path.arguments.slice(0, 1) : path.kind === "text" ? path.of.slice(0, 1) : [];
  return [path, ...inside.flatMap((it) => namesOf(it).flatMap(placesOf))];
}

/** Compiled where files have no modes. */
const isElsewhere = (guard: Guard): boolean => guard.kind === "cfg" && holds(guard.predicate, isSetOnUnix) === false;

/** What the compiler says where files have modes; of the operating systems there, which it is. */
function isSetOnUnix({ name, value }: CfgFlag): boolean | undefined {
  if (name === "unix" || name === "windows") return name === "unix";
  if (name === "target_family") return value === "unix";
  return name.startsWith("target_") && value !== undefined && WITHOUT_MODES.has(value) ? false : undefined;
}

const WITHOUT_MODES: ReadonlySet<string> = new Set(["windows", "wasi", "uefi", "msvc"]);
