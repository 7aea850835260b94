/** Expressions that branch, loop or jump. */
import * as node from "../syntax/nodes.ts";
import * as token from "../syntax/tokens.ts";
import type { BlockId, Local, Place } from "./body.ts";
import { cfgTest, predicateOf } from "./cfg.ts";
import { operatorText } from "./expressions.ts";
import { type Context, expression, type Form, unit } from "./lower.ts";
import { bind, declareNames, stateMatch } from "./patterns.ts";
import { placeOf } from "./places.ts";

export function* condition(context: Context, at: number, yes: number, no: number): Form {
  const { tree, body, forms } = context;
  const [first = at, second = at] = tree.children(at);
  switch (tree.kind(at)) {
    case node.PAREN:
      return yield forms.condition(context, first, yes, no);
    case node.UNARY:
      if (tree.lowering.kind(tree.data(at)) === token.NOT) return yield forms.condition(context, first, no, yes);
      break;
    case node.BINARY: {
      const operator = operatorText(context, at);
      if (operator !== "&&" && operator !== "||") break;
      const next = body.block();
      body.asks({ span: tree.span(at), from: body.current, yes, decides: true });
      yield operator === "&&" ? forms.condition(context, first, next, no) : forms.condition(context, first, yes, next);
      body.go(next);
      return yield forms.condition(context, second, yes, no);
    }
    case node.LET_CONDITION: {
      const place = yield* placeOf(context, second);
      const pattern = tree.pattern(first);
      bind(body, pattern, place, declareNames(body, pattern), no);
      body.goto(yes);
      return place.local;
    }
  }
  const value = yield expression(context, at);
  body.branch(value, yes, no);
  return value;
}

export function* conditional(context: Context, at: number): Form {
  const { tree, body, forms } = context;
  const result = body.temporary();
  const done = body.block();
  // A row of `else if` is one level, however long.
  for (let next: number | undefined = at; next !== undefined; ) {
    const [test = at, then = at, otherwise]: number[] = tree.children(next);
    const [yes, no] = [body.block(), body.block()];
    body.scopes.open();
    yield forms.condition(context, test, yes, no);
    body.go(yes);
    body.copy(result, yield forms.block(context, then), tree.span(then));
    body.scopes.close();
    body.goto(done);
    body.go(no);
    next = otherwise !== undefined && tree.kind(otherwise) === node.IF ? otherwise : undefined;
    if (next !== undefined) continue;
    body.copy(result, otherwise === undefined ? unit(context, at) : yield expression(context, otherwise), tree.span(at));
    body.goto(done);
  }
  body.go(done);
  return result;
}

export function* match(context: Context, at: number): Form {
  const { tree, body, forms } = context;
  const [scrutinee = at, ...arms] = tree.children(at);
  const place = yield* placeOf(context, scrutinee);
  const result = body.temporary();
  const done = body.block();
  const from = body.current;
  for (const arm of arms) {
    const next = body.block();
    const [first = arm, second = arm, third] = tree.children(arm);
    const cfg = predicateOf(tree.attributes(arm));
    if (cfg !== undefined) {
      const included = body.block();
      cfgTest(body, cfg, included, next);
      body.go(included);
    }
    body.scopes.open();
    const pattern = tree.pattern(first);
    // One of the arms matches, or the program does not compile: the last one needs no test.
    const isLast = arm === arms.at(-1) && cfg === undefined && third === undefined;
    if (isLast) stateMatch(body, pattern, place);
    bind(body, pattern, place, declareNames(body, pattern), isLast ? undefined : next);
    body.asks({ span: pattern.span, from, yes: body.current, decides: false });
    if (third !== undefined) {
      const passed = body.block();
      yield forms.condition(context, second, passed, next);
      body.go(passed);
    }
    body.copy(result, yield expression(context, third ?? second), tree.span(arm));
    body.scopes.close();
    body.goto(done);
    body.go(next);
  }
  body.diverge();
  body.go(done);
  return result;
}

export function* loop(context: Context, at: number): Form {
  const { tree, body, forms } = context;
  const children = tree.children(at);
  const inside = children.at(-1) ?? at;
  const [again, exit, repeated] = [body.block(), body.block(), body.block()];
  const result = unit(context, at);
  body.scopes.open();
  if (tree.kind(at) === node.FOR) {
    const [pattern = at, iterable = at] = children;
    const iterator = body.emit({ kind: "iterate", operand: yield expression(context, iterable) }, tree.span(iterable));
    body.goto(again);
    body.go(again);
    const place = { local: iterator, path: [] };
    body.branch(body.emit({ kind: "test", place, test: { kind: "another" } }, tree.span(pattern)), repeated, exit, false);
    body.go(repeated);
    const names = tree.pattern(pattern);
    bind(body, names, { local: iterator, path: [{ kind: "each" }] }, declareNames(body, names));
  } else {
    body.goto(again);
    body.go(again);
    if (tree.kind(at) === node.WHILE) yield forms.condition(context, children[0] ?? at, repeated, exit);
    else body.goto(repeated);
    body.go(repeated);
  }
  const isDeferred = tree.kind(at) === node.LOOP && body.target("body")?.deferred === true;
  const next = isDeferred ? body.block() : again;
  body.enter({ kind: "loop", label: labelAt(context, tree.from(at)), exit, again: next, result });
  yield forms.block(context, inside);
  body.leave();
  body.scopes.close();
  body.goto(next);
  if (isDeferred) leaveEndless(context, at, next, again, exit);
  body.go(exit);
  return result;
}

/** What spawns a task that never ends, or waits for another one beside it, goes on. */
function leaveEndless({ body, tree }: Context, at: number, next: BlockId, again: BlockId, exit: BlockId): void {
  body.go(next);
  if (body.isReached(exit)) body.goto(again);
  else body.branch(body.emit({ kind: "unknown", reason: "whether anybody waits for it", operands: [] }, tree.span(at)), again, exit, false);
}

export function* jump(context: Context, at: number): Form {
  const { tree, body } = context;
  const kind = tree.kind(at);
  const [value] = tree.children(at);
  const given = value === undefined ? undefined : yield expression(context, value);
  if (kind === node.CONTINUE) {
    const target = body.target("continue", labelAt(context, tree.from(at) + 1));
    return target?.again === undefined ? stray(context, at, []) : body.jump(target.again);
  }
  const target = kind === node.RETURN ? body.target("body") : body.target("break", labelAt(context, tree.from(at) + 1));
  if (target === undefined) return stray(context, at, given === undefined ? [] : [given]);
  if (given !== undefined || kind === node.RETURN) body.copy(target.result, given ?? unit(context, at), tree.span(at));
  return body.jump(target.exit);
}

/** A jump that leads nowhere while something is being typed. */
const stray = ({ body, tree }: Context, at: number, operands: readonly Local[]): Local =>
  body.emit({ kind: "unknown", reason: "jump without a target", operands }, tree.span(at));

export function* attempt(context: Context, at: number): Form {
  return successOf(context, yield* placeOf(context, context.tree.children(at)[0] ?? at), at);
}

/** Goes on with what succeeds, and leaves with a failure. */
export function successOf(context: Context, place: Place, at: number): Local {
  const { tree, body } = context;
  const span = tree.span(at);
  const [success, failure] = [body.block(), body.block()];
  body.branch(body.emit({ kind: "test", place, test: { kind: "success" } }, span), success, failure, false);
  body.go(failure);
  fail(context, failureOf(context, place, at), at);
  body.go(success);
  return body.emit({ kind: "copy", from: { local: place.local, path: [...place.path, { kind: "success" }] } }, span);
}

/** What leaves is a failure, whatever it is made of. */
export const failureOf = ({ tree, body }: Context, { local, path }: Place, at: number): Local =>
  body.emit({ kind: "copy", from: { local, path: [...path, { kind: "failure" }] } }, tree.span(at));

/** Leaves the body with a failure. */
export function fail({ tree, body }: Context, operand: Local, at: number): void {
  const target = body.target("body");
  if (target === undefined) return;
  body.emit({ kind: "residual", operand }, tree.span(at), target.result);
  body.goto(target.exit);
}

/** The label in front of a loop or block, or behind `break`. */
export function labelAt({ tree }: Context, at: number): string | undefined {
  return tree.lowering.kind(at) === token.LIFETIME ? tree.lowering.text(at) : undefined;
}
