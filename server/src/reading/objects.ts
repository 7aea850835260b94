/** Modelled objects: what a model knows, and in order what happened to it. */
import type { CanonicalPath, CrateModel, TypeModel } from "../models/model.ts";
import type { Item } from "../rust/index.ts";
import type { Fact, FactKind, Place, RelatedPlace, Role } from "../tls/facts.ts";
import type { Path } from "./path-conditions.ts";
import type { Site } from "./site.ts";
import type { Failure, Value } from "./values.ts";

/** Something that was said of an object. Without a fact it only ends what was said before: the new state is not known. */
export interface Event {
  readonly kind: FactKind;
  /** By role, since only the end shows it: `any` holds for all that have no entry of their own. */
  readonly facts: { readonly client?: readonly Fact[]; readonly server?: readonly Fact[]; readonly any: readonly Fact[] };
  readonly place: Place;
  readonly related: readonly RelatedPlace[];
  readonly path: Path;
  readonly byDefault: boolean;
  readonly draft: number;
}

/** A site before everything about its object is known. */
export interface Draft {
  readonly site: Omit<Site, "role" | "binding" | "others">;
  readonly written: string;
  readonly guessed: boolean;
  object?: ModelObject;
  /** The program has its error already: who lets it go afterwards loses nothing. */
  kept?: true;
}

export interface Part {
  readonly kind: "trust-store" | "verifier" | "certificates" | "crls" | "private-key" | "configuration" | "hook" | "sessions";
  readonly object: ModelObject;
  readonly path: Path;
}

export interface ModelObject {
  readonly id: number;
  /** The latest: a builder becomes what it builds. */
  type: CanonicalPath;
  sort: TypeModel["sort"];
  readonly model: CrateModel;
  readonly place: Place;
  /** Its constructor was seen, so that defaults hold. */
  known: boolean;
  readonly guessed: boolean;
  path: Path;
  readonly events: Event[];
  readonly parts: Part[];
  readonly usedBy: ModelObject[];
  role: Role | undefined;
  used: boolean;
  /** Somebody has it beside the variable: a caller, a field, code that is not read. What it was handed to by models is in `usedBy`. */
  handed: boolean;
  /** The function whose variable holds it. */
  home: object | undefined;
  /** A variable holds it: as good as used, unless the variable is thrown away. */
  held: boolean;
  /** Handed to unknown code that may change it: defaults are not claimed any more. */
  disturbed: boolean;
  binding: string | undefined;
  taint: number;
  /** Where certificates and lists came from. */
  readonly sources: Value[];
  readonly files: FileUse[];
  /** What it was given as its own chain, and as its authorities by which call. */
  readonly chains: Value[];
  readonly authorities: { readonly value: Value; readonly draft: number }[];
  system: boolean;
  /** Errors of elements were swallowed on the way: it may hold less than its source. */
  lossy: boolean;
  /** Emptiness ends the function. */
  checked: boolean;
  /** Of a loader that reads several: reading each may fail. */
  elements: Failure | undefined;
  /** All of it went somewhere, whatever else was taken out of it. */
  usedWhole: boolean;
  copyOf: ModelObject | undefined;
  /** Only one of several alternatives for the place that it takes. */
  standsIn: boolean;
  /** The field of which nothing else is known here: what it was built with is found at the end. */
  field: { readonly type: Item; readonly name: string } | undefined;
  /** Took the place of these while the program runs. */
  readonly replaces: ModelObject[];
}

/** A file that was loaded; what it is for shows later. */
export interface FileUse {
  readonly path: string;
  readonly place: Place;
  readonly guards: Path;
  readonly draft: number;
  readonly reads: "certificates" | "first-certificate" | "private-key" | "crls" | "any";
  /** It holds trust anchors; whose shows by the role of the endpoint. */
  readonly trusted?: true;
  readonly as?: "client-ca" | "server-ca" | "own-chain" | "own-key";
}

/** An observation that belongs to no object: dropped errors, files, partial bundles, judged verifiers. */
export interface ObservationDraft {
  readonly fact: Fact;
  readonly place: Place;
  readonly related: readonly RelatedPlace[];
  readonly path: Path;
  readonly draft: number;
  readonly object?: ModelObject;
  readonly role?: Role;
  /** Nothing is lost when all of the object goes its way, too. */
  readonly unlessWhole?: true;
  /** The program stops when nothing is left. */
  readonly unlessChecked?: true;
}

/** Kinds of which several hold at once: a later one does not end an earlier one. */
export const CUMULATIVE: ReadonlySet<FactKind> = new Set([
  "trust",
  "file",
  "dropped-error",
  "partial-bundle",
  "listener",
  "connection-hook",
  "verifier",
  "imaginary-call",
  "session-state",
]);

export function newObject(
  objects: ModelObject[],
  of: Pick<ModelObject, "type" | "sort" | "model" | "place" | "known" | "guessed" | "path" | "role">,
): ModelObject {
  const object: ModelObject = {
    id: objects.length,
    type: of.type,
    sort: of.sort,
    model: of.model,
    place: of.place,
    known: of.known,
    guessed: of.guessed,
    path: of.path,
    events: [],
    parts: [],
    usedBy: [],
    role: of.role,
    used: false,
    handed: false,
    home: undefined,
    held: false,
    disturbed: false,
    binding: undefined,
    taint: 0,
    sources: [],
    files: [],
    chains: [],
    authorities: [],
    system: false,
    lossy: false,
    checked: false,
    elements: undefined,
    usedWhole: false,
    copyOf: undefined,
    standsIn: false,
    field: undefined,
    replaces: [],
  };
  objects.push(object);
  return object;
}

/** It goes where its way is not followed; `mutable`: whoever has it may change it. */
export function handOut(object: ModelObject, mutable = false): void {
  object.used = true;
  object.handed = true;
  object.disturbed ||= mutable;
}

/** A clone goes its own way from here. */
export function copyObject(objects: ModelObject[], object: ModelObject): ModelObject {
  const copy = newObject(objects, object);
  object.handed = true;
  copy.events.push(...object.events);
  copy.parts.push(...object.parts);
  copy.sources.push(...object.sources);
  copy.system = object.system;
  copy.lossy = object.lossy;
  copy.checked = object.checked;
  copy.disturbed = object.disturbed;
  copy.binding = object.binding;
  copy.taint = object.taint;
  copy.copyOf = object;
  copy.field = object.field;
  return copy;
}

/** The store that a configuration makes for itself. */
export function sessionsOf(objects: ModelObject[], owner: ModelObject, draft: number): ModelObject {
  const known = owner.parts.find((it) => it.kind === "sessions");
  if (known !== undefined) return known.object;
  const { type, model, place, guessed, path } = owner;
  const store = newObject(objects, { type, sort: "other", model, place, known: true, guessed, path, role: undefined });
  const fact = { kind: "session-state", store: "made" } as const;
  store.events.push({ kind: fact.kind, facts: { any: [fact] }, place, related: [], path, byDefault: true, draft });
  store.used = true;
  store.usedBy.push(owner);
  owner.parts.push({ kind: "sessions", object: store, path });
  return store;
}
