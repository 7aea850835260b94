/** Calls of macros: rows of `macro-forms.ts`, and the call with the expressions found in its tokens that any other is. */
import { predicateOf } from "../lower/attributes.ts";
import * as node from "../syntax/nodes.ts";
import type { Local, Piece } from "./body.ts";
import { cfgTest } from "./cfg.ts";
import { fail, failureOf, successOf } from "./control.ts";
import { formatParts, piecesOf } from "./format.ts";
import { type Context, each, expression, type Form, unit } from "./lower.ts";
import { argumentsAt, blockAt, cfgArmsAt, type MacroArguments, matchedAt, selectArmsAt } from "./macro-arguments.ts";
import { MACRO_FORMS, type MacroForm } from "./macro-forms.ts";
import { bind, declareNames } from "./patterns.ts";
import { placeOf } from "./places.ts";
import type { Tree } from "./tree.ts";

export function* macroCall(context: Context, at: number): Form {
  const { tree } = context;
  const made = tree.expansion(at);
  if (made !== undefined) return yield context.forms.block({ ...context, tree: made }, made.nodes.count - 1);
  const path = tree.path(tree.children(at)[0] ?? at);
  const name = path.segments.at(-1)?.name ?? "";
  const isDebug = name.startsWith("debug_assert");
  const form = MACRO_FORMS.get(isDebug ? name.slice("debug_".length) : name);
  if (!isDebug) return yield* formed(context, at, form);
  const { body } = context;
  const [yes, done] = [body.block(), body.block()];
  cfgTest(body, { predicate: { kind: "flag", name: "debug_assertions" }, span: tree.span(at) }, yes, done);
  body.go(yes);
  yield* formed(context, at, form);
  body.goto(done);
  body.go(done);
  return unit(context, at);
}

function* formed(context: Context, at: number, form: MacroForm | undefined): Form {
  const { tree, body } = context;
  const bracket = tree.data(at);
  const span = tree.span(at);
  switch (form) {
    case "cfg": {
      const { text, ends, starts, partners } = tree.tokens;
      const predicate = predicateOf(text.slice(starts[bracket], ends[partners[bracket] ?? bracket]));
      return predicate === undefined ? yield* plain(context, at) : body.emit({ kind: "cfg", predicate }, span);
    }
    case "cfg-if":
      return yield* cfgArms(context, at);
    case "matches":
      return yield* matches(context, at);
    case "select":
      return yield* select(context, at);
    case "assert":
    case "ensure":
      return yield* ensured(context, at, form);
    case "diverge": {
      const value = yield* plain(context, at);
      body.diverge();
      return value;
    }
    case "bail": {
      fail(context, failureOf(context, { local: yield* plain(context, at), path: [] }, at), at);
      body.go(body.block());
      return body.temporary();
    }
    case "attempt": {
      const { tree: inside, roots } = argumentsAt(tree, bracket);
      const [of] = roots;
      return of === undefined ? yield* plain(context, at) : successOf(context, yield* placeOf({ ...context, tree: inside }, of), at);
    }
    case "written":
      return yield* written(context, at);
    case "collection":
    case "tuple":
    case "tried":
    case "identity":
    case "format":
    case "concatenated":
      return yield* made(context, at, form);
    default:
      return yield* plain(context, at);
  }
}

/** A call, with all that is found in the tokens. */
function* plain(context: Context, at: number): Form {
  const { tree, body } = context;
  const bracket = tree.data(at);
  const path = tree.path(tree.children(at)[0] ?? at);
  const block = blockAt(tree, bracket);
  if (block !== undefined) {
    const value = yield context.forms.block({ ...context, tree: block }, block.nodes.count - 1);
    return body.emit({ kind: "macro", path, arguments: [value] }, tree.span(at));
  }
  const found = argumentsAt(tree, bracket);
  const values = yield* each({ ...context, tree: found.tree }, found.roots);
  return body.emit({ kind: "macro", path, arguments: [...values, ...captured(context, found)] }, tree.span(at));
}

/** The variables that texts name in braces. */
function captured({ body }: Context, { tree, roots }: MacroArguments): Local[] {
  return roots.flatMap((root) => {
    const literal = tree.kind(root) === node.LITERAL ? tree.literal(root) : undefined;
    if (literal?.type !== "string") return [];
    return formatParts(literal.value).flatMap((part) =>
      typeof part === "string" ? [] : (body.find(part.argument, tree.span(root).start) ?? []),
    );
  });
}

function* made(
  context: Context,
  at: number,
  form: Extract<MacroForm, "collection" | "tuple" | "tried" | "identity" | "format" | "concatenated">,
): Form {
  const { tree, body } = context;
  const span = tree.span(at);
  const found = argumentsAt(tree, tree.data(at));
  const [first] = found.roots;
  const values = yield* each({ ...context, tree: found.tree }, found.roots);
  const [element, count] = values;
  if (form === "identity") return element ?? unit(context, at);
  if (form === "tuple") return body.emit({ kind: "tuple", elements: values }, span);
  if (form === "tried") {
    const given = values.map((local) => body.emit({ kind: "copy", from: { local, path: [{ kind: "success" }] } }, span));
    return body.emit({ kind: "tuple", elements: given }, span);
  }
  if (form === "collection") {
    if (found.isRepeat && element !== undefined && count !== undefined) return body.emit({ kind: "repeat", element, count }, span);
    return body.emit({ kind: "array", elements: values }, span);
  }
  return body.emit({ kind: "format", pieces: form === "format" ? formatted(context, found.tree, first, values) : values }, span);
}

/** By a template with the values behind it; the values alone where the first one is none. */
function formatted({ body }: Context, tree: Tree, template: number | undefined, values: readonly Local[]): readonly Piece[] {
  if (template === undefined || tree.kind(template) !== node.LITERAL) return values;
  const span = tree.span(template);
  const constant = (name: string): Local =>
    body.emit({ kind: "path", path: { span, global: false, segments: [{ name, span, generics: [] }] } }, span);
  return piecesOf(tree.literal(template), values.slice(1), (name) => body.find(name, span.start), constant) ?? values;
}

/** The name of what it does, which no method of anybody's has. */
const WRITTEN = "{written}";

function* written(context: Context, at: number): Form {
  const { tree, body } = context;
  const span = tree.span(at);
  const found = argumentsAt(tree, tree.data(at));
  const [into, ...rest] = found.roots;
  if (into === undefined) return yield* plain(context, at);
  const inside = { ...context, tree: found.tree };
  const receiver = yield* placeOf(inside, into);
  const values = yield* each(inside, rest);
  const text = body.emit({ kind: "format", pieces: formatted(context, found.tree, rest[0], values) }, span);
  return body.emit({ kind: "method", receiver, name: WRITTEN, nameSpan: span, generics: [], arguments: [text] }, span);
}

function* ensured(context: Context, at: number, form: "assert" | "ensure"): Form {
  const { tree, body, forms } = context;
  const found = argumentsAt(tree, tree.data(at));
  const [condition, ...message] = found.roots;
  const inside = { ...context, tree: found.tree };
  if (condition === undefined) return yield* plain(context, at);
  const [holds, fails] = [body.block(), body.block()];
  yield forms.condition(inside, condition, holds, fails);
  body.go(fails);
  const values = yield* each(inside, message);
  const path = tree.path(tree.children(at)[0] ?? at);
  const value = body.emit({ kind: "macro", path, arguments: [...values, ...captured(context, found)] }, tree.span(at));
  if (form === "assert") body.diverge();
  else fail(context, failureOf(context, { local: value, path: [] }, at), at);
  body.go(holds);
  return unit(context, at);
}

function* matches(context: Context, at: number): Form {
  const { tree, body, forms } = context;
  const found = matchedAt(tree, tree.data(at));
  if (found === undefined) return yield* plain(context, at);
  const inside = { ...context, tree: found.tree };
  const result = body.temporary();
  const [no, done] = [body.block(), body.block()];
  const place = yield* placeOf(inside, found.value);
  const from = body.current;
  const pattern = found.tree.pattern(found.pattern);
  body.scopes.open();
  bind(body, pattern, place, declareNames(body, pattern), no);
  if (found.guard !== undefined) {
    const passed = body.block();
    yield forms.condition(inside, found.guard, passed, no);
    body.go(passed);
  }
  body.scopes.close();
  const span = tree.span(at);
  body.asks({ span, from, yes: body.current, decides: true });
  body.emit({ kind: "constant", literal: { type: "bool", value: true } }, span, result);
  body.goto(done);
  body.go(no);
  body.emit({ kind: "constant", literal: { type: "bool", value: false } }, span, result);
  body.goto(done);
  body.go(done);
  return result;
}

/** All futures are made, one of the arms runs. */
function* select(context: Context, at: number): Form {
  const { tree, body, forms } = context;
  const arms = selectArmsAt(tree, tree.data(at));
  if (arms === undefined) return yield* plain(context, at);
  const result = unit(context, at);
  const done = body.block();
  for (const arm of arms) {
    const next = body.block();
    body.scopes.open();
    const ready = body.emit({ kind: "unknown", reason: "one of several that run", operands: [] }, tree.span(at));
    const chosen = body.block();
    if (arm.head !== undefined) {
      const inside = { ...context, tree: arm.head.tree };
      const place = yield* placeOf(inside, arm.head.value);
      body.branch(ready, chosen, next, false);
      body.go(chosen);
      const pattern = arm.head.tree.pattern(arm.head.pattern);
      bind(body, pattern, place, declareNames(body, pattern), next);
      if (arm.head.guard !== undefined) {
        const passed = body.block();
        yield forms.condition(inside, arm.head.guard, passed, next);
        body.go(passed);
      }
    } else {
      body.branch(ready, chosen, next, false);
      body.go(chosen);
    }
    body.copy(result, yield expression({ ...context, tree: arm.tree }, arm.body), tree.span(at));
    body.scopes.close();
    body.goto(done);
    body.go(next);
  }
  body.goto(done);
  body.go(done);
  return result;
}

function* cfgArms(context: Context, at: number): Form {
  const { tree, body, forms } = context;
  const result = unit(context, at);
  const done = body.block();
  for (const arm of cfgArmsAt(tree, tree.data(at))) {
    const next = body.block();
    const predicate = arm.predicate === undefined ? undefined : predicateOf(arm.predicate);
    if (predicate !== undefined) {
      const included = body.block();
      cfgTest(body, { predicate, span: tree.span(at) }, included, next);
      body.go(included);
    }
    body.copy(result, yield forms.block({ ...context, tree: arm.tree }, arm.tree.nodes.count - 1), tree.span(at));
    body.goto(done);
    body.go(next);
  }
  body.goto(done);
  body.go(done);
  return result;
}
