/** Every regular expression of the sources, from TypeScript's own tree: literals, and what `new RegExp` is given. */
import { join } from "node:path";
import type { Expression, Node, SourceFile } from "typescript/unstable/ast";
import { ROOT } from "../../harness/fixtures.ts";

export interface Pattern {
  readonly source: string;
  readonly flags: string;
  /** `server/src/a.ts:12` */
  readonly place: string;
}

/** What stands for a value that is known at run time only: a name, as in all of our patterns. */
const HOLE = "name";

export async function patternsInSources(): Promise<readonly Pattern[]> {
  const { API } = await import("typescript/unstable/sync");
  const is = await import("typescript/unstable/ast/is");
  const api = new API({ cwd: ROOT });
  try {
    const project = api.updateSnapshot({ openProject: join(ROOT, "tsconfig.json") }).getProjects()[0];
    if (project === undefined) throw new Error("TypeScript opens no project");
    const { program } = project;
    const found: Pattern[] = [];
    for (const name of program.getSourceFileNames().filter((it) => /\/(?:server|client)\/src\//.test(it))) {
      const file = program.getSourceFile(name);
      if (file === undefined) throw new Error(`TypeScript does not give ${name}`);
      const constants = new Map<string, Expression>();
      const walk = (node: Node): void => {
        if (is.isVariableDeclaration(node) && is.isIdentifier(node.name) && node.initializer)
          constants.set(node.name.text, node.initializer);
        const place = `${name.slice(ROOT.length + 1)}:${lineOf(file, node)}`;
        if (is.isRegularExpressionLiteral(node)) found.push({ ...divided(node.text), place });
        if (
          (is.isNewExpression(node) || is.isCallExpression(node)) &&
          is.isIdentifier(node.expression) &&
          node.expression.text === "RegExp"
        ) {
          const [source, flags] = node.arguments ?? [];
          found.push({ source: textOf(source), flags: flags === undefined ? "" : textOf(flags), place });
        }
        node.forEachChild(walk);
      };
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
      walk(file);
    }
    return found;
  } finally {
    api.close();
  }
}

function divided(literal: string): { readonly source: string; readonly flags: string } {
  const end = literal.lastIndexOf("/");
  return { source: literal.slice(1, end), flags: literal.slice(end + 1) };
}

const lineOf = (file: SourceFile, node: Node): number => file.text.slice(0, node.getStart(file)).split("\n").length;
