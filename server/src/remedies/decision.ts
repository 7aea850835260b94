/** A remedy at the decision: where the finding stands at a literal or a variant that somebody wrote elsewhere, that one word is changed. */
import { INSTEAD } from "../analysis/instead.ts";
import { isOffer } from "../analysis/lexicon.ts";
import { polarityOfName } from "../analysis/option-names.ts";
import { err, ok, type Result } from "../base/result.ts";
import { covers, type Span, sameSpan } from "../base/span.ts";
import type { Value } from "../flow/index.ts";
import type { CrateModel } from "../models/model.ts";
import type { EnumItem, Expression, RustFile, Scope, Scopes } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Guard, Observation, Place } from "../tls/facts.ts";
import { withoutCalledDefault } from "./called-default.ts";
import type { Flip } from "./flip.ts";
import { means } from "./meaning.ts";
import { scopeOf } from "./remedy-sites.ts";
import type { Site } from "./site.ts";
import type { Wanted } from "./spelled-fix.ts";
import { type Ancestor, trailTo } from "./trail.ts";
import { isUnset } from "./unset-side.ts";

/** Undefined where nothing of the kind decides, or more than one other word could be meant; the error says who offers it. */
export function flipped(site: Site, observation: Observation, want: Wanted): Result<Flip, string> | undefined {
  const { place, guards } = observation;
  if (!DECIDED.has(want.kind) || isWrittenAtCall(site, observation) || guards.some(asksForIt)) return undefined;
  // What a function gives, others may take, too.
  if (want.kind === "plaintext-default" && isResultAt(place, site.scopes)) return undefined;
  return flipAt(place, site.scopes);
}

/** A value without a call, such as a unit struct, is found by its place. */
export function located(site: Site, { place, fact }: Observation): Site {
  if (site.expression !== undefined || fact.kind === "verifier" || place.file !== site.file) return site;
  const found = trailTo(site.source, place.span).findLast((it) => it.of === "expression" && sameSpan(it.span, place.span));
  return found?.of === "expression" ? { ...site, expression: found.node } : site;
}

function isResultAt(place: Place, scopes: Scopes): boolean {
  const root = scopes.roots.find((it) => it.file === place.file);
  const [around, block] = root === undefined ? [] : trailTo(root.source, place.span).slice(-3);
  return block?.of === "block" && around?.of === "item" && around.node.kind === "function";
}

/** The other word at a place where one of two stands, or the one that should be there. `setting`: what the value there is called. */
export function flipAt(place: Place, scopes: Scopes, better?: Value, setting?: string): Result<Flip, string> | undefined {
  const root = scopes.roots.find((it) => it.file === place.file);
  if (root === undefined) return undefined;
  const trail = trailTo(root.source, place.span);
  const called = calledAt(trail, place.span);
  if (called !== undefined && isOffer(called)) return err(`\`${called}\` is there to choose this: call one that verifies`);
  const at = trail.findLastIndex((it) => it.of === "expression" && sameSpan(it.span, place.span));
  const found = trail[at];
  if (found?.of !== "expression") return undefined;
  const whole = defaultIn(found.node) ?? found.node;
  const text = betterAt(whole, better) ?? otherOf(whole, scopeOf(trail, scopes, place.file, root.source), scopes);
  if (text === undefined) return undefined;
  const offer = offeredBy(trail, at);
  if (offer !== undefined) return err(`\`${offer}\` is there to choose this: change who calls it`);
  const unnamed =
    text === "false" ? withoutCalledDefault(trail, at, place.file, scopeOf(trail, scopes, place.file, root.source), setting) : undefined;
  if (unnamed !== undefined) return unnamed;
  const around = whole === found.node ? trail.slice(0, at + 1) : trailTo(root.source, whole.span);
  return ok({ file: place.file, span: whole.span, text, title: titleOf(around, whole, text, root.source) });
}

/** The name of what is called where a place is that of a call. */
function calledAt(trail: readonly Ancestor[], span: Span): string | undefined {
  const around = trail.findLast((it) => it.of === "expression" && (it.node.kind === "call" || it.node.kind === "method"));
  if (around?.of !== "expression") return undefined;
  const { node } = around;
  if (node.kind === "method") return sameSpan(node.nameSpan, span) ? node.name : undefined;
  return node.kind === "call" && node.callee.kind === "path" && sameSpan(node.callee.span, span)
    ? node.callee.path.segments.at(-1)?.name
    : undefined;
}

/** A function that does what its name says, as against one that gives a default: `fn without_check(mut self) { self.check = false; … }`. */
function offeredBy(trail: readonly Ancestor[], at: number): string | undefined {
  const around = trail.findLast((it) => it.of === "item" && it.node.kind === "function");
  const name = around?.of === "item" && around.node.kind === "function" ? around.node.name : "";
  const isResult = trail[at - 1]?.of === "block" && trail[at - 2] === around;
  return !isResult && polarityOfName(name) > 0 ? name : undefined;
}

export const DECIDED: ReadonlySet<string> = new Set([
  "server-verification",
  "hostname-verification",
  "client-authentication",
  "plaintext-default",
]);

/**
 * The site with what its argument is given where it is given, in the same module: a constant, or what a function of the user's returns. A
 * literal of the user's is none that a recipe's text could take the place of.
 */
export function withOrigin(site: Site, observation: Observation, models: readonly CrateModel[]): Site {
  const { place } = observation;
  const { expression, source, scopes, scope, file } = site;
  if (place.file !== file || expression === undefined || covers(expression.span, place.span)) return site;
  const trail = trailTo(source, place.span);
  const found = trail.findLast((it) => it.of === "expression" && sameSpan(it.span, place.span));
  const there = scopeOf(trail, scopes, file, source);
  if (found?.of !== "expression" || there.modulePath.join("::") !== scope.modulePath.join("::")) return site;
  const ground = { source, scope: there, scopes, models };
  const isValue = (it: Expression): boolean =>
    it.kind === "binary"
      ? isValue(it.left) && isValue(it.right)
      : it.kind === "path" && models.some(({ values = {} }) => Object.hasOwn(values, means(it.path.segments, ground) ?? ""));
  // One of several values is not what the call is given.
  if (isInBranch(trail) && !isUnset(site, observation)) return site;
  const holder = trail.findLast((it) => it.of === "item");
  const isConstant = holder?.of === "item" && (holder.node.kind === "const" || holder.node.kind === "static");
  return isValue(found.node) ? { ...site, origin: found.node, ...(isConstant ? { constant: true } : {}) } : site;
}

const isInBranch = (trail: readonly Ancestor[]): boolean =>
  trail.some((it) => it.of === "expression" && (it.node.kind === "if" || it.node.kind === "match"));

/** It stands elsewhere, as one of several values: what the call is given in its place would take the others away. */
export function isOneOfSeveral({ expression, file, scopes }: Site, { place }: Observation): boolean {
  const root = scopes.roots.find((it) => it.file === place.file);
  if (root === undefined || expression === undefined || (place.file === file && covers(expression.span, place.span))) return false;
  return isInBranch(trailTo(root.source, place.span));
}

/** There the recipes of the call know better: without the call, the library's default holds. */
function isWrittenAtCall({ arguments: given, expression, nameSpan, file }: Site, { place }: Observation): boolean {
  if (place.file !== file) return false;
  if (sameSpan(place.span, nameSpan) || given.some((it) => sameSpan(it.span, place.span) && defaultIn(it) === undefined)) return true;
  return expression !== undefined && covers(place.span, expression.span);
}

/** What nobody chooses by default was chosen by whoever sets it: the option stays as it is. */
export const asksForIt = (it: Guard): boolean => (it.kind === "condition" || it.kind === "feature") && it.byDefault !== true;

/** `….unwrap_or(true)`: what holds where nothing is set. */
function defaultIn(it: Expression): Expression | undefined {
  const [instead] = it.kind === "method" && it.name === "unwrap_or" ? it.arguments : [];
  return instead?.kind === "literal" ? instead : undefined;
}

/** A text or a variant as it is written where another stands. */
function betterAt(it: Expression, better: Value | undefined): string | undefined {
  if (it.kind === "literal" && it.literal.type === "string" && better?.kind === "constant") return JSON.stringify(better.value);
  if (it.kind !== "path" || better?.kind !== "record" || it.path.segments.length < 2) return undefined;
  return [...it.path.segments.slice(0, -1).map((one) => one.name), lastOf(better.type)].join("::");
}

/** The other truth, or the one other variant; of several the one whose name promises a check. */
function otherOf(it: Expression, scope: Scope, scopes: Scopes): string | undefined {
  if (it.kind === "literal") return it.literal.type === "bool" ? String(!it.literal.value) : undefined;
  const written = it.kind === "path" ? it.path.segments.at(-1) : undefined;
  const found = it.kind === "path" ? scopes.resolve(it.path, scope) : undefined;
  const { item, variant } = found?.kind === "local" ? found.definition : {};
  if (written === undefined || it.kind !== "path" || item?.kind !== "enum" || variant === undefined) return undefined;
  const other = otherVariant(item, variant);
  if (other === undefined) return undefined;
  const { segments } = it.path;
  // A variant that was imported by its own name is not followed by the other.
  return segments.length < 2 ? undefined : [...segments.slice(0, -1).map((one) => one.name), other.name].join("::");
}

/** The one that is wanted, the one other that there is, or whose name promises a check, if it holds nothing. */
export function otherVariant({ variants }: EnumItem, variant: string, wanted?: string): EnumItem["variants"][number] | undefined {
  const others = variants.filter((it) => it.name !== variant);
  const strict = (it: EnumItem["variants"][number]): boolean => (wanted === undefined ? polarityOfName(it.name) < 0 : it.name === wanted);
  const [other, ...more] = others.length === 1 ? others : others.filter(strict);
  return more.length > 0 || (other?.fields.length ?? 0) > 0 ? undefined : other;
}

/** What is set, passed or returned, by the name that it has there. */
function titleOf(trail: readonly Ancestor[], it: Expression, text: string, { text: source }: RustFile): string {
  const [outer, own] = [trail.at(-2), trail.at(-1)];
  const named = targetIn(outer, it);
  if (named !== undefined) return `Set \`${named}\` to \`${text}\``;
  if (outer?.of === "expression" && outer.node.kind === "method" && INSTEAD.has(`.${outer.node.name}`) && outer.node.arguments[0] === it)
    return `Default to \`${text}\``;
  const called = calleeIn(outer, it);
  if (called !== undefined) return `Pass \`${text}\` to \`${called}\``;
  const around = trail.findLast((one) => one.of === "item");
  if (outer?.of === "block" && around?.of === "item" && around.node.kind === "function" && trail.at(-3) === around)
    return `Return \`${text}\` from \`${around.node.name}\``;
  return `Replace \`${own === undefined ? "" : source.slice(it.span.start, it.span.end)}\` with \`${text}\``;
}

function targetIn(outer: Ancestor | undefined, it: Expression): string | undefined {
  if (outer?.of === "item") return outer.node.kind === "const" || outer.node.kind === "static" ? outer.node.name : undefined;
  if (outer?.of === "statement" && outer.node.kind === "let")
    return outer.node.pattern.kind === "binding" ? outer.node.pattern.name : undefined;
  if (outer?.of !== "expression") return undefined;
  const { node } = outer;
  if (node.kind === "struct") return node.fields.find(({ value }) => value === it)?.name;
  if (node.kind !== "assign" || node.value !== it) return undefined;
  return node.target.kind === "field" ? node.target.name : node.target.kind === "path" ? node.target.path.segments.at(-1)?.name : undefined;
}

function calleeIn(outer: Ancestor | undefined, it: Expression): string | undefined {
  if (outer?.of !== "expression") return undefined;
  const { node } = outer;
  if (node.kind === "method" && node.receiver !== it) return node.name;
  return node.kind === "call" && node.callee.kind === "path" ? node.callee.path.segments.at(-1)?.name : undefined;
}
