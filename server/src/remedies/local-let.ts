/** The `let` that a local variable means where it is used, as far as the blocks around show. */
import type { Block, Expression, Pattern, Statement } from "../rust/index.ts";

export type Declared = Extract<Statement, { readonly kind: "let" }> & { readonly pattern: Extract<Pattern, { readonly kind: "binding" }> };

/** The last of that name that ends before a place. */
export function declaredBefore(name: string | undefined, blocks: readonly Block[], place: number): Declared | undefined {
  return blocks
    .flatMap((it) => it.statements)
    .filter((it): it is Declared => isDeclaration(it) && it.span.end <= place && it.pattern.name === name)
    .sort((a, b) => a.span.start - b.span.start)
    .at(-1);
}

/** Of a variable that an expression is. */
export const variableIn = (it: Expression): string | undefined =>
  it.kind === "path" && it.path.segments.length === 1 ? it.path.segments[0]?.name : undefined;

/** A variable, or a field of one. */
export const isPart = (it: Expression): boolean => (it.kind === "field" ? isPart(it.base) : variableIn(it) !== undefined);

const isDeclaration = (it: Statement): it is Declared => it.kind === "let" && it.pattern.kind === "binding";
