/** What analysis of a program begins with: what is evaluated, which functions it begins at, and what holds for all of it. */
import type { Steps } from "../base/steps.ts";
import { Flow, type FunctionId, type Renewed } from "../flow/index.ts";
import { LISTENERS } from "../models/tcp.ts";
import { type Declared, isTestCode } from "../rust/index.ts";
import type { Place, Role } from "../tls/facts.ts";
import { Acting } from "./acting.ts";
import type { AnalysisInput } from "./analysis.ts";
import { bodiesNaming } from "./bodies-naming.ts";
import { CallsSeen } from "./calls-seen.ts";
import { type Comparing, comparingIn } from "./comparing-clients.ts";
import { Defaults } from "./defaults.ts";
import { FileRows } from "./file-rows.ts";
import { comparesAfterwards, type Followed, followPeers, namesPeers } from "./following.ts";
import { ignoredSettings } from "./ignored-settings.ts";
import { ModelIndex } from "./model-index.ts";
import type { ObservationDraft } from "./model-object.ts";
import { ModelRows } from "./model-rows.ts";
import { Nomination } from "./nomination.ts";
import type { Root } from "./records.ts";
import { isAsideCode, isAsideIn, isOpenFor, pathOf, rootsOf } from "./roots.ts";
import { declaring, Sites } from "./sites.ts";
import { seedsOf, sliceOf } from "./slice.ts";
import type { SourceFile } from "./source-file.ts";
import { certificatesGiven, type Verifier, verifiersIn } from "./verifiers.ts";

export interface Begun {
  readonly input: AnalysisInput;
  readonly models: ModelIndex;
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly flow: Flow;
  readonly sites: Sites;
  readonly defaults: Defaults;
  readonly verifiers: readonly Verifier[];
  /** Functions that are asked for what they refuse. */
  readonly judged: ReadonlySet<FunctionId>;
  readonly roots: readonly Root[];
  readonly others: readonly Root[];
  /** Undefined where nothing names a peer. */
  readonly seen: CallsSeen | undefined;
  readonly followed: Followed | undefined;
  /** Of verifiers, as text. */
  readonly certificates: string;
  /** By file, where its crate compares the names of its peers. */
  readonly comparing: ReadonlyMap<string, Place>;
  /** By file, where its crate looks up the certificates of its clients. */
  readonly lookUps: ReadonlyMap<string, Comparing>;
  /** Fields in which endpoints are kept beside others, and who takes them. */
  readonly kept: { readonly fields: Set<string>; readonly takers: Set<FunctionId> };
  /** Settings that no code takes out of what is configured. */
  readonly ignored: readonly ObservationDraft[];
  /** Somebody else may take one of them, or otherwise. */
  readonly isTaken: boolean;
  /** Of what was known before, what may not hold any more; undefined where that is all. */
  readonly renewed: Renewed | undefined;
  /** Nobody was seen to do anything else than before. */
  readonly isSeenAsBefore: boolean;
  /** Something gives a private key, so that files are followed. */
  readonly writesKeys: boolean;
}

/** `earlier`: of the same program, in which these files had other bodies; it is of no use afterwards. */
export function* begin(input: AnalysisInput, earlier?: { readonly begun: Begun; readonly changed: ReadonlySet<string> }): Steps<Begun> {
  const { files, models: all, program, standard, begins } = input;
  const models = new ModelIndex({ files, models: all });
  const byName = new Map(files.map((it) => [it.name, it]));
  const fileOf = (owner: string): string => program.fileOf(owner);
  const nomination = new Nomination(models);
  const seeds = yield* seedsOf(program, (it) => nomination.nominates(it));
  const verifiers = verifiersIn(program, models);
  // Whose certificate a verifier of clients accepts, others may look up.
  const readers = new Set(models.peerReaders.keys());
  const isSeen =
    [...seeds].some((it) => nomination.namesHeaders(it)) ||
    verifiers.some((it) => it.methods.some(({ of }) => of.verifies === "client")) ||
    comparesAfterwards(program, readers, all) ||
    namesPeers(program, () => verifiers.length > 0 || bodiesNaming(program, readers).length > 0);
  const isTest = (it: Declared): boolean => isTestCode(it) || byName.get(it.fragment.path)?.testCode === true;
  // Who looks at a peer may refuse it.
  const looking = isSeen ? yield* sliceOf(program, bodiesNaming(program, readers), isTest) : [];
  const judged = new Set([...program.reachedFrom(verifiers.flatMap((it) => it.methods.map(({ id }) => id))), ...looking]);
  // Known before anything is evaluated.
  const saying = new Set<FunctionId>(judged);
  const written = FileRows.of(program, models, all);
  // Closures may be callbacks that judge.
  const rows = new ModelRows(
    models,
    fileOf,
    (owner) => owner.includes("|") || judged.has(owner),
    (path) => program.ids.known(path) !== undefined,
    (owner) => saying.has(declaring(owner)),
    written,
  );
  const acting = new Acting(program, rows, models);
  const speaking: Declared[] = [];
  for (const it of seeds) {
    if (nomination.namesHeaders(it) || acting.acts(it)) speaking.push(it);
    yield;
  }
  // Where a program listens says who can send it a header.
  if (speaking.some((it) => nomination.namesHeaders(it))) speaking.push(...bodiesNaming(program, LISTENERS));
  for (const it of speaking) saying.add(program.ids.id(it));
  // Who is told what flow sees is told all of it.
  const isAlike = (it: Begun): boolean => (it.seen !== undefined) === isSeen && it.writesKeys === (written !== undefined);
  const before = earlier !== undefined && isAlike(earlier.begun) ? earlier : undefined;
  const seen = before === undefined ? (isSeen ? new CallsSeen() : undefined) : before.begun.seen;
  const flow = before === undefined ? new Flow(program, standard, seen, rows) : before.begun.flow;
  // What closures here see lives as long as they do: they must not see what was before.
  const changed = before?.changed;
  const { summarised } = flow;
  seen?.mark();
  const renewed = before && flow.continueWith(program, rows, isOther(before.begun, judged, before.changed));
  const kept = before === undefined ? { fields: new Set<string>(), takers: new Set<FunctionId>() } : before.begun.kept;
  const isTaken =
    [...kept.takers].some((it) => renewed?.touched.has(it)) ||
    bodiesNaming(program, kept.fields).some((it) => changed?.has(it.fragment.path));
  const sites = new Sites(flow, program, new Map(files.map((it) => [it.name, it.file])));
  const defaults = new Defaults(
    sites,
    (id) => isAsideCode(id, sites, byName),
    (file) => byName.get(file)?.crate,
  );
  const slice =
    begins === undefined
      ? yield* sliceOf(
          program,
          [...speaking, ...verifiers.flatMap((it) => it.methods.flatMap(({ id }) => program.ids.declared(id) ?? []))],
          isTest,
          (it) => isOpenFor(flow, program.ids.id(it)),
        )
      : [...program.ids.bodies()].filter(begins);
  const { roots, others } = yield* rootsOf(flow, sites, slice, byName);
  const given = certificatesGiven(verifiers);
  const certificates = JSON.stringify([...given]);
  const isSeenAsBefore = seen?.isAsBefore !== false && flow.summarised === summarised;
  const known = before?.begun.certificates === certificates && isSeenAsBefore ? before.begun.followed?.peers : undefined;
  const followed = seen && (yield* followPeers(sites, seen, given, known));
  const featuresIn = (file: string): unknown => byName.get(file)?.crate;
  const asked = { models, sites, featuresIn, roots, others };
  const comparing = function* (role: Role): Steps<Map<string, Comparing>> {
    return followed === undefined ? new Map() : yield* comparingIn(asked, followed.peers, role, [...byName.keys()]);
  };
  return {
    ...{ input, models, files: byName, flow, sites, defaults, verifiers, judged, roots, others, seen, followed, certificates },
    comparing: new Map([...(yield* comparing("client"))].map(([file, it]) => [file, it.place])),
    lookUps: yield* comparing("server"),
    ignored: ignoredSettings({ sites, isAside: (it) => isAsideIn(byName, it), pathTo: (id) => pathOf(id, sites, byName) }),
    ...{ kept, isTaken, renewed, isSeenAsBefore, writesKeys: written !== undefined },
  };
}

/** What functions are made of differs: where they stand in a changed file, or are asked for what they refuse, or not any more. */
const isOther =
  (before: Begun, judged: ReadonlySet<FunctionId>, changed: ReadonlySet<string>): ((id: FunctionId) => boolean) =>
  (id) =>
    changed.has(before.input.program.fileOf(id)) || judged.has(id) !== before.judged.has(id);
