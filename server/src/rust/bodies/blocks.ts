/** Blocks and their statements, and what opens a scope of its own: `async` blocks, labelled ones, closures. */
import type { Pattern } from "../ast.ts";
import * as node from "../syntax/nodes.ts";
import * as token from "../syntax/tokens.ts";
import type { Local } from "./body.ts";
import { BodyBuilder } from "./builder.ts";
import { cfgBranch } from "./cfg.ts";
import { labelAt } from "./control.ts";
import { type Context, expression, type Form, type Typed, unit } from "./lower.ts";
import { bind, declareNames, placeOfName } from "./patterns.ts";
import { placeOf } from "./places.ts";

export function* block(context: Context, at: number): Form {
  const { body } = context;
  body.scopes.open();
  const value = yield* statements(context, at);
  body.scopes.close();
  return value;
}

/** Of a block, in the scope that is open. */
function* statements(context: Context, at: number): Form {
  const { tree, body, forms } = context;
  const children = tree.children(at);
  const items = children.filter((it) => tree.kind(it) >= node.FUNCTION);
  if (items.length > 0) body.declared.push(...forms.declared(tree, items));
  const listed = children.filter((it) => tree.kind(it) < node.FUNCTION);
  const last = listed.at(-1);
  const result = body.temporary();
  let hasValue = false;
  for (const statement of listed) {
    if (tree.kind(statement) === node.LET) {
      yield* letStatement(context, statement);
      continue;
    }
    // Of variants under `cfg` at the end of a block each may be its value.
    const isValue = (tree.flags(statement) & node.HAS_SEMICOLON) === 0;
    const attributes = tree.attributes(statement);
    const join = cfgBranch(body, attributes);
    const [inner = statement] = tree.children(statement);
    const made = tree.kind(inner) === node.MACRO ? tree.expansion(inner) : undefined;
    // What a macro declares there for a name that it was given is in scope behind it.
    const value = yield made === undefined ? expression(context, inner) : statements({ ...context, tree: made }, made.nodes.count - 1);
    if (isValue && (join !== undefined || statement === last)) {
      body.copy(result, value, tree.span(statement));
      hasValue = true;
    }
    join?.();
  }
  if (!hasValue) body.copy(result, unit(context, at), tree.span(at));
  return result;
}

function* letStatement(context: Context, at: number): Generator<Form | Local, void, Local> {
  const { tree, body, forms } = context;
  const flags = tree.flags(at);
  const children = tree.children(at);
  const pattern = tree.pattern(children[0] ?? at);
  let next = 1;
  const type = (flags & node.HAS_TYPE) === 0 ? undefined : tree.type(children[next++] ?? at);
  const value = (flags & node.HAS_VALUE) === 0 ? undefined : children[next++];
  const otherwise = (flags & node.HAS_ELSE) === 0 ? undefined : children[next];
  const join = cfgBranch(body, tree.attributes(at));
  const place = value === undefined ? undefined : yield* placeOf(context, value);
  // In the value, a name still means what it meant before; without the statement it does so behind it, too.
  const before = shadowed(context, pattern);
  const locals = declareNames(body, pattern);
  const own = pattern.kind === "binding" ? locals.get(pattern.name) : undefined;
  if (own !== undefined && type !== undefined) body.typed(own, type);
  // `let _` has the value, and lets it go.
  if (place !== undefined && pattern.kind === "wildcard")
    body.emit({ kind: "copy", from: place }, { start: tree.span(at).start, end: pattern.span.end });
  else if (place !== undefined && otherwise === undefined) bind(body, pattern, place, locals);
  else if (place !== undefined && otherwise !== undefined) {
    const [matched, failed] = [body.block(), body.block()];
    bind(body, pattern, place, locals, failed);
    body.goto(matched);
    body.go(failed);
    yield forms.block(context, otherwise);
    body.diverge();
    body.go(matched);
  }
  join?.(() => {
    if (own !== undefined && before !== undefined) body.copy(own, before, tree.span(at));
  });
}

/** What a name means that a pattern is about to declare. */
const shadowed = ({ body }: Context, pattern: Pattern): Local | undefined =>
  pattern.kind === "binding" ? body.find(pattern.name, placeOfName(pattern)) : undefined;

export function* blockExpression(context: Context, at: number): Form {
  const { tree, body, forms } = context;
  const [inner = at] = tree.children(at);
  const flavour = tree.data(at) < 0 ? token.END : tree.lowering.kind(tree.data(at));
  const label = labelAt(context, tree.from(at));
  const isOwn = flavour === token.ASYNC || flavour === token.TRY || flavour === token.GEN;
  if (!isOwn && label === undefined) return yield forms.block(context, inner);
  const exit = body.block();
  const result = body.temporary();
  body.enter({ kind: isOwn ? "body" : "block", deferred: flavour === token.ASYNC, label, exit, again: undefined, result });
  body.copy(result, yield forms.block(context, inner), tree.span(at));
  body.leave();
  body.goto(exit);
  body.go(exit);
  return result;
}

export function* closure(context: Context, at: number): Form {
  const { tree, body, forms } = context;
  const [list = at, inner = at] = tree.children(at);
  const span = tree.span(at);
  const own = new BodyBuilder(span, body.scopes, body, (tree.flags(at) & node.IS_ASYNC) !== 0);
  body.scopes.open();
  parameters(own, tree.parameters(list));
  const value = yield forms.expression({ ...context, body: own }, inner);
  body.scopes.close();
  body.closures.push(own.finish(value));
  return body.emit({ kind: "closure", body: body.closures.length - 1 }, span);
}

/** A local for each, then their patterns. */
export function parameters(body: BodyBuilder, list: readonly Typed[]): void {
  const locals = list.map(({ pattern, type }) => {
    const name = pattern.kind === "binding" && pattern.inside === undefined ? pattern : undefined;
    const local = name === undefined ? body.temporary() : body.variable(name.name, placeOfName(name), name.mutable);
    if (type !== undefined) body.typed(local, type);
    body.parameters.push(local);
    return local;
  });
  for (const [at, { pattern }] of list.entries()) {
    const local = locals[at];
    if (local === undefined || (pattern.kind === "binding" && pattern.inside === undefined)) continue;
    bind(body, pattern, { local, path: [] }, declareNames(body, pattern));
  }
}
