/**
 * A client's own trust anchors that are left out where they cannot be loaded: the configuration that holds them is made only where they could,
 * and what it would be given to goes on without it, with whatever anchors it has by default.
 */

import type { BlockId, Body, Local, Operation } from "../rust/bodies/index.ts";
import type { Place } from "../tls/facts.ts";
import { BodyIndex } from "./body-index.ts";
import { Consequences, ends } from "./consequences.ts";
import { failing, state } from "./fail-open-facts.ts";
import { isOfEnvironment } from "./failed-questions.ts";
import { attemptOf, hasOperation, isReadFrom, isTheSame, operationsIn, type Question, testsIn } from "./missing-settings.ts";
import type { Records } from "./records.ts";
import type { Site, Sites } from "./sites.ts";
import { branchOn, lineOf, onlyFrom, operandsOf, usesOf } from "./uses.ts";

/** Of what a client is told: that these are its anchors. `draft`: the index of the statement. */
export function stateLostRoots({ sites, origins, drafts }: Records, draft: number): void {
  const { object, callModel, chain = [] } = drafts[draft] ?? {};
  const effects = callModel?.effects ?? [];
  if (object?.role !== "client" || !effects.some((it) => it.kind === "takes" && it.part === "trust-store")) return;
  // What is vouched for by whoever vouches for the web is no loss.
  if (object.parts.some((it) => it.kind === "trust-store" && it.object.system)) return;
  const lost = chain.toReversed().flatMap((it) => lostFor(sites, it));
  for (const { attempt, at } of lost) {
    const failed = { call: sites.written(attempt), related: [{ ...at, message: "the program goes on here" }] };
    // Who gives none trusts the others, and is not asked here.
    const paths = (origins.get(object)?.paths ?? [[]]).map((it) =>
      it.filter(({ option, passed }) => option === undefined && passed === undefined),
    );
    for (const path of paths) state(object, sites.named(attempt), draft, { loses: "trust-anchors", ...failing(failed), path });
  }
}

interface Lost {
  readonly attempt: Site;
  /** Where the program goes on. */
  readonly at: Place;
}

/** `site`: what makes the configuration, or a call that leads there. */
function lostFor(sites: Sites, site: Site): readonly Lost[] {
  const { owner, body, operation } = site;
  const sources = sourcesOf(body, operandsOf(body, operation));
  return questionsIn(body).flatMap(({ test, block, side, ofOption }) => {
    const tried = sources.has(test.place.local) ? attemptOf(body, test.place, ofOption) : undefined;
    const branch = branchOn(body, test.to, block);
    const attempt: Site | undefined = tried && { owner, body, operation: tried, part: undefined };
    if (attempt === undefined || branch === undefined || isOfEnvironment(sites, attempt)) return [];
    const [failing, succeeding] = side === "failure" ? [branch.yes, branch.no] : [branch.no, branch.yes];
    const made = onlyFrom(body, succeeding, failing, block);
    const blocks = onlyFrom(body, failing, succeeding, block);
    const others = hasOperation(body, made, operation) ? givenTo(body, operation.to, made) : new Set<Local>();
    if (ends(body, blocks) || ![...others].some((it) => isReadFrom(body, failing, it))) return [];
    const isOwn = (local: Local): boolean => isTheSame(body, local, others);
    if (new Consequences(sites).of(owner, body, blocks, isOwn) === "kept") return [];
    const first = operationsIn(body, blocks).find((it) => it.kind === "copy" || it.kind === "reference") ?? test;
    return [{ attempt, at: sites.place({ owner }, first.span) }];
  });
}

/** Patterns, and `is_ok()` and kin. */
export function questionsIn(body: Body): readonly (Omit<Question, "test"> & { readonly test: Asked })[] {
  const asked = body.blocks.flatMap(({ operations }, block) =>
    operations.flatMap((it) => {
      const side = it.kind === "method" ? SIDES.get(it.name) : undefined;
      if (it.kind !== "method" || side === undefined) return [];
      return [{ test: { place: it.receiver, to: it.to, span: it.span }, block, side, ofOption: false }];
    }),
  );
  return [...testsIn(body), ...asked];
}

type Asked = Pick<Operation & { readonly kind: "test" }, "place" | "to" | "span">;

const SIDES: ReadonlyMap<string, "success" | "failure"> = new Map([
  ["is_ok", "success"],
  ["is_err", "failure"],
]);

/** All that something is made of, and that was done to it: what that gave counts, too. */
function sourcesOf(body: Body, locals: readonly Local[]): ReadonlySet<Local> {
  const found = new Set(locals);
  for (const local of found)
    for (const { operation } of BodyIndex.of(body).writers(local)) {
      if (operation.kind !== "store") found.add(operation.to);
      for (const it of operandsOf(body, operation)) found.add(it);
    }
  return found;
}

/** What else takes part where a configuration is handed over, in these blocks. */
function givenTo(body: Body, configuration: Local, blocks: ReadonlySet<BlockId>): ReadonlySet<Local> {
  const line = new Set([configuration]);
  const others = new Set<Local>();
  for (const local of line)
    for (const { operation, block } of usesOf(body, local)) {
      if (operation === undefined || !blocks.has(block)) continue;
      const isMethod = operation.kind === "method" && operation.receiver.local !== local;
      if (isMethod) for (const it of lineOf(body, operation.receiver.local)) others.add(it);
      else line.add(operation.to);
    }
  return others;
}
