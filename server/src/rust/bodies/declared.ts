/** The functions and constants of a file, or of a block, with bodies that are lowered when somebody asks for them. */
import type { FunctionItem, Item, Type } from "../ast.ts";
import { parseBlock, parseExpression } from "../syntax/bodies.ts";
import { paired } from "../syntax/brackets.ts";
import { parseItems } from "../syntax/items.ts";
import { lex } from "../syntax/lexer.ts";
import * as node from "../syntax/nodes.ts";
import { parameters } from "./blocks.ts";
import type { Body, Declared } from "./body.ts";
import { BodyBuilder } from "./builder.ts";
import { NO_MACROS } from "./expander.ts";
import { FORMS } from "./forms.ts";
import { type Context, type Forms, run } from "./lower.ts";
import { NameScopes } from "./scopes.ts";
import { type Tree, treeAt } from "./tree.ts";

/** Of a text, which starts at `shift` in its file. */
export function declaredIn(text: string, shift = 0, macros = NO_MACROS): readonly Declared[] {
  const tree = treeAt(paired(lex(text)), 0, { shift, macros }, parseItems);
  const roots: number[] = [];
  for (let at = tree.nodes.count - 1; at >= 0; at = tree.first(at) - 1) roots.push(at);
  return declaredAt(tree, roots.reverse());
}

const forms: Forms = { ...FORMS, declared: declaredAt };

type Around = Pick<Declared, "modules" | "self" | "implemented" | "trait">;
const NOTHING_AROUND: Around = { modules: [], self: undefined, implemented: undefined, trait: undefined };

function declaredAt(tree: Tree, roots: readonly number[]): readonly Declared[] {
  const found: Declared[] = [];
  // Levels of items are few: the parser cuts them.
  const visit = (nodes: readonly number[], around: Around): void => {
    for (const at of nodes) {
      const inner = tree.children(at);
      switch (tree.kind(at)) {
        case node.FUNCTION:
        case node.CONST:
        case node.STATIC:
          found.push(...one(tree, at, around));
          break;
        case node.MODULE:
          visit(inner, { ...around, modules: [...around.modules, tree.lowering.name(tree.data(at))] });
          break;
        case node.TRAIT:
          visit(inner, { ...around, trait: tree.lowering.name(tree.data(at)) });
          break;
        case node.IMPL: {
          const types = inner.slice(0, tree.flags(at) === node.HAS_TRAIT ? 2 : 1);
          visit(inner.slice(types.length), { ...around, ...implemented(types.map((it) => tree.type(it))) });
        }
      }
    }
  };
  visit(roots, NOTHING_AROUND);
  return found;
}

/** The trait, if there is one, and the type. */
function implemented(types: readonly Type[]): Pick<Around, "self" | "implemented"> {
  const trait = types.length > 1 ? types[0] : undefined;
  return { self: types.at(-1), implemented: trait?.kind === "path" ? trait.path : undefined };
}

function one(tree: Tree, at: number, around: Around): Declared[] {
  const start = tree.data(at);
  const item = tree.item(at);
  if (start < 0 || item === undefined) return [];
  const signature = item.kind === "function" ? item : undefined;
  let made: Body | undefined;
  return [
    {
      ...around,
      name: nameOf(item),
      signature,
      span: item.span,
      body: () => {
        made ??= signature === undefined ? initialiser(tree, start, item) : functionBody(tree, start, signature);
        return made;
      },
    },
  ];
}

const nameOf = (item: Item): string => ("name" in item ? (item.name ?? "") : "");

function functionBody(tree: Tree, brace: number, signature: FunctionItem): Body {
  const parsed = tree.parse(brace, parseBlock);
  const body = new BodyBuilder(signature.span, new NameScopes(tree.macros), undefined, signature.async);
  body.scopes.open();
  if (signature.receiver !== undefined) body.parameters.push(body.variable("self", signature.span.start, signature.receiver.mutable));
  parameters(body, signature.parameters);
  return lowered({ tree: parsed, body, forms }, FORMS.block);
}

function initialiser(tree: Tree, first: number, { span }: Item): Body {
  const parsed = tree.parse(first, parseExpression);
  return lowered({ tree: parsed, body: new BodyBuilder(span, new NameScopes(tree.macros), undefined), forms }, FORMS.expression);
}

const lowered = (context: Context, form: typeof FORMS.expression): Body =>
  context.body.finish(run(form(context, context.tree.nodes.count - 1)));
