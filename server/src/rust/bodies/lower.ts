/**
 * From syntax to a body. Each form is a generator that yields the forms in it and is resumed with the local that holds their value, so
 * that one loop with a stack drives them all and nesting has no bound.
 */
import type { Pattern, Type } from "../ast.ts";
import type { Declared, Local } from "./body.ts";
import type { BodyBuilder } from "./builder.ts";
import type { Tree } from "./tree.ts";

/** What is left to do for a form, which ends with the local of its value. */
export interface Form extends Generator<Form | Local, Local, Local> {}

/** A tree and the body that its expressions go to. */
export interface Context {
  readonly tree: Tree;
  readonly body: BodyBuilder;
  /** The forms, handed in, so that no two files of this folder import each other. */
  readonly forms: Forms;
}

export interface Forms {
  /** What has nothing in it is done at once. */
  expression(context: Context, at: number): Form | Local;
  /** To `yes` or `no`; what it binds is in scope in `yes`. */
  condition(context: Context, at: number, yes: number, no: number): Form;
  block(context: Context, at: number): Form;
  /** Items in a block: bodies of their own. */
  declared(tree: Tree, items: readonly number[]): readonly Declared[];
}

export interface Typed {
  readonly pattern: Pattern;
  readonly type?: Type;
}

export function run(form: Form | Local): Local {
  if (typeof form === "number") return form;
  const open: Form[] = [form];
  let value: Local = 0;
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const step = top.next(value);
    if (step.done === true) {
      open.pop();
      value = step.value;
    } else if (typeof step.value === "number") value = step.value;
    else open.push(step.value);
  }
  return value;
}

export const expression = (context: Context, at: number): Form | Local => context.forms.expression(context, at);

/** All in order. */
export function* each(context: Context, nodes: readonly number[]): Generator<Form | Local, Local[], Local> {
  const found: Local[] = [];
  for (const at of nodes) found.push(yield expression(context, at));
  return found;
}

export const unit = ({ body, tree }: Context, at: number): Local => body.emit({ kind: "unit" }, tree.span(at));
