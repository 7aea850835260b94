/** Which branch stands in front of an operation, where what it asks cannot be resolved: its words are all that can be told of it. */
import type { FunctionId } from "../flow/index.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import { askedText } from "./asked-text.ts";
import type { Asked, Unresolved } from "./conditions.ts";
import type { Site, Sites } from "./sites.ts";

/**
 * The nearest one, of the innermost of several calls. Where none is but attempts, which everything behind a `?` has passed, a condition that
 * is stated may be the one that was too much to tell apart.
 */
export function unresolvedBefore(sites: Sites, chain: readonly Site[]): Unresolved | undefined {
  const before = chain.toReversed().map((site) => known(sites, site));
  const unresolved = before.find((it) => it.unresolved !== undefined)?.unresolved;
  if (unresolved !== undefined || !before.some((it) => it.attempts)) return unresolved;
  return before.find((it) => it.stated !== undefined)?.stated ?? "passed";
}

/** What stands before an operation in its body. */
interface Before {
  /** The nearest condition whose question has no known answer. */
  readonly unresolved: Asked | undefined;
  /** The nearest condition of all. */
  readonly stated: Asked | undefined;
  /** Attempts whose outcome is not known. */
  readonly attempts: boolean;
}

/** Everything that happens under an unknown condition asks for it. */
const all = new WeakMap<Sites, Map<Operation, Before>>();

function known(sites: Sites, site: Site): Before {
  const here = all.get(sites) ?? new Map<Operation, Before>();
  all.set(sites, here);
  const found = here.get(site.operation) ?? beforeIn(sites, site);
  here.set(site.operation, found);
  return found;
}

function beforeIn(sites: Sites, { owner, body, operation }: Site): Before {
  const questions = sites.flow.questions(owner);
  const branches = branchesBefore(body, operation).flatMap(({ asked, ...it }) => (asked === undefined ? [] : [{ ...it, asked }]));
  const isUnresolved = ({ asked }: { readonly asked: Operation }): boolean => questions?.isUnresolved(asked.span) === true;
  const stated = branches.filter((it) => it.guards);
  const words = (it: (typeof branches)[number] | undefined): Asked | undefined => it && wordsOf(sites, owner, it);
  return {
    unresolved: words(stated.find(isUnresolved)),
    stated: words(stated[0]),
    attempts: branches.some((it) => !it.guards && isUnresolved(it)),
  };
}

function wordsOf(sites: Sites, owner: FunctionId, { asked, isNegated, holds }: Branch & { readonly asked: Operation }): Asked {
  const place = sites.place({ owner }, asked.span);
  const text = askedText(sites, { in: owner, span: asked.span }) ?? sites.text(place);
  const side = holds !== isNegated;
  return { place, text, holds: side, ...(isFailure(asked, side) && { failed: true as const }) };
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
