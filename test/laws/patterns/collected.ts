/** Every regular expression of the sources: literals, and what `new RegExp` is given. */
import type { Expression, Node } from "typescript/unstable/ast";
import { descendants, type Source, visitSources } from "../sources.ts";

export interface Pattern {
  readonly source: string;
  readonly flags: string;
  /** `server/src/a.ts:12` */
  readonly place: string;
}

/** What stands for a value that is known at run time only: a name, as in all of our patterns. */
const HOLE = "name";

export async function patternsInSources(): Promise<readonly Pattern[]> {
  const found: Pattern[] = [];
  await visitSources((source) => found.push(...patternsIn(source)));
  return found;
}

function patternsIn({ file, is, placeOf }: Source): readonly Pattern[] {
  const found: Pattern[] = [];
  const constants = new Map<string, Expression>();
  descendants(file, (node) => {
    if (is.isVariableDeclaration(node) && is.isIdentifier(node.name) && node.initializer) constants.set(node.name.text, node.initializer);
  });
  /** As far as the file tells. */
  const textOf = (node: Node | undefined): string => {
    if (node === undefined) return HOLE;
    if (is.isStringLiteral(node) || is.isNoSubstitutionTemplateLiteral(node)) return node.text;
    if (is.isRegularExpressionLiteral(node)) return divided(node.text).source;
    if (is.isNewExpression(node)) return textOf(node.arguments?.[0]);
    if (is.isPropertyAccessExpression(node) && node.name.text === "source") return textOf(node.expression);
    if (is.isIdentifier(node)) return constants.has(node.text) ? textOf(constants.get(node.text)) : HOLE;
    if (!is.isTemplateExpression(node)) return HOLE;
    return node.head.text + node.templateSpans.map((it) => textOf(it.expression) + it.literal.text).join("");
  };
  descendants(file, (node) => {
    if (is.isRegularExpressionLiteral(node)) found.push({ ...divided(node.text), place: placeOf(node) });
    if (!is.isNewExpression(node) && !is.isCallExpression(node)) return;
    if (!is.isIdentifier(node.expression) || node.expression.text !== "RegExp") return;
    const [source, flags] = node.arguments ?? [];
    found.push({ source: textOf(source), flags: flags === undefined ? "" : textOf(flags), place: placeOf(node) });
  });
  return found;
}

function divided(literal: string): { readonly source: string; readonly flags: string } {
  const end = literal.lastIndexOf("/");
  return { source: literal.slice(1, end), flags: literal.slice(end + 1) };
}
