/** One recipe, carried out at one place. */

import { lastName } from "../analysis/canonical-paths.ts";
import { CUMULATIVE } from "../analysis/model-object.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Effect, Recipe, RecipeEdit } from "../models/model.ts";
import type { Expression } from "../rust/index.ts";
import { flagsWithout, isFlag, operandsOf, withoutWord } from "./argument-parts.ts";
import { withAttributes } from "./attribute-edits.ts";
import { type Chain, chainAround, type Piece, rewriteChain, splitChain, type Wished } from "./chain.ts";
import { settingIn } from "./deciding-setting.ts";
import { withoutIdleCallback } from "./idle-callback.ts";
import { enclosingFunction } from "./inventory.ts";
import { indentationAt, indented, styleOf, wholeLines } from "./lines.ts";
import { declaredBefore, isPart } from "./local-let.ts";
import { withoutNeedlessMut } from "./mutability.ts";
import { blocksIn, orphansOf } from "./orphans.ts";
import { rebuild } from "./rebuild.ts";
import { assignmentOf } from "./remove-assignment.ts";
import { removeSegments, statementOf } from "./remove-segments.ts";
import { holdsAlone, replaceExpression } from "./replace-expression.ts";
import type { Site } from "./site.ts";
import { aboveComments, hostOf, placeStatements, removeStatement } from "./statements.ts";
import type { Filler } from "./template.ts";
import { type Ancestor, expressionsIn } from "./trail.ts";

export function carryOut(recipe: Recipe, given: Site, filler: Filler): Result<readonly TextEdit[], string> {
  const { edit } = recipe;
  const { origin: _, ...here } = given;
  const site = given.constant && "with" in edit && edit.with.includes(" | ") ? here : given;
  if (edit.kind === "rebuild") return rebuild(edit, recipe, site, filler);
  const later = edit.kind === "append" ? overriding(recipe, edit.with, site) : undefined;
  if (later !== undefined) return err(`\`${later}\` decides this further on: change what it is given`);
  const edits: TextEdit[] = [];
  for (const path of recipe.imports ?? []) filler.imports.need(path);

  const removed = removedBy(edit, site, filler);
  const setting = settingIn(removed, site);
  if (setting !== undefined) return err(`\`${setting}\` decides this: change what it is given`);
  const orphans = orphansOf(removed, filler.trail, filler.ground);
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
  const busy = withoutIdleCallback(edits, filler.trail, site.source, filler.ground.models);
  return ok([...withoutNeedlessMut(busy, filler.trail, site.source), ...filler.taken(), ...filler.imports.edits()]);
}

/** A later call that says the same or another thing of it on the same endpoint, and has the last word. */
function overriding({ gives }: Recipe, text: string, { others, file, nameSpan }: Site): string | undefined {
  const name = /^\.(\w+)/.exec(text)?.[1];
  if (name === undefined || [...CUMULATIVE].some((it) => it === gives.kind)) return undefined;
  const isOver = (it: Site): boolean => lastName(it.call) === name || it.callModel?.effects?.some((of) => states(of, gives.kind)) === true;
  const later = others.find((it) => it.file === file && it.nameSpan.start > nameSpan.start && isOver(it));
  return later && lastName(later.call);
}

function states(effect: Effect, kind: string): boolean {
  if (effect.kind === "states") return effect.fact.kind === kind;
  return effect.kind === "switch" && (effect.on?.kind ?? effect.off?.kind) === kind;
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
      return [argumentOf(site, edit.argument)].flatMap((it) => it?.span ?? []);
    case "replace-expression":
      return [assignmentIn(edit, site, filler)?.span ?? expression.span];
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
      const gone = chain.pieces.filter((it) => it === own || it.callEnd === site.alongside?.end);
      return gone.map((it) => it.span);
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
  const assigned = assignmentIn(edit, site, filler);
  if (assigned !== undefined) return ok([removeStatement(assigned, source)]);
  const filled = "with" in edit ? filler.fill(edit.with, replacedBy(edit, site)) : ok("");
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
    case "remove-word":
      return withoutWord(edit.word, argumentOf(site, edit.argument), source.text);
    case "remove-statement":
      return removeStanding(site, chain, filler);
    case "replace-name": {
      const behind = filler.fill(edit.behind ?? "");
      return behind.ok ? replaceName(text, behind.value, site, chain) : behind;
    }
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

/** The statement that sets what holds without it. */
function assignmentIn(edit: RecipeEdit, site: Site, { trail, ground }: Filler): Ancestor | undefined {
  const unset = edit.kind === "replace-expression" ? edit.unset : undefined;
  return unset === undefined ? undefined : assignmentOf(unset, site, trail, ground);
}

/** What the new text takes the place of, where that is one expression. */
function replacedBy(edit: RecipeEdit, site: Site): Expression | undefined {
  if (edit.kind === "replace-argument") return argumentOf(site, edit.argument);
  return edit.kind === "replace-expression" ? site.expression : undefined;
}

/** Where it is written, which may be elsewhere. */
const argumentOf = (site: Site, index: number): Expression | undefined => site.origin ?? site.arguments[index];

/** The statement that is this call on a part of a variable, `builder.verify_param_mut().set_flags(…)?;`, and nothing else. */
function removeStanding({ expression, source }: Site, chain: Chain, filler: Filler): Result<readonly TextEdit[], string> {
  const statement = statementOf(filler.trail);
  const alone = expression?.kind === "method" && chain.index === chain.pieces.length - 1 && statement?.of === "statement";
  if (!alone || !isView(expression.receiver) || !holdsAlone(statement.node, expression))
    return err("the value of the call is used: rewrite it by hand");
  return ok([removeStatement(statement, source)]);
}

/** What a variable gives of itself without being told anything: `builder.verify_param_mut()`. */
const isView = (it: Expression): boolean => (it.kind === "method" ? it.arguments.length === 0 && isView(it.receiver) : isPart(it));

/** The text of one or several segments, in place of one. */
function piecesOf(text: string, instead: Piece): readonly Wished[] {
  const segments = splitChain(text)?.segments ?? [];
  if (segments.join("") !== text || segments.length < 2) return [{ text, instead }];
  return segments.map((it, at) => (at === segments.length - 1 ? { text: it, instead } : { text: it }));
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
    const whole = withAttributes(method);
    const lines = wholeLines(text, { start: aboveComments(whole.start, source), end: whole.end });
    return ok([{ span: lines === undefined ? whole : withBlankLine(lines, text), text: "" }]);
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

function replaceArgument(index: number, text: string, site: Site): Result<readonly TextEdit[], string> {
  const argument = argumentOf(site, index);
  if (argument === undefined) return err("the call has no such argument");
  // What is an option at the call is none where its value is named.
  const inner = site.origin === undefined ? undefined : /^Some\((.*)\)$/s.exec(text)?.[1];
  if (inner !== undefined) return ok([{ span: argument.span, text: inner }]);
  return ok([{ span: argument.span, text }]);
}

function replaceName(text: string, behind: string, site: Site, chain: Chain): Result<readonly TextEdit[], string> {
  const { source } = site;
  const { expression } = site;
  const last =
    expression?.kind === "call" && expression.callee.kind === "path" ? expression.callee.path.segments.at(-1)?.span : site.nameSpan;
  if (last === undefined) return err("the call's name is not written here");
  const { end } = expression?.span ?? last;
  const more = behind === "" ? [] : [{ span: { start: end, end }, text: behind }];
  if (chain.index >= 0 || last.start < chain.root.start || last.end > chain.root.end) return ok([{ span: last, text }, ...more]);
  const root = source.text.slice(chain.root.start, last.start) + text + source.text.slice(last.end, chain.root.end);
  const added = behind.startsWith(".") ? [{ text: behind }] : [];
  return ok(rewriteChain(chain, [...added, ...chain.pieces], source, added.length > 0 ? root : root + behind));
}

/** A variable that now changes has to be declared so. */
function mutable(site: Site, filler: Filler): readonly TextEdit[] {
  const name = filler.fill("{bound}");
  const body = enclosingFunction(filler.trail)?.body();
  if (!name.ok || body === undefined) return [];
  const declared = declaredBefore(name.value, [body, ...expressionsIn(body).flatMap(blocksIn)], site.statement.end);
  if (declared === undefined || declared.pattern.mutable || declared.pattern.reference) return [];
  const { start } = declared.pattern.span;
  return [{ span: { start, end: start }, text: "mut " }];
}
