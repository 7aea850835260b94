/** The type parameters of impls, traits and types, with their bounds: from heads, which the tree of a file keeps as text. */
import type { GenericParameter } from "../ast.ts";
import { Text } from "../lower/text.ts";
import type { Declared } from "../names/index.ts";
import { lex } from "../syntax/lexer.ts";
import * as token from "../syntax/tokens.ts";

const known = new WeakMap<Declared, readonly GenericParameter[]>();

export function genericsOf(declared: Declared): readonly GenericParameter[] {
  const found = known.get(declared);
  if (found !== undefined) return found;
  const { lowered } = declared;
  const made = lowered?.kind === "function" ? lowered.generics : inHead(declared.tree.head);
  known.set(declared, made);
  return made;
}

/** The bounds that a trait asks of `Self`: its supertraits. */
export function supertraitsOf(trait: Declared): GenericParameter["bounds"] {
  const { kinds, starts, ends, count, text } = lex(trait.tree.head);
  let angles = 0;
  for (let at = 0; at < count; at++) {
    if (kinds[at] === token.LESS) angles++;
    else if (kinds[at] === token.GREATER) angles--;
    else if (kinds[at] === token.COLON && angles === 0) {
      let end = at + 1;
      while (end < count && kinds[end] !== token.WHERE) end++;
      return parameters(`<Self_: ${text.slice(starts[at + 1] ?? 0, ends[end - 1] ?? 0)}>`, "")[0]?.bounds ?? [];
    }
  }
  return [];
}

/** `<A: B>` behind the keyword or the name, and `where` at the end; read as those of a function. */
function inHead(head: string): readonly GenericParameter[] {
  const { kinds, starts, ends, count } = lex(head);
  let open = 0;
  while (open < count && !isHeadOfParameters(kinds, open)) open++;
  if (open === count) return [];
  const close = closingAngle(kinds, open, count);
  let where = close;
  while (where < count && kinds[where] !== token.WHERE) where++;
  const predicates = where === count ? "" : head.slice(starts[where] ?? 0).replace(/;\s*$/, "");
  return parameters(head.slice(starts[open] ?? 0, ends[close] ?? 0), predicates);
}

/** `impl<` or `struct Name<`. */
const isHeadOfParameters = (kinds: Uint8Array, at: number): boolean =>
  kinds[at] === token.LESS && (kinds[at - 1] === token.IMPL || NAMING.has(kinds[at - 2] ?? token.END));
const NAMING: ReadonlySet<number> = new Set([token.STRUCT, token.ENUM, token.UNION, token.TRAIT, token.TYPE]);

function closingAngle(kinds: Uint8Array, from: number, count: number): number {
  let angles = 0;
  for (let at = from; at < count; at++) {
    if (kinds[at] === token.LESS) angles++;
    else if (kinds[at] === token.GREATER && kinds[at - 1] !== token.MINUS && --angles === 0) return at;
  }
  return count - 1;
}

function parameters(list: string, where: string): readonly GenericParameter[] {
  const [item] = Text.of(`fn f${list}() ${where} {}`).items().items;
  return item?.kind === "function" ? item.generics : [];
}
