/** Who reads what an operation makes, and which blocks a branch alone leads to: what queries over bodies ask. */
import { type BlockId, type Body, type Local, type Operation, successorsOf } from "../rust/bodies/index.ts";
import { BodyIndex } from "./body-index.ts";

/** An operation that reads a local; without one the block ends with it: it is returned, or decides a branch. */
export interface Use {
  readonly block: BlockId;
  readonly operation: Operation | undefined;
}

const known = new WeakMap<Body, ReadonlyMap<Local, readonly Use[]>>();
const NONE: readonly Use[] = [];

export function usesOf(body: Body, local: Local): readonly Use[] {
  const uses = known.get(body) ?? indexed(body);
  known.set(body, uses);
  return uses.get(local) ?? NONE;
}

function indexed(body: Body): ReadonlyMap<Local, readonly Use[]> {
  const found = new Map<Local, Use[]>();
  const add = (local: Local, use: Use): void => {
    const uses = found.get(local);
    if (uses === undefined) found.set(local, [use]);
    else uses.push(use);
  };
  for (const [block, { operations, end }] of body.blocks.entries()) {
    for (const operation of operations) for (const local of new Set(operandsOf(body, operation))) add(local, { block, operation });
    if (end.kind === "return") add(end.value, { block, operation: undefined });
    if (end.kind === "branch") add(end.condition, { block, operation: undefined });
  }
  return found;
}

/** What an operation reads; a closure what it captures. */
export function operandsOf(body: Body, it: Operation): readonly Local[] {
  switch (it.kind) {
    case "copy":
      return [it.from.local];
    case "reference":
    case "test":
      return [it.place.local];
    case "store":
      return [it.value];
    case "method":
      return [it.receiver.local, ...it.arguments];
    case "call":
      return it.callee.kind === "local" ? [it.callee.local, ...it.arguments] : it.arguments;
    case "macro":
      return it.arguments;
    case "closure":
      return (body.closures[it.body]?.captures ?? []).map(({ outer }) => outer);
    case "record":
      return [...it.fields.map(({ value }) => value), ...(it.base === undefined ? [] : [it.base])];
    case "format":
      return it.pieces.filter((piece) => typeof piece !== "string");
    default:
      return composing(it);
  }
}

function composing(it: Operation): readonly Local[] {
  switch (it.kind) {
    case "tuple":
    case "array":
      return it.elements;
    case "repeat":
      return [it.element, it.count];
    case "range":
      return [it.from, it.upper].filter((end) => end !== undefined);
    case "await":
    case "iterate":
    case "residual":
    case "unary":
    case "cast":
      return [it.operand];
    case "binary":
      return [it.left, it.right];
    case "unknown":
      return it.operands;
    default:
      return [];
  }
}

export interface Branch {
  readonly yes: BlockId;
  readonly no: BlockId;
}

/** The branch that a condition decides at the end of a block. */
export function branchOn({ blocks }: Body, condition: Local, block: BlockId): Branch | undefined {
  const end = blocks[block]?.end;
  return end?.kind === "branch" && end.condition === condition ? end : undefined;
}

/** The blocks that are reached from one and not from the other, before the question is asked again. */
export function onlyFrom(body: Body, from: BlockId, other: BlockId, question: BlockId): ReadonlySet<BlockId> {
  const elsewhere = reachedFrom(body, other, question);
  return new Set([...reachedFrom(body, from, question)].filter((it) => !elsewhere.has(it)));
}

function reachedFrom(body: Body, from: BlockId, question: BlockId): ReadonlySet<BlockId> {
  const seen = new Set<BlockId>([question]);
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...successorsOf(body, next));
  }
  return seen;
}

/** It, and what it is taken from as it is. */
export function lineOf(body: Body, local: Local): readonly Local[] {
  const line = new Set([local]);
  for (const it of line) {
    const made = BodyIndex.of(body).definition(it);
    if (made?.kind === "copy" && made.from.path.length === 0) line.add(made.from.local);
    else if (made?.kind === "reference" && made.place.path.length === 0) line.add(made.place.local);
  }
  return [...line];
}
