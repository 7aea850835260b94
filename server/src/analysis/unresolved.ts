/** Which branch stands in front of an operation, where what it asks cannot be resolved: its words are all that can be told of it. */
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import { askedText } from "./asked-text.ts";
import type { Unresolved } from "./conditions.ts";
import type { Site, Sites } from "./sites.ts";

/** The nearest one, of the innermost of several calls. */
export function unresolvedBefore(sites: Sites, chain: readonly Site[]): Unresolved | undefined {
  const found = chain.toReversed().map((site) => nearest(sites, site));
  return found.find((it) => it !== "passed" && it !== undefined) ?? found.find((it) => it !== undefined);
}

/** Everything that happens under an unknown condition asks for it. */
const known = new WeakMap<Sites, Map<Operation, Unresolved | undefined>>();

function nearest(sites: Sites, site: Site): Unresolved | undefined {
  const before = known.get(sites) ?? new Map<Operation, Unresolved | undefined>();
  known.set(sites, before);
  if (!before.has(site.operation)) before.set(site.operation, nearestBranch(sites, site));
  return before.get(site.operation);
}

function nearestBranch(sites: Sites, { owner, body, operation }: Site): Unresolved | undefined {
  const questions = sites.flow.questions(owner);
  const unresolved = branchesBefore(body, operation).filter(
    (it) => it.asked !== undefined && questions?.isUnresolved(it.asked.span) === true,
  );
  for (const { asked, guards, isNegated, holds } of unresolved) {
    if (asked === undefined || !guards) continue;
    const place = sites.place({ owner }, asked.span);
    const text = askedText(sites, { in: owner, span: asked.span }) ?? sites.text(place);
    const side = holds !== isNegated;
    return { place, text, holds: side, ...(isFailure(asked, side) && { failed: true as const }) };
  }
  return unresolved.length > 0 ? "passed" : undefined;
}

/** Of a `Result`, that it is an error. */
function isFailure(asked: Operation, holds: boolean): boolean {
  const name = asked.kind === "test" && asked.test.kind === "path" ? asked.test.path.segments.at(-1)?.name : undefined;
  return name === (holds ? "Err" : "Ok");
}

interface Branch {
  readonly asked: Operation | undefined;
  /** Of that, the opposite. */
  readonly isNegated: boolean;
  /** Which side leads there. */
  readonly holds: boolean;
  readonly guards: boolean;
}

/** Those of which one side alone leads to the operation, the nearest first. */
function branchesBefore({ blocks }: Body, operation: Operation): readonly Branch[] {
  const before = blocks.map((): number[] => []);
  for (const [at, { end }] of blocks.entries())
    for (const to of end.kind === "branch" ? [end.yes, end.no] : end.kind === "goto" ? [end.to] : []) before[to]?.push(at);
  const leading = new Set([blocks.findIndex(({ operations }) => operations.includes(operation))]);
  for (const it of leading) for (const from of before[it] ?? []) leading.add(from);
  return [...leading].flatMap((it) => {
    const block = blocks[it];
    if (block?.end.kind !== "branch" || leading.has(block.end.yes) === leading.has(block.end.no)) return [];
    return [{ ...askedBy(block.operations, block.end.condition), holds: leading.has(block.end.yes), guards: block.end.guards }];
  });
}

function askedBy(operations: readonly Operation[], condition: Local): Pick<Branch, "asked" | "isNegated"> {
  let asked = operations.findLast((it) => it.to === condition);
  let isNegated = false;
  while (asked?.kind === "unary" && asked.operator === "!") {
    const { operand } = asked;
    asked = operations.findLast((it) => it.to === operand);
    isNegated = !isNegated;
  }
  return { asked, isNegated };
}
