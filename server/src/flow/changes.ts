/** Which locals a body changes. */
import type { Body, Local, Operation } from "../rust/bodies/index.ts";

const changedOf = new WeakMap<Body, ReadonlySet<Local>>();

/** Locals that are assigned, stored into or mutably borrowed, by its closures, too: those are evaluated before. */
export function changedIn(body: Body): ReadonlySet<Local> {
  const known = changedOf.get(body);
  if (known !== undefined) return known;
  const found = new Set<Local>();
  for (const { operations } of body.blocks) for (const it of operations) found.add(changedBy(it) ?? -1);
  for (const closure of body.closures)
    for (const { inner, outer } of closure.captures) if (changedOf.get(closure)?.has(inner) === true) found.add(outer);
  changedOf.set(body, found);
  return found;
}

function changedBy(it: Operation): Local | undefined {
  switch (it.kind) {
    case "copy":
      return it.to;
    case "store":
      return it.place.local;
    case "reference":
      return it.mutable ? it.place.local : undefined;
    case "method":
      return it.receiver.local;
    default:
      return undefined;
  }
}
