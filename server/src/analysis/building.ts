/** Endpoints while they are put together of objects: what they are, and how they belong to each other. */
import type { Endpoint, Observation, Role } from "../tls/facts.ts";
import type { ModelObject } from "./model-object.ts";
import type { Draft } from "./records.ts";
import { answeringAlike } from "./same-application.ts";

export interface Building extends Endpoint {
  readonly facts: Observation[];
  readonly effective: Observation[];
  readonly parts: Endpoint[];
  readonly usedBy: Endpoint[];
  readonly replaces: Endpoint[];
  readonly alike: Endpoint[];
  readonly idle: Endpoint[];
}

export const isEndpoint = (object: ModelObject): boolean =>
  ["configuration", "verifier", "trust-store", "listener", "other"].includes(object.sort);

/** Whose certificates, keys and lists it takes. */
export const libraryOf = ({ stack, crate }: ModelObject["model"]): string => stack ?? crate;

export function newEndpoint(object: ModelObject): Building {
  const sort =
    object.sort === "configuration" || object.sort === "verifier" || object.sort === "trust-store" || object.sort === "listener"
      ? object.sort
      : "other";
  return {
    id: object.id,
    role: roleOf(object),
    sort,
    crate: object.model.crate,
    library: libraryOf(object.model),
    place: object.place,
    facts: [],
    effective: [],
    parts: [],
    usedBy: [],
    replaces: [],
    alike: [],
    idle: [],
  };
}

/** Its own type's, else that of what it was handed to. */
export function roleOf(object: ModelObject, depth = 0): Role | "unknown" {
  if (object.role !== undefined) return object.role;
  if (depth > 6) return "unknown";
  for (const user of object.usedBy) {
    const found = roleOf(user, depth + 1);
    if (found !== "unknown") return found;
  }
  return "unknown";
}

/** To the configurations of a function belong the trust stores and verifiers that it keeps in variables and never hands over. */
export function linkIdle(drafts: readonly Draft[], endpoints: ReadonlyMap<ModelObject, Building>): void {
  const idle = [...endpoints].filter(([it]) => (it.sort === "trust-store" || it.sort === "verifier") && isIdle(it));
  for (const [object, endpoint] of idle)
    for (const [other, whole] of endpoints)
      if (other.sort === "configuration" && other.events.some((it) => drafts[it.draft]?.site.function === object.home))
        whole.idle.push(endpoint);
}

/** A trust store or verifier that a function keeps in a variable and never hands over: what a configuration has is, whatever becomes of that. */
export const isIdle = (object: ModelObject): boolean => object.home !== undefined && !object.disturbed && isKept(object);

const isKept = ({ handed, usedBy }: ModelObject, depth = 0): boolean =>
  !handed && depth < 6 && usedBy.every((user) => user.sort !== "configuration" && isKept(user, depth + 1));

/** Listeners that are given one application. */
export function linkAlike(endpoints: ReadonlyMap<ModelObject, Building>): void {
  for (const [object, { alike }] of endpoints)
    for (const it of answeringAlike(object, endpoints.keys())) {
      const one = endpoints.get(it);
      if (one !== undefined) alike.push(one);
    }
}

/** Parts and users; what a part says holds of the whole where the whole says nothing of that kind. */
export function link(endpoints: ReadonlyMap<ModelObject, Building>): void {
  for (const [object, endpoint] of endpoints) {
    for (const part of object.parts) {
      const one = endpoints.get(part.object);
      if (one !== undefined && one !== endpoint && !endpoint.parts.includes(one)) endpoint.parts.push(one);
    }
    for (const user of object.usedBy) {
      const one = endpoints.get(user);
      if (one !== undefined && one !== endpoint && !endpoint.usedBy.includes(one)) endpoint.usedBy.push(one);
    }
    for (const it of object.replaces) {
      const one = endpoints.get(it);
      if (one !== undefined && one !== endpoint && !endpoint.replaces.includes(one)) endpoint.replaces.push(one);
    }
  }
  for (const [object, endpoint] of endpoints) {
    const own = new Set(endpoint.effective.map((it) => it.fact.kind));
    for (const part of object.parts) {
      if (part.kind !== "verifier" && part.kind !== "hook") continue;
      const one = endpoints.get(part.object);
      if (one !== undefined) endpoint.effective.push(...one.effective.filter((it) => !own.has(it.fact.kind) && it.fact.kind !== "trust"));
    }
  }
}
