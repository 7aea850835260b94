/**
 * Analysis: what models mean on flow. Events of objects become facts of endpoints, each at the place where it was decided. It knows no
 * policy: what is bad is decided by rules.
 */
import { Flow, type FunctionId, type Renewed } from "../flow/index.ts";
import { type Declared, isTestCode } from "../rust/index.ts";
import type { Place, Role } from "../tls/facts.ts";
import { Acting } from "./acting.ts";
import type { Analysis, AnalysisInput, LookedAt } from "./analysis.ts";
import { Attempts } from "./attempts.ts";
import { bodiesNaming } from "./bodies-naming.ts";
import { CallsSeen } from "./calls-seen.ts";
import { type Comparing, comparingIn } from "./comparing-clients.ts";
import { Defaults } from "./defaults.ts";
import { Displayed } from "./displayed.ts";
import { gather } from "./endpoints.ts";
import { stateFailingOpen } from "./failing-open.ts";
import { fileObservations } from "./file-facts.ts";
import { type Followed, followPeers, namesPeers } from "./following.ts";
import { stateIdentity } from "./identity.ts";
import { intentSigns } from "./intent.ts";
import { KeptEndpoints } from "./kept.ts";
import { ModelIndex } from "./model-index.ts";
import type { ModelObject } from "./model-object.ts";
import { ModelRows } from "./model-rows.ts";
import { stateNameComparisons } from "./name-comparisons.ts";
import { Nomination } from "./nomination.ts";
import { Objects } from "./objects.ts";
import { leaveOwnConditions } from "./own-conditions.ts";
import type { Path } from "./path-conditions.ts";
import { peersAreRead, stateAskedPeers } from "./peer-reads.ts";
import type { Draft, Records, Root } from "./records.ts";
import { stateRefusedClients } from "./refused-clients.ts";
import { linkReloads } from "./reloads.ts";
import { isDecided, isSettled, readRoot } from "./root-events.ts";
import { isAsideCode, isOpenFor, pathOf, rootsOf } from "./roots.ts";
import { stateSecuredAddresses } from "./secured-addresses.ts";
import { declaring, Sites } from "./sites.ts";
import { seedsOf, sliceOf } from "./slice.ts";
import type { SourceFile } from "./source-file.ts";
import { lastOf } from "./std-names.ts";
import { stateVerdictsAlone } from "./verdict-reads.ts";
import { certificatesGiven, judgeVerifiers, type Verifier, verifiersIn } from "./verifiers.ts";
import { isWithoutTls } from "./without-tls.ts";

export type { Analysis, AnalysisInput, LookedAt } from "./analysis.ts";
export { saysOfPeers } from "./intent.ts";
export type { ReadCrate, SourceFile } from "./source-file.ts";
export { guardsAt } from "./standing.ts";

/** All of a program at once. */
export const analyse = (input: AnalysisInput): Analysis => new ProgramAnalysis(input).read(() => true);

/** A program as analysis begins with it: what is read of it is read part by part. */
export class ProgramAnalysis {
  readonly #input: AnalysisInput;
  readonly #models: ModelIndex;
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #flow: Flow;
  readonly #sites: Sites;
  readonly #defaults: Defaults;
  readonly #verifiers: readonly Verifier[];
  readonly #judged: ReadonlySet<FunctionId>;
  readonly #roots: readonly Root[];
  readonly #others: readonly Root[];
  /** Undefined where nothing names a peer. */
  readonly #seen: CallsSeen | undefined;
  readonly #followed: Followed | undefined;
  /** Of verifiers, as text. */
  readonly #certificates: string;
  /** By file, where its crate compares the names of its peers. */
  readonly #comparing: Map<string, Place>;
  /** By file, where its crate looks up the certificates of its clients. */
  readonly #lookUps: ReadonlyMap<string, Comparing>;
  /** Fields in which endpoints are kept beside others, and who takes them. */
  readonly #kept: { readonly fields: Set<string>; readonly takers: Set<FunctionId> };
  /** Somebody else may take one of them, or otherwise. */
  readonly #isTaken: boolean;
  /** Of what was known before, what may not hold any more; undefined where that is all. */
  readonly #renewed: Renewed | undefined;
  /** Nobody was seen to do anything else than before. */
  readonly #isSeenAsBefore: boolean;

  /** `earlier`: of the same program, in which these files had other bodies; it is of no use afterwards. */
  constructor(input: AnalysisInput, earlier?: { readonly analysis: ProgramAnalysis; readonly changed: ReadonlySet<string> }) {
    const { files, models: all, program, standard, begins } = input;
    const models = new ModelIndex({ files, models: all });
    this.#input = input;
    this.#models = models;
    this.#files = new Map(files.map((it) => [it.name, it]));
    const fileOf = (owner: string): string => program.fileOf(owner);
    const nomination = new Nomination(models);
    const seeds = seedsOf(program, (it) => nomination.nominates(it));
    const verifiers = verifiersIn(program, models);
    // Whose certificate a verifier of clients accepts, others may look up.
    const isSeen = namesPeers(program) || verifiers.some((it) => it.methods.some(({ of }) => of.verifies === "client"));
    const isTest = (it: Declared): boolean => isTestCode(it) || this.#files.get(it.fragment.path)?.testCode === true;
    // Who looks at a peer may refuse it.
    const looking = isSeen ? sliceOf(program, bodiesNaming(program, new Set(models.peerReaders.keys())), isTest) : [];
    const judged = new Set([...program.reachedFrom(verifiers.flatMap((it) => it.methods.map(({ id }) => id))), ...looking]);
    this.#verifiers = verifiers;
    this.#judged = judged;
    // Known before anything is evaluated.
    const saying = new Set<FunctionId>(judged);
    // Closures may be callbacks that judge.
    const rows = new ModelRows(
      models,
      fileOf,
      (owner) => owner.includes("|") || judged.has(owner),
      (path) => program.ids.known(path) !== undefined,
      (owner) => saying.has(declaring(owner)),
    );
    const acting = new Acting(program, rows, models);
    const speaking = [...seeds].filter((it) => nomination.namesHeaders(it) || acting.acts(it));
    for (const it of speaking) saying.add(program.ids.id(it));
    // Who is told what flow sees is told all of it.
    const before = earlier !== undefined && (earlier.analysis.#seen !== undefined) === isSeen ? earlier : undefined;
    this.#seen = before === undefined ? (isSeen ? new CallsSeen() : undefined) : before.analysis.#seen;
    const seen = this.#seen;
    this.#flow = before === undefined ? new Flow(program, standard, seen, rows) : before.analysis.#flow;
    // What closures here see lives as long as they do: they must not see what was before.
    const changed = before?.changed;
    const { summarised } = this.#flow;
    seen?.mark();
    this.#renewed = before && this.#flow.continueWith(program, rows, before.analysis.#isOther(judged, before.changed));
    this.#kept = before === undefined ? { fields: new Set(), takers: new Set() } : before.analysis.#kept;
    this.#isTaken =
      [...this.#kept.takers].some((it) => this.#renewed?.touched.has(it)) ||
      bodiesNaming(program, this.#kept.fields).some((it) => changed?.has(it.fragment.path));
    this.#sites = new Sites(this.#flow, program, new Map(files.map((it) => [it.name, it.file])));
    this.#defaults = new Defaults(
      this.#sites,
      (id) => isAsideCode(id, this.#sites, this.#files),
      (file) => this.#files.get(file)?.crate,
    );
    const slice =
      begins === undefined
        ? sliceOf(
            program,
            [...speaking, ...verifiers.flatMap((it) => it.methods.flatMap(({ id }) => program.ids.declared(id) ?? []))],
            isTest,
            (it) => isOpenFor(this.#flow, program.ids.id(it)),
          )
        : [...program.ids.bodies()].filter(begins);
    const { roots, others } = rootsOf(this.#flow, this.#sites, slice, this.#files);
    this.#roots = roots;
    this.#others = others;
    const certificates = certificatesGiven(verifiers);
    this.#certificates = JSON.stringify([...certificates]);
    this.#isSeenAsBefore = seen?.isAsBefore !== false && this.#flow.summarised === summarised;
    const known = before?.analysis;
    const followed = known !== undefined && known.#certificates === this.#certificates ? known.#followed : undefined;
    this.#followed = seen && followPeers(this.#sites, seen, certificates, this.#isSeenAsBefore ? followed?.peers : undefined);
    const featuresIn = (file: string): unknown => this.#files.get(file)?.crate;
    const asked = { models, sites: this.#sites, featuresIn, roots, others };
    const comparing = (role: Role): Map<string, Comparing> =>
      this.#followed === undefined ? new Map() : comparingIn(asked, this.#followed.peers, role, [...this.#files.keys()]);
    this.#comparing = new Map([...comparing("client")].map(([file, it]) => [file, it.place]));
    this.#lookUps = comparing("server");
  }

  /** What functions are made of differs: where they stand in a changed file, or are asked for what they refuse, or not any more. */
  #isOther(judged: ReadonlySet<FunctionId>, changed: ReadonlySet<string>): (id: FunctionId) => boolean {
    return (id) => changed.has(this.#input.program.fileOf(id)) || judged.has(id) !== this.#judged.has(id);
  }

  /** Files in which something begins. */
  get files(): ReadonlySet<string> {
    const verifying = this.#verifiers.map((it) => it.implementation.declared.fragment.path);
    const comparing = [...(this.#followed?.evaluated ?? [])].map((it) => this.#input.program.fileOf(it));
    return new Set([...[...this.#roots, ...this.#others].map((it) => this.#fileOf(it)), ...verifying, ...comparing]);
  }

  /** Files of what is evaluated for what begins in these. */
  used(isRead: (file: string) => boolean): ReadonlySet<string> {
    const { program } = this.#input;
    const used = this.#flow.usedBy(this.#begun(isRead));
    return new Set([...used].map((it) => program.fileOf(it)).filter((it) => it !== ""));
  }

  #fileOf({ id }: Root): string {
    return this.#input.program.fileOf(id);
  }

  /** What begins in these files, in one text: what is read of them is the same as long as nothing of it has changed. */
  begins(isRead: (file: string) => boolean): string {
    const written = (it: Root): string => [it.id, ...it.path.map(({ group, alternative }) => `${group}:${alternative}`)].join(" ");
    const [roots, others] = [this.#roots, this.#others].map((all) => all.filter((it) => isRead(this.#fileOf(it))).map(written));
    const places = [...this.#comparing, ...[...this.#lookUps].map(([file, it]) => [file, it.place] as const)];
    const comparing = places.flatMap(([file, at]) => (isRead(file) ? [`${file} ${at.file} ${at.span.start}`] : []));
    return [...(roots ?? []), "", ...(others ?? []), "", ...comparing].join("\n");
  }

  /** Whether something that begins in these files may come to something else, wherever it stands. `asked`: whose summaries count beside. */
  isChanged(isRead: (file: string) => boolean, asked: Iterable<FunctionId>): boolean {
    const affected = this.#renewed?.affected;
    if (affected === undefined || this.#isTaken || !this.#isSeenAsBefore) return true;
    return [...this.#begun(isRead), ...asked].some((it) => affected.has(it));
  }

  /** Functions that are read where these files are, and verifiers that are judged. */
  #begun(isRead: (file: string) => boolean): readonly FunctionId[] {
    const methods = this.#verifiers.flatMap((it) => it.methods.map(({ id }) => id));
    const ids = [...[...this.#roots, ...this.#others].map(({ id }) => id), ...methods];
    return ids.filter((it) => isRead(this.#input.program.fileOf(it)));
  }

  /** What begins in these files, and what is in them. */
  read(isRead: (file: string) => boolean): Analysis & { readonly looked: LookedAt } {
    const { program } = this.#input;
    const { result, at, names, asked } = program.looks.during(() => this.#read(isRead));
    return { ...result, looked: { files: new Set([...at, ...this.#begun(isRead)].map((it) => program.fileOf(it))), names, asked } };
  }

  #read(isRead: (file: string) => boolean): Analysis {
    const { program } = this.#input;
    const models = this.#models;
    const sites = this.#sites;
    const byName = this.#files;
    const files = this.#input.files.filter((it) => isRead(it.name));
    const roots = this.#roots.filter((it) => isRead(this.#fileOf(it)));
    const others = this.#others.filter((it) => isRead(this.#fileOf(it)));
    const verifiers = this.#verifiers.filter((it) => isRead(it.implementation.declared.fragment.path));
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
      defaults: this.#defaults,
      displayed: new Displayed(sites),
      attempts: new Attempts(sites),
      drafts,
      makers: new Map(),
      origins: new Map(),
      loose: [],
      installations: [],
      fileUses: [],
      peerReads: [],
      verdictReads: [],
      sessionsKept: [],
      addresses: [],
      verifiers: new Set(this.#verifiers.flatMap((it) => it.implementation.type ?? [])),
      featuresIn: (file) => byName.get(file)?.crate,
    };
    const pathTo = (id: string): Path => pathOf(id, sites, byName);
    for (const root of roots) readRoot(records, root, () => true, pathTo);
    // Of what somebody else calls, callers see all that is not settled.
    for (const root of others) readRoot(records, root, program.isExternallyReachable(root.id) ? isDecided : isSettled, pathTo);
    const begun = [...roots, ...others].map(({ id }) => id);
    const kept = new KeptEndpoints(records, [...roots, ...others], this.#kept, (id) => isAsideCode(id, sites, byName));
    for (const [at, it] of records.installations.entries()) records.installations[at] = { ...it, path: kept.under(it.object, it.path) };
    linkReloads(records, new Set([...begun, ...this.#flow.usedBy(begun)]));
    judgeVerifiers(verifiers, this.#flow, records, pathTo, this.#lookUps);
    if (this.#seen !== undefined && this.#followed !== undefined)
      stateNameComparisons(records, this.#seen, this.#followed.peers, pathTo, isRead);
    stateAskedPeers(records);
    stateRefusedClients(records);
    stateFailingOpen(records, roots, others);
    stateVerdictsAlone(records);
    stateSecuredAddresses(records);
    const functions = [...roots, ...others].map(({ id }) => id);
    stateIdentity(records, functions, new Map(files.map((it) => [it.name, it.file.text])), pathTo);
    records.loose.push(...fileObservations(records));
    const order = new Map(this.#input.files.map((it, index) => [it.name, index]));
    const { loose } = records;
    const chosen = leaveOwnConditions(records.origins);
    for (const object of objects.all)
      for (const [at, event] of object.events.entries()) object.events[at] = { ...event, path: kept.under(object, event.path) };
    const together = (object: ModelObject): number => chosen(kept.together(object));
    const shown = (file: string): boolean => byName.get(file)?.example !== undefined;
    const bare = ({ model, place }: ModelObject): boolean => isWithoutTls(model, byName.get(place.file)?.crate);
    const gathered = gather(
      { objects: objects.all, drafts, loose, comparing: this.#comparing, models, together, shown, isWithoutTls: bare },
      order,
    );
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
