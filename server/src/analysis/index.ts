/**
 * Analysis: what models mean on flow. Events of objects become facts of endpoints, each at the place where it was decided. It knows no
 * policy: what is bad is decided by rules.
 */
import { err } from "../base/result.ts";
import { Flow, type FunctionId, type ResolvedProgram, type Rows } from "../flow/index.ts";
import { gather } from "../reading/endpoints.ts";
import { fileObservations } from "../reading/files.ts";
import type { Reading, ReadingInput } from "../reading/index.ts";
import { cratesOf } from "../reading/interpret.ts";
import { ModelIndex } from "../reading/model-index.ts";
import type { Path } from "../reading/path-conditions.ts";
import { spell } from "../reading/spelling/index.ts";
import { buildScopes, type Declared, isTestCode, type Scopes } from "../rust/index.ts";
import type { Endpoint, IntentSign, Observation } from "../tls/facts.ts";
import { Attempts } from "./attempts.ts";
import { CallsSeen } from "./calls-seen.ts";
import { Defaults } from "./defaults.ts";
import { stateIdentity } from "./identity.ts";
import { intentSigns } from "./intent.ts";
import { ModelRows } from "./model-rows.ts";
import { stateNameComparisons } from "./name-comparisons.ts";
import { Nomination } from "./nomination.ts";
import { Objects } from "./objects.ts";
import { leaveOwnConditions } from "./own-conditions.ts";
import { followPeers, namesPeers } from "./peer-names.ts";
import { peersAreRead, stateAskedPeers } from "./peer-reads.ts";
import type { Draft, Records } from "./records.ts";
import { RemedySites } from "./remedy-sites.ts";
import { isDecided, isSettled, readRoot } from "./root-events.ts";
import { pathOf, rootsOf } from "./roots.ts";
import { Sites } from "./sites.ts";
import { seedsOf, sliceOf } from "./slice.ts";
import { certificatesGiven, judgeVerifiers, verifiersIn } from "./verifiers.ts";

export interface AnalysisInput extends ReadingInput {
  readonly program: ResolvedProgram;
  /** What calls of the standard library give. */
  readonly standard: Rows;
  /**
   * Bodies with which evaluation begins; what they call is evaluated on demand. Whoever gives none gets those that are nominated and their
   * callers (`slice.ts`); more of them find nothing that is an error or warning.
   */
  readonly begins?: ((id: FunctionId) => boolean) | undefined;
}

export interface Analysis {
  readonly observations: readonly Observation[];
  readonly endpoints: readonly Endpoint[];
  readonly intent: readonly IntentSign[];
  /** Somebody looks at who the peer is. */
  readonly readsPeerIdentity: boolean;
  /** Spells a remedy. The error says why no fix can be offered. */
  readonly spell: Reading["spell"];
}

export function analyse({ files, models: all, program, standard, begins }: AnalysisInput): Analysis {
  const models = new ModelIndex({ files, models: all });
  const byName = new Map(files.map((it) => [it.name, it]));
  const fileOf = (owner: string): string => program.ids.declared(owner.split("|", 1)[0] ?? owner)?.fragment.path ?? "";
  const nomination = new Nomination(models);
  const seeds = seedsOf(program, (it) => nomination.nominates(it));
  const verifiers = verifiersIn(program, models);
  const judged = program.reachedFrom(verifiers.flatMap((it) => it.methods.map(({ id }) => id)));
  // Closures may be callbacks that judge.
  const isJudged = (owner: string): boolean => owner.includes("|") || judged.has(owner);
  const isTest = (it: Declared): boolean => isTestCode(it) || byName.get(it.fragment.path)?.testCode === true;
  const seen = files.some(({ file }) => namesPeers(file.words())) ? new CallsSeen() : undefined;
  const flow = new Flow(program, standard, seen?.observe, new ModelRows(models, fileOf, isJudged), seen?.observeCall);
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
    attempts: new Attempts(sites),
    drafts,
    makers: new Map(),
    origins: new Map(),
    loose: [],
    installations: [],
    fileUses: [],
    peerReads: [],
    verifiers: new Set(verifiers.flatMap((it) => it.implementation.type ?? [])),
    featuresIn: (file) => byName.get(file)?.crate,
  };
  const slice =
    begins === undefined
      ? sliceOf(program, [...seeds, ...verifiers.flatMap((it) => it.methods.flatMap(({ id }) => program.ids.declared(id) ?? []))], isTest)
      : [...program.ids.bodies()].filter(begins);
  const { roots, others } = rootsOf(flow, sites, slice, byName);
  const pathTo = (id: string): Path => pathOf(id, sites, byName);
  for (const root of roots) readRoot(records, root, () => true, pathTo);
  // Of what somebody else calls, callers see all that is not settled.
  for (const root of others) readRoot(records, root, program.isExternallyReachable(root.id) ? isDecided : isSettled, pathTo);
  judgeVerifiers(verifiers, flow, records, pathTo);
  if (seen !== undefined) stateNameComparisons(records, seen, followPeers(sites, seen, certificatesGiven(verifiers)), pathTo);
  stateAskedPeers(records);
  const functions = [...roots, ...others].map(({ id }) => id);
  stateIdentity(
    records,
    functions,
    files.map((it) => it.file.text),
    pathTo,
  );
  records.loose.push(...fileObservations(records));
  const order = new Map(files.map((it, index) => [it.name, index]));
  const { loose } = records;
  const together = leaveOwnConditions(records.origins);
  const gathered = gather({ objects: objects.all, drafts, loose, comparing: new Map(), models, trace: [], together }, order);
  let scopes: Scopes | undefined;
  const remedies = new RemedySites(records, new Map(files.map((it) => [it.name, it.file])), () => {
    scopes ??= buildScopes(cratesOf({ files, models: all }, models));
    return scopes;
  });
  return {
    ...gathered,
    intent: intentSigns(records, files, gathered.endpoints),
    readsPeerIdentity: peersAreRead(records),
    spell(observation, want, surroundings) {
      const site = remedies.of(observation.handle);
      if (site === undefined) return err("the place of this observation is not known");
      const manifest = byName.get(site.file)?.crate;
      return spell(manifest === undefined ? site : { ...site, manifest }, observation, want, surroundings, all);
    },
  };
}
