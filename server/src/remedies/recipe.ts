/** One recipe, carried out at one place. */

import { err, ok, type Result } from "../base/result.ts";
import { type Span, sameSpan } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Recipe, RecipeEdit } from "../models/model.ts";
import type { Expression, RustFile, Statement } from "../rust/index.ts";
import { type Chain, chainAround, chainFrom, isIdle, type Piece, rewriteChain, splitChain, type Wished } from "./chain.ts";
import { enclosingFunction } from "./inventory.ts";
import { indentationAt, indented, styleOf, wholeLines } from "./lines.ts";
import { withoutNeedlessMut } from "./mutability.ts";
import { blocksIn, orphansOf } from "./orphans.ts";
import { rebuild } from "./rebuild.ts";
import type { Site } from "./site.ts";
import { aboveComments, hostOf, placeStatements, removeStatement } from "./statements.ts";
import type { Filler } from "./template.ts";
import { type Ancestor, expressionsIn } from "./trail.ts";

export function carryOut(recipe: Recipe, site: Site, filler: Filler): Result<readonly TextEdit[], string> {
  const { edit } = recipe;
  if (edit.kind === "rebuild") return rebuild(edit, recipe, site, filler);
  const edits: TextEdit[] = [];
  for (const path of recipe.imports ?? []) filler.imports.need(path);

  const removed = removedBy(edit, site, filler);
  const orphans = orphansOf(removed, filler.trail, site.source);
  filler.release([...removed, ...orphans.spans]);
  edits.push(...orphans.edits);
  const hoisted = hoist(recipe, site, filler);
  const before = hoisted ?? optional(recipe.before, filler);
  const after = hoisted === undefined ? optional(recipe.after, filler) : ok(undefined);
  if (!before.ok) return before;
  if (!after.ok) return after;
  const main =
    hoisted === undefined ? editCall(edit, site, filler) : editCall({ kind: "replace-expression", with: "{bound}" }, site, filler);
  if (!main.ok) return main;
  edits.push(...main.value);

  if (before.value !== undefined || after.value !== undefined) {
    const host = hostOf(filler.trail);
    if (!host.ok) return host;
    const placed = placeStatements(host.value, before.value, after.value, site.source);
    if (!placed.ok) return placed;
    edits.push(...placed.value);
  }
  if (hoisted === undefined && /\{bound\}/.test(`${recipe.before}${recipe.after}`)) edits.push(...mutable(site, filler));
  return ok([...withoutNeedlessMut(edits, filler.trail, site.source), ...filler.imports.edits()]);
}

/**
 * A trust store that is made where it is handed over gets a variable, so that it can be filled:
 * `with_root_certificates(RootCertStore::empty())`.
 */
function hoist({ edit, after }: Recipe, site: Site, filler: Filler): Result<string | undefined, string> | undefined {
  const { expression, callModel, model } = site;
  if (edit.kind !== "keep" || after === undefined || !after.includes("{bound}") || expression?.kind !== "call") return undefined;
  const returns = callModel?.returns;
  const made = typeof returns === "object" && "new" in returns ? returns.new : undefined;
  if (made === undefined || model.types[made]?.sort !== "trust-store" || filler.fill("{bound}").ok) return undefined;
  const name = filler.fill("{fresh:roots}");
  if (!name.ok) return name;
  filler.bind(name.value);
  const filled = filler.fill(after);
  const value = site.source.text.slice(expression.span.start, expression.span.end);
  return filled.ok ? ok(`let mut ${name.value} = ${value};\n${filled.value}`) : filled;
}

/** What an edit takes away of what the user wrote; an argument that the new text repeats is not. */
function removedBy(edit: RecipeEdit, site: Site, filler: Filler): readonly Span[] {
  const { expression, source } = site;
  if (expression === undefined || !("with" in edit || ["remove-segment", "remove-flag", "remove-statement"].includes(edit.kind))) return [];
  if ("with" in edit && /\{(?:argument|receiver)/.test(edit.with)) return [];
  switch (edit.kind) {
    case "replace-argument":
      return site.arguments.slice(edit.argument, edit.argument + 1).map((it) => it.span);
    case "replace-expression":
      return [expression.span];
    case "remove-flag": {
      const argument = site.arguments[edit.argument];
      if (argument === undefined) return [];
      const flags = operandsOf(argument);
      if (flags.length > 1) return flags.filter((it) => isFlag(it, edit.flag, filler)).map((it) => it.span);
      const chain = chainAround(expression, filler.trail, source);
      // Else the flag's type stays, for `empty()`.
      const own = removeStanding(site, chain, filler).ok ? chain.pieces[chain.index] : undefined;
      return own === undefined ? [] : [own.span];
    }
    case "replace-segment":
    case "remove-statement":
    case "remove-segment": {
      if (expression.kind === "assign") return [expression.value.span];
      const chain = chainAround(expression, filler.trail, source);
      const own = chain.pieces[chain.index];
      return own === undefined ? [] : [own.span];
    }
    default:
      return [];
  }
}

/** A template whose every line was left out says nothing. */
function optional(template: string | undefined, filler: Filler): Result<string | undefined, string> {
  if (template === undefined) return ok(undefined);
  const filled = filler.fill(template);
  return filled.ok ? ok(filled.value === "" ? undefined : filled.value) : filled;
}

function editCall(
  edit: Exclude<RecipeEdit, { readonly kind: "rebuild" }>,
  site: Site,
  filler: Filler,
): Result<readonly TextEdit[], string> {
  if (edit.kind === "keep") return ok([]);
  if (edit.kind === "replace-body" || edit.kind === "remove-method") return editMethod(edit, site, filler);
  const { expression, source } = site;
  if (expression === undefined) return err("there is no call here that could be changed");
  const filled = "with" in edit ? filler.fill(edit.with) : ok("");
  if (!filled.ok) return filled;
  const text = filled.value;
  const chain = chainAround(expression, filler.trail, source);
  switch (edit.kind) {
    case "replace-expression":
      return replaceExpression(edit, text, site, filler);
    case "replace-argument":
      return replaceArgument(edit.argument, text, site);
    case "remove-flag": {
      const rest = flagsWithout(edit.flag, site.arguments[edit.argument], site, filler);
      if (!rest.ok) return rest;
      const gone = rest.value.endsWith("::empty()") ? removeStanding(site, chain, filler) : undefined;
      return gone?.ok === true ? gone : replaceArgument(edit.argument, rest.value, site);
    }
    case "remove-statement":
      return removeStanding(site, chain, filler);
    case "replace-name":
      return replaceName(text, site, chain);
    case "append": {
      const at = chain.index + 1;
      const own = chain.pieces[chain.index];
      if (own !== undefined && own.callEnd < own.span.end) return ok([{ span: { start: own.callEnd, end: own.callEnd }, text }]);
      const added = text.split("\n").map((line) => ({ text: line }));
      return ok(rewriteChain(chain, [...chain.pieces.slice(0, at), ...added, ...chain.pieces.slice(at)], source));
    }
    case "replace-segment":
    case "remove-segment": {
      const first = firstOf(chain, edit.preceding);
      if (!first.ok) return first;
      if (edit.kind === "remove-segment") return removeSegments(first.value, site, chain, filler);
      const own = chain.pieces[chain.index];
      if (own === undefined) return err("the call is not a part of a chain of calls");
      const suffix = source.text.slice(own.callEnd, own.span.end);
      const replaced = [...chain.pieces.slice(0, first.value), ...piecesOf(text + suffix, own), ...chain.pieces.slice(chain.index + 1)];
      return ok(rewriteChain(chain, replaced, source));
    }
  }
}

/** The statement that is this call on a part of a variable, `builder.verify_param_mut().set_flags(…)?;`, and nothing else. */
function removeStanding({ expression, source }: Site, chain: Chain, filler: Filler): Result<readonly TextEdit[], string> {
  const statement = statementOf(filler.trail);
  const written = ({ start, end }: Span): string => source.text.slice(start, end);
  const onVariable =
    /^[\w.]+$/.test(written(chain.root)) && chain.pieces.slice(0, -1).every((it) => /^\s*\.\w+(\(\))?$/.test(written(it.span)));
  const alone = expression !== undefined && chain.index === chain.pieces.length - 1 && statement?.of === "statement";
  if (!alone || !onVariable || !holdsAlone(statement.node, expression)) return err("the value of the call is used: rewrite it by hand");
  return ok([removeStatement(statement, source)]);
}

/** What stays of `A | B`, as it is written; `empty()` where the flag was all. */
function flagsWithout(flag: string, argument: Expression | undefined, { source }: Site, filler: Filler): Result<string, string> {
  const operands = argument === undefined ? [] : operandsOf(argument);
  const staying = operands.filter((it) => !isFlag(it, flag, filler));
  if (staying.length === operands.length) return err("the flag is not written in the call");
  const written = (it: Expression): string => source.text.slice(it.span.start, it.span.end);
  const [first] = operands;
  if (staying.length === 0 && first !== undefined) return ok(written(first).replace(/(?<!\w)\w+$/, "empty()"));
  return ok(staying.map(written).join(" | "));
}

const isFlag = (it: Expression, flag: string, filler: Filler): boolean =>
  it.kind === "path" && filler.means(it.path.segments.map((one) => one.name)).includes(flag);

const operandsOf = (it: Expression): readonly Expression[] =>
  it.kind === "binary" && it.operator === "|" ? [...operandsOf(it.left), ...operandsOf(it.right)] : [it];

/** The text of one or several segments, in place of one. */
function piecesOf(text: string, instead: Piece): readonly Wished[] {
  const segments = splitChain(text)?.segments ?? [];
  if (segments.join("") !== text || segments.length < 2) return [{ text, instead }];
  return segments.map((it, at) => (at === segments.length - 1 ? { text: it, instead } : { text: it }));
}

function replaceExpression(
  { around, settled }: Extract<RecipeEdit, { readonly kind: "replace-expression" }>,
  text: string,
  site: Site,
  filler: Filler,
): Result<readonly TextEdit[], string> {
  const { expression, source } = site;
  if (expression === undefined) return err("there is no call here that could be changed");
  if (text.endsWith("}")) {
    // Statements, which can only stand where a statement stood.
    const statement = statementOf(filler.trail);
    if (statement?.of !== "statement" || !holdsAlone(statement.node, expression))
      return err("the value of the call is used: rewrite it by hand");
    const style = styleOf(source.text);
    return ok([{ span: statement.span, text: indented(text.split("\n"), indentationAt(source.text, statement.span.start), style) }]);
  }
  const outer = filler.trail.flatMap((it) => (it.of === "expression" && it.node !== expression ? [it.node] : []));
  const wrapped = around === undefined ? undefined : wrappedIn(around, outer.at(-1), filler);
  const whole = settled ? settledAround(expression, outer) : (wrapped ?? expression);
  if (whole === undefined) return err("what comes of the call is not settled where it stands: rewrite it by hand");
  const { root = text, segments = [] } = splitChain(text) ?? {};
  // What becomes a chain is laid out with the calls that follow.
  if (!/[\r\n]/.test(text)) {
    const chain = chainFrom(whole, filler.trail, source);
    const suffix = source.text.slice(whole.span.end, chain.root.end);
    const added = segments.map((it, at) => ({ text: at === segments.length - 1 ? it + suffix : it }));
    return ok(rewriteChain(chain, [...added, ...chain.pieces], source, segments.length === 0 ? root + suffix : root));
  }
  return ok([{ span: whole.span, text }]);
}

/** A call of this function that has the expression for its only argument. */
const wrappedIn = (path: string, outer: Expression | undefined, filler: Filler): Expression | undefined =>
  outer?.kind === "call" &&
  outer.arguments.length === 1 &&
  outer.callee.kind === "path" &&
  filler.means(outer.callee.path.segments.map((it) => it.name)).includes(path)
    ? outer
    : undefined;

/** `expression.await?`, or with `unwrap` or `expect`. */
function settledAround(expression: Expression, outer: readonly Expression[]): Expression | undefined {
  const [handled, awaited] = outer.slice(-2);
  if (awaited?.kind !== "await" || awaited.operand !== expression) return undefined;
  if (handled?.kind === "try") return handled.operand === awaited ? handled : undefined;
  return handled?.kind === "method" && handled.receiver === awaited && /^(?:unwrap|expect)$/.test(handled.name) ? handled : undefined;
}

/** The statement is the call and nothing else, or throws its value away. */
function holdsAlone(statement: Statement, expression: Expression): boolean {
  if (statement.kind === "expression") {
    // What `?` passes on is the failure of what goes.
    const whole = statement.expression.kind === "try" ? statement.expression.operand : statement.expression;
    return whole === expression && statement.semicolon;
  }
  return statement.pattern.kind === "wildcard" && statement.value === expression;
}

function editMethod(
  edit: Extract<RecipeEdit, { readonly kind: "replace-body" | "remove-method" }>,
  site: Site,
  filler: Filler,
): Result<readonly TextEdit[], string> {
  const { source, function: method } = site;
  const body = method?.body();
  if (method === undefined || body === undefined) return err("the method that decides was not found");
  const { text } = source;
  if (edit.kind === "remove-method") {
    const start =
      method.attributes.texts.length === 0
        ? method.span.start
        : Math.min(method.span.start, ...method.attributes.texts.map((it) => it.span.start - 2));
    const lines = wholeLines(text, { start: aboveComments(start, source), end: method.span.end });
    return ok([{ span: lines === undefined ? method.span : withBlankLine(lines, text), text: "" }]);
  }
  const filled = filler.fill(edit.with);
  if (!filled.ok) return filled;
  const style = styleOf(text);
  const outer = indentationAt(text, method.span.start);
  const inner = outer + style.unit;
  const lines = indented(filled.value.split("\n"), inner, style);
  return ok([{ span: body.span, text: `{${style.eol}${inner}${lines}${style.eol}${outer}}` }, ...filler.edits()]);
}

/** Of the two blank lines around a method, one goes with it. */
function withBlankLine({ start, end }: Span, text: string): Span {
  const after = /^[ \t]*(\r\n|\n|\r)/.exec(text.slice(end))?.[0].length;
  if (after !== undefined) return { start, end: end + after };
  const before = /(?:\r\n|\n|\r)([ \t]*(?:\r\n|\n|\r))$/.exec(text.slice(0, start))?.[1]?.length ?? 0;
  return { start: start - before, end };
}

/** The place of the first segment that an edit covers; those that must precede have to be in the same chain. */
function firstOf(chain: Chain, preceding: readonly string[] = []): Result<number, string> {
  const first = chain.index - preceding.length;
  const fits = preceding.every((name, at) => chain.pieces[first + at]?.name === name);
  return fits ? ok(first) : err(`\`${preceding.join("`, `")}\` does not stand right before this call`);
}

const FIELD = /^\w+(?:\s*\.(?!await\b)\w+)*$/;

function removeSegments(first: number, site: Site, chain: Chain, filler: Filler): Result<readonly TextEdit[], string> {
  const { source } = site;
  const statement = statementOf(filler.trail);
  const rest: Wished[] = [...chain.pieces.slice(0, Math.max(first, 0)), ...chain.pieces.slice(chain.index + 1)];
  if (site.expression?.kind === "assign") {
    return statement === undefined ? err("the assignment is a part of an expression") : ok([removeStatement(statement, source)]);
  }
  if (chain.index < 0) return err("the call makes the value: it cannot be taken out");
  const left = source.text.slice(chain.root.start, chain.pieces[first - 1]?.span.end ?? chain.root.end);
  // A field alone (`self.config;`) would be moved out of what it is a part of.
  const nothing =
    rest.length === 0 ||
    (rest.length === first && statement?.of === "statement" && statement.node.kind === "expression" && FIELD.test(left));
  if (statement !== undefined && nothing && isIdle(statement, chain, source.text)) return ok([removeStatement(statement, source)]);
  const idle = rest.length === 0 ? (idleArm(chain, filler.trail, source.text) ?? idleTail(chain, filler.trail, source)) : undefined;
  return ok(idle === undefined ? rewriteChain(chain, rest, source) : [idle]);
}

/** The last value of a function that returns nothing, or that nothing failed: without its call it would be the object itself. */
function idleTail({ span }: Chain, trail: readonly Ancestor[], source: RustFile): TextEdit | undefined {
  const around = enclosingFunction(trail);
  const tail = around?.body()?.tail;
  if (around === undefined || tail === undefined || !sameSpan(tail.span, span)) return undefined;
  if (around.returns === undefined) return removeStatement({ of: "expression", node: tail, span }, source);
  const { start, end } = around.returns.span;
  return /^(?:\w+::)*Result<\(\)[,>]/.test(source.text.slice(start, end)) ? { span, text: "Ok(())" } : undefined;
}

/** `Kind => builder = builder.call(),` without its call assigns a variable to itself: the arm does nothing. */
function idleArm({ root }: Chain, trail: readonly Ancestor[], text: string): TextEdit | undefined {
  const at = trail.findLastIndex((it) => it.of === "expression" && it.node.kind === "assign");
  const [arm, assign] = [trail[at - 1], trail[at]];
  if (arm?.of !== "arm" || assign?.of !== "expression" || assign.node.kind !== "assign" || assign.node.operator !== "=") return undefined;
  const { target, value, span } = assign.node;
  if (arm.node.body !== assign.node || value.span.start !== root.start) return undefined;
  if (text.slice(target.span.start, target.span.end) !== text.slice(root.start, root.end)) return undefined;
  return { span: { start: span.start, end: span.end + (text[span.end] === "," ? 1 : 0) }, text: "{}" };
}

/** The innermost statement, where no closure or block lies between. */
function statementOf(trail: readonly Ancestor[]): Ancestor | undefined {
  for (const ancestor of [...trail].reverse()) {
    if (ancestor.of === "statement") return ancestor;
    if (ancestor.of !== "expression" || ancestor.node.kind === "closure" || ancestor.node.kind === "block") return undefined;
  }
  return undefined;
}

function replaceArgument(index: number, text: string, site: Site): Result<readonly TextEdit[], string> {
  const argument = site.arguments[index];
  if (argument === undefined) return err("the call has no such argument");
  return ok([{ span: argument.span, text }]);
}

function replaceName(text: string, site: Site, chain: Chain): Result<readonly TextEdit[], string> {
  const { source } = site;
  const { expression } = site;
  const last =
    expression?.kind === "call" && expression.callee.kind === "path" ? expression.callee.path.segments.at(-1)?.span : site.nameSpan;
  if (last === undefined) return err("the call's name is not written here");
  if (chain.index >= 0 || last.start < chain.root.start || last.end > chain.root.end) return ok([{ span: last, text }]);
  const root = source.text.slice(chain.root.start, last.start) + text + source.text.slice(last.end, chain.root.end);
  return ok(rewriteChain(chain, chain.pieces, source, root));
}

/** A variable that now changes has to be declared so. */
function mutable(site: Site, filler: Filler): readonly TextEdit[] {
  const name = filler.fill("{bound}");
  const body = enclosingFunction(filler.trail)?.body();
  if (!name.ok || body === undefined) return [];
  const end = site.statement.end;
  const blocks = [body, ...expressionsIn(body).flatMap(blocksIn)];
  const declared = blocks
    .flatMap((it) => it.statements)
    .filter((it) => it.span.start <= end && it.kind === "let" && it.pattern.kind === "binding" && it.pattern.name === name.value)
    .sort((a, b) => a.span.start - b.span.start)
    .at(-1);
  if (declared?.kind !== "let" || declared.pattern.kind !== "binding" || declared.pattern.mutable || declared.pattern.reference) return [];
  const { start } = declared.pattern.span;
  return [{ span: { start, end: start }, text: "mut " }];
}
