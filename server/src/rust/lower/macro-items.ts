/** What macros in item place show when their tokens are read as Rust: items, and statements as the body of a function. */
import type { Block, Cfg, Expression, FunctionItem, Item, Parameter } from "../ast.ts";
import * as token from "../syntax/tokens.ts";
import { joined, NO_ATTRIBUTES, predicateOf } from "./attributes.ts";
import type { Lowering, Source } from "./lowering.ts";

/** `lazy_static! { … }`, `cfg_if! { … }`. */
export function itemsOfMacro(bracket: number, macro: string, { source }: Lowering): Item[] {
  const block = source.macro(bracket)?.block;
  if (block === undefined) return [];
  const guardedItems = branches(block, source);
  return guardedItems.length > 0 ? [...block.items, ...guardedItems] : [...block.items, ...loose(block, macro)];
}

/**
 * The right-hand sides of `macro_rules!`. Where the left-hand side is a plain list (`$a:expr, $b:literal`) the statements are a function
 * with these parameters, `$a` being written `_a`; a rule of another shape gets a name that no call of the macro has.
 */
export function itemsOfRules(
  rules: readonly { readonly left: number; readonly right: number }[],
  name: string,
  lowering: Lowering,
): Item[] {
  return rules.flatMap(({ left, right }) => {
    const block = lowering.source.macro(right)?.block;
    if (block === undefined) return [];
    const parameters = parametersOf(left, lowering);
    const made = loose(block, parameters === undefined ? `${name}!…` : name);
    return [...block.items, ...made.map((it) => ({ ...it, parameters: parameters ?? [] }))];
  });
}

/** Fragments that are values, or may be. */
const VALUES: ReadonlySet<string> = new Set(["expr", "expr_2021", "literal", "ident", "path", "ty", "block", "tt"]);

/** `$name:fragment`, separated by commas. */
function parametersOf(bracket: number, lowering: Lowering): Parameter[] | undefined {
  const close = lowering.tokens.partners[bracket] ?? bracket;
  const found: Parameter[] = [];
  for (let at = bracket + 1; at < close; at += 5) {
    const isPlain = lowering.kind(at) === token.DOLLAR && lowering.kind(at + 2) === token.COLON && VALUES.has(lowering.name(at + 3));
    if (!isPlain || (at + 4 < close && lowering.kind(at + 4) !== token.COMMA)) return undefined;
    const name = `_${lowering.name(at + 1)}`;
    found.push({ pattern: { kind: "binding", span: lowering.span(at, at + 2), name, mutable: false, reference: false } });
  }
  return found;
}

/** The items in the arms of `if #[cfg(…)] { … } else { … }` (read as `if cfg!(…)`), each under the predicate of its arm. */
function branches(block: Block, source: Source): Item[] {
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

function predicateIn(condition: Expression, source: Source): Cfg | undefined {
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
      visibility: "private",
      parameters: [],
      generics: [],
      body: () => ({ ...block, items: [] }),
    },
  ];
}
