/** Places: a variable or the value of an expression, and the fields, elements and references on the way to a part of it. */
import * as node from "../syntax/nodes.ts";
import * as token from "../syntax/tokens.ts";
import type { Local, Place, Projection } from "./body.ts";
import { type Context, expression, type Form } from "./lower.ts";

/** What follows the base is collected from the outside in, whatever its length. */
export function* placeOf(context: Context, at: number): Generator<Form | Local, Place, Local> {
  const { tree } = context;
  const outer: number[] = [];
  let base = at;
  while (isStep(context, base)) {
    outer.push(base);
    base = tree.children(base)[0] ?? base;
  }
  // The temporary that holds a base is a place of its own.
  const local = variableAt(context, base) ?? (yield expression(context, base));
  const path: Projection[] = [];
  for (const step of outer.reverse()) {
    const kind = tree.kind(step);
    if (kind === node.FIELD) path.push({ kind: "field", name: tree.lowering.name(tree.data(step)) });
    else if (kind === node.UNARY) path.push({ kind: "dereference" });
    else if (kind === node.INDEX) path.push({ kind: "index", index: yield expression(context, tree.children(step)[1] ?? step) });
  }
  return { local, path };
}

function isStep(context: Context, at: number): boolean {
  const kind = context.tree.kind(at);
  return kind === node.FIELD || kind === node.INDEX || kind === node.PAREN || isDereference(context, at);
}

export function* placeRead(context: Context, at: number): Form {
  const from = yield* placeOf(context, at);
  return context.body.emit({ kind: "copy", from }, context.tree.span(at));
}

const isDereference = ({ tree }: Context, at: number): boolean =>
  tree.kind(at) === node.UNARY && tree.lowering.kind(tree.data(at)) === token.TIMES;

/** Of a path that is a lone name of a variable. */
export function variableAt({ tree, body }: Context, at: number): Local | undefined {
  if (tree.kind(at) !== node.EXPRESSION_PATH) return undefined;
  const path = tree.path(tree.children(at)[0] ?? at);
  const [only] = path.segments;
  if (only === undefined || path.segments.length > 1 || path.global || path.self !== undefined) return undefined;
  return body.find(only.name, only.span.start);
}
