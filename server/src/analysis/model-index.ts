/** The models as analysis asks them: canonical paths, types, calls and values, for the version of the file at hand. */
import { NAME_VERDICTS } from "../models/certificate-names.ts";
import type { CallModel, CanonicalPath, CrateModel, Refusal, TypeModel, ValueModel, VerifierTrait } from "../models/model.ts";
import type { RustFile } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Fact } from "../tls/facts.ts";
import { type GivenByName, isMember, meantByName, namedSwitch, saysByName } from "./by-name.ts";
import { crateOf, lastName, segmentsOf } from "./canonical-paths.ts";
import { isOffer } from "./lexicon.ts";
import { type Hit, type ModelTables, tablesOf } from "./model-tables.ts";
import type { ReadCrate, SourceFile } from "./source-file.ts";
import { versionsToTell } from "./used-versions.ts";
import { inferVersion, refineVersion, within } from "./versions.ts";

export interface ModelVersion {
  readonly version?: string;
  /** The manifest says it; otherwise it was inferred. */
  readonly told: boolean;
  /** Outside of the model's range nothing is said. */
  readonly active: boolean;
}

const nameOnly: ReadonlySet<string> = new Set(NAME_VERDICTS.map(lastOf));

export class ModelIndex {
  readonly #tables: ModelTables;
  readonly #crates: ReadonlyMap<string, ReadCrate | undefined>;
  readonly #files: ReadonlyMap<string, RustFile>;
  readonly #versions = new Map<string, Map<CrateModel, ModelVersion>>();
  readonly #otherNames = new Map<ReadCrate | undefined, Map<ReadonlySet<string>, readonly string[]>>();
  /** Calls whose value, inside `Ok`, accepts a peer. */
  readonly accepted: ReadonlySet<CanonicalPath>;
  /** Functions of a library that judge what they are given, for verifiers that hand on. */
  readonly delegates: ReadonlySet<CanonicalPath>;
  /** Names of those that judge the chain and leave the name to others. */
  readonly chainOnly: ReadonlySet<string>;
  /** Names of those that judge the name and leave the chain to others. */
  readonly nameOnly: ReadonlySet<string> = nameOnly;
  /** By the last name of the error: patterns seldom write more. */
  readonly refusals: ReadonlyMap<string, Refusal["of"]>;
  /** Names of methods that judge a peer, whoever implements them. */
  readonly verifierMethods: ReadonlySet<string>;
  /** Calls that give the peer's certificate, by the last names of their paths. */
  readonly peerReaders: ReadonlyMap<string, CanonicalPath>;
  /** Methods that show a secret, and the keys by which they do, in lower case: `header("Authorization", …)`. */
  readonly secretKeys: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names worth looking at a function for. */
  readonly triggers: ReadonlyMap<string, unknown>;

  constructor(input: { readonly files: readonly SourceFile[]; readonly models: readonly CrateModel[] }) {
    this.#crates = new Map(input.files.map((it) => [it.name, it.crate]));
    this.#files = new Map(input.files.map((it) => [it.name, it.file]));
    this.#tables = tablesOf(input.models);
    this.accepted = this.#tables.accepted;
    this.delegates = this.#tables.delegates;
    this.chainOnly = this.#tables.chainOnly;
    this.refusals = this.#tables.refusals;
    this.verifierMethods = this.#tables.verifierMethods;
    this.peerReaders = this.#tables.peerReaders;
    this.triggers = this.#tables.triggers;
    this.secretKeys = this.#tables.secretKeys;
  }

  /** Whether `name` in `file` is worth looking at its function for. */
  isTrigger(name: string, file: string): boolean {
    const trigger = this.#tables.triggers.get(name);
    if (trigger === undefined) return false;
    const { crates, speaks } = trigger;
    if (speaks)
      return (
        saysByName(/^\w*/.exec(name)?.[0] ?? name) ||
        this.#reachesAny(crates, this.#crates.get(file)) ||
        [...crates].some((it) => this.#writes(it, file))
      );
    const seen = this.#namesIn(file);
    return [...crates].some((it) => seen.has(it)) || this.#renamed(crates, file).some((it) => seen.has(it));
  }

  /** As far as the manifest and the lock file tell; without a lock file what a dependency brings along is not known. */
  #reachesAny(crates: ReadonlySet<string>, crate: ReadCrate | undefined): boolean {
    if (crate === undefined || crate.reached === "unknown") return true;
    for (const it of crates) if (crate.reached.has(it)) return true;
    return false;
  }

  /** Names that the manifest gives to these crates, and crates that hand them on. */
  #renamed(crates: ReadonlySet<string>, file: string): readonly string[] {
    const crate = this.#crates.get(file);
    let others = this.#otherNames.get(crate);
    if (others === undefined) {
      others = new Map();
      this.#otherNames.set(crate, others);
    }
    const known = others.get(crates);
    if (known !== undefined) return known;
    const names = [...(crate?.dependencies ?? [])].flatMap(([name, it]) => (crates.has(it.package.replaceAll("-", "_")) ? [name] : []));
    const reexports = this.#tables.aliases.flatMap(({ from, to }) =>
      crates.has(to.split("::")[0] ?? "") ? [from.split("::")[0] ?? ""] : [],
    );
    const found = [...names, ...reexports];
    others.set(crates, found);
    return found;
  }

  /** Undoes re-exports: the path by which models know what `path` names. */
  canonical(path: string): CanonicalPath {
    let current = path;
    for (let round = 0; round < 6; round++) {
      const alias = this.#tables.aliasesOf
        .get(crateOf(current))
        ?.find(({ from }) => current === from || (current.startsWith(from) && /^(?:::|\.|<)/.test(current.slice(from.length))));
      if (alias === undefined) return current;
      current = alias.to + current.slice(alias.from.length);
      if (current === path) return current;
    }
    return current;
  }

  /** `suppaftp::native_tls::TlsConnector`: a crate that is handed on under its own name; not `sqlx::mysql`, a module that its model knows. */
  throughReexport(segments: readonly string[]): CanonicalPath | undefined {
    const at = segments.findIndex((it, index) => index > 0 && index < segments.length - 1 && this.#tables.crates.has(it));
    if (at < 0 || this.#tables.segments.modules.has(segments.slice(0, 2).join("::"))) return undefined;
    return this.canonical(segments.slice(at).join("::"));
  }

  type(path: CanonicalPath): Hit<TypeModel> | undefined {
    return this.#tables.types.get(path);
  }

  isFlagType(path: CanonicalPath): boolean {
    return this.#tables.flagTypes.has(path);
  }

  value(path: CanonicalPath): Hit<ValueModel> | undefined {
    return this.#tables.values.get(path);
  }

  /** The call model that holds for the version in `file`. */
  call(path: CanonicalPath, file: string): Hit<CallModel> | undefined {
    return this.#fitting(this.#tables.calls.get(path) ?? [], file);
  }

  /** What is used must exist: where the version was only inferred, a path that it lacks shows that the inference was wrong. */
  #fitting<T extends Pick<CallModel, "versions" | "feature">>(all: readonly Hit<T>[], file: string): Hit<T> | undefined {
    const hits = all.filter(
      ({ of, model }) => of.feature === undefined || this.#hasFeature(model, of.feature.name, file) === of.feature.on,
    );
    const exact = hits.find((hit) => {
      const { version, active } = this.versionIn(hit.model, file);
      return active && within(version, hit.of.versions);
    });
    return exact ?? hits.find((hit) => !this.versionIn(hit.model, file).told);
  }

  /** As far as the manifest of the file's crate tells. */
  #hasFeature(model: CrateModel, feature: string, file: string): boolean | undefined {
    const found = [...(this.#crates.get(file)?.dependencies.values() ?? [])].find((it) => it.package === model.package);
    return found?.features?.has(feature);
  }

  /** A method (or field, with `separator` ".") of a type, also through its Deref targets. */
  member(type: CanonicalPath, name: string, file: string, separator: "::" | "." = "::"): Hit<CallModel> | undefined {
    const seen = new Set<CanonicalPath>();
    const queue = [type];
    for (let current = queue.shift(); current !== undefined; current = queue.shift()) {
      if (seen.has(current)) continue;
      seen.add(current);
      const hit = this.call(`${current}${separator}${name}`, file);
      if (hit !== undefined) return hit;
      queue.push(...(this.#tables.types.get(current)?.of.derefs ?? []));
      const generic = current.indexOf("<");
      if (generic > 0) queue.push(current.slice(0, generic));
    }
    return undefined;
  }

  verifierTrait(path: CanonicalPath, file: string): Hit<VerifierTrait> | undefined {
    return this.#fitting(this.#tables.traits.get(path) ?? [], file);
  }

  /** Facts that hold from construction on, for the version in `file`. */
  defaultsOf(hit: Hit<TypeModel>, file: string): Fact[] {
    const { version, active } = this.versionIn(hit.model, file);
    return active ? (hit.of.defaults ?? []).filter((it) => within(version, it.versions)).map((it) => it.fact) : [];
  }

  /** A trait that is written without an import that could be followed. */
  guessTrait(segments: readonly string[], file: string): Hit<VerifierTrait> | undefined {
    const last = segments.at(-1);
    const fitting = [...this.#tables.traits.keys()]
      .filter((path) => lastName(path) === last)
      .flatMap((path) => this.verifierTrait(path, file) ?? []);
    return new Set(fitting.map((it) => it.model.crate)).size === 1 ? fitting[0] : undefined;
  }

  /** By their last names. */
  get verifierTraits(): ReadonlySet<string> {
    return new Set([...this.#tables.traits.keys()].map(lastName));
  }

  /** A word of a modelled crate's own: a type, a trait's method, and, where one can be meant, a method. */
  isLibraryName(word: string, mayBeMethod = true): boolean {
    const { names, words } = this.#tables.segments;
    return (mayBeMethod ? names : words).has(word);
  }

  /** Whether what a struct expression of the type says is known. */
  hasFields(type: CanonicalPath): boolean {
    return this.#tables.fielded.has(type);
  }

  isModelledCrate(name: string): boolean {
    return this.#tables.crates.has(name);
  }

  /** The one canonical path whose tail is `segments`, where only one model has such. */
  guess(segments: readonly string[]): CanonicalPath | undefined {
    const last = segments.at(-1);
    if (last === undefined || !segments.some((it) => /^[A-Z]/.test(it))) return undefined;
    const targets = new Set<CanonicalPath>();
    for (const { path, target } of this.#tables.segments.endingIn(last)) {
      const own = segmentsOf(path);
      const length = Math.min(own.length, segments.length);
      if (/^[A-Z]/.test(last) ? length < 1 : length < 2) continue;
      if (segments.slice(-length).every((it, index) => own[own.length - length + index] === it)) targets.add(this.canonical(target));
    }
    const crates = new Set([...targets].map((it) => it.split("::")[0]));
    return crates.size === 1 ? [...targets].sort((a, b) => a.length - b.length)[0] : undefined;
  }

  /**
   * A method of something whose type is not known: its name says what it does, of whatever crate and version, where all that have one agree
   * (`danger_accept_invalid_certs`), or it is given a word of the crate's own (`SslVerifyMode::NONE`), if only one near the file has such.
   */
  guessMember(name: string, { word: given, count }: GivenByName, file: string): Hit<CallModel> | undefined {
    return this.#guessOfModels(name, given, file) ?? namedSwitch(name, count);
  }

  #guessOfModels(name: string, given: CanonicalPath | undefined, file: string): Hit<CallModel> | undefined {
    if (given === undefined && !isOffer(name)) return undefined;
    const members = this.#tables.segments
      .endingIn(name)
      .map(({ target }) => target)
      .filter(isMember);
    const hits = members.flatMap((it) => {
      const hit = this.call(it, file) ?? (given === undefined ? this.#tables.calls.get(it)?.[0] : undefined);
      return hit?.of.effects === undefined || (given !== undefined && crateOf(given) !== hit.model.crate) ? [] : [hit];
    });
    const named = hits.filter((it) => this.#namesIn(file).has(it.model.crate));
    const packages = new Set([...(this.#crates.get(file)?.dependencies.values() ?? [])].map((it) => it.package));
    const near = named.length > 0 ? named : hits.filter((it) => given !== undefined || packages.has(it.model.package));
    return meantByName(near.length > 0 || given !== undefined ? near : hits);
  }

  versionIn(model: CrateModel, file: string): ModelVersion {
    let versions = this.#versions.get(file);
    if (versions === undefined) {
      versions = new Map();
      this.#versions.set(file, versions);
    }
    const known = versions.get(model);
    if (known !== undefined) return known;
    const result = this.#decideVersion(model, file);
    versions.set(model, result);
    return result;
  }

  #decideVersion(model: CrateModel, file: string): ModelVersion {
    const { told, isExact, candidates } = versionsToTell(model.package, this.#crates.get(file), (name) => this.#writes(name, file));
    if (told !== undefined) {
      const version = isExact ? told : refineVersion(model, this.#namesIn(file), told);
      return { version, told: true, active: within(version, model.versions) };
    }
    const possible = candidates.filter((it) => within(it, model.versions));
    const inferred = inferVersion(model, this.#namesIn(file), possible.length > 0 ? possible : undefined);
    return { told: false, active: true, ...(inferred === undefined ? {} : { version: inferred }) };
  }

  #namesIn(file: string): ReadonlySet<string> {
    return this.#files.get(file)?.names.all ?? new Set();
  }

  /** Whether paths of a file begin with a crate, whatever its manifest says. */
  #writes(crate: string, file: string): boolean {
    return this.#files.get(file)?.names.leading.has(crate) === true;
  }
}
