/** Items: functions, types, impls, modules. */
import type { Attributes, EnumItem, FieldDeclaration, Item, ModuleItem, Visibility } from "../ast.ts";
import { isRestriction } from "../syntax/item-parts.ts";
import * as node from "../syntax/nodes.ts";
import * as token from "../syntax/tokens.ts";
import { attributeOf } from "./attribute.ts";
import { attributesAt, innerAttributesAt, joined, NO_ATTRIBUTES } from "./attributes.ts";
import { importsIn } from "./imports.ts";
import { type Lowering, once, take } from "./lowering.ts";
import { itemsOfMacro, itemsOfRules } from "./macro-items.ts";
import { parametersIn, receiverIn } from "./patterns.ts";
import { emptyPath, genericsOf } from "./types.ts";

export function lowerItem(lowering: Lowering, at: number): void {
  lowering.items.push(itemAt(lowering, at));
}

function itemAt(lowering: Lowering, at: number): Item {
  const { nodes, source } = lowering;
  const from = nodes.from[at] ?? 0;
  const to = nodes.to[at] ?? 0;
  const arity = nodes.arities[at] ?? 0;
  const data = nodes.data[at] ?? node.NOTHING;
  const first = lowering.pastAttributes(from);
  const span = lowering.span(first, to);
  const attributes = attributesAt(lowering, from);
  const visibility = visibilityAt(lowering, first);
  const name = lowering.name(data);
  const nameSpan = lowering.span(Math.max(data, first), data < 0 ? first : data + 1);
  switch (nodes.kinds[at]) {
    case node.FUNCTION:
      return functionAt(lowering, at, first, attributes);
    case node.STRAY_STATEMENTS: {
      const block = lowering.blocks.pop() ?? { span, statements: [], items: [] };
      return {
        kind: "function",
        span,
        name: "",
        nameSpan: { start: span.start, end: span.start },
        attributes: NO_ATTRIBUTES,
        async: false,
        visibility: "private",
        parameters: [],
        generics: [],
        body: () => block,
      };
    }
    case node.CONST:
    case node.STATIC: {
      const kind = nodes.kinds[at] === node.CONST ? "const" : "static";
      const type = nodes.flags[at] === node.HAS_TYPE ? lowering.types.pop() : undefined;
      const label = nameOfConstant(lowering, first, to);
      return {
        kind,
        span,
        name: lowering.name(label),
        nameSpan: lowering.span(Math.max(label, first), label < 0 ? first : label + 1),
        attributes,
        visibility,
        ...(type === undefined ? {} : { type }),
        value: once(() => (data < 0 ? undefined : source.value(data))),
      };
    }
    case node.STRUCT_ITEM:
      return { kind: "struct", span, name, nameSpan, attributes, visibility, fields: numbered(take(lowering.declarations, arity)) };
    case node.ENUM:
      return { kind: "enum", span, name, nameSpan, attributes, visibility, variants: take(lowering.variants, arity) };
    case node.IMPL: {
      const hasTrait = nodes.flags[at] === node.HAS_TRAIT;
      const items = take(lowering.items, arity - (hasTrait ? 2 : 1));
      const type = lowering.types.pop() ?? { kind: "other" as const, span };
      const trait = hasTrait ? lowering.types.pop() : undefined;
      return {
        kind: "impl",
        span,
        attributes,
        ...(trait === undefined ? {} : { trait: trait.kind === "path" ? trait.path : { ...emptyPath(0), span: trait.span } }),
        type,
        items,
      };
    }
    case node.TRAIT:
      return { kind: "trait", span, name, attributes, items: take(lowering.items, arity) };
    case node.MODULE:
      return moduleAt(lowering, at, { span, name, nameSpan, attributes, visibility });
    case node.TYPE_ALIAS:
      return { kind: "type-alias", span, name, nameSpan, attributes, visibility, type: lowering.types.pop() ?? { kind: "other", span } };
    case node.USE: {
      const keyword = find(lowering, first, token.USE);
      const imports = importsIn(lowering, keyword + 1, data);
      return { kind: "use", span, attributes, visibility, imports };
    }
    case node.EXTERN_CRATE: {
      const alias = lowering.kind(data + 1) === token.AS ? lowering.name(data + 2) : name;
      return { kind: "extern-crate", span, attributes, crate: name, name: alias };
    }
    case node.FOREIGN_MODULE:
      return { kind: "other", span, attributes, items: take(lowering.items, arity) };
    case node.MACRO_RULES: {
      const read = once(() => itemsOfRules(rulesIn(lowering, data + 1), name, lowering));
      return {
        kind: "other",
        span,
        attributes,
        name,
        get items() {
          return read();
        },
      };
    }
    case node.MACRO_ITEM: {
      const called = lowering.paths.pop()?.segments.at(-1)?.name ?? "";
      const read = once(() => itemsOfMacro(data, called, lowering));
      return {
        kind: "other",
        span,
        attributes,
        get items() {
          return read();
        },
      };
    }
    default:
      take(lowering.declarations, arity);
      return { kind: "other", span, attributes, name, items: [] };
  }
}

function functionAt(lowering: Lowering, at: number, first: number, attributes: Attributes): Item {
  const { nodes, source } = lowering;
  const predicates = take(lowering.predicates, (nodes.arities[at] ?? 0) - 2 - (nodes.flags[at] === node.HAS_TYPE ? 1 : 0));
  const returns = nodes.flags[at] === node.HAS_TYPE ? lowering.types.pop() : undefined;
  const list = lowering.parameterLists.pop() ?? [];
  const receiver = receiverIn(list);
  const keyword = find(lowering, first, token.FN);
  const hasName = lowering.kind(keyword + 1) >= token.NAME && lowering.kind(keyword + 1) <= token.LAST_NAME;
  const body = nodes.data[at] ?? node.NOTHING;
  return {
    kind: "function",
    span: lowering.span(first, nodes.to[at] ?? 0),
    name: hasName ? lowering.name(keyword + 1) : "",
    nameSpan: hasName ? lowering.span(keyword + 1, keyword + 2) : lowering.span(first, first),
    attributes,
    async: isAsync(lowering, first, keyword),
    visibility: visibilityAt(lowering, first),
    ...(receiver === undefined ? {} : { receiver }),
    parameters: parametersIn(list),
    ...(returns === undefined ? {} : { returns }),
    generics: genericsOf(lowering.typeParameterLists.pop() ?? [], predicates),
    body: once(() => (body < 0 ? undefined : source.block(body))),
  };
}

/** The first token of a kind outside of brackets. */
function find(lowering: Lowering, from: number, kind: number): number {
  const { partners, count } = lowering.tokens;
  let at = from;
  while (at < count && lowering.kind(at) !== kind) at = lowering.kind(at) === token.LEFT_PAREN ? (partners[at] ?? at) + 1 : at + 1;
  return at;
}

function isAsync(lowering: Lowering, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (lowering.kind(at) === token.ASYNC) return true;
  return false;
}

/** `first`: behind the attributes. */
function visibilityAt(lowering: Lowering, first: number): Visibility {
  if (lowering.kind(first) !== token.PUB) return "private";
  return isRestriction(first + 1, (at) => lowering.kind(at)) ? "restricted" : "public";
}

/** Behind `const` or `static` and what may follow that; -1 where it is missing. */
function nameOfConstant(lowering: Lowering, first: number, to: number): number {
  let at = first;
  while (at < to && lowering.kind(at) !== token.CONST && lowering.kind(at) !== token.STATIC) at++;
  at++;
  while (lowering.kind(at) === token.MUT || lowering.kind(at) === token.REF) at++;
  return at < to && lowering.kind(at) >= token.NAME && lowering.kind(at) <= token.LAST_NAME ? at : -1;
}

function moduleAt(
  lowering: Lowering,
  at: number,
  { attributes, ...head }: Pick<ModuleItem, "span" | "name" | "nameSpan" | "attributes" | "visibility">,
): Item {
  const { nodes, tokens } = lowering;
  const file = attributes.texts.map((it) => attributeOf(it.text)).find((it) => it.path === "path")?.value?.text;
  const last = (nodes.to[at] ?? 0) - 1;
  const hasItems = lowering.kind(last) === token.RIGHT_BRACE;
  const items = take(lowering.items, nodes.arities[at] ?? 0);
  const inner = hasItems ? innerAttributesAt(lowering, (tokens.partners[last] ?? last) + 1) : NO_ATTRIBUTES;
  return {
    kind: "module",
    ...head,
    attributes: joined(attributes, inner),
    ...(file === undefined ? {} : { file }),
    ...(hasItems ? { items } : {}),
  };
}

/** `(left) => {right};` … between the brackets of `macro_rules!`: the bracket of each. */
function rulesIn(lowering: Lowering, bracket: number): { readonly left: number; readonly right: number }[] {
  const { partners } = lowering.tokens;
  const rules: { readonly left: number; readonly right: number }[] = [];
  const close = partners[bracket] ?? bracket;
  for (let at = bracket + 1; at < close; ) {
    const left = (partners[at] ?? at) + 1;
    const right = (partners[left + 1] ?? left) + 1;
    if (lowering.kind(left) !== token.FAT_ARROW || left <= at) {
      at++;
      continue;
    }
    rules.push({ left: at, right: left + 1 });
    at = Math.max(right, left + 1);
    if (lowering.kind(at) === token.SEMICOLON) at++;
  }
  return rules;
}

export function lowerDeclaration(lowering: Lowering, at: number): void {
  const { nodes } = lowering;
  const from = nodes.from[at] ?? 0;
  const to = nodes.to[at] ?? 0;
  const data = nodes.data[at] ?? node.NOTHING;
  const first = lowering.pastAttributes(from);
  const span = lowering.span(first, to);
  const attributes = attributesAt(lowering, from);
  if (nodes.kinds[at] === node.VARIANT) {
    const fields = numbered(take(lowering.declarations, nodes.arities[at] ?? 0));
    const variant: EnumItem["variants"][number] = { name: lowering.name(data), span, attributes, fields };
    lowering.variants.push(variant);
    return;
  }
  const type = lowering.types.pop() ?? { kind: "other" as const, span };
  lowering.declarations.push({
    name: lowering.name(data),
    span: data < 0 ? type.span : span,
    type,
    attributes,
    visibility: visibilityAt(lowering, first),
  });
}

/** Fields without a name are named by their place. */
const numbered = (fields: readonly FieldDeclaration[]): FieldDeclaration[] =>
  fields.map((it, at) => (it.name === "" ? { ...it, name: String(at) } : it));
