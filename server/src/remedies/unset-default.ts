/** A remedy at the default: what holds while nobody sets anything is changed where it is given, whatever asks for it. */

import { BodyIndex } from "../analysis/body-index.ts";
import type { Decided } from "../analysis/decisions.ts";
import { polarityOfName } from "../analysis/option-names.ts";
import type { Draft, Records } from "../analysis/records.ts";
import { argumentOf, type Site as Call } from "../analysis/sites.ts";
import { type Asking, unsetDecisions } from "../analysis/unset.ts";
import { ok, type Result } from "../base/result.ts";
import { covers, type Span, sameSpan } from "../base/span.ts";
import { byFile, type FileEdits } from "../base/text-edit.ts";
import type { Body, Local } from "../rust/bodies/index.ts";
import type { Expression, MatchArm, Path, Scopes } from "../rust/index.ts";
import type { Fact, Guard, Observation, Place } from "../tls/facts.ts";
import { asksForIt, DECIDED, flipAt } from "./decision.ts";
import { type Defaulted, derivedDefault } from "./derived-default.ts";
import type { Wanted } from "./spelled-fix.ts";
import { type Ancestor, trailTo } from "./trail.ts";

/** Something that is asked on the way to a fact. `name`: what it is called there. */
interface Start {
  readonly asking: Asking;
  readonly truth: boolean | undefined;
  readonly name: string;
}

/** The defaults that decide, all of which are to be changed; none where no default does, or more than one may. */
export function decidingDefaults(observation: Observation, want: Wanted, scopes: Scopes, records: Records): readonly Decided[] {
  const draft = draftOf(observation, records);
  const chain = draft?.chain ?? [];
  if (draft === undefined || chain.length === 0 || !DECIDED.has(want.kind) || observation.guards.some(isChosen)) return [];
  const found = decisions(startsOf(observation, draft, chain, scopes, records), records) ?? [];
  const { guards } = observation;
  const deciding = guards.some(asksForIt)
    ? found.filter(isUnnamed)
    : // A literal that nothing may override is the user's own word.
      guards.some((it) => it.kind === "condition")
      ? found
      : found.filter((it) => isDerived(it, records));
  return deciding.length < found.length ? [] : deciding;
}

/** All of them or none; the error says why one of them is left. */
export function changedDefaults(deciding: readonly Decided[], scopes: Scopes, records: Records): Result<Defaulted, string> | undefined {
  const titles: string[] = [];
  const edits: FileEdits[] = [];
  for (const it of deciding) {
    const changed = changeAt(it, deciding, scopes, records);
    if (changed === undefined || !changed.ok) return changed;
    titles.push(changed.value.title);
    edits.push(...changed.value.edits);
  }
  const [title] = titles;
  return title === undefined ? undefined : ok({ title, edits: byFile(edits) });
}

/** Of a verifier the call that installs it, where there is one. */
function draftOf({ handle, fact, related }: Observation, { drafts }: Records): Draft | undefined {
  if (fact.kind !== "verifier") return drafts[handle];
  const isThere = (it: Draft): boolean =>
    it.chain !== undefined && related.some(({ file, span }) => file === it.site.file && sameSpan(span, it.nameSpan));
  const installing = drafts.filter(isThere);
  return installing.length === 1 ? installing[0] : undefined;
}

/** Of what is not known besides, `unwrap_or_default` says itself what holds where nothing is set. */
const isChosen = (it: Guard): boolean => asksForIt(it) && !(it.kind === "condition" && !it.optIn && it.byDefault === undefined);
const isUnnamed = ({ only }: Decided): boolean => only.kind === "method";

const isDerived = ({ owner }: Decided, { sites }: Pick<Records, "sites">): boolean => sites.declared(owner) === undefined;

function changeAt(
  decided: Decided,
  all: readonly Decided[],
  scopes: Scopes,
  { sites }: Pick<Records, "sites">,
): Result<Defaulted, string> | undefined {
  if (isDerived(decided, { sites })) {
    const { owner } = decided;
    return derivedDefault(decided, new Set(all.flatMap((it) => (it.owner === owner ? (it.field ?? []) : []))), scopes, sites);
  }
  const { only } = decided;
  const { file, span } = sites.place(decided, only.span);
  if (only.kind === "method") {
    const { span: name } = sites.place(decided, only.nameSpan);
    const edits = [{ span: { start: name.start, end: span.end }, text: "unwrap_or(true)" }];
    return ok({ title: "Default to `true`", edits: [{ file, edits }] });
  }
  const flip = flipAt({ file, span }, scopes, decided.better, decided.name);
  if (flip === undefined || !flip.ok) return flip;
  const { title, text } = flip.value;
  return ok({ title: decided.better?.kind === "constant" ? `Default to \`${text}\`` : title, edits: [{ file, edits: [flip.value] }] });
}

/** What one of them comes to; of several the one whose name speaks of checks. */
function decisions(starts: readonly Start[], { sites, defaults }: Records): readonly Decided[] | undefined {
  const found = new Map<string, { readonly of: readonly Decided[]; readonly names: Set<string> }>();
  for (const { asking, truth, name } of starts) {
    const of = unsetDecisions(sites, defaults, asking, truth);
    const key = of.map((it) => `${it.owner} ${it.only.span.start} ${it.field}`).join();
    if (of.length === 0) continue;
    const known = found.get(key) ?? { of, names: new Set() };
    known.names.add(name);
    found.set(key, known);
  }
  const all = [...found.values()];
  const telling = all.length < 2 ? all : all.filter(({ names }) => [...names].some(tellsOfChecks));
  return telling.length === 1 ? telling[0]?.of : undefined;
}

/** What else decides whether something is made at all is not to be changed for what is wrong with it. */
const tellsOfChecks = (name: string): boolean => polarityOfName(name) !== 0;

function startsOf(
  { guards, fact }: Observation,
  draft: Draft,
  chain: readonly Call[],
  scopes: Scopes,
  { sites }: Records,
): readonly Start[] {
  const given = argumentIn(draft, fact);
  const own = chain.at(-1);
  const local = given && draft.at && argumentOf(draft.at, given.index);
  // What is written at the call is for recipes to change.
  const isWritten = local !== undefined && own !== undefined && isLiteral(own.body, local);
  const starts: Start[] = [];
  if (given !== undefined && local !== undefined && own !== undefined && !isWritten)
    starts.push({ asking: { ...own, calls: chain.slice(0, -1), local }, truth: given.holds, name: sites.nameOf(own, given.index) ?? "" });
  if (!guards.some((it) => it.kind === "condition")) return starts;
  const asked = (at: number, span: Span): Asking | undefined => {
    const call = chain[at];
    const [operation] = call === undefined ? [] : BodyIndex.of(call.body).at(span).toReversed();
    return call === undefined || operation === undefined ? undefined : { ...call, calls: chain.slice(0, at), local: operation.to };
  };
  for (const [at, call] of chain.entries()) {
    const place = sites.place(call, call.operation.span);
    for (const { span, truth, name } of conditionsAround(place, scopes)) {
      const asking = tellsOfChecks(name) ? asked(at, span) : undefined;
      if (asking !== undefined) starts.push({ asking, truth, name });
    }
    for (const guard of guards) {
      if (guard.kind !== "condition" || guard.place.file !== place.file || !covers(call.body.span, guard.place.span)) continue;
      const asking = tellsOfChecks(guard.text) ? asked(at, guard.place.span) : undefined;
      const isKnown = starts.some((it) => it.asking.local === asking?.local && it.asking.body === asking.body);
      if (asking !== undefined && !isKnown && !isLiteral(asking.body, asking.local))
        starts.push({ asking, truth: undefined, name: guard.text });
    }
  }
  return starts;
}

function isLiteral(body: Body, local: Local): boolean {
  const writers = BodyIndex.of(body).writers(local);
  return writers.length === 1 && writers[0]?.operation.kind === "constant";
}

/** Which argument of a switch states the fact, and by which truth. */
function argumentIn({ callModel, at }: Draft, fact: Fact): { readonly index: number; readonly holds: boolean } | undefined {
  const isIt = (it: Fact | undefined): boolean => it !== undefined && JSON.stringify(it) === JSON.stringify(fact);
  for (const it of callModel?.effects ?? []) {
    if (it.kind !== "switch" || !(isIt(it.on) || isIt(it.off))) continue;
    return { index: it.argument + (at?.operation.kind === "call" ? 0 : 1), holds: isIt(it.on) };
  }
  return undefined;
}

/** `truth`: what it comes to. */
interface Condition {
  readonly span: Span;
  readonly truth: boolean;
  readonly name: string;
}

/** What is asked around a place by each `if` and `match`, and what comes of it there. */
function conditionsAround({ file, span }: Place, scopes: Scopes): readonly Condition[] {
  const root = scopes.roots.find((it) => it.file === file);
  if (root === undefined) return [];
  const trail = trailTo(root.source, span);
  const inside = trail.slice(trail.findLastIndex((it) => it.of === "item") + 1);
  return inside.flatMap((it, at) => {
    const next: Ancestor | undefined = inside[at + 1];
    if (it.of !== "expression" || next === undefined) return [];
    if (it.node.kind === "match" && next.of === "arm") return armsBefore(it.node, next.node);
    if (it.node.kind !== "if" || covers(it.node.condition.span, next.span)) return [];
    return leavesOf(it.node.condition, covers(it.node.then.span, next.span));
  });
}

/** That one arm is taken says of its pattern that it holds, or, where it has none, of all others that they do not. */
function armsBefore({ arms, scrutinee }: Extract<Expression, { readonly kind: "match" }>, arm: MatchArm): readonly Condition[] {
  const asking = arm.pattern.kind === "wildcard" ? arms.filter((it) => it !== arm) : [arm];
  return asking.map(({ pattern }) => {
    const named = pattern.kind === "path" ? namesIn(pattern.path) : "";
    return { span: pattern.span, truth: arm.pattern.kind !== "wildcard", name: `${nameIn(scrutinee)}_${named}` };
  });
}

/** Of what has to hold together, each. */
function leavesOf(it: Expression, truth: boolean): readonly Condition[] {
  if (it.kind === "unary" && it.operator === "!") return leavesOf(it.operand, !truth);
  if (it.kind === "binary" && it.operator === (truth ? "&&" : "||")) return [...leavesOf(it.left, truth), ...leavesOf(it.right, truth)];
  return [{ span: it.span, truth, name: nameIn(it) }];
}

const namesIn = ({ segments }: Path): string => segments.map((it) => it.name).join("_");

/** All that tells what is asked. */
function nameIn(it: Expression): string {
  switch (it.kind) {
    case "field":
      return it.name;
    case "method":
      return `${nameIn(it.receiver)}_${it.name}`;
    case "path":
      return namesIn(it.path);
    case "call":
      return nameIn(it.callee);
    case "binary":
      return `${nameIn(it.left)}_${nameIn(it.right)}`;
    case "macro":
      return it.arguments.map(nameIn).join("_");
    default:
      return "";
  }
}
