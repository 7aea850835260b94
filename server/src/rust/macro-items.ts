/** What macros in item place show when their tokens are read as Rust: items, and statements as the body of a function. */
import type { Span } from "../base/span.ts";
import type { Block, Cfg, Expression, FunctionItem, Item } from "./ast.ts";
import { joined, NO_ATTRIBUTES, predicateOf } from "./lower-attributes.ts";
import { type Lowering, spanOf } from "./lowering.ts";

/** `lazy_static! { … }`, `cfg_if! { … }`. */
export function itemsOfMacro(tokens: Span, macro: string, lowering: Lowering): Item[] {
  const block = lowering.tokens(tokens, macro)?.block;
  if (block === undefined) return [];
  const guardedItems = branches(block, lowering);
  return guardedItems.length > 0 ? [...block.items, ...guardedItems] : [...block.items, ...loose(block, macro)];
}

/** The right-hand sides of `macro_rules!`. */
export function itemsOfRules(rules: readonly Span[], name: string, lowering: Lowering): Item[] {
  return rules.flatMap((rule) => {
    const block = lowering.tokens(rule, "macro_rules")?.block;
    return block === undefined ? [] : [...block.items, ...loose(block, name)];
  });
}

/** The items in the arms of `if #[cfg(…)] { … } else { … }` (read as `if cfg!(…)`), each under the predicate of its arm. */
function branches(block: Block, lowering: Lowering): Item[] {
  const found: Item[] = [];
  const expressions = block.statements.flatMap((it) => (it.kind === "expression" ? [it.expression] : []));
  for (const start of block.tail === undefined ? expressions : [...expressions, block.tail]) {
    const refused: Cfg[] = [];
    let current: Expression | undefined = start;
    while (current?.kind === "if") {
      const own = predicateIn(current.condition, lowering);
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

function predicateIn(condition: Expression, lowering: Lowering): Cfg | undefined {
  if (condition.kind !== "macro" || condition.path.segments[0]?.name !== "cfg") return undefined;
  return predicateOf(lowering.text(condition.tokens));
}

function guarded(items: readonly Item[], predicate: Cfg, place: Expression): Item[] {
  return items.map((item) => ({
    ...item,
    attributes: joined({ cfg: [{ predicate, span: spanOf(place.span) }], names: [], texts: [] }, item.attributes),
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
      parameters: [],
      generics: [],
      body: () => ({ ...block, items: [] }),
    },
  ];
}
