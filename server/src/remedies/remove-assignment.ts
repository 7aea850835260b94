/** What is assigned to a field of something that was just made, and only says what holds there anyway: the assignment goes. */
import { covers, type Span } from "../base/span.ts";
import type { Block, Expression, ExpressionOf, RustFile } from "../rust/index.ts";
import type { Ground } from "./ground.ts";
import { declaredBefore, variableIn } from "./local-let.ts";
import { callModel, means } from "./meaning.ts";
import type { Site } from "./site.ts";
import { type Ancestor, expressionsIn } from "./trail.ts";

/**
 * The statement that assigns what `around` makes of the value, in the block that declares the variable; undefined where something else may
 * have been set before.
 */
export function assignmentOf(
  around: string,
  { expression, source }: Site,
  trail: readonly Ancestor[],
  ground: Ground,
): Ancestor | undefined {
  const at = trail.findLastIndex((it) => it.of === "statement");
  const [block, statement] = [trail[at - 1], trail[at]];
  const whole = statement?.of === "statement" && statement.node.kind === "expression" ? statement.node.expression : undefined;
  if (block?.of !== "block" || whole?.kind !== "assign" || whole.operator !== "=" || whole.target.kind !== "field") return undefined;
  if (expression === undefined || givenTo(around, whole.value, ground) !== expression) return undefined;
  const declared = declaredBefore(variableIn(baseOf(whole.target)), [block.node], whole.span.start);
  if (declared?.value === undefined || !isMade(declared.value, [block.node], ground)) return undefined;
  return isSetIn({ start: declared.span.end, end: whole.span.start }, whole, block.node, source) ? undefined : statement;
}

function givenTo(around: string, value: Expression, ground: Ground): Expression | undefined {
  const [only, ...others] = value.kind === "call" ? value.arguments : [];
  if (value.kind !== "call" || value.callee.kind !== "path" || others.length > 0) return undefined;
  return means(value.callee.path.segments, ground) === around ? only : undefined;
}

function baseOf(it: Expression): Expression {
  if (it.kind === "field") return baseOf(it.base);
  return it.kind === "method" ? baseOf(it.receiver) : it;
}

/** By calls of the library alone: nobody else has set anything of it. */
function isMade(value: Expression, blocks: readonly Block[], ground: Ground): boolean {
  switch (value.kind) {
    case "method":
      return isMade(value.receiver, blocks, ground);
    case "try":
    case "await":
      return isMade(value.operand, blocks, ground);
    case "path": {
      const made = declaredBefore(variableIn(value), blocks, value.span.start)?.value;
      return made !== undefined && isMade(made, blocks, ground);
    }
    case "call": {
      const path = value.callee.kind === "path" ? means(value.callee.path.segments, ground) : undefined;
      return path !== undefined && callModel(path, ground.models) !== undefined;
    }
    default:
      return false;
  }
}

/** The same field had another value before, which would hold then. */
function isSetIn(between: Span, { target }: ExpressionOf<"assign">, block: Block, { text }: RustFile): boolean {
  const written = text.slice(target.span.start, target.span.end);
  return expressionsIn(block).some(
    (it) => it.kind === "assign" && covers(between, it.span) && text.slice(it.target.span.start, it.target.span.end) === written,
  );
}
