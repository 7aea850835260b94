/** Which variables are read behind the beginning of a block: what joins of states need to look at. */
import { type BasicBlock, type Body, type Local, type Operation, type Place, successorsOf } from "../rust/bodies/index.ts";

export interface Liveness {
  /** Locals that are read in a block, or behind it, before they are assigned. */
  at(block: number): Iterable<Local>;
  /** Locals that references may lead to: always. */
  readonly borrowed: ReadonlySet<Local>;
}

export function livenessOf(body: Body): Liveness {
  const { blocks } = body;
  const before = predecessorsOf(body);
  const live = blocks.map(() => new Set<Local>());
  const assigned = blocks.map(({ operations }) => new Set(operations.map((it) => it.to)));
  const open = blocks.flatMap((block, at) => readFirst(block, body).map((local): [block: number, local: Local] => [at, local]));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [block, local] = next;
    if (live[block]?.has(local) !== false) continue;
    live[block].add(local);
    for (const it of before[block] ?? []) if (assigned[it]?.has(local) === false) open.push([it, local]);
  }
  return { at: (block) => live[block] ?? [], borrowed: borrowedIn(body) };
}

/** Locals that a block reads before it assigns them. */
function readFirst({ operations, end }: BasicBlock, body: Body): Local[] {
  const found: Local[] = [];
  const done = new Set<Local>();
  for (const it of operations) {
    found.push(...readBy(it, body).filter((local) => !done.has(local)));
    done.add(it.to);
  }
  const last = end.kind === "branch" ? [end.condition] : end.kind === "return" ? [end.value] : [];
  return [...found, ...last.filter((local) => !done.has(local))];
}

function predecessorsOf(body: Body): number[][] {
  const before: number[][] = body.blocks.map(() => []);
  for (const at of body.blocks.keys()) for (const to of successorsOf(body, at)) before[to]?.push(at);
  return before;
}

function borrowedIn({ blocks, closures, locals }: Body): ReadonlySet<Local> {
  const found = new Set<Local>();
  for (const { operations } of blocks) {
    for (const it of operations) {
      if (it.kind === "reference" && it.mutable) found.add(it.place.local);
      // A temporary is gone when its statement is.
      if (it.kind === "method" && locals[it.receiver.local]?.name !== undefined) found.add(it.receiver.local);
    }
  }
  for (const { captures } of closures) for (const { outer } of captures) found.add(outer);
  return found;
}

const placeReads = ({ local, path }: Place): Local[] => [local, ...path.flatMap((it) => (it.kind === "index" ? [it.index] : []))];

function readBy(it: Operation, body: Body): readonly Local[] {
  switch (it.kind) {
    case "copy":
      return placeReads(it.from);
    case "reference":
    case "test":
      return placeReads(it.place);
    case "store":
      return [...placeReads(it.place), it.value];
    case "record":
      return [...it.fields.map((field) => field.value), ...(it.base === undefined ? [] : [it.base])];
    case "tuple":
    case "array":
      return it.elements;
    case "repeat":
      return [it.element, it.count];
    case "range":
      return [it.from, it.upper].flatMap((end) => (end === undefined ? [] : [end]));
    case "call":
      return it.callee.kind === "local" ? [it.callee.local, ...it.arguments] : it.arguments;
    case "method":
      return [...placeReads(it.receiver), ...it.arguments];
    default:
      return otherReads(it, body);
  }
}

function otherReads(it: Operation, body: Body): readonly Local[] {
  switch (it.kind) {
    case "unary":
    case "cast":
    case "await":
    case "iterate":
    case "residual":
      return [it.operand];
    case "binary":
      return [it.left, it.right];
    case "macro":
      return it.arguments;
    case "format":
      return it.pieces.flatMap((piece) => (typeof piece === "string" ? [] : [piece]));
    case "closure":
      return (body.closures[it.body]?.captures ?? []).map(({ outer }) => outer);
    case "unknown":
      return it.operands;
    default:
      return [];
  }
}
