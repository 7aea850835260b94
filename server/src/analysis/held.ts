/** Whether a variable ever holds what an operation makes: what a statement makes and drops is of no use to anybody. */
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import type { Site } from "./sites.ts";

export const isHeld = (site: Site): boolean => heldAs(site) !== undefined;

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
