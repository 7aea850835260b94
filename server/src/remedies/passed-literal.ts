/** A verifier that is installed where a parameter says so, and the one call in the file that says it: `https_client(true)`. */
import { covers } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Expression, FunctionItem } from "../rust/index.ts";
import type { Ground } from "./ground.ts";
import { enclosingFunction } from "./inventory.ts";
import type { Site } from "./site.ts";
import { itemAncestor, trailTo, visitAll } from "./trail.ts";

export interface Passed {
  readonly edits: readonly TextEdit[];
  readonly callee: string;
}

/** Undefined where nothing of the kind decides, or more than one call does. */
export function passedTruth({ source }: Site, installs: readonly Site[], ground: Ground): Passed | undefined {
  const [install, ...others] = installs;
  if (install?.expression === undefined || others.length > 0 || install.source !== source) return undefined;
  const trail = trailTo(source, install.expression.span);
  const here = enclosingFunction(trail);
  const asked = trail.findLast(
    (it) =>
      it.of === "expression" &&
      it.node.kind === "if" &&
      install.expression !== undefined &&
      covers(it.node.then.span, install.expression.span),
  );
  const condition = asked?.of === "expression" && asked.node.kind === "if" ? nameIn(asked.node.condition) : undefined;
  const position = here?.parameters.findIndex(({ pattern }) => pattern.kind === "binding" && pattern.name === condition) ?? -1;
  if (here === undefined || condition === undefined || position < 0) return undefined;
  const truths: Expression[] = [];
  visitAll(source.items.map(itemAncestor), (it) => {
    const given = it.of === "expression" && isCallOf(it.node, here, ground) ? it.node.arguments[position] : undefined;
    if (given?.kind === "literal" && given.literal.type === "bool" && given.literal.value) truths.push(given);
    return true;
  });
  const [only, ...more] = truths;
  return only === undefined || more.length > 0 ? undefined : { edits: [{ span: only.span, text: "false" }], callee: here.name };
}

const nameIn = (it: Expression): string | undefined =>
  it.kind === "path" && it.path.segments.length === 1 ? it.path.segments[0]?.name : undefined;

/** By a name of the same module. */
function isCallOf(it: Expression, wanted: FunctionItem, { scope, scopes }: Ground): it is Extract<Expression, { readonly kind: "call" }> {
  if (it.kind !== "call" || it.callee.kind !== "path") return false;
  const found = scopes.resolve(it.callee.path, scope);
  return found.kind === "local" && found.definition.item === wanted;
}
