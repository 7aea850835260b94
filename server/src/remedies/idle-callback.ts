/** A callback that an edit leaves nothing to do goes with what registers it; where it does more, what it needs no longer is named so. */
import { covers } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { CrateModel } from "../models/model.ts";
import type { Expression, ExpressionOf, RustFile } from "../rust/index.ts";
import { isKnown } from "./alike-branches.ts";
import { variableIn } from "./local-let.ts";
import { holdsAlone } from "./replace-expression.ts";
import { removeStatement } from "./statements.ts";
import { type Ancestor, expressionsAt } from "./trail.ts";

export function withoutIdleCallback(
  edits: readonly TextEdit[],
  trail: readonly Ancestor[],
  source: RustFile,
  models: readonly CrateModel[],
): readonly TextEdit[] {
  const at = trail.findLastIndex((it) => it.of === "expression" && it.node.kind === "closure");
  const found = trail[at];
  if (found?.of !== "expression" || found.node.kind !== "closure") return edits;
  const closure = found.node;
  const gone = edits.filter((it) => it.text === "" && covers(closure.body.span, it.span));
  if (gone.length === 0 || gone.length < edits.filter((it) => covers(closure.body.span, it.span)).length) return edits;
  const registration = isIdle(closure.body, gone) ? registrationOf(closure, trail.slice(0, at), models) : undefined;
  if (registration !== undefined)
    return [...edits.filter((it) => !covers(registration.span, it.span)), withoutStatement(registration, trail, source)];
  return [...edits, ...unusedIn(closure, gone, source)];
}

/** Nothing is left but `Ok(())`, or nothing at all. */
function isIdle(body: Expression, gone: readonly TextEdit[]): boolean {
  if (body.kind !== "block" || body.block.items.length > 0) return false;
  const { statements, tail } = body.block;
  return statements.every(({ span }) => gone.some((it) => covers(it.span, span))) && (tail === undefined || isFine(tail));
}

function isFine(it: Expression): boolean {
  if (it.kind !== "call" || it.callee.kind !== "path" || it.callee.path.segments.at(-1)?.name !== "Ok") return false;
  const [value] = it.arguments;
  return value?.kind === "tuple" && value.elements.length === 0;
}

/** The statement that gives a closure to what calls it for each connection: without one, the library's defaults hold. */
function registrationOf(closure: Expression, around: readonly Ancestor[], models: readonly CrateModel[]): Ancestor | undefined {
  const [statement, call] = around.slice(-2);
  if (call?.of !== "expression" || call.node.kind !== "method" || statement?.of !== "statement") return undefined;
  const { name, receiver, arguments: given } = call.node;
  const isRegistered = models.some(({ calls }) =>
    calls.some((it) => it.path.endsWith(`::${name}`) && it.effects?.some((effect) => effect.kind === "calls") === true),
  );
  return isRegistered && given.length === 1 && given[0] === closure && isKnown(receiver) && holdsAlone(statement.node, call.node)
    ? statement
    : undefined;
}

/** A variable that is then only given back needs no name. */
function withoutStatement(registration: Ancestor, trail: readonly Ancestor[], source: RustFile): TextEdit {
  const block = trail[trail.indexOf(registration) - 1];
  const { statements, tail } = block?.of === "block" ? block.node : { statements: [], tail: undefined };
  const [declared, last] = statements.slice(-2);
  const isAlone = declared?.kind === "let" && last === registration.node && declared.type === undefined && declared.otherwise === undefined;
  const isGivenBack = isAlone && tail !== undefined && declared.pattern.kind === "binding" && variableIn(tail) === declared.pattern.name;
  if (!isGivenBack || declared.value === undefined) return removeStatement(registration, source);
  const { start, end } = declared.value.span;
  return { span: { start: declared.span.start, end: tail.span.end }, text: source.text.slice(start, end) };
}

function unusedIn({ parameters, body }: ExpressionOf<"closure">, gone: readonly TextEdit[], { text }: RustFile): readonly TextEdit[] {
  const all = expressionsAt(body);
  return parameters.flatMap(({ pattern }): readonly TextEdit[] => {
    if (pattern.kind !== "binding" || pattern.name.startsWith("_") || pattern.inside !== undefined) return [];
    const uses = all.filter((it) => it.kind === "path" && it.path.segments.length === 1 && it.path.segments[0]?.name === pattern.name);
    const isLeft = ({ span }: Expression): boolean => !gone.some((it) => covers(it.span, span));
    const isNamed = all.some((it) => it.kind === "macro" && isLeft(it) && text.slice(it.span.start, it.span.end).includes(pattern.name));
    return uses.length === 0 || uses.some(isLeft) || isNamed ? [] : [{ span: pattern.span, text: `_${pattern.name}` }];
  });
}
