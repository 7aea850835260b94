/**
 * Analysis: what models mean on flow. Events of objects become facts of endpoints, each at the place where it was decided. It knows no
 * policy: what is bad is decided by rules.
 */
import { atOnce, type Steps } from "../base/steps.ts";
import type { FunctionId } from "../flow/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Analysis, AnalysisInput, LookedAt } from "./analysis.ts";
import { Attempts } from "./attempts.ts";
import { type Begun, begin } from "./begin.ts";
import { Displayed } from "./displayed.ts";
import { gather } from "./endpoints.ts";
import { stateFailingOpen } from "./failing-open.ts";
import { fileObservations } from "./file-facts.ts";
import { stateIdentity } from "./identity.ts";
import { intentSigns } from "./intent.ts";
import { KeptEndpoints } from "./kept.ts";
import { stateKeyFiles } from "./key-files.ts";
import { stateLocalClients } from "./local-clients.ts";
import type { ModelObject } from "./model-object.ts";
import { stateNameComparisons } from "./name-comparisons.ts";
import { Objects } from "./objects.ts";
import { leaveOwnConditions } from "./own-conditions.ts";
import type { Path } from "./path-conditions.ts";
import { peersAreRead, stateAskedPeers } from "./peer-reads.ts";
import { statePinnedClients } from "./pinned-clients.ts";
import { statePlaintextDefaults } from "./plaintext-defaults.ts";
import type { Draft, Records, Root } from "./records.ts";
import { stateRefusedClients } from "./refused-clients.ts";
import { linkReloads } from "./reloads.ts";
import { isDecided, isSettled, readRoot } from "./root-events.ts";
import { isAsideCode, pathOf } from "./roots.ts";
import { stateSecuredAddresses } from "./secured-addresses.ts";
import { stateUnusedAnchors } from "./unused-anchors.ts";
import { stateUnusedCertificates } from "./unused-certificates.ts";
import { stateUnusedConfigurations } from "./unused-configurations.ts";
import { stateVerdictsAlone } from "./verdict-reads.ts";
import { judgeVerifiers } from "./verifiers.ts";
import { hasFeature, isPlaintextOnly, isWithoutTls } from "./without-tls.ts";
import { stateWordsOfModes } from "./words-of-modes.ts";

export type { Analysis, AnalysisInput, LookedAt } from "./analysis.ts";
export { saysOfPeers } from "./intent.ts";
export type { ReadCrate, SourceFile } from "./source-file.ts";
export { guardsAt } from "./standing.ts";

/** All of a program at once. */
export const analyse = (input: AnalysisInput): Analysis => atOnce(atOnce(ProgramAnalysis.of(input)).read(() => true));

/** A program as analysis begins with it: what is read of it is read part by part. */
export class ProgramAnalysis {
  readonly #begun: Begun;

  private constructor(begun: Begun) {
    this.#begun = begun;
  }

  /** `earlier`: of the same program, in which these files had other bodies; it is of no use afterwards. */
  static *of(
    input: AnalysisInput,
    earlier?: { readonly analysis: ProgramAnalysis; readonly changed: ReadonlySet<string> },
  ): Steps<ProgramAnalysis> {
    return new ProgramAnalysis(yield* begin(input, earlier && { begun: earlier.analysis.#begun, changed: earlier.changed }));
  }

  /** Files in which something begins. */
  get files(): ReadonlySet<string> {
    const verifying = this.#begun.verifiers.map((it) => it.implementation.declared.fragment.path);
    const comparing = [...(this.#begun.followed?.evaluated ?? [])].map((it) => this.#begun.input.program.fileOf(it));
    return new Set([
      ...[...this.#begun.roots, ...this.#begun.others].map((it) => this.#fileOf(it)),
      ...verifying,
      ...comparing,
      ...this.#begun.ignored.map(({ place }) => place.file),
    ]);
  }

  /** Files of what is evaluated for what begins in these. */
  used(isRead: (file: string) => boolean): ReadonlySet<string> {
    const { program } = this.#begun.input;
    const used = this.#begun.flow.usedBy(this.#idsIn(isRead));
    return new Set([...used].map((it) => program.fileOf(it)).filter((it) => it !== ""));
  }

  #fileOf({ id }: Root): string {
    return this.#begun.input.program.fileOf(id);
  }

  /** What begins in these files, in one text: what is read of them is the same as long as nothing of it has changed. */
  begins(isRead: (file: string) => boolean): string {
    const written = (it: Root): string => [it.id, ...it.path.map(({ group, alternative }) => `${group}:${alternative}`)].join(" ");
    const [roots, others] = [this.#begun.roots, this.#begun.others].map((all) => all.filter((it) => isRead(this.#fileOf(it))).map(written));
    const places = [...this.#begun.comparing, ...[...this.#begun.lookUps].map(([file, it]) => [file, it.place] as const)];
    const comparing = places.flatMap(([file, at]) => (isRead(file) ? [`${file} ${at.file} ${at.span.start}`] : []));
    const ignored = this.#begun.ignored.flatMap(({ place: { file, span } }) => (isRead(file) ? [`${file} ${span.start}`] : []));
    return [...(roots ?? []), "", ...(others ?? []), "", ...comparing, "", ...ignored].join("\n");
  }

  /** Whether something that begins in these files may come to something else, wherever it stands. `asked`: whose summaries count beside. */
  isChanged(isRead: (file: string) => boolean, asked: Iterable<FunctionId>): boolean {
    const affected = this.#begun.renewed?.affected;
    if (affected === undefined || this.#begun.isTaken || !this.#begun.isSeenAsBefore) return true;
    return [...this.#idsIn(isRead), ...asked].some((it) => affected.has(it));
  }

  /** Functions that are read where these files are, and verifiers that are judged. */
  #idsIn(isRead: (file: string) => boolean): readonly FunctionId[] {
    const methods = this.#begun.verifiers.flatMap((it) => it.methods.map(({ id }) => id));
    const ids = [...[...this.#begun.roots, ...this.#begun.others].map(({ id }) => id), ...methods];
    return ids.filter((it) => isRead(this.#begun.input.program.fileOf(it)));
  }

  /** What begins in these files, and what is in them. */
  *read(isRead: (file: string) => boolean): Steps<Analysis & { readonly looked: LookedAt }> {
    const { program } = this.#begun.input;
    const { result, at, names, asked } = yield* program.looks.during(this.#read(isRead));
    return { ...result, looked: { files: new Set([...at, ...this.#idsIn(isRead)].map((it) => program.fileOf(it))), names, asked } };
  }

  *#read(isRead: (file: string) => boolean): Steps<Analysis> {
    const { models, sites, flow, files: byName, input } = this.#begun;
    const { program } = input;
    const files = input.files.filter((it) => isRead(it.name));
    const roots = this.#begun.roots.filter((it) => isRead(this.#fileOf(it)));
    const others = this.#begun.others.filter((it) => isRead(this.#fileOf(it)));
    const verifiers = this.#begun.verifiers.filter((it) => isRead(it.implementation.declared.fragment.path));
    const drafts: Draft[] = [];
    const objects = new Objects(models, (model, path, place) => {
      const site = { model, file: place.file, call: path, function: model };
      const [name, text] = [lastOf(path), sites.text(place)];
      const written = text.endsWith(name) ? text : name;
      return drafts.push({ site, written, guessed: false, at: undefined, nameSpan: place.span, callModel: undefined }) - 1;
    });
    const records: Records = {
      models,
      sites,
      objects,
      defaults: this.#begun.defaults,
      displayed: new Displayed(sites),
      attempts: new Attempts(sites),
      ...{ declared: new Map(), unset: new Map(), questions: new Map(), chosen: new Map() },
      drafts,
      makers: new Map(),
      origins: new Map(),
      loose: [],
      installations: [],
      fileUses: [],
      fileEvents: [],
      peerReads: [],
      verdictReads: [],
      sessionsKept: [],
      loaded: [],
      addresses: [],
      contacts: new Map(),
      connections: [],
      verifiers: new Set(this.#begun.verifiers.flatMap((it) => it.implementation.type ?? [])),
      featuresIn: (file) => byName.get(file)?.crate,
      isPlaintextOnly: (model, file) => isPlaintextOnly(model, byName.get(file)?.crate),
      hasFeature: (model, file, names) => hasFeature(model, byName.get(file)?.crate, names),
    };
    const pathTo = (id: string): Path => pathOf(id, sites, byName);
    for (const root of roots) {
      readRoot(records, root, () => true, pathTo);
      yield;
    }
    // Of what somebody else calls, callers see all that is not settled.
    for (const root of others) {
      readRoot(records, root, program.isExternallyReachable(root.id) ? isDecided : isSettled, pathTo);
      yield;
    }
    const begun = [...roots, ...others].map(({ id }) => id);
    const kept = new KeptEndpoints(records, [...roots, ...others], this.#begun.kept, (id) => isAsideCode(id, sites, byName));
    for (const [at, it] of records.installations.entries()) records.installations[at] = { ...it, path: kept.under(it.object, it.path) };
    linkReloads(records, new Set([...begun, ...flow.usedBy(begun)]));
    yield;
    judgeVerifiers(verifiers, flow, records, pathTo, this.#begun.lookUps);
    yield;
    if (this.#begun.seen !== undefined && this.#begun.followed !== undefined)
      stateNameComparisons(records, this.#begun.seen, this.#begun.followed.peers, pathTo, isRead);
    stateAskedPeers(records);
    stateRefusedClients(records);
    stateFailingOpen(records, roots, others);
    stateVerdictsAlone(records);
    stateWordsOfModes(records, pathTo);
    statePlaintextDefaults(records, pathTo);
    stateSecuredAddresses(records);
    stateLocalClients(records);
    if (this.#begun.followed !== undefined) statePinnedClients(records, this.#begun.followed.peers);
    stateKeyFiles(records);
    stateUnusedAnchors(records);
    stateUnusedCertificates(records);
    stateUnusedConfigurations(records);
    yield;
    const functions = [...roots, ...others].map(({ id }) => id);
    stateIdentity(records, functions, new Map(files.map((it) => [it.name, it.file])), pathTo, this.#begun.seen);
    records.loose.push(...fileObservations(records), ...this.#begun.ignored.filter(({ place }) => isRead(place.file)));
    yield;
    const order = new Map(input.files.map((it, index) => [it.name, index]));
    const { loose } = records;
    const chosen = leaveOwnConditions(records.origins);
    for (const object of objects.all)
      for (const [at, event] of object.events.entries()) object.events[at] = { ...event, path: kept.under(object, event.path) };
    const together = (object: ModelObject): number => chosen(kept.together(object));
    yield;
    const shown = (file: string): boolean => byName.get(file)?.example !== undefined;
    const bare = ({ model, place }: ModelObject): boolean => isWithoutTls(model, byName.get(place.file)?.crate);
    const gathered = gather(
      { objects: objects.all, drafts, loose, comparing: this.#begun.comparing, models, together, shown, isWithoutTls: bare },
      order,
    );
    yield;
    return {
      ...gathered,
      intent: intentSigns(records, files, gathered.endpoints),
      readsPeerIdentity: peersAreRead(records),
      records,
      files,
      sources: byName,
    };
  }
}
