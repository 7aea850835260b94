/** One expression put in place of another, with what stands around it for the old one alone. */
import { err, ok, type Result } from "../base/result.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { RecipeEdit } from "../models/model.ts";
import type { Expression, Statement } from "../rust/index.ts";
import { chainFrom, rewriteChain, splitChain } from "./chain.ts";
import { indentationAt, indented, styleOf } from "./lines.ts";
import { statementOf } from "./remove-segments.ts";
import type { Site } from "./site.ts";
import type { Filler } from "./template.ts";

export function replaceExpression(
  { around, settled }: Extract<RecipeEdit, { readonly kind: "replace-expression" }>,
  text: string,
  site: Site,
  filler: Filler,
): Result<readonly TextEdit[], string> {
  const { expression, source } = site;
  if (expression === undefined) return err("there is no call here that could be changed");
  if (/[};]$/.test(text)) {
    // Statements, which can only stand where a statement stood.
    const statement = statementOf(filler.trail);
    if (statement?.of !== "statement" || !holdsAlone(statement.node, expression))
      return err("the value of the call is used: rewrite it by hand");
    const style = styleOf(source.text);
    return ok([{ span: statement.span, text: indented(text.split("\n"), indentationAt(source.text, statement.span.start), style) }]);
  }
  const outer = filler.trail.flatMap((it) => (it.of === "expression" && it.node !== expression ? [it.node] : []));
  const wrapped = around === undefined ? undefined : wrappedIn(around, outer.at(-1), filler);
  const whole = settled ? settledAround(expression, outer) : (wrapped ?? expression);
  if (whole === undefined) return err("what comes of the call is not settled where it stands: rewrite it by hand");
  const { root = text, segments = [] } = splitChain(text) ?? {};
  // What becomes a chain is laid out with the calls that follow.
  if (!/[\r\n]/.test(text)) {
    const chain = chainFrom(whole, filler.trail, source);
    const suffix = source.text.slice(whole.span.end, chain.root.end);
    const added = segments.map((it, at) => ({ text: at === segments.length - 1 ? it + suffix : it }));
    return ok(rewriteChain(chain, [...added, ...chain.pieces], source, segments.length === 0 ? root + suffix : root));
  }
  return ok([{ span: whole.span, text }]);
}

/** A call of this function that has the expression for its only argument. */
const wrappedIn = (path: string, outer: Expression | undefined, filler: Filler): Expression | undefined =>
  outer?.kind === "call" &&
  outer.arguments.length === 1 &&
  outer.callee.kind === "path" &&
  filler.means(outer.callee.path.segments.map((it) => it.name)).includes(path)
    ? outer
    : undefined;

/** `expression.await?`, or with `unwrap` or `expect`. */
function settledAround(expression: Expression, outer: readonly Expression[]): Expression | undefined {
  const [handled, awaited] = outer.slice(-2);
  if (awaited?.kind !== "await" || awaited.operand !== expression) return undefined;
  if (handled?.kind === "try") return handled.operand === awaited ? handled : undefined;
  return handled?.kind === "method" && handled.receiver === awaited && /^(?:unwrap|expect)$/.test(handled.name) ? handled : undefined;
}

/** The statement is the call and nothing else, or throws its value away. */
export function holdsAlone(statement: Statement, expression: Expression): boolean {
  if (statement.kind === "expression") {
    // What `?` passes on is the failure of what goes.
    const whole = statement.expression.kind === "try" ? statement.expression.operand : statement.expression;
    return whole === expression && statement.semicolon;
  }
  return statement.pattern.kind === "wildcard" && statement.value === expression;
}
