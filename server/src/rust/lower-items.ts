/** Items: functions, types, impls, modules, imports. */
import { type Span, span } from "../base/span.ts";
import type { Attributes, EnumItem, FieldDeclaration, FunctionItem, Import, Item } from "./ast.ts";
import { attributesOf, joined, NO_ATTRIBUTES } from "./lower-attributes.ts";
import { statementsOf } from "./lower-blocks.ts";
import { parametersOf, receiverOf } from "./lower-patterns.ts";
import { genericsOf, NAMES, nameOf, pathOf, typeOf } from "./lower-types.ts";
import { DEEPEST_ITEM, DEEPEST_TYPE, type Lowering, once, spanOf } from "./lowering.ts";
import { itemsOfMacro, itemsOfRules } from "./macro-items.ts";
import { childOf, firstOf, has, type Syntax, stack } from "./syntax.ts";

/** Of a file, a module, an impl, or what a syntax error left of one. Statements that lost their function get one without a name. */
export function itemsOf(nodes: readonly Syntax[], lowering: Lowering): Item[] {
  if (lowering.levels >= DEEPEST_ITEM) return [];
  lowering.levels++;
  const items = itemsAmong(nodes, lowering);
  lowering.levels--;
  return items;
}

function itemsAmong(nodes: readonly Syntax[], lowering: Lowering): Item[] {
  const items: Item[] = [];
  let pending: Syntax[] = [];
  let stray: Syntax[] = [];
  let head: Syntax[] = [];
  const close = () => {
    if (stray.length > 0) items.push(recoveredFunction(head, stray, lowering));
    stray = [];
    head = [];
  };
  const waiting = [...nodes].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    // `m!(…);` among items is a statement to the grammar.
    const macro = node.type === "expression_statement" && head.length + stray.length === 0 ? firstOf(node, "macro_invocation") : undefined;
    if (macro !== undefined) waiting.push(macro);
    else if (node.type === "attribute_item") pending.push(node);
    else if (node.type === "ERROR") stack(waiting, node.children);
    else if (node.type === "fn") {
      close();
      head = [node];
    } else if (LOOSE.has(node.type) || (head.length > 0 && HEAD.has(node.type))) {
      if (LOOSE.has(node.type)) for (const it of [...pending, node]) stray.push(it);
      else head.push(node);
      pending = [];
    } else {
      const attributes = pending.length === 0 ? NO_ATTRIBUTES : attributesOf(pending, lowering);
      const item = itemOf(node, attributes, lowering);
      // After a whole function or type, loose statements no longer belong to the head before it.
      if (item !== undefined && item.kind !== "use" && item.kind !== "const" && item.kind !== "static" && item.kind !== "other") close();
      if (item !== undefined) items.push(item);
      if (node.named) pending = [];
    }
  }
  close();
  return items;
}

export function itemOf(node: Syntax, attributes: Attributes, lowering: Lowering): Item | undefined {
  const place = spanOf(node);
  const label = childOf(node, "name");
  const name = nameOf(label, lowering);
  const nameSpan = spanOf(label ?? span(node.start, node.start));
  const body = childOf(node, "body");
  switch (node.type) {
    case "function_item":
    case "function_signature_item":
      return functionOf(node, attributes, lowering);
    case "const_item":
    case "static_item": {
      const type = childOf(node, "type");
      const value = childOf(node, "value");
      return {
        kind: node.type === "const_item" ? "const" : "static",
        span: place,
        name,
        nameSpan,
        attributes,
        ...(type === undefined ? {} : { type: typeOf(type, lowering) }),
        value: once(() => {
          const fetched = value === undefined ? undefined : lowering.fetch(value);
          return fetched === undefined ? undefined : lowering.expression(fetched);
        }),
      };
    }
    case "struct_item":
      return { kind: "struct", span: place, name, nameSpan, attributes, fields: fieldsOf(body, lowering) };
    case "enum_item":
      return { kind: "enum", span: place, name, nameSpan, attributes, variants: variantsOf(body, lowering) };
    case "union_item":
      return { kind: "other", span: place, attributes, name, items: [] };
    case "impl_item": {
      const trait = childOf(node, "trait");
      const type = childOf(node, "type");
      return {
        kind: "impl",
        span: place,
        attributes,
        ...(trait === undefined ? {} : { trait: pathOf(trait, lowering) }),
        type: type === undefined ? { kind: "other", span: place } : typeOf(type, lowering),
        items: itemsOf(body?.children ?? [], lowering),
      };
    }
    case "trait_item":
      return { kind: "trait", span: place, name, attributes, items: itemsOf(body?.children ?? [], lowering) };
    case "mod_item": {
      const file = attributes.texts.map((it) => /^\s*path\s*=\s*"([^"]*)"/.exec(it.text)?.[1]).find((it) => it !== undefined);
      const inner = attributesOf(body?.children.filter((it) => it.type === "inner_attribute_item") ?? [], lowering);
      return {
        kind: "module",
        span: place,
        name,
        attributes: joined(attributes, inner),
        ...(file === undefined ? {} : { file }),
        ...(body === undefined ? {} : { items: itemsOf(body.children, lowering) }),
      };
    }
    case "type_item": {
      const type = childOf(node, "type");
      return {
        kind: "type-alias",
        span: place,
        name,
        attributes,
        type: type === undefined ? { kind: "other", span: place } : typeOf(type, lowering),
      };
    }
    case "use_declaration":
      return { kind: "use", span: place, attributes, public: has(node, "visibility_modifier"), imports: importsOf(node, lowering) };
    case "extern_crate_declaration": {
      const alias = childOf(node, "alias");
      return { kind: "extern-crate", span: place, attributes, crate: name, name: alias === undefined ? name : nameOf(alias, lowering) };
    }
    case "foreign_mod_item":
      return { kind: "other", span: place, attributes, items: itemsOf(body?.children ?? [], lowering) };
    case "macro_definition": {
      const rules = node.children.flatMap((it) => {
        const [left, right] = it.type === "macro_rule" ? [childOf(it, "left"), childOf(it, "right")] : [];
        return left === undefined || right === undefined ? [] : [{ left: spanOf(left), right: spanOf(right) }];
      });
      const read = once(() => itemsOfRules(rules, name, lowering));
      return {
        kind: "other",
        span: place,
        attributes,
        name,
        get items() {
          return read();
        },
      };
    }
    case "macro_invocation": {
      const macro = childOf(node, "macro");
      const tree = firstOf(node, "token_tree");
      const called = macro === undefined ? "" : (pathOf(macro, lowering).segments.at(-1)?.name ?? "");
      const read = once(() => (tree === undefined ? [] : itemsOfMacro(spanOf(tree), called, lowering)));
      return {
        kind: "other",
        span: place,
        attributes,
        get items() {
          return read();
        },
      };
    }
    default:
      return undefined;
  }
}

function functionOf(node: Syntax, attributes: Attributes, lowering: Lowering): FunctionItem {
  const name = childOf(node, "name");
  const list = childOf(node, "parameters");
  const returns = childOf(node, "return_type");
  const receiver = receiverOf(list);
  const body = childOf(node, "body");
  const modifiers = firstOf(node, "function_modifiers");
  const { levels } = lowering;
  const visibility = firstOf(node, "visibility_modifier");
  return {
    kind: "function",
    span: spanOf(node),
    name: nameOf(name, lowering),
    nameSpan: spanOf(name ?? span(node.start, node.start)),
    attributes,
    async: modifiers !== undefined && has(modifiers, "async"),
    public: visibility !== undefined && visibility.end - visibility.start === "pub".length,
    ...(receiver === undefined ? {} : { receiver }),
    parameters: parametersOf(list, lowering),
    ...(returns === undefined ? {} : { returns: typeOf(returns, lowering) }),
    generics: genericsOf(node, lowering),
    body: once(() => {
      const block = body === undefined ? undefined : lowering.fetch(body);
      // It is lowered later, and lies as deep as its function.
      const current = lowering.levels;
      lowering.levels = levels;
      const lowered = block === undefined ? undefined : lowering.block(block);
      lowering.levels = current;
      return lowered;
    }),
  };
}

/** What remains of a function whose braces do not match: its head if the grammar kept it, and the statements that follow. */
function recoveredFunction(head: readonly Syntax[], stray: readonly Syntax[], lowering: Lowering): FunctionItem {
  const name = head.find((it) => it.type === "identifier");
  const list = head.find((it) => it.type === "parameters");
  const start = head[0]?.start ?? stray[0]?.start ?? 0;
  const place = span(start, stray.at(-1)?.end ?? start);
  const receiver = receiverOf(list);
  return {
    kind: "function",
    span: place,
    name: nameOf(name, lowering),
    nameSpan: spanOf(name ?? span(start, start)),
    attributes: NO_ATTRIBUTES,
    async: false,
    public: false,
    ...(receiver === undefined ? {} : { receiver }),
    parameters: parametersOf(list, lowering),
    generics: [],
    body: once(() => {
      const [only] = stray;
      if (stray.length === 1 && only?.type === "block") return lowering.block(only);
      return { span: span(stray[0]?.start ?? start, place.end), ...statementsOf(stray, lowering) };
    }),
  };
}

/** Statements and expressions that have no place among items. */
const LOOSE = new Set([
  "let_declaration",
  "expression_statement",
  "block",
  "call_expression",
  "await_expression",
  "try_expression",
  "field_expression",
  "struct_expression",
  "closure_expression",
  "match_expression",
  "if_expression",
  "return_expression",
  "assignment_expression",
  "binary_expression",
  "array_expression",
  "reference_expression",
  "async_block",
  "unsafe_block",
]);
const HEAD = new Set(["identifier", "parameters"]);

function fieldsOf(body: Syntax | undefined, lowering: Lowering): FieldDeclaration[] {
  const fields: FieldDeclaration[] = [];
  let pending: Syntax[] = [];
  for (const node of body?.children ?? []) {
    if (node.type === "attribute_item") pending.push(node);
    else if (node.type === "," || node.type === "ERROR") pending = [];
    else if (node.type === "field_declaration") {
      const type = childOf(node, "type");
      fields.push({
        name: nameOf(childOf(node, "name"), lowering),
        span: spanOf(node),
        type: type === undefined ? { kind: "other", span: spanOf(node) } : typeOf(type, lowering),
        attributes: attributesOf(pending, lowering),
      });
    } else if (node.field === "type") {
      const attributes = attributesOf(pending, lowering);
      fields.push({ name: String(fields.length), span: spanOf(node), type: typeOf(node, lowering), attributes });
    }
  }
  return fields;
}

function variantsOf(body: Syntax | undefined, lowering: Lowering): EnumItem["variants"] {
  const variants: EnumItem["variants"][number][] = [];
  let pending: Syntax[] = [];
  for (const node of body?.children ?? []) {
    if (node.type === "attribute_item") pending.push(node);
    else if (node.type === "enum_variant") {
      variants.push({
        name: nameOf(childOf(node, "name"), lowering),
        span: spanOf(node),
        attributes: attributesOf(pending, lowering),
        fields: fieldsOf(childOf(node, "body"), lowering),
      });
      pending = [];
    }
  }
  return variants;
}

function importsOf(declaration: Syntax, lowering: Lowering): Import[] {
  const found: Import[] = [];
  const argument = childOf(declaration, "argument");
  if (argument !== undefined) flatten(argument, { path: [], global: false }, found, lowering, 0);
  return found;
}

interface Prefix {
  readonly path: readonly string[];
  readonly global: boolean;
}

function flatten(node: Syntax, prefix: Prefix, found: Import[], lowering: Lowering, depth: number): void {
  if (depth > DEEPEST_TYPE) return;
  const under = (path: Syntax | undefined): Prefix => (path === undefined ? prefix : extended(prefix, path, lowering));
  const leaf = (place: Span, { path, global }: Prefix, alias?: string) => {
    const whole = path.length > 1 && path.at(-1) === "self" ? path.slice(0, -1) : path;
    const name = alias ?? whole.at(-1);
    found.push({ span: spanOf(place), path: whole, global, ...(name === undefined ? {} : { name }) });
  };
  switch (node.type) {
    case "use_list":
      for (const child of node.children) if (child.named) flatten(child, prefix, found, lowering, depth + 1);
      return;
    case "scoped_use_list": {
      const path = childOf(node, "path");
      const inner = path === undefined && prefix.path.length === 0 ? { path: [], global: true } : under(path);
      const list = childOf(node, "list");
      if (list !== undefined) flatten(list, inner, found, lowering, depth + 1);
      return;
    }
    case "use_as_clause":
      leaf(node, under(childOf(node, "path")), nameOf(childOf(node, "alias"), lowering));
      return;
    case "use_wildcard": {
      const { path, global } = under(node.children.find((it) => it.named));
      found.push({ span: spanOf(node), path, global });
      return;
    }
    default:
      if (NAMES.has(node.type) || node.type === "scoped_identifier") leaf(node, under(node));
  }
}

function extended(prefix: Prefix, node: Syntax, lowering: Lowering): Prefix {
  const path = pathOf(node, lowering);
  return {
    path: [...prefix.path, ...path.segments.map((it) => it.name)],
    global: prefix.global || (prefix.path.length === 0 && path.global),
  };
}
