/** What macros in item place show when their tokens are read as Rust: items, and statements as the body of a function. */
import type { Span } from "../../base/span.ts";
import type { Block, Cfg, Expression, FunctionItem, Item, Parameter } from "../ast.ts";
import { joined, NO_ATTRIBUTES, predicateOf } from "./attributes.ts";

interface MacroSource {
  text(span: Span): string;
  tokens(tokens: Span, macro: string): { readonly block: Block } | undefined;
}

/** `lazy_static! { … }`, `cfg_if! { … }`. */
export function itemsOfMacro(tokens: Span, macro: string, source: MacroSource): Item[] {
  const block = source.tokens(tokens, macro)?.block;
  if (block === undefined) return [];
  const guardedItems = branches(block, source);
  return guardedItems.length > 0 ? [...block.items, ...guardedItems] : [...block.items, ...loose(block, macro)];
}

/**
 * The right-hand sides of `macro_rules!`. Where the left-hand side is a plain list (`$a:expr, $b:literal`) the statements are a function
 * with these parameters, `$a` being written `_a`; a rule of another shape gets a name that no call of the macro has.
 */
export function itemsOfRules(rules: readonly { readonly left: Span; readonly right: Span }[], name: string, source: MacroSource): Item[] {
  return rules.flatMap(({ left, right }) => {
    const block = source.tokens(right, "macro_rules")?.block;
    if (block === undefined) return [];
    const parameters = parametersOf(left, source);
    const made = loose(block, parameters === undefined ? `${name}!…` : name);
    return [...block.items, ...made.map((it) => ({ ...it, parameters: parameters ?? [] }))];
  });
}

function parametersOf(left: Span, source: MacroSource): Parameter[] | undefined {
  const text = source.text(left);
  const inside = text.slice(1, -1);
  if (inside.trim() === "") return [];
  const found: Parameter[] = [];
  let at = left.start + 1;
  for (const part of inside.split(",")) {
    const match = /^\s*\$([A-Za-z_]\w*)\s*:\s*(?:expr|literal|ident|path|ty|block|tt|expr_2021)\s*$/.exec(part);
    const [, name] = match ?? [];
    if (name === undefined) {
      // A comma at the end.
      if (part.trim() === "" && found.length > 0 && at + part.length === left.end - 1) return found;
      return undefined;
    }
    const start = at + part.indexOf("$");
    const span = { start, end: start + name.length + 1 };
    found.push({ pattern: { kind: "binding", span, name: `_${name}`, mutable: false, reference: false } });
    at += part.length + 1;
  }
  return found;
}

/** The items in the arms of `if #[cfg(…)] { … } else { … }` (read as `if cfg!(…)`), each under the predicate of its arm. */
function branches(block: Block, source: MacroSource): Item[] {
  const found: Item[] = [];
  const expressions = block.statements.flatMap((it) => (it.kind === "expression" ? [it.expression] : []));
  for (const start of block.tail === undefined ? expressions : [...expressions, block.tail]) {
    const refused: Cfg[] = [];
    let current: Expression | undefined = start;
    while (current?.kind === "if") {
      const own = predicateIn(current.condition, source);
      if (own === undefined) break;
      found.push(...guarded(current.then.items, { kind: "all", of: [...refused, own] }, current.condition));
      refused.push({ kind: "not", of: own });
      if (current.otherwise?.kind === "block")
        found.push(...guarded(current.otherwise.block.items, { kind: "all", of: refused }, current.condition));
      current = current.otherwise;
    }
  }
  return found;
}

function predicateIn(condition: Expression, source: MacroSource): Cfg | undefined {
  if (condition.kind !== "macro" || condition.path.segments[0]?.name !== "cfg") return undefined;
  return predicateOf(source.text(condition.tokens));
}

function guarded(items: readonly Item[], predicate: Cfg, place: Expression): Item[] {
  return items.map((item) => ({
    ...item,
    attributes: joined({ cfg: [{ predicate, span: place.span }], names: [], texts: [] }, item.attributes),
  }));
}

/** Statements get a function whose name no path can spell, so that what they call is seen. */
function loose(block: Block, macro: string): FunctionItem[] {
  if (block.statements.length === 0 && block.tail === undefined) return [];
  return [
    {
      kind: "function",
      span: block.span,
      name: `${macro}!`,
      nameSpan: { start: block.span.start, end: block.span.start },
      attributes: NO_ATTRIBUTES,
      async: false,
      public: false,
      parameters: [],
      generics: [],
      body: () => ({ ...block, items: [] }),
    },
  ];
}
