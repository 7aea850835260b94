/** The places that install a verifier, as sites of their own: the remedy is written there, not at the verifier. */

import { within } from "../analysis/versions.ts";
import type { CrateModel } from "../models/model.ts";
import { type Expression, type FunctionItem, type RustFile, type Scope, type Scopes, tokensIn } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Observation, Place } from "../tls/facts.ts";
import { enclosingFunction } from "./inventory.ts";
import { isOpaqueMacro } from "./plain-macros.ts";
import type { Site } from "./site.ts";
import { type Ancestor, trailTo } from "./trail.ts";

export function installations(site: Site, observation: Observation, models: readonly CrateModel[]): readonly Site[] {
  if (site.installs !== undefined) return site.installs;
  return observation.related.flatMap((it) => installationAt(it, site, models) ?? []);
}

/** The other methods of the same verifier that are written alike and have a remedy: one of them alone keeps the door open. */
export function siblings(site: Site, models: readonly CrateModel[]): readonly Site[] {
  const { source, function: judged, implementation } = site;
  const body = judged === undefined ? undefined : bodyText(judged, source);
  if (judged === undefined || implementation === undefined || body === undefined) return [];
  const around = trailTo(source, judged.span).findLast((it) => it.of === "item" && it.node.kind === "impl");
  if (around?.of !== "item" || around.node.kind !== "impl") return [];
  const owner = site.call.slice(0, site.call.lastIndexOf("::"));
  return around.node.items.flatMap((it): readonly Site[] => {
    if (it.kind !== "function" || it.name === judged.name || bodyText(it, source) !== body) return [];
    const call = `${owner}::${it.name}`;
    const known = models.some((model) => model.recipes?.some((recipe) => recipe.at === call));
    return known ? [{ ...site, function: it, nameSpan: it.nameSpan, statement: it.span, call }] : [];
  });
}

function bodyText(method: FunctionItem, source: RustFile): string | undefined {
  const span = method.body()?.span;
  // Comments and lines differ where the code does not.
  return span === undefined ? undefined : tokensIn(source.text.slice(span.start, span.end)).join(" ");
}

/** Where the same kind of fact is stated of what a part was handed to: the server that takes a store decides, not the store. */
export function usersOf(site: Site, { endpoint }: Observation, kind: string): readonly Site[] {
  return (endpoint?.usedBy ?? []).flatMap((user) =>
    user.effective.flatMap((it) => {
      if (it.fact.kind !== kind || it.place.file !== site.file) return [];
      const last = lastOf(it.call);
      return siteOf(it.place, site, (node) => (nameOf(node) === last ? it.call : undefined)) ?? [];
    }),
  );
}

/** The call around a place that a model says to install a verifier. */
const installationAt = (place: Place, site: Site, models: readonly CrateModel[]): Site | undefined =>
  siteOf(place, site, (node) => (node.kind === "method" ? installer(node.name, site, models) : undefined));

/** A site for the innermost call around a place that `pathOf` knows. */
function siteOf(place: Place, site: Site, pathOf: (call: Expression) => string | undefined): Site | undefined {
  if (place.file !== site.file) return undefined;
  const { source, scopes } = site;
  const whole = trailTo(source, place.span);
  for (let length = whole.length; length > 0; length--) {
    const ancestor = whole[length - 1];
    if (ancestor === undefined || ancestor.of === "block" || ancestor.of === "item") return undefined;
    if (ancestor.of !== "expression" || (ancestor.node.kind !== "method" && ancestor.node.kind !== "call")) continue;
    const { node } = ancestor;
    const call = pathOf(node);
    if (call === undefined || (node.kind !== "method" && node.kind !== "call")) continue;
    const trail = whole.slice(0, length);
    const around = trail.findLast((it, index) => it.of === "statement" || trail[index - 1]?.of === "block");
    const here = enclosingFunction(trail);
    const { function: _, implementation: __, installs: ___, binding: ____, callModel: _____, receiver: ______, ...common } = site;
    return {
      ...common,
      expression: node,
      ...(node.kind === "method" ? { receiver: node.receiver } : {}),
      arguments: node.arguments,
      nameSpan: node.kind === "method" ? node.nameSpan : node.callee.span,
      statement: around?.span ?? node.span,
      tail: around?.of === "expression",
      whole: isWhole(around, node),
      blocks: trail.flatMap((it) => (it.of === "block" ? [it.node] : [])).reverse(),
      ...(here === undefined ? {} : { function: here }),
      scope: scopeAt(trail, scopes, site),
      call,
      others: [],
      inMacro: trail.some((it) => it.of === "expression" && isOpaqueMacro(it.node)),
    };
  }
  return undefined;
}

const nameOf = (node: Expression): string | undefined =>
  node.kind === "method"
    ? node.name
    : node.kind === "call" && node.callee.kind === "path"
      ? node.callee.path.segments.at(-1)?.name
      : undefined;

function installer(name: string, site: Site, models: readonly CrateModel[]): string | undefined {
  for (const model of models) {
    if (model.package !== site.model.package) continue;
    const call = model.calls.find(
      (it) =>
        it.path.endsWith(`::${name}`) && within(site.version, it.versions) && it.effects?.some((effect) => effect.kind === "installs"),
    );
    if (call !== undefined) return call.path;
  }
  return undefined;
}

function isWhole(around: Ancestor | undefined, node: Expression): boolean {
  return around?.of === "statement" && around.node.kind === "expression" && around.node.expression.span.end === node.span.end;
}

/** The scope in which the end of a trail stands. */
function scopeAt(trail: readonly Ancestor[], scopes: Scopes, site: Site): Scope {
  let scope = scopes.roots.find((it) => it.source === site.source) ?? site.scope;
  for (const ancestor of trail) {
    if (ancestor.of === "item" && ["module", "impl", "trait"].includes(ancestor.node.kind)) scope = scopes.child(scope, ancestor.node);
    if (ancestor.of === "block") scope = scopes.within(scope, ancestor.node.items);
  }
  return scope;
}
