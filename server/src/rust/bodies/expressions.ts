/** Expressions that compute a value in place; what branches or jumps is in `control.ts`, calls of macros in `macros.ts`. */
import type { Path } from "../ast.ts";
import * as node from "../syntax/nodes.ts";
import * as token from "../syntax/tokens.ts";
import type { Callee, Local } from "./body.ts";
import { cfgBranch } from "./cfg.ts";
import { type Context, each, expression, type Form } from "./lower.ts";
import { placeOf, placeRead, variableAt } from "./places.ts";

export function literal({ tree, body }: Context, at: number): Local {
  return body.emit({ kind: "constant", literal: tree.literal(at) }, tree.span(at));
}

export function pathValue(context: Context, at: number): Local {
  const { tree, body } = context;
  const local = variableAt(context, at);
  if (local !== undefined) return body.emit({ kind: "copy", from: { local, path: [] } }, tree.span(at));
  return body.emit({ kind: "path", path: tree.path(tree.children(at)[0] ?? at) }, tree.span(at));
}

export function* tuple(context: Context, at: number): Form {
  const { tree, body } = context;
  const elements = yield* each(context, tree.children(at));
  if (elements.length === 0 && tree.kind(at) === node.TUPLE) return body.emit({ kind: "unit" }, tree.span(at));
  return body.emit({ kind: tree.kind(at) === node.TUPLE ? "tuple" : "array", elements }, tree.span(at));
}

export function* repeat(context: Context, at: number): Form {
  const { tree, body } = context;
  const [element = body.temporary(), count = body.temporary()] = yield* each(context, tree.children(at));
  return body.emit({ kind: "repeat", element, count }, tree.span(at));
}

export function* unary(context: Context, at: number): Form {
  const { tree, body } = context;
  if (tree.lowering.kind(tree.data(at)) === token.TIMES) return yield* placeRead(context, at);
  const operand = yield expression(context, tree.children(at)[0] ?? at);
  return body.emit({ kind: "unary", operator: tree.lowering.text(tree.data(at)), operand }, tree.span(at));
}

export function* reference(context: Context, at: number): Form {
  const { tree, body } = context;
  const place = yield* placeOf(context, tree.children(at)[0] ?? at);
  return body.emit({ kind: "reference", mutable: tree.flags(at) === node.IS_MUTABLE, place }, tree.span(at));
}

export function* binary(context: Context, at: number): Form {
  const { tree, body } = context;
  const operator = operatorText(context, at);
  if (operator === "&&" || operator === "||") return yield* truth(context, at);
  const [left = body.temporary(), right = body.temporary()] = yield* each(context, tree.children(at));
  return body.emit({ kind: "binary", operator, left, right }, tree.span(at));
}

/** A condition as a value. */
export function* truth(context: Context, at: number): Form {
  const { tree, body, forms } = context;
  const [yes, no, done] = [body.block(), body.block(), body.block()];
  const result = body.temporary();
  body.scopes.open();
  yield forms.condition(context, at, yes, no);
  body.scopes.close();
  for (const [block, value] of [[yes, true] as const, [no, false] as const]) {
    body.go(block);
    body.emit({ kind: "constant", literal: { type: "bool", value } }, tree.span(at), result);
    body.goto(done);
  }
  body.go(done);
  return result;
}

/** `a = b`, `a += b`, and `(a, b) = c`, which assigns to several. */
export function* assign(context: Context, at: number): Form {
  const { tree, body } = context;
  const span = tree.span(at);
  const [target = at, value = at] = tree.children(at);
  const assigned = yield expression(context, value);
  const operator = operatorText(context, at);
  if (operator === "=") yield* assignParts(context, target, assigned);
  else {
    const place = yield* placeOf(context, target);
    const left = body.emit({ kind: "copy", from: place }, span);
    body.store(place, body.emit({ kind: "binary", operator: operator.slice(0, -1), left, right: assigned }, span), span);
  }
  return body.emit({ kind: "unit" }, span);
}

function* assignParts(context: Context, target: number, assigned: Local): Generator<Form | Local, void, Local> {
  const { tree, body } = context;
  const open: [number, Local][] = [[target, assigned]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [pattern, from] = next;
    if (!isDestructuring(tree.kind(pattern))) {
      body.store(yield* placeOf(context, pattern), from, tree.span(pattern));
      continue;
    }
    const parts = tree.kind(pattern) === node.CALL ? tree.children(pattern).slice(1) : tree.children(pattern);
    for (const [index, part] of parts.entries()) {
      const path = [{ kind: "field", name: String(index) } as const];
      open.push([part, body.emit({ kind: "copy", from: { local: from, path } }, tree.span(part))]);
    }
  }
}

const isDestructuring = (kind: number): boolean => kind === node.TUPLE || kind === node.CALL || kind === node.ARRAY;

export function* range(context: Context, at: number): Form {
  const { tree, body } = context;
  const ends = yield* each(context, tree.children(at));
  const hasFrom = (tree.flags(at) & node.HAS_FROM) !== 0;
  return body.emit({ kind: "range", from: hasFrom ? ends[0] : undefined, upper: hasFrom ? ends[1] : ends[0] }, tree.span(at));
}

export function* cast(context: Context, at: number): Form {
  const { tree, body } = context;
  const [value = at, type = at] = tree.children(at);
  const operand = yield expression(context, value);
  return body.emit({ kind: "cast", operand, type: tree.type(type) }, tree.span(at));
}

export function* call(context: Context, at: number): Form {
  const { tree, body } = context;
  const [called = at, ...values] = tree.children(at);
  const path = calledPath(context, called);
  const callee: Callee = path === undefined ? { kind: "local", local: yield expression(context, called) } : { kind: "path", path };
  const parts = yield* each(context, values);
  return body.emit({ kind: "call", callee, arguments: parts }, tree.span(at));
}

function calledPath(context: Context, at: number): Path | undefined {
  const { tree } = context;
  if (tree.kind(at) !== node.EXPRESSION_PATH || variableAt(context, at) !== undefined) return undefined;
  return tree.path(tree.children(at)[0] ?? at);
}

export function* method(context: Context, at: number): Form {
  const { tree, body } = context;
  const [called = at, ...values] = tree.children(at);
  const receiver = yield* placeOf(context, called);
  const [first] = values;
  const hasGenerics = first !== undefined && tree.kind(first) === node.GENERICS;
  const generics = hasGenerics ? tree.generics(first) : [];
  const parts = yield* each(context, hasGenerics ? values.slice(1) : values);
  const name = tree.data(at);
  return body.emit(
    { kind: "method", receiver, name: tree.lowering.name(name), nameSpan: tree.lowering.span(name, name + 1), generics, arguments: parts },
    tree.span(at),
  );
}

export function* record(context: Context, at: number): Form {
  const { tree, body } = context;
  const [path = at, ...parts] = tree.children(at);
  const fields = new Map<string, Local>();
  let base: Local | undefined;
  for (const part of parts) {
    const value = tree.children(part)[0] ?? part;
    if (tree.kind(part) === node.STRUCT_BASE) base = yield expression(context, value);
    else {
      const name = tree.lowering.name(tree.data(part));
      // Variants of a field under `cfg` share a local.
      const to = fields.get(name) ?? body.temporary();
      const join = cfgBranch(body, tree.attributes(part));
      body.copy(to, yield expression(context, value), tree.span(value));
      join?.();
      fields.set(name, to);
    }
  }
  const listed = [...fields].map(([name, value]) => ({ name, value }));
  return body.emit({ kind: "record", path: tree.path(path), fields: listed, base }, tree.span(at));
}

export function* awaited(context: Context, at: number): Form {
  const { tree, body } = context;
  return body.emit({ kind: "await", operand: yield expression(context, tree.children(at)[0] ?? at) }, tree.span(at));
}

export function* broken(context: Context, at: number): Form {
  const { tree, body } = context;
  const operands = yield* each(context, tree.children(at));
  return body.emit({ kind: "unknown", reason: "syntax error", operands }, tree.span(at));
}

export function operatorText({ tree }: Context, at: number): string {
  const { text, starts, ends } = tree.tokens;
  const first = tree.data(at);
  return text.slice(starts[first], ends[first + tree.flags(at) - 1]);
}
