/** The side of a decision on which nobody chose anything: what is changed there takes no choice away. */
import { covers, type Span } from "../base/span.ts";
import { applyEdits, type TextEdit } from "../base/text-edit.ts";
import { type Expression, isSameCode, type MatchArm, type Pattern } from "../rust/index.ts";
import type { ConditionGuard, Fact, Guard, Observation } from "../tls/facts.ts";
import type { Site } from "./site.ts";
import { type Ancestor, expressionsAt, expressionsIn, trailTo } from "./trail.ts";

/** It is said on the side on which nothing was set. */
export function isUnset({ scopes }: Site, { place, guards }: Observation): boolean {
  const root = scopes.roots.find((it) => it.file === place.file);
  if (root === undefined || guards.length === 0 || !guards.every(isUnasked)) return false;
  const trail = trailTo(root.source, place.span);
  if (guards.every(({ byDefault }) => byDefault === true) && asksForAbsence(trail.at(-1))) return true;
  return trail.some((it, at) => isUnsetArm(it, trail[at - 1], guards)) || isAbsent(trail, guards);
}

/** On the side on which nothing is given there is no authority of clients either: none could be let in that is asked. */
export function hasNobodyToAsk({ scopes }: Site, { place, guards, fact }: Observation): boolean {
  const root = scopes.roots.find((it) => it.file === place.file);
  return root !== undefined && asksNobody(fact) && guards.every(isUnasked) && isAbsent(trailTo(root.source, place.span), guards);
}

const isAbsent = (trail: readonly Ancestor[], guards: readonly ConditionGuard[]): boolean =>
  trail.some((it, at) => isNone(it) || isUnsetBranch(it, trail[at - 1], guards));

/** `Some(settings.ca.is_none())`: true where nothing is given. */
function asksForAbsence(it: Ancestor | undefined): boolean {
  if (it?.of !== "expression") return false;
  const { node } = it;
  const [only] = node.kind === "call" && node.arguments.length === 1 ? node.arguments : [node];
  return only?.kind === "method" && only.name === "is_none";
}

/** An option's, and no variant of that name: `Encryption::None` was chosen by somebody. */
function isNone(it: Ancestor): boolean {
  const pattern = it.of === "arm" ? it.node.pattern : undefined;
  const [name, owner = "Option"] = pattern?.kind === "path" ? pattern.path.segments.map((one) => one.name).reverse() : [];
  return name === "None" && owner === "Option";
}

const asksNobody = (fact: Fact): boolean => fact.kind === "client-authentication" && fact.mode === "none";

/** Nobody asks for insecurity by it. */
const isUnasked = (it: Guard): it is ConditionGuard => it.kind === "condition" && !it.optIn;

function isUnsetArm(it: Ancestor, around: Ancestor | undefined, guards: readonly ConditionGuard[]): boolean {
  const all = around?.of === "expression" && around.node.kind === "match" ? around.node.arms : [];
  const isByDefault = guards.every(({ byDefault }) => byDefault === true);
  return it.of === "arm" && isByDefault && isAbsence(it.node, all);
}

/** `if let Some(ca) = … {} else {}`, `let Some(ca) = … else {};`: nothing else decides that is not so by default. */
function isUnsetBranch(it: Ancestor, around: Ancestor | undefined, guards: readonly ConditionGuard[]): boolean {
  const asked = askedBefore(it, around);
  if (asked === undefined || !isGiven(asked.pattern)) return false;
  const mayDefault = nameIn(asked.pattern) === "Some";
  return guards.every(({ byDefault, place }) => byDefault === true || (mayDefault && covers(asked.span, place.span)));
}

/** What has failed to match where this begins. */
function askedBefore(it: Ancestor, around: Ancestor | undefined): Pick<MatchArm, "span" | "pattern"> | undefined {
  if (around?.of === "statement" && around.node.kind === "let" && it.of === "block" && around.node.otherwise === it.node)
    return { span: around.span, pattern: around.node.pattern };
  if (around?.of !== "expression" || around.node.kind !== "if" || it.of !== "expression" || around.node.otherwise !== it.node)
    return undefined;
  const { condition } = around.node;
  return condition.kind === "let" ? { span: condition.span, pattern: condition.pattern } : undefined;
}

/**
 * What stands on the other sides of the decision, where the call stands on the one that holds while nothing is set: it may say something
 * better there as long as no other side says that. Undefined where it stands elsewhere.
 */
export function sidesBeside(
  { expression, file }: Site,
  { place, guards, fact }: Observation,
  trail: readonly Ancestor[],
): Sides | undefined {
  if (expression === undefined || asksNobody(fact) || place.file !== file || !covers(expression.span, place.span)) return undefined;
  const decisions = trail.flatMap((it, at) => decisionAt(it, trail.slice(at + 1)) ?? []);
  const isDecidedHere = (it: Guard): boolean =>
    isUnasked(it) && it.byDefault === true && it.place.file === file && decisions.some(({ whole }) => covers(whole, it.place.span));
  return guards.length > 0 && guards.every(isDecidedHere) ? decisions.flatMap((it) => it.others) : undefined;
}
export type Sides = readonly Expression[];

/** An `if` or a `match`, and all that is on its other sides. */
function decisionAt({ of, node }: Ancestor, inside: readonly Ancestor[]): { readonly whole: Span; readonly others: Sides } | undefined {
  if (of !== "expression" || (node.kind !== "if" && node.kind !== "match")) return undefined;
  const isHere = (it: object): boolean => inside.some((one) => one.node === it);
  if (node.kind === "match") {
    const others = node.arms.filter((it) => !isHere(it)).flatMap((it) => expressionsAt(it.body));
    return others.length === 0 || !node.arms.some(isHere) ? undefined : { whole: node.span, others };
  }
  const { then, otherwise } = node;
  // Alone, it is no choice between two.
  if (otherwise === undefined) return undefined;
  if (isHere(then)) return { whole: node.span, others: expressionsAt(otherwise) };
  return isHere(otherwise) ? { whole: node.span, others: expressionsIn(then) } : undefined;
}

/** What edits make of the call is there on another side: then the choice is between this and that. */
export function isSaidBeside(sides: Sides, edits: readonly TextEdit[], { expression, source: { text } }: Site): boolean {
  if (expression === undefined) return false;
  const { start, end } = expression.span;
  const own = edits
    .filter((it) => covers(expression.span, it.span))
    .map((it) => ({ span: { start: it.span.start - start, end: it.span.end - start }, text: it.text }));
  const made = applyEdits(text.slice(start, end), own);
  return own.length === 0 || sides.some((it) => isSameCode(text.slice(it.span.start, it.span.end), made));
}

/** What is left of values that are given: of the program's own variants the rest is one that somebody chose. */
function isAbsence({ pattern }: MatchArm, all: readonly MatchArm[]): boolean {
  if (nameIn(pattern) === "Err") return true;
  return pattern.kind === "wildcard" && all.every((it) => it.pattern === pattern || it.pattern.kind === "literal" || isGiven(it.pattern));
}

const isGiven = (it: Pattern): boolean => GIVEN.has(nameIn(it) ?? "");
const GIVEN: ReadonlySet<string> = new Set(["Some", "Ok"]);

const nameIn = (it: Pattern): string | undefined =>
  it.kind === "path" || it.kind === "tuple-struct" ? it.path.segments.at(-1)?.name : undefined;
