/** Macros and items in bodies: what they make, and where it is looked up. */
import type { Block, ExpressionOf, Path } from "../ast.ts";
import { DEEPEST_ARGUMENTS, DEEPEST_NESTING } from "../bounds.ts";
import { Text } from "../lower/text.ts";
import { type Declared, type DefinitionMaps, type External, MACROS, type Module } from "../names/index.ts";

interface Caller {
  readonly of: Declared;
  readonly module: Module;
  /** How deep the call stands in expressions, those of macros around it among them. */
  readonly level: number;
}

/** Undefined where the macro is not here, or nothing fits. */
export function expansionOf(
  { path, tokens }: ExpressionOf<"macro">,
  { of, module, level }: Caller,
  { macros }: DefinitionMaps,
): { readonly macro: Declared; readonly block: Block } | undefined {
  const [first] = path.segments;
  if (first === undefined) return undefined;
  if (level > DEEPEST_LEVEL) {
    module.crate.cut(of.fragment.path, `what macros make nests more than ${DEEPEST_LEVEL} levels deep`);
    return undefined;
  }
  const segments = path.segments.map((it) => it.name);
  const made = macros.expand(of, module, { segments, global: path.global, start: first.span.start }, tokens);
  const block = made && Text.of(made.text, made.at).block(0);
  return block && { macro: made.macro, block };
}

/** What a macro is that nothing is known to make: one of another crate, as a rule. */
export function macrosMeant({ segments, global }: Path, module: Module, maps: DefinitionMaps): readonly (Declared | External)[] {
  const { found } = maps.resolve(
    segments.map((it) => it.name),
    module,
    global,
  );
  return found.flatMap(({ definition, namespaces }) =>
    (namespaces & MACROS) !== 0 && (definition.sort === "item" || definition.sort === "external") ? [definition] : [],
  );
}

/** The module of the items that a block declares, if there are any. */
export function moduleOf({ items, span }: Block, around: Module, of: Declared, maps: DefinitionMaps): Module {
  if (items.length === 0) return around;
  const start = span.start + 1;
  const inside = maps.macros.textAt(of, { start, end: span.end - 1 });
  return maps.block(inside, start, of, around, new Set(items.map((it) => it.span.end)));
}

/** Whoever walks plain data does it by recursion. */
const DEEPEST_LEVEL = DEEPEST_NESTING * DEEPEST_ARGUMENTS;
