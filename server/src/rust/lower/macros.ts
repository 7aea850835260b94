/** What stands in the brackets of a macro call, parsed where it stands: arguments, statements or items. */
import type { Span } from "../../base/span.ts";
import type { Block, Expression } from "../ast.ts";
import * as token from "../syntax/tokens.ts";
import { unknown } from "./expressions.ts";
import type { Lowering, MacroTokens } from "./lowering.ts";

/** `lowering`: the tokens as a block, whose statements the `separators` divide. */
export function macroTokens(
  lowering: Lowering,
  bracket: number,
  separators: readonly number[],
  errors: readonly Span[],
): MacroTokens | undefined {
  const [block] = lowering.blocks;
  if (block === undefined) return undefined;
  const only = separators.length === 1 ? lowering.kind(separators[0] ?? 0) : undefined;
  if (only === token.SEMICOLON && lowering.kind(bracket) === token.LEFT_BRACKET) return { block, arguments: repeated(block), list: true };
  const isList = lowering.kind(bracket) !== token.LEFT_BRACE && separators.every((it) => lowering.kind(it) === token.COMMA);
  if (!isList || block.items.length > 0) return { block, arguments: [], list: false };
  const found = argumentsOf(slotsOf(lowering, bracket, separators), block, errors);
  return { block, arguments: found.every((it) => it.kind === "unknown" && it.parts.length === 0) ? [] : found, list: true };
}

/** Where the arguments lie, from their first tokens to their last; there is none behind a comma at the end. */
function slotsOf(lowering: Lowering, bracket: number, separators: readonly number[]): Span[] {
  const close = lowering.tokens.partners[bracket] ?? bracket;
  const slots: Span[] = [];
  let from = bracket + 1;
  for (const separator of separators) {
    slots.push(lowering.span(from, separator));
    from = separator + 1;
  }
  return from < close ? [...slots, lowering.span(from, close)] : slots;
}

/** One expression for each slot; `unknown` where a slot is no expression. */
function argumentsOf(slots: readonly Span[], block: Block, errors: readonly Span[]): Expression[] {
  const expressions = expressionsOf(block);
  let next = 0;
  return slots.map((slot) => {
    const inside: Expression[] = [];
    for (; next < expressions.length; next++) {
      const expression = expressions[next];
      if (expression === undefined || expression.span.start >= slot.end) break;
      inside.push(expression);
    }
    const [only] = inside;
    const whole = only !== undefined && inside.length === 1 && only.kind !== "unknown" && only.span.end <= slot.end;
    return whole && !errors.some((it) => it.start < slot.end && slot.start < it.end) ? only : unknown(slot, "tokens of a macro", inside);
  });
}

function repeated(block: Block): Expression[] {
  const [element, count, more] = expressionsOf(block);
  if (element === undefined || count === undefined || more !== undefined) return [];
  return [{ span: block.span, kind: "repeat", element, count }];
}

function expressionsOf(block: Block): Expression[] {
  const found = block.statements.flatMap((it) => (it.kind === "expression" ? [it.expression] : []));
  return block.tail === undefined ? found : [...found, block.tail];
}
