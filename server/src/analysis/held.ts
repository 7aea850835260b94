/** Whether a variable ever holds what an operation makes: what a statement makes and drops is of no use to anybody. */
import type { FunctionId } from "../flow/index.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import type { Site, Sites } from "./sites.ts";
import { usesOf } from "./uses.ts";

/** Nobody holds what is dropped by its name, or by `let _`. `same`: calls that give the object that they are made on. */
export const isHeld = (sites: Sites, site: Site, same: ReadonlySet<Operation>): boolean =>
  heldAs(site) !== undefined && !isGivenUp(sites, site, same);

/** The name of the variable that does. */
export function heldAs({ body, operation }: Site): string | undefined {
  const seen = new Set<Local>();
  const open: Local[] = [operation.to];
  for (let local = open.pop(); local !== undefined; local = open.pop()) {
    if (seen.has(local)) continue;
    seen.add(local);
    const name = body.locals[local]?.name;
    if (name !== undefined) return name;
    open.push(...takenFrom(body, local));
  }
  return undefined;
}

function isGivenUp(sites: Sites, { owner, body, operation }: Site, same: ReadonlySet<Operation>): boolean {
  const seen = new Set<Local>();
  const open: Local[] = [operation.to];
  for (let local = open.pop(); local !== undefined; local = open.pop()) {
    if (seen.has(local)) continue;
    seen.add(local);
    for (const { operation: it } of usesOf(body, local)) {
      const isWhole = it?.kind === "copy" && it.from.path.length === 0;
      if (isWhole && body.locals[it.to]?.name === undefined && usesOf(body, it.to).length === 0) return true;
      if (it?.kind === "call" && drops(sites, owner, it)) return true;
      if (isWhole || (it !== undefined && same.has(it))) open.push(it.to);
    }
  }
  return false;
}

/** It is waited for: no object of a model is a future, so that something was asked of it. */
export function isAwaited({ body, operation }: Site): boolean {
  const seen = new Set<Local>();
  const open: Local[] = [operation.to];
  for (let local = open.pop(); local !== undefined; local = open.pop()) {
    if (seen.has(local)) continue;
    seen.add(local);
    for (const { operation: it } of usesOf(body, local)) {
      if (it?.kind === "await") return true;
      if (it?.kind === "copy" || it?.kind === "reference" || it?.kind === "method") open.push(it.to);
    }
  }
  return false;
}

/** What is made of nothing but the local is given up. */
export const drops = (sites: Sites, owner: FunctionId, call: Operation): boolean =>
  sites.called(owner, call).some((it) => it.kind === "external" && it.path === "std::mem::drop");

/** What operations make of a local. */
function takenFrom({ blocks }: Body, local: Local): readonly Local[] {
  return blocks.flatMap(({ operations }) => operations.flatMap((it) => (uses(it, local) ? [it.to] : [])));
}

function uses(it: Operation, local: Local): boolean {
  switch (it.kind) {
    case "copy":
      return it.from.local === local;
    case "reference":
      return it.place.local === local;
    case "method":
      return it.receiver.local === local || it.arguments.includes(local);
    case "call":
      return it.arguments.includes(local);
    case "await":
    case "unary":
    case "cast":
      return it.operand === local;
    case "tuple":
    case "array":
      return it.elements.includes(local);
    case "record":
      return it.base === local || it.fields.some((field) => field.value === local);
    default:
      return false;
  }
}
