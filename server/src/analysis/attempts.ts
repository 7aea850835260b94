/** What becomes of a failure: whether somebody has it, hears of it, or nobody does. A query over what a body does with an attempt. */
import type { Span } from "../base/span.ts";
import { FAILURES } from "../models/failures.ts";
import { LOGGING, TELLING } from "../reading/lexicon.ts";
import type { BlockId, Body, Local, Operation, Test } from "../rust/bodies/index.ts";
import type { Site } from "./sites.ts";

export interface Fate {
  /** Where it is let go. */
  readonly at: Span;
  /** A line of a log tells of it, and the program goes on. */
  readonly logged: boolean;
}

/** Undefined where somebody has it, or the program stops. */
export const fateOf = ({ body, operation }: Site, own: Span): Fate | undefined => fateIn(body, operation.to, own);

function fateIn(body: Body, of: Local, own: Span): Fate | undefined {
  const open: Held[] = [{ local: of, at: own, logged: false }];
  const seen = new Set<Local>();
  let lost: Fate | undefined;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next.local)) continue;
    seen.add(next.local);
    const uses = usesOf(body, next.local);
    if (uses.length === 0) lost ??= { at: next.at, logged: next.logged };
    for (const use of uses) {
      const found = become(body, use, next);
      if (found === "kept") return undefined;
      if ("local" in found) open.push(found);
      else lost ??= found;
    }
  }
  return lost;
}

/** Of each of several that an attempt gives, which may fail, too. */
export function fateOfEach({ body, operation }: Site, own: Span): Fate | undefined {
  const open = [operation.to];
  const seen = new Set<Local>();
  for (let local = open.pop(); local !== undefined; local = open.pop()) {
    if (seen.has(local)) continue;
    seen.add(local);
    for (const it of body.blocks.flatMap(({ operations }) => operations.filter((one) => reads(one, local)))) {
      if (it.kind === "copy" && it.from.path.at(-1)?.kind === "each") {
        const found = fateIn(body, it.to, own);
        if (found !== undefined) return found;
      } else if (it.kind === "method" && it.receiver.local === local && LETTING.has(it.name)) return ofElements(body, it);
      else if (HANDING.has(it.kind) || (it.kind === "method" && it.receiver.local === local && ITERATING.has(it.name))) open.push(it.to);
    }
  }
  return undefined;
}

const HANDING: ReadonlySet<Operation["kind"]> = new Set(["copy", "reference", "await", "iterate"]);
const ITERATING: ReadonlySet<string> = new Set([
  "iter",
  "into_iter",
  "by_ref",
  "unwrap",
  "expect",
  "take",
  "skip",
  "enumerate",
  "peekable",
]);
const LETTING: ReadonlySet<string> = new Set(["flatten", "filter_map", "flat_map"]);

/** What keeps those that are there lets the others go, unless a closure does something with the error. */
function ofElements(body: Body, { nameSpan, arguments: given }: Extract<Operation, { readonly kind: "method" }>): Fate | undefined {
  const [closure] = closuresIn(body, given);
  const [parameter] = closure?.parameters ?? [];
  if (closure === undefined || parameter === undefined) return { at: nameSpan, logged: false };
  return fateIn(closure, parameter, nameSpan);
}

interface Use {
  readonly operation: Operation;
  readonly block: BlockId;
}

/** What reads a local; of a payload that is taken out where it was tested no more is said. */
export function usesOf(body: Body, local: Local): readonly Use[] {
  const found: Use[] = [];
  for (const [block, { operations, end }] of body.blocks.entries()) {
    for (const operation of operations) if (reads(operation, local)) found.push({ operation, block });
    if (end.kind === "return" && end.value === local) found.push({ operation: { kind: "unit", to: local, span: body.span }, block });
  }
  // A payload that is taken out where the attempt was tested says nothing more.
  return found.filter(({ operation }) => !(operation.kind === "copy" && operation.from.path.length > 0));
}

function reads(it: Operation, local: Local): boolean {
  switch (it.kind) {
    case "copy":
      return it.from.local === local;
    case "reference":
    case "test":
      return it.place.local === local;
    case "store":
      return it.value === local;
    case "method":
      return it.receiver.local === local || it.arguments.includes(local);
    case "call":
      return it.arguments.includes(local) || (it.callee.kind === "local" && it.callee.local === local);
    case "macro":
      return it.arguments.includes(local);
    case "tuple":
    case "array":
      return it.elements.includes(local);
    case "record":
      return it.base === local || it.fields.some((field) => field.value === local);
    case "await":
    case "iterate":
    case "residual":
    case "unary":
    case "cast":
      return it.operand === local;
    case "binary":
      return it.left === local || it.right === local;
    case "unknown":
      return it.operands.includes(local);
    case "format":
      return it.pieces.includes(local);
    case "closure":
      return false;
    default:
      return false;
  }
}

interface Held {
  readonly local: Local;
  readonly at: Span;
  readonly logged: boolean;
}

/** What a use makes of it: it goes on, or is let go, or somebody has it. */
function become(body: Body, { operation, block }: Use, held: Held): Held | Fate | "kept" {
  switch (operation.kind) {
    case "copy":
    case "reference":
    case "await":
    case "iterate":
      return { ...held, local: operation.to };
    case "method":
      return operation.receiver.local === held.local ? ofMethod(body, operation, held) : "kept";
    case "test":
      return ofTest(body, operation, block, held);
    default:
      return "kept";
  }
}

function ofMethod(body: Body, operation: Extract<Operation, { readonly kind: "method" }>, held: Held): Held | Fate | "kept" {
  const at = operation.nameSpan;
  switch (FAILURES[operation.name] ?? "stops") {
    case "stops":
      return "kept";
    case "passes":
      return { ...held, local: operation.to };
    case "absent":
      return { local: operation.to, at, logged: held.logged };
    case "lost":
      return { at, logged: held.logged };
    case "told": {
      const told = closuresIn(body, operation.arguments);
      if (told.some((it) => doesMore(it))) return "kept";
      return operation.name === "map_err" || operation.name === "inspect_err" || operation.name === "or_else"
        ? { local: operation.to, at: held.at, logged: held.logged || told.some(logs) }
        : { at, logged: held.logged || told.some(logs) };
    }
    case "asked":
      return ofAnswer(body, operation, held);
  }
}

/** `is_ok()` and kin: what is done where it has failed. */
function ofAnswer(body: Body, operation: Extract<Operation, { readonly kind: "method" }>, held: Held): Fate | "kept" {
  const block = body.blocks.findIndex(({ operations }) => operations.includes(operation));
  const branch = branchOn(body, operation.to, block);
  if (branch === undefined) return "kept";
  const isFailure = operation.name === "is_err" || operation.name === "is_none";
  return ofBranch(body, isFailure ? branch : { yes: branch.no, no: branch.yes }, block, { ...held, at: operation.span });
}

function closuresIn(body: Body, locals: readonly Local[]): readonly Body[] {
  return body.blocks.flatMap(({ operations }) =>
    operations.flatMap((it) => {
      const closure = it.kind === "closure" && locals.includes(it.to) ? body.closures[it.body] : undefined;
      return closure === undefined ? [] : [closure];
    }),
  );
}

const OPERATIONS = (body: Body): readonly Operation[] => body.blocks.flatMap((it) => it.operations);
const logs = (body: Body): boolean => OPERATIONS(body).some(isLog);
const doesMore = (body: Body): boolean => OPERATIONS(body).some((it) => isDeed(it) && !isLog(it));

function isLog(it: Operation): boolean {
  if (it.kind === "macro") return LOGGING.test(it.path.segments.at(-1)?.name ?? "");
  if (it.kind === "method") return TELLING.test(it.name);
  return it.kind === "call" && it.callee.kind === "path" && TELLING.test(it.callee.path.segments.at(-1)?.name ?? "");
}

/** It may do something with what it is given. */
const isDeed = (it: Operation): boolean => it.kind === "macro" || it.kind === "method" || it.kind === "call" || it.kind === "store";

/** A pattern or a truth that asks which side it is. */
function ofTest(body: Body, operation: Extract<Operation, { readonly kind: "test" }>, block: BlockId, held: Held): Held | Fate | "kept" {
  const side = sideOf(operation.test);
  const branch = branchOn(body, operation.to, block);
  if (side === undefined || branch === undefined) return "kept";
  const failing = side === "failure" ? branch : { yes: branch.no, no: branch.yes };
  return ofBranch(body, failing, block, { ...held, at: operation.span });
}

/** `yes` is the side on which it has failed. */
function ofBranch(
  body: Body,
  { yes: failing, no: other }: { readonly yes: BlockId; readonly no: BlockId },
  block: BlockId,
  held: Held,
): Fate | "kept" {
  const blocks = onlyFrom(body, failing, other, block);
  const ends = [...blocks].some((it) => endsThere(body, it)) || answers(body, blocks);
  const operations = [...blocks].flatMap((it) => body.blocks[it]?.operations ?? []);
  const isUsed = operations.some((it) => (isDeed(it) && !isLog(it)) || it.kind === "residual");
  if (ends || isUsed) return "kept";
  return { at: held.at, logged: held.logged || operations.some(isLog) };
}

function sideOf(test: Test): "success" | "failure" | undefined {
  if (test.kind === "success") return "success";
  const name = test.kind === "path" ? test.path.segments.at(-1)?.name : undefined;
  if (name === "Ok" || name === "Some") return "success";
  return name === "Err" || name === "None" ? "failure" : undefined;
}

function branchOn(body: Body, condition: Local, block: BlockId): { readonly yes: BlockId; readonly no: BlockId } | undefined {
  const end = body.blocks[block]?.end;
  return end?.kind === "branch" && end.condition === condition ? end : undefined;
}

/** The blocks that are reached from one and not from the other, before the question is asked again. */
function onlyFrom(body: Body, from: BlockId, other: BlockId, question: BlockId): ReadonlySet<BlockId> {
  const elsewhere = reachedFrom(body, other, question);
  return new Set([...reachedFrom(body, from, question)].filter((it) => !elsewhere.has(it)));
}

/** What is returned is decided there. */
function answers(body: Body, blocks: ReadonlySet<BlockId>): boolean {
  const returned = new Set(body.blocks.flatMap(({ end }) => (end.kind === "return" ? [end.value] : [])));
  const operations = [...blocks].flatMap((it) => body.blocks[it]?.operations ?? []);
  return operations.some((it) => returned.has(it.to) && it.kind !== "unit" && !isUnit(operations, it));
}

const isUnit = (operations: readonly Operation[], it: Operation): boolean =>
  it.kind === "copy" && operations.some((one) => one.to === it.from.local && one.kind === "unit");

function reachedFrom({ blocks }: Body, from: BlockId, question: BlockId): ReadonlySet<BlockId> {
  const seen = new Set<BlockId>([question]);
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const end = blocks[next]?.end;
    if (end?.kind === "goto") open.push(end.to);
    if (end?.kind === "branch") open.push(end.yes, end.no);
  }
  return seen;
}

const endsThere = ({ blocks }: Body, block: BlockId): boolean => {
  const kind = blocks[block]?.end.kind;
  return kind === "return" || kind === "diverge";
};
