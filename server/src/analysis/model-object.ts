/** Modelled objects: what a model knows, and in order what happened to it. */
import type { FunctionId, Value } from "../flow/index.ts";
import type { CanonicalPath, CrateModel, TypeModel } from "../models/model.ts";
import type { Fact, FactKind, Place, RelatedPlace, Role } from "../tls/facts.ts";
import type { Path } from "./path-conditions.ts";

/** Something that was said of an object. Without a fact it only ends what was said before: the new state is not known. */
export interface Event {
  readonly kind: FactKind;
  /** By role, since only the end shows it: `any` holds for all that have no entry of their own. */
  readonly facts: { readonly client?: readonly Fact[]; readonly server?: readonly Fact[]; readonly any: readonly Fact[] };
  readonly place: Place;
  readonly related: readonly RelatedPlace[];
  readonly path: Path;
  /** Conditions under which the object is there at all. */
  readonly own?: Path;
  readonly byDefault: boolean;
  readonly draft: number;
}

export interface Part {
  readonly kind: "trust-store" | "verifier" | "certificates" | "crls" | "private-key" | "configuration" | "hook" | "sessions" | "client";
  readonly object: ModelObject;
  readonly path: Path;
  /** Given to a configuration that was there before, which goes on with what it had where this cannot be had. */
  readonly renews?: true;
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
  guessed: boolean;
  path: Path;
  /** The alternatives under which it is there, of which `path` is the first. */
  ways: readonly Path[];
  /** Where it goes: to callers, into other objects, to code that is not read. What is said of it where it goes nowhere concerns nobody. */
  readonly goes: Path[];
  readonly events: Event[];
  readonly parts: Part[];
  readonly usedBy: ModelObject[];
  role: Role | undefined;
  used: boolean;
  /** Somebody has it beside the variable: a caller, a field, code that is not read. What it was handed to by models is in `usedBy`. */
  handed: boolean;
  /** Callers are given it, by itself or in something else. */
  returned: boolean;
  /** The function whose variable holds it. */
  home: object | undefined;
  /** A variable holds it: as good as used, unless the variable is thrown away. */
  held: boolean;
  /** Handed to unknown code that may change it: defaults are not claimed any more. */
  disturbed: boolean;
  /** Files from which certificates and lists came. */
  readonly sources: string[];
  readonly files: FileUse[];
  /** What it was given as its own chain, and as its authorities by which call. */
  readonly chains: Value[];
  /** What answers the requests that come in. */
  application: { readonly value: Value; readonly root: FunctionId } | undefined;
  readonly authorities: { readonly value: Value; readonly draft: number }[];
  system: boolean;
  /** Errors of elements were swallowed on the way: it may hold less than its source. */
  lossy: boolean;
  /** Emptiness ends the function. */
  checked: boolean;
  /** Only one of several alternatives for the place that it takes. */
  standsIn: boolean;
  /** Took the place of these while the program runs. */
  readonly replaces: ModelObject[];
}

/** A file that was loaded; what it is for shows later. */
export interface FileUse {
  readonly path: string;
  readonly place: Place;
  /** The call that is given it, where the path is written elsewhere. */
  readonly loads?: Place;
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
  /** Conditions under which the object is there at all. */
  readonly own?: Path;
  readonly draft: number;
  readonly object?: ModelObject;
  readonly role?: Role;
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
  "fail-open",
  "unused-anchors",
  "unused-identity",
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
    ways: [of.path],
    goes: [],
    events: [],
    parts: [],
    usedBy: [],
    role: of.role,
    used: false,
    handed: false,
    returned: false,
    home: undefined,
    held: false,
    disturbed: false,
    sources: [],
    files: [],
    chains: [],
    application: undefined,
    authorities: [],
    system: false,
    lossy: false,
    checked: false,
    standsIn: false,
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
