/** A dropped error is returned instead: `let _ = x;`, `.ok();`, `.flatten()`, `if let Ok(…)` become `?`, or `.expect(…)` where `?` cannot be. */

import { err, ok, type Result } from "../base/result.ts";
import { covers, type Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Expression, ExpressionOf, Pattern, RustFile, Statement } from "../rust/index.ts";
import type { Observation } from "../tls/facts.ts";
import { type Called, calledAt, suffixAt } from "./called-suffix.ts";
import { afterLogging, inArm, insideErr, insteadOfFallback, type Returns, returnsAt } from "./caught-error.ts";
import { chainAround, type Piece, rewriteChain, type Wished } from "./chain.ts";
import { errorOf } from "./fallible.ts";
import { flattened } from "./flattened.ts";
import type { Ground } from "./ground.ts";
import type { Imports } from "./imports.ts";
import { callOf, iteratedCalls } from "./iterated-calls.ts";
import { endsLine, indentationAt, indented, lineEnd, startsLine, styleOf } from "./lines.ts";
import { declaredBefore, variableIn } from "./local-let.ts";
import type { Site } from "./site.ts";
import { asStatement, firstLine, inPlaceOfIf, isIdle, textOf } from "./statement-edits.ts";
import { type Ancestor, trailTo } from "./trail.ts";

interface Drop {
  /** How an error of what failed is returned. */
  readonly returns: (asked: Expression) => Returns;
  readonly source: RustFile;
  readonly trail: readonly Ancestor[];
  readonly suffix: string;
  /** What a call in what is iterated gives. */
  readonly called: (asked: Expression) => Called;
}

interface Propagated {
  readonly edits: readonly TextEdit[];
  /** What was said of the error stays, and it is returned after that; else `?` hands it on. */
  readonly returns: boolean;
}

export function propagate(site: Site, observation: Observation, ground: Ground, imports: Imports): Result<Propagated, string> {
  const { source } = site;
  if (observation.fact.kind === "fail-open")
    return returned(insteadOfFallback(trailTo(source, observation.place.span), ground, imports, source));
  const message = messageOf(observation);
  const places = [site.expression?.span, observation.place.file === site.file ? observation.place.span : undefined];
  let refusal = "the place where the error is dropped was not found";
  for (const place of places) {
    if (place === undefined) continue;
    const trail = trailTo(source, place);
    const suffix = suffixAt(trail, message, site, ground, imports);
    const returns = (asked: Expression): Returns => returnsAt(trail, asked, errorOf(site), ground, imports);
    const called = (asked: Expression): Called => calledAt(asked, trail, message, ground, imports);
    const result = outwards({ source, trail, suffix, returns, called });
    if (result === undefined) continue;
    if (result.ok) return result;
    refusal = result.error;
  }
  const given = givenTo(site).map((place) => ofGiven(place, message, site, ground, imports));
  return given.find((it) => it?.ok === true) ?? err(refusal);
}

/** What a call is given, and what the variable holds that it is given. */
function givenTo({ arguments: given, blocks, statement }: Site): readonly Expression[] {
  return given.flatMap((it): readonly Expression[] => {
    if (it.kind !== "path" || it.path.segments.length > 1) return [it];
    const value = declaredBefore(variableIn(it), blocks, statement.start)?.value;
    return value === undefined ? [] : [value];
  });
}

/** The value itself drops the error: nothing around it is looked at. */
function ofGiven(value: Expression, message: string, site: Site, ground: Ground, imports: Imports): Result<Propagated, string> | undefined {
  const { source } = site;
  const trail = trailTo(source, value.span);
  if (value.kind !== "method") return undefined;
  const suffix = suffixAt(trail, message, site, ground, imports);
  const returns = (asked: Expression): Returns => returnsAt(trail, asked, undefined, ground, imports);
  const called = (asked: Expression): Called => calledAt(asked, trail, message, ground, imports);
  const found = ofMethod(value, { source, trail, suffix, returns, called });
  return found?.ok === true ? ok({ edits: found.value, returns: false }) : found;
}

function messageOf({ fact }: Observation): string {
  if (fact.kind === "revocation") return "cannot read the revocation list";
  if (fact.kind !== "dropped-error") return "unexpected error";
  switch (fact.what) {
    case "anchor":
      return "unusable certificate in the trust store";
    case "certificate":
      return "malformed certificate";
    case "crl":
      return "malformed revocation list";
    case "setting":
      return "setting refused";
  }
}

/** From the fallible call outwards, to the first form that drops its error. */
function outwards(drop: Drop): Result<Propagated, string> | undefined {
  const { trail } = drop;
  let at = trail.length - 1;
  // A statement or block as the place: what it holds is looked at.
  while (at >= 0 && trail[at]?.of !== "expression" && trail[at]?.of !== "statement") at--;
  for (; at >= 0; at--) {
    const ancestor = trail[at];
    if (ancestor === undefined) return undefined;
    if (ancestor.of === "block" || ancestor.of === "item") return undefined;
    const upTo = { ...drop, trail: trail.slice(0, at + 1) };
    const caught = ancestor.of === "expression" ? caughtIn(ancestor.node, upTo) : undefined;
    if (caught !== undefined) return returned(caught);
    const found =
      ancestor.of === "statement"
        ? ofStatement(ancestor.node, ancestor, upTo)
        : ancestor.of === "expression"
          ? ofExpression(ancestor.node, upTo)
          : undefined;
    if (found !== undefined) return found.ok ? ok({ edits: found.value, returns: false }) : found;
    if (ancestor.of === "expression" && ancestor.node.kind === "closure") return undefined;
  }
  return undefined;
}

function ofStatement(statement: Statement, ancestor: Ancestor, drop: Drop): Result<readonly TextEdit[], string> | undefined {
  const { source, suffix } = drop;
  if (statement.kind === "expression") return undefined;
  const { value, pattern, otherwise } = statement;
  if (value === undefined || !takesCalls(value)) return undefined;
  if (pattern.kind === "wildcard" || (pattern.kind === "binding" && pattern.name.startsWith("_") && isCall(value)))
    return ok(asStatement(ancestor, statement.span, value, suffix, source));
  const inner = insideOk(pattern);
  if (otherwise !== undefined && inner !== undefined) {
    const bound = textOf(inner, source);
    if (inner.kind === "wildcard") return ok(asStatement(ancestor, statement.span, value, suffix, source));
    const text = indented(
      [`let ${bound} = ${textOf(value, source)}${suffix};`],
      indentationAt(source.text, statement.span.start),
      styleOf(source.text),
    );
    return ok([{ span: statement.span, text }]);
  }
  return undefined;
}

/** A call written behind it is one on all of it: that of `a || b` would be on `b`. */
const takesCalls = ({ kind }: Expression): boolean =>
  !["unary", "reference", "binary", "cast", "range", "closure", "assign", "return", "break"].includes(kind);

const returned = (edits: Result<readonly TextEdit[], string>): Result<Propagated, string> =>
  edits.ok ? ok({ edits: edits.value, returns: true }) : edits;

/** `if let Err(error) = call { … }`, from its condition or as a whole, and an arm for `Err`. */
function caughtIn(expression: Expression, { trail, returns, source }: Drop): Result<readonly TextEdit[], string> | undefined {
  if (expression.kind === "match") {
    const arm = expression.arms.find(({ pattern }) => insideErr(pattern) !== undefined);
    return arm && inArm(arm, returns(expression.scrutinee), source);
  }
  const outer = expression.kind === "let" ? trail.at(-2) : trail.at(-1);
  const whole = outer?.of === "expression" && outer.node.kind === "if" ? outer.node : undefined;
  if (whole?.condition.kind !== "let" || whole.otherwise !== undefined) return undefined;
  const caught = insideErr(whole.condition.pattern);
  return caught && afterLogging(whole.then, caught, returns(whole.condition.value), source);
}

function ofExpression(expression: Expression, drop: Drop): Result<readonly TextEdit[], string> | undefined {
  const { source, suffix, trail } = drop;
  switch (expression.kind) {
    case "method":
      return ofMethod(expression, drop);
    case "let": {
      const inner = insideOk(expression.pattern);
      const outer = trail.at(-2);
      if (inner === undefined || outer?.of !== "expression") return undefined;
      if (outer.node.kind === "if") return unwrapped(outer.node, expression.value, inner, drop);
      return undefined;
    }
    case "if": {
      const { condition, then, otherwise } = expression;
      if (condition.kind === "let") {
        const inner = insideOk(condition.pattern);
        return inner === undefined ? undefined : unwrapped(expression, condition.value, inner, { ...drop, trail });
      }
      if (condition.kind !== "method" || (condition.name !== "is_err" && condition.name !== "is_ok")) return undefined;
      if (otherwise !== undefined || !isIdle(then)) return err("the error is handled in this `if`: decide by hand what becomes of it");
      return ok(inPlaceOfIf(expression.span, condition.receiver, suffix, trail, source));
    }
    case "while": {
      const { condition } = expression;
      if (condition.kind !== "let") return undefined;
      const some = insideVariant(condition.pattern, "Some");
      const inner = some === undefined ? undefined : insideOk(some);
      if (some === undefined || inner === undefined) return undefined;
      const name = inner.kind === "binding" ? inner.name : undefined;
      if (name === undefined) return err("the pattern of this loop takes the value apart: propagate its error by hand");
      return ok([{ span: some.span, text: name }, ...firstLine(expression.body, `let ${name} = ${name}${suffix};`, source)]);
    }
    case "match":
      return err("the error is matched here: decide by hand what becomes of it");
    default:
      return undefined;
  }
}

const FLATTENING: ReadonlySet<string> = new Set(["flatten", "filter_map", "flat_map", "map_while"]);
/** What gives a value or nothing in place of a `Result`. */
const DROPPING: ReadonlySet<string> = new Set(["ok", "unwrap_or_default", "unwrap_or", "unwrap_or_else", "flatten", "is_err", "is_ok"]);

/** A call that turns an error into nothing. */
function ofMethod(method: ExpressionOf<"method">, drop: Drop): Result<readonly TextEdit[], string> | undefined {
  const { source, suffix, trail } = drop;
  const chain = chainAround(method, trail, source);
  const start = Math.max(chain.index, 0);
  const at = chain.pieces.findIndex((piece, index) => index >= start && isDropping(piece, method, trail));
  const piece = chain.pieces[at];
  const iterated = iteratedCalls(chain, piece === undefined ? chain.pieces.length : at, method, drop);
  if (piece === undefined || iterated !== undefined) return iterated;
  if (FLATTENING.has(piece.name)) return flattened(chain, at, method, drop);
  if (piece.name === "is_err" || piece.name === "is_ok") return undefined;
  const next = chain.pieces[at + 1];
  if (piece.name === "ok" && next !== undefined && !/^(?:unwrap_or\w*|expect|unwrap)$/.test(next.name))
    return err("the value is used as an option afterwards: propagate its error by hand");
  const rest = chain.pieces.slice(at + (piece.name === "ok" && next !== undefined ? 2 : 1));
  const previous = chain.pieces[at - 1];
  if (previous === undefined) {
    const root = source.text.slice(chain.root.start, chain.root.end);
    return ok(suffix === "?" ? rewriteChain(chain, rest, source, `${root}?`) : rewriteChain(chain, [{ text: suffix }, ...rest], source));
  }
  const before = source.text.slice(previous.span.start, previous.span.end);
  const wished: Wished[] =
    suffix === "?"
      ? [...chain.pieces.slice(0, at - 1), { text: `${before}?`, instead: previous }, ...rest]
      : [...chain.pieces.slice(0, at), { text: suffix, instead: piece }, ...rest];
  return ok(rewriteChain(chain, wished, source));
}

function isDropping(piece: Piece, method: ExpressionOf<"method">, trail: readonly Ancestor[]): boolean {
  if (DROPPING.has(piece.name)) return true;
  const [given, ...more] = FLATTENING.has(piece.name) ? (callOf(piece, method, trail)?.arguments ?? []) : [];
  return given !== undefined && more.length === 0 && givesValue(given);
}

/** `Result::ok`, `|it| it`, `|it| it.ok()`. */
function givesValue(it: Expression): boolean {
  if (it.kind === "path") return ["Result", "ok"].every((name, at) => it.path.segments.at(at - 2)?.name === name);
  if (it.kind !== "closure" || it.parameters.length !== 1) return false;
  const [{ pattern } = {}] = it.parameters;
  const { body } = it;
  const value = body.kind === "method" && body.name === "ok" && body.arguments.length === 0 ? body.receiver : body;
  return pattern?.kind === "binding" && variableIn(value) === pattern.name;
}

/** `if let Ok(x) = value { body }` → `let x = value?; body`, in a block of its own where a name could be hidden by it. */
function unwrapped(
  outer: Extract<Expression, { readonly kind: "if" }>,
  value: Expression,
  inner: Pattern,
  { source, suffix, trail }: Drop,
): Result<readonly TextEdit[], string> {
  if (outer.otherwise !== undefined) return err("the error is handled in the `else` of this `if let`: decide by hand what becomes of it");
  const { text } = source;
  const style = styleOf(text);
  const { then, span } = outer;
  const outside = indentationAt(text, span.start);
  const written = textOf(value, source);
  const line =
    inner.kind === "wildcard" || inner.kind === "tuple" ? `${written}${suffix};` : `let ${textOf(inner, source)} = ${written}${suffix};`;
  const body = text.slice(then.span.start + 1, then.span.end - 1);
  const isLast = closesBlock(trail, span);
  const oneALine =
    /^[ \t]*(\r\n|\n|\r)/.test(body) && /(\r\n|\n|\r)[ \t]*$/.test(body) && startsLine(text, span.start) && endsLine(text, span.end);
  const isOfLines = ({ span: it }: { readonly span: Span }): boolean => covers(then.span, it) && lineEnd(text, it.start) < it.end;
  if (isLast && oneALine && ![...source.strings()].some(isOfLines)) {
    const lines = body.replace(/^[ \t]*(\r\n|\n|\r)/, "").replace(/(\r\n|\n|\r)[ \t]*$/, "");
    const dedented = lines.replace(new RegExp(`^${style.unit}`, "gm"), "");
    return ok([{ span, text: indented([line], outside, style) + (dedented.trim() === "" ? "" : style.eol + dedented) }]);
  }
  const inside = outside + style.unit;
  return ok([
    { span: { start: span.start, end: then.span.start + 1 }, text: `{${style.eol}${inside}${indented([line], inside, style)}` },
    ...(oneALine || body.trim() === ""
      ? []
      : [{ span: { start: then.span.start + 1, end: then.span.start + 1 }, text: style.eol + inside }]),
  ]);
}

/** The span ends the innermost block around it, so that a name declared in its place hides nothing. */
function closesBlock(trail: readonly Ancestor[], span: Span): boolean {
  const block = trail.findLast((it) => it.of === "block" && it.span.start < span.start && it.span.end > span.end);
  if (block?.of !== "block") return false;
  const last = block.node.tail?.span ?? block.node.statements.at(-1)?.span;
  return last !== undefined && last.start <= span.start && span.end <= last.end;
}

const insideOk = (pattern: Pattern): Pattern | undefined => insideVariant(pattern, "Ok");

function insideVariant(pattern: Pattern, variant: string): Pattern | undefined {
  if (pattern.kind !== "tuple-struct" || pattern.elements.length !== 1) return undefined;
  return pattern.path.segments.at(-1)?.name === variant ? pattern.elements[0] : undefined;
}

const isCall = (it: Expression): boolean => it.kind === "call" || it.kind === "method";
