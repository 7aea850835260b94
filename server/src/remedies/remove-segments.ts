/** Calls taken out of a chain, with the statement where nothing is left of it. */
import { err, ok, type Result } from "../base/result.ts";
import { covers, type Span, sameSpan } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Block, ExpressionOf, RustFile } from "../rust/index.ts";
import { isKnown } from "./alike-branches.ts";
import { type Chain, isIdle, type Piece, rewriteChain, type Wished } from "./chain.ts";
import { enclosingFunction } from "./inventory.ts";
import { isPart } from "./local-let.ts";
import type { Site } from "./site.ts";
import { removeStatement } from "./statements.ts";
import type { Filler } from "./template.ts";
import { type Ancestor, trailTo } from "./trail.ts";

export function removeSegments(first: number, site: Site, chain: Chain, filler: Filler): Result<readonly TextEdit[], string> {
  const { source } = site;
  const statement = statementOf(filler.trail);
  const { alongside } = site;
  const stays = (it: Piece): boolean => it.callEnd !== alongside?.end;
  const before = chain.pieces.slice(0, Math.max(first, 0)).filter(stays);
  const rest: Wished[] = [...before, ...chain.pieces.slice(chain.index + 1).filter(stays)];
  if (site.expression?.kind === "assign") {
    return statement === undefined ? err("the assignment is a part of an expression") : ok([removeStatement(statement, source)]);
  }
  if (chain.index < 0) return err("the call makes the value: it cannot be taken out");
  const left = trailTo(source, { start: chain.root.start, end: before.at(-1)?.span.end ?? chain.root.end }).at(-1);
  // A field alone (`self.config;`) would be moved out of what it is a part of.
  const nothing =
    rest.length === 0 ||
    (rest.length === before.length &&
      statement?.of === "statement" &&
      statement.node.kind === "expression" &&
      left?.of === "expression" &&
      isPart(left.node));
  if (statement !== undefined && nothing && isIdle(statement, chain, source.text))
    return ok([withElse(emptied(statement, filler.trail), filler.trail, source)]);
  const choice = rest.length === 0 ? choiceOf(chain, filler.trail, source.text) : undefined;
  if (choice !== undefined) return err(`\`${choice}\` decides this: change the condition or what it reads`);
  const idle = rest.length === 0 ? (idleArm(chain, filler.trail, source.text) ?? idleTail(chain, filler.trail, source)) : undefined;
  return ok(idle === undefined ? rewriteChain(chain, rest, source) : [idle]);
}

/** What is asked where the other branch gives the same value as this one without its call: `if lax { builder.call() } else { builder }`. */
function choiceOf({ root, span }: Chain, trail: readonly Ancestor[], text: string): string | undefined {
  const written = (it: Span): string => text.slice(it.start, it.end);
  const at = trail.findLastIndex((it) => it.of === "expression" && it.node.kind === "if");
  const decides = trail[at];
  if (decides?.of !== "expression" || decides.node.kind !== "if") return undefined;
  const { condition, then, otherwise } = decides.node;
  const values = [then, ...(otherwise?.kind === "block" ? [otherwise.block] : [])].map((it) =>
    it.statements.length === 0 ? it.tail : undefined,
  );
  const own = values.find((it) => it !== undefined && sameSpan(it.span, span));
  const other = values.find((it) => it !== undefined && it !== own);
  return own !== undefined && other !== undefined && written(other.span) === written(root) ? written(condition.span) : undefined;
}

/** An `else` that does nothing else goes with its statement. */
function withElse(statement: Ancestor, trail: readonly Ancestor[], source: RustFile): TextEdit {
  const edit = removeStatement(statement, source);
  const at = trail.indexOf(statement);
  const [decides, otherwise, block] = [trail[at - 3], trail[at - 2], trail[at - 1]];
  if (
    block?.of !== "block" ||
    decides?.of !== "expression" ||
    decides.node.kind !== "if" ||
    otherwise?.of !== "expression" ||
    decides.node.otherwise !== otherwise.node
  )
    return edit;
  const { statements, tail, items, span } = block.node;
  const isTold = source.comments.some((it) => covers(span, it) && !covers(edit.span, it));
  if (statements.length !== 1 || tail !== undefined || items.length > 0 || isTold) return edit;
  return { span: { start: decides.node.then.span.end, end: otherwise.span.end }, text: "" };
}

/**
 * An `if` that asks nothing but what is known, and does nothing else, goes with its statement: `if LAX { builder.call(); }`; so does a
 * block, with the `cfg` above it.
 */
function emptied(statement: Ancestor, trail: readonly Ancestor[]): Ancestor {
  const at = trail.indexOf(statement);
  const [outer, decides, block] = [trail[at - 3], trail[at - 2], trail[at - 1]];
  if (block?.of !== "block" || decides?.of !== "expression" || outer?.of !== "statement") return statement;
  const { statements, tail, items } = block.node;
  const isKept = decides.node.kind === "if" ? !isOnly(decides.node, block.node) : decides.node.kind !== "block" || !isPlain(decides.node);
  if (statements.length !== 1 || tail !== undefined || items.length > 0 || isKept) return statement;
  return outer.node.kind === "expression" && outer.node.expression === decides.node ? emptied(outer, trail) : statement;
}

const isOnly = ({ then, otherwise, condition }: ExpressionOf<"if">, block: Block): boolean =>
  then === block && otherwise === undefined && isKnown(condition);

const isPlain = ({ flavour }: ExpressionOf<"block">): boolean => flavour === "plain";

/** The last value of a function that returns nothing, or that nothing failed: without its call it would be the object itself. */
function idleTail({ span }: Chain, trail: readonly Ancestor[], source: RustFile): TextEdit | undefined {
  const around = enclosingFunction(trail);
  const tail = around?.body()?.tail;
  if (around === undefined || tail === undefined || !sameSpan(tail.span, span)) return undefined;
  if (around.returns === undefined) return removeStatement({ of: "expression", node: tail, span }, source);
  const last = around.returns.kind === "path" ? around.returns.path.segments.at(-1) : undefined;
  const given = last?.name === "Result" ? last.generics[0] : undefined;
  return given?.kind === "tuple" && given.elements.length === 0 ? { span, text: "Ok(())" } : undefined;
}

/** `Kind => builder = builder.call(),` without its call assigns a variable to itself: the arm does nothing. */
function idleArm({ root }: Chain, trail: readonly Ancestor[], text: string): TextEdit | undefined {
  const at = trail.findLastIndex((it) => it.of === "expression" && it.node.kind === "assign");
  const [arm, assign] = [trail[at - 1], trail[at]];
  if (arm?.of !== "arm" || assign?.of !== "expression" || assign.node.kind !== "assign" || assign.node.operator !== "=") return undefined;
  const { target, value, span } = assign.node;
  if (arm.node.body !== assign.node || value.span.start !== root.start) return undefined;
  if (text.slice(target.span.start, target.span.end) !== text.slice(root.start, root.end)) return undefined;
  return { span: { start: span.start, end: span.end + (text[span.end] === "," ? 1 : 0) }, text: "{}" };
}

/** The innermost statement, where no closure or block lies between. */
export function statementOf(trail: readonly Ancestor[]): Ancestor | undefined {
  for (const ancestor of [...trail].reverse()) {
    if (ancestor.of === "statement") return ancestor;
    if (ancestor.of !== "expression" || ancestor.node.kind === "closure" || ancestor.node.kind === "block") return undefined;
  }
  return undefined;
}
