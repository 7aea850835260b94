/**
 * Analysis: what models mean on flow. Events of objects become facts of endpoints, each at the place where it was decided. It knows no
 * policy: what is bad is decided by rules.
 */
import { err } from "../base/result.ts";
import { type Effect, Flow, isOpen, type OpenCall, type ResolvedProgram, type Rows } from "../flow/index.ts";
import { gather } from "../reading/endpoints.ts";
import type { Reading, ReadingInput } from "../reading/index.ts";
import { cratesOf } from "../reading/interpret.ts";
import { ModelIndex } from "../reading/model-index.ts";
import { handOut } from "../reading/objects.ts";
import { extend } from "../reading/path-conditions.ts";
import { spell } from "../reading/spelling/index.ts";
import { buildScopes, type Scopes } from "../rust/index.ts";
import type { Endpoint, Observation } from "../tls/facts.ts";
import { CallEvent } from "./call-event.ts";
import { Defaults } from "./defaults.ts";
import { isHeld } from "./held.ts";
import { ModelRows, type Statement } from "./model-rows.ts";
import { Objects } from "./objects.ts";
import type { Draft, Records, Root } from "./records.ts";
import { RemedySites } from "./remedy-sites.ts";
import { pathOf, rootsOf } from "./roots.ts";
import { Sites } from "./sites.ts";
import { readStatement } from "./statements.ts";
import { judgeVerifiers, verifiersIn } from "./verifiers.ts";

export interface AnalysisInput extends ReadingInput {
  readonly program: ResolvedProgram;
  /** What calls of the standard library give. */
  readonly standard: Rows;
}

export interface Analysis {
  readonly observations: readonly Observation[];
  readonly endpoints: readonly Endpoint[];
  /** Spells a remedy. The error says why no fix can be offered. */
  readonly spell: Reading["spell"];
}

export function analyse({ files, models: all, program, standard }: AnalysisInput): Analysis {
  const models = new ModelIndex({ files, models: all });
  const byName = new Map(files.map((it) => [it.name, it]));
  const fileOf = (owner: string): string => program.ids.declared(owner.split("|", 1)[0] ?? owner)?.fragment.path ?? "";
  const verifiers = verifiersIn(program, models);
  const judged = program.reachedFrom(verifiers.flatMap((it) => it.methods.map(({ id }) => id)));
  // Closures may be callbacks that judge.
  const isJudged = (owner: string): boolean => owner.includes("|") || judged.has(owner);
  const flow = new Flow(program, standard, undefined, new ModelRows(models, fileOf, isJudged));
  const sites = new Sites(flow, program, new Map(files.map((it) => [it.name, it.file.text])));
  const drafts: Draft[] = [];
  const objects = new Objects(models, (model, path, place) => {
    const site = { model, file: place.file, call: path, function: model };
    const written = path.split("::").at(-1) ?? path;
    return drafts.push({ site, written, guessed: false, at: undefined, nameSpan: place.span, callModel: undefined }) - 1;
  });
  const records: Records = {
    models,
    sites,
    objects,
    defaults: new Defaults(sites),
    drafts,
    makers: new Map(),
    origins: new Map(),
    loose: [],
    installations: [],
    verifiers: new Set(verifiers.flatMap((it) => it.implementation.type ?? [])),
    featuresIn: (file) => byName.get(file)?.crate,
  };
  const { roots, others } = rootsOf(flow, sites, program.ids.bodies(), byName);
  for (const root of roots) readRoot(records, root, false);
  for (const root of others) readRoot(records, root, true);
  judgeVerifiers(verifiers, flow, records, (id) => pathOf(id, sites, byName));
  const order = new Map(files.map((it, index) => [it.name, index]));
  const { loose } = records;
  const gathered = gather({ objects: objects.all, drafts, loose, comparing: new Map(), models, trace: [], areApart: true }, order);
  let scopes: Scopes | undefined;
  const remedies = new RemedySites(records, new Map(files.map((it) => [it.name, it.file])), () => {
    scopes ??= buildScopes(cratesOf({ files, models: all }, models));
    return scopes;
  });
  return {
    ...gathered,
    spell(observation, want, surroundings) {
      const site = remedies.of(observation.handle);
      if (site === undefined) return err("the place of this observation is not known");
      const manifest = byName.get(site.file)?.crate;
      return spell(manifest === undefined ? site : { ...site, manifest }, observation, want, surroundings, all);
    },
  };

  /** Of what somebody else calls, callers see all that is not settled. */
  function readRoot(to: Records, root: Root, isCalled: boolean): void {
    const summary = flow.summary(root.id);
    if (summary === undefined) return;
    const isReachable = isCalled && program.isExternallyReachable(root.id);
    for (const event of connectionsFirst(summary.events)) {
      if (event.kind !== "effect" || (isCalled && !event.settled && !(isReachable && isDecided(event)))) continue;
      const chain = sites.chain(event.key);
      const site = chain.at(-1);
      if (!isStatement(event.data) || site === undefined) continue;
      const path = chain.slice(0, -1).length === 0 ? root.path : extend(root.path, pathOf(site.owner, sites, byName));
      if (path !== undefined) readStatement(new CallEvent(to, { ...root, path }, event, event.data, chain, site));
    }
    for (const [object, reach] of summary.escapes) {
      const known = objects.known(root.id, object);
      if (known === undefined) continue;
      if (reach !== "local" && reach !== "stored") handOut(known, reach === "mutated");
      else known.held ||= sites.chain(object).some(isHeld);
    }
  }
}

/** What is done to a connection in a callback is known of before the callback is handed over: whose connection it is comes first. */
function connectionsFirst(events: readonly (Effect | OpenCall)[]): readonly (Effect | OpenCall)[] {
  const connects = (it: Effect | OpenCall): boolean =>
    it.kind === "effect" && isStatement(it.data) && it.data.called.some((effect) => effect.kind === "calls" && effect.connection === true);
  return [...events.filter(connects), ...events.filter((it) => !connects(it))];
}

/** No caller decides it: whoever else calls the function gets the same. */
const isDecided = ({ condition, with: given }: Effect): boolean => !isOpen(condition) && !given.some((it) => it.open);

const isStatement = (data: unknown): data is Statement => typeof data === "object" && data !== null && "form" in data;
