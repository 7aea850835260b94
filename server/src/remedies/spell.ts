/**
 * Spelling: a wanted fact turned back into edits, in the words of the crate that the user has. The recipes are data of the
 * models; this folder fills their holes from what is in scope and fits them into the text as its author lays it out.
 */

import { err, ok, type Result } from "../base/result.ts";
import { touches } from "../base/span.ts";
import { byFile, conflict, type FileEdits, type TextEdit } from "../base/text-edit.ts";
import type { CrateModel, Needed, Recipe } from "../models/model.ts";
import type { Observation } from "../tls/facts.ts";
import { libraryAnswer } from "./callback-answer.ts";
import { chooseRecipes, isDependency, nameOf } from "./choose.ts";
import { isOneOfSeveral, located, withOrigin } from "./decision.ts";
import type { Defaulted } from "./derived-default.ts";
import { installations, siblings, usersOf } from "./elsewhere.ts";
import { forgottenNegation } from "./forgotten-negation.ts";
import type { Ground } from "./ground.ts";
import { decidingGuard } from "./guards.ts";
import { inventionsIn } from "./inventions.ts";
import { moveBeforeListener } from "./move.ts";
import { BOTH_CHECKS, carryOutBoth, type Pair } from "./pairs.ts";
import { passedTruth } from "./passed-literal.ts";
import { propagate } from "./propagate.ts";
import { carryOut } from "./recipe.ts";
import { asOthersDo, returnedErrors } from "./returned-error.ts";
import type { Site } from "./site.ts";
import type { SpelledFix, Surroundings, Wanted } from "./spelled-fix.ts";
import { createFiller, type Filler } from "./template.ts";
import { type Ancestor, expressionsIn } from "./trail.ts";
import { hasNobodyToAsk, isSaidBeside, isUnset, type Sides, sidesBeside } from "./unset-side.ts";

export function spell(
  given: Site,
  observation: Observation,
  want: Wanted,
  surroundings: Surroundings,
  models: readonly CrateModel[],
  /** The remedy at the word or default that decides, where one does. */
  changed: () => Result<Defaulted, string> | undefined = () => undefined,
  /** The other check that is switched off for the same object. */
  pair?: Pair,
): Result<readonly SpelledFix[], string> {
  const site = withOrigin(located(given, observation), observation, models);
  const filler = createFiller(site, observation, surroundings, models);
  const unset = isUnset(site, observation);
  const beside = unset ? undefined : sidesBeside(site, observation, filler.trail);
  const isInVain = inVain(site, observation, unset, beside);
  /** The recipes that can be carried out at one place; one for each title, best first. */
  const at = (place: Site, wish: Wanted): Result<readonly SpelledFix[], string> => {
    const choice = chooseRecipes(place, wish, models, observation.fact.kind);
    const fixes: SpelledFix[] = [];
    const titles = new Set<string>();
    let [reason, known] = [choice.refusal, false];
    for (const recipe of choice.recipes) {
      // Where the right authorities are at hand, those of the public internet are wrong.
      if (titles.has(recipe.title) || (known && recipe.trusts !== undefined)) continue;
      // Each recipe has names and imports of its own.
      const filler = createFiller(place, observation, surroundings, models);
      const both = place === site && pair !== undefined ? together(recipe, place, pair, filler) : undefined;
      const carried = both?.ok === true ? both : carryOut(recipe, place, filler);
      const called = both?.ok === true ? { ...recipe, title: BOTH_CHECKS } : recipe;
      const fix = carried.ok
        ? finished(told(called, filler.forAllCallersOf()), inFile(place, carried.value), place, surroundings)
        : carried;
      const name = numbered(recipe, models);
      if (fix.ok && carried.ok && isInVain(place, fix.value, carried.value))
        reason = refuse(site, observation, want, filler.trail, false) ?? (reason || NOBODY);
      else if (fix.ok) {
        titles.add(recipe.title);
        known ||= recipe.trusts === undefined && fix.value.every((it) => it.lacks.length === 0);
        fixes.push(...fix.value.map((it) => ({ ...it, ...(name === undefined ? {} : { recipe: name }) })));
      } else reason = fix.error;
    }
    return fixes.length > 0 ? ok(fixes) : err(reason);
  };
  /** With the other check switched on, too: one alone verifies nothing. */
  const together = (recipe: Recipe, place: Site, { observation: its, site: there, want: wish }: Pair, filler: Filler) => {
    const [other] = chooseRecipes(there, wish, models, its.fact.kind).recipes;
    if (other === undefined) return undefined;
    return carryOutBoth(
      { recipe, site: place, filler },
      { recipe: other, site: there, filler: createFiller(there, its, surroundings, models) },
    );
  };
  /** One fix for several places: half of it would leave the fault. */
  const everywhere = (places: readonly Site[], wish: Wanted): Result<readonly SpelledFix[], string> => {
    const fixes: SpelledFix[] = [];
    for (const place of places) {
      const fix = at(place, wish);
      const [first] = fix.ok ? fix.value : [];
      if (!fix.ok) return fix;
      if (first !== undefined) fixes.push(first);
    }
    const [first] = fixes;
    if (first === undefined) return err("there is nothing to change");
    const whole = finished(
      { title: first.title, needsReview: true, needed: fixes.flatMap((it) => it.needs) },
      fixes.flatMap((it) => it.edits),
      site,
      surroundings,
    );
    const { recipe } = first;
    return whole.ok && recipe !== undefined ? ok(whole.value.map((it) => ({ ...it, recipe }))) : whole;
  };

  const decided = whereDecided(site, observation, models, filler.ground, changed);
  if (decided !== undefined) return decided;
  if (comparesItself(site, observation))
    return err("what it compares with the certificate says whom it trusts: compare the whole certificate or its public key");
  const refusal = refuse(site, observation, want, filler.trail, unset || beside !== undefined);
  if (refusal !== undefined) return err(refusal);

  if (want.kind === "move-before-listener") {
    const moved = moveBeforeListener(site, filler.trail);
    return moved.ok ? finished({ title: "Register the hook before binding the listener" }, inFile(site, moved.value)) : moved;
  }
  let reason = "";
  for (const places of placesOf(site, observation, want, models)) {
    for (const wish of wishesOf(want, observation)) {
      const spelled = places.length > 1 ? everywhere(places, wish) : at(places[0] ?? site, wish);
      if (spelled.ok) return spelled;
      if (reason === "") reason = spelled.error;
    }
  }
  if (observation.fact.kind === "verifier" && !observation.fact.installed)
    reason = "no call here installs it: the remedy belongs where it is installed";
  if (want.kind === "propagate-error") {
    const handed = propagate(site, observation, filler.ground, filler.imports);
    if (!handed.ok) return handed;
    const { edits, returns } = handed.value;
    return finished(returns ? RETURNED : PROPAGATED, inFile(site, [...edits, ...filler.imports.edits()]));
  }
  // Where a recipe knows better how the fact is undone, that is the remedy.
  if (
    want.kind === "remove-call" &&
    chooseRecipes(site, { kind: observation.fact.kind }, models, observation.fact.kind).recipes.length === 0
  ) {
    const title = `Remove \`${nameOf(site)}\``;
    const removed = carryOut(
      { at: site.call, gives: { kind: "remove-call" }, title, edit: { kind: "remove-segment" }, needsReview: true },
      site,
      filler,
    );
    return removed.ok ? finished({ title, needsReview: true }, inFile(site, removed.value)) : removed;
  }
  return err(reason);
}

/** Whether a fix would change nothing for the better, or could not work. */
function inVain(site: Site, observation: Observation, unset: boolean, beside: Sides | undefined) {
  const nobody = hasNobodyToAsk(site, observation);
  return (place: Site, fixes: readonly SpelledFix[], edits: readonly TextEdit[]): boolean => {
    const isLacking = fixes.some((it) => it.lacks.length > 0);
    if (nobody && !isLacking) return true;
    // Who sets nothing has no file either.
    if (unset) return isLacking;
    return beside !== undefined && place === site && isSaidBeside(beside, edits, site);
  };
}

const NOBODY = "nothing is given here by which clients could be verified";

/** What was said of it stays. */
const RETURNED = { title: "Return the error", needsReview: true } as const;
const PROPAGATED = {
  title: "Propagate the error with `?`",
  panicking: "Panic on error with `.expect(…)`",
} as const;

/** One word where somebody decided it, or the error of another verifier that is asked already: no recipe of a crate's is better. */
function whereDecided(
  site: Site,
  observation: Observation,
  models: readonly CrateModel[],
  ground: Ground,
  changed: () => Result<Defaulted, string> | undefined,
): Result<readonly SpelledFix[], string> | undefined {
  const negated = forgottenNegation(site, observation);
  if (negated !== undefined)
    return finished({ title: `Pass \`${negated.argument}\` to \`${nameOf(site)}\``, needsReview: true }, inFile(site, negated.edits));
  const decided = changed();
  if (decided !== undefined) return decided.ok ? finished({ ...decided.value, needsReview: true }, decided.value.edits) : decided;
  const { fact } = observation;
  if (fact.kind !== "verifier") return undefined;
  const passed = passedTruth(site, installations(site, observation, models), ground);
  if (passed !== undefined)
    return finished({ title: `Pass \`false\` to \`${passed.callee}\``, needsReview: true }, inFile(site, passed.edits));
  const answered = fact.verifies === "signature" ? undefined : libraryAnswer(site, ground);
  if (answered !== undefined)
    return finished({ title: `Return \`${answered.answer}\` from the callback`, needsReview: true }, inFile(site, answered.edits));
  const alike = fact.verifies === "signature" ? asOthersDo([site, ...siblings(site, models)]) : undefined;
  if (alike !== undefined) return finished({ title: "Ask the inner verifier", needsReview: true }, inFile(site, alike));
  const drops = ["drops-error", "drops-name-error", "drops-time-error"].includes(fact.judgement);
  const returned = drops ? returnedErrors(site) : undefined;
  return returned && finished({ title: "Return the verification error", needsReview: true }, inFile(site, returned));
}

/** A comparison of the server's certificate that is no check of it, such as one of a prefix: the roots of others are not what is meant. */
function comparesItself({ function: method }: Site, { fact }: Observation): boolean {
  const [certificate] = method?.parameters ?? [];
  const body = method?.body();
  if (fact.kind !== "verifier" || fact.verifies !== "server" || fact.judgement !== "compares-other" || body === undefined) return false;
  const { pattern } = certificate ?? {};
  return (
    pattern?.kind === "binding" &&
    expressionsIn(body).some((it) => it.kind === "path" && it.path.segments.length === 1 && it.path.segments[0]?.name === pattern.name)
  );
}

/** Why nothing can be written here, whatever is wanted. */
function refuse(site: Site, observation: Observation, want: Wanted, trail: readonly Ancestor[], unset: boolean): string | undefined {
  if (site.inMacro) return "the code stands inside a macro, whose expansion is not known";
  const broken = site.source.errors.find((it) => touches(it, site.statement));
  if (broken !== undefined) return "the code around it does not parse";
  const condition = dependsOnGuard(want) && !unset ? decidingGuard(site, observation, trail) : undefined;
  if (condition !== undefined) return `\`${condition}\` decides this: change the condition or what it reads`;
  if (dependsOnGuard(want) && !unset && isOneOfSeveral(site, observation))
    return "it is one of several values: change it where it stands, or what chooses it";
  return undefined;
}

/** Facts that hold because of a condition; a dropped error or a missing call is wrong under any. */
const dependsOnGuard = (want: Wanted): boolean =>
  !["propagate-error", "move-before-listener", "revocation-expiry", "revocation-check", "session-context"].includes(want.kind);

/** What is wanted, and what leads there as well: a verifier of one's own is replaced by the library's verification. */
function wishesOf(want: Wanted, { fact }: Observation): readonly Wanted[] {
  if (fact.kind !== "verifier" || want.kind === "verifier") return [want];
  const library: Wanted =
    fact.verifies === "client" ? { kind: "client-authentication", mode: "required" } : { kind: "server-verification", enabled: true };
  return fact.verifies === "signature" ? [want] : [want, library];
}

/** Where a remedy can be written, each group to be changed as one: for a verifier, the places that install it. */
function placesOf(site: Site, observation: Observation, want: Wanted, models: readonly CrateModel[]): readonly (readonly Site[])[] {
  const { fact } = observation;
  if (fact.kind !== "verifier")
    return [[site], ...(fact.kind === want.kind ? [] : usersOf(site, observation, want.kind).map((it) => [it]))];
  if (fact.verifies === "signature") return [[site, ...siblings(site, models)]];
  const installed = installations(site, observation, models);
  return installed.length === 0 ? [[site]] : [[site], installed];
}

/** What is decided for others who are not asked is said, and never done unseen. */
const told = (recipe: Recipe, callee: string | undefined): Recipe =>
  callee === undefined ? recipe : { ...recipe, title: `${recipe.title}, for all callers of \`${callee}\``, needsReview: true };

/** A recipe that asks for a newer version is still the one that it was made from. */
function numbered(recipe: Recipe, models: readonly CrateModel[]): string | undefined {
  for (const { recipes = [] } of models) {
    const number = recipes.findIndex((it) => OWN.every((key) => it[key] === recipe[key]));
    if (number >= 0) return `${recipe.at} ${number}`;
  }
  return undefined;
}
const OWN = ["at", "versions", "role", "gives", "edit", "before", "after"] as const satisfies readonly (keyof Recipe)[];

/** Without what is there already. */
const inFile = ({ file, source }: Site, edits: readonly TextEdit[]): readonly FileEdits[] => [
  { file, edits: edits.filter(({ span, text }) => source.text.slice(span.start, span.end) !== text) },
];

function finished(
  recipe: Pick<Recipe, "title" | "needsReview" | "manifest" | "alsoNeeds"> & {
    readonly needed?: readonly Needed[];
    readonly panicking?: string;
  },
  wanted: readonly FileEdits[],
  site?: Site,
  surroundings: Surroundings = {},
): Result<readonly SpelledFix[], string> {
  const edits = byFile(wanted);
  const clash = edits.some(({ edits: own }) => own.some((a, at) => own.slice(at + 1).some((b) => conflict(a, b))));
  if (clash) return err("the changes would touch each other here: rewrite it by hand");
  const needs = [recipe.manifest, ...(recipe.alsoNeeds ?? [])].filter(
    (it): it is Needed =>
      it !== undefined && (site === undefined || it.features !== undefined || !isDependency(it.package, it.versions, site)),
  );
  const { title, panicking, needsReview = false, needed = needs } = recipe;
  const called = panicking === undefined ? { title } : { title, panicking };
  return ok([{ ...called, needsReview, edits, needs: needed, ...inventionsIn(edits[0]?.edits ?? [], surroundings) }]);
}
