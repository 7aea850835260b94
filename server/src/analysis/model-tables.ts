/** What follows from the models alone, whichever crate is read: their types, calls and values by path, and the names worth a look. */
import type { CallModel, CanonicalPath, CrateModel, Refusal, TypeModel, ValueModel, VerifierTrait } from "../models/model.ts";
import { crateOf, lastName, segmentsOf } from "./canonical-paths.ts";
import { type ModelPath, ModelSegments } from "./model-segments.ts";
import { switchNames } from "./named-switches.ts";
import { distinguishingName } from "./versions.ts";

export interface Hit<T> {
  readonly path: CanonicalPath;
  readonly of: T;
  readonly model: CrateModel;
}

interface Alias {
  readonly from: string;
  readonly to: string;
}

/** Of a name: whose it is, and whether it says so by itself. */
interface Trigger {
  readonly crates: Set<string>;
  speaks: boolean;
}

/** What follows from the models alone, whichever crate is read. */
export class ModelTables {
  readonly types = new Map<CanonicalPath, Hit<TypeModel>>();
  readonly calls = new Map<CanonicalPath, Hit<CallModel>[]>();
  readonly values = new Map<CanonicalPath, Hit<ValueModel>>();
  /** Of values that are flags. */
  readonly flagTypes = new Set<CanonicalPath>();
  readonly traits = new Map<CanonicalPath, Hit<VerifierTrait>[]>();
  readonly aliases: Alias[] = [];
  /** The same by the crate that `from` begins with. */
  readonly aliasesOf = new Map<string, Alias[]>();
  readonly crates = new Map<string, CrateModel>();
  /** Names of methods, which no path of a model has. */
  readonly #names: string[] = [];
  readonly #paths: ModelPath[] = [];
  #segments: ModelSegments | undefined;
  /** Types of which calls are fields. */
  readonly fielded = new Set<CanonicalPath>();
  readonly accepted = new Set<CanonicalPath>();
  readonly delegates = new Set<CanonicalPath>();
  readonly chainOnly = new Set<string>();
  readonly refusals = new Map<string, Refusal["of"]>();
  readonly verifierMethods = new Set<string>();
  /** Calls that give the peer's certificate, by the last names of their paths. */
  readonly peerReaders = new Map<string, CanonicalPath>();
  readonly triggers = new Map<string, Trigger>();
  #keyGivers: ReadonlyMap<string, readonly CanonicalPath[]> | undefined;
  /** Methods that show a secret, by their names: the keys by which they do, in lower case. */
  readonly secretKeys = new Map<string, Set<string>>();

  constructor(models: readonly CrateModel[]) {
    for (const model of models) this.#add(model);
    for (const name of switchNames) {
      this.#names.push(name);
      this.triggers.set(`${name}(`, { crates: this.triggers.get(`${name}(`)?.crates ?? new Set(), speaks: true });
    }
    this.aliases.sort((a, b) => b.from.length - a.from.length);
    for (const alias of this.aliases) {
      this.#paths.push({ path: alias.from, target: alias.to, isOwn: true });
      const crate = crateOf(alias.from);
      const known = this.aliasesOf.get(crate);
      if (known === undefined) this.aliasesOf.set(crate, [alias]);
      else known.push(alias);
    }
  }

  /** By the last name of calls that give a private key: all calls of that name. */
  get keyGivers(): ReadonlyMap<string, readonly CanonicalPath[]> {
    this.#keyGivers ??= keyGiversOf(this.calls);
    return this.#keyGivers;
  }

  #add(model: CrateModel): void {
    this.crates.set(model.crate, model);
    // A crate speaks where a path is written.
    if (model.beside === undefined) this.#trigger(`${model.crate}::`, model.crate);
    for (const [path, of] of Object.entries(model.types)) {
      this.types.set(path, { path, of, model });
      this.#path(path, model);
      if (model.beside === undefined) this.#trigger(lastName(path), model.crate);
    }
    for (const call of model.calls) this.#addCall(call, model);
    for (const [path, of] of Object.entries(model.values ?? {})) {
      this.values.set(path, { path, of, model });
      if (of.kind === "flags") this.flagTypes.add(path.slice(0, path.lastIndexOf("::")));
      this.#path(path, model);
      this.#trigger(segmentsOf(path).at(-2) ?? path, model.crate);
    }
    for (const of of model.verifierTraits ?? []) this.#addTrait(of, model);
    for (const [path, { of }] of Object.entries(model.refusals ?? {})) this.refusals.set(lastName(path), of);
    for (const [from, to] of Object.entries(model.aliases ?? {})) this.aliases.push({ from, to });
  }

  #addCall(call: CallModel, model: CrateModel): void {
    if (call.readsPeerIdentity === "certificate") this.peerReaders.set(lastName(call.path), call.path);
    const hit = { path: call.path, of: call, model };
    const known = this.calls.get(call.path);
    if (known === undefined) this.calls.set(call.path, [hit]);
    else known.push(hit);
    for (const key of secretKeysOf(call))
      this.secretKeys.set(lastName(call.path), (this.secretKeys.get(lastName(call.path)) ?? new Set()).add(key));
    if (call.beside === true) return;
    this.#path(call.path, model);
    const dot = call.path.lastIndexOf(".");
    if (dot > 0) this.fielded.add(call.path.slice(0, dot));
    const name = distinguishingName(call.path);
    if (name.includes("::") || name.length <= 3) return;
    const speaks = name.length >= LONG_NAME && isTelling(call);
    // A field is named; what is called is called, or given by its path. A variable of that name is nothing.
    const written = dot > 0 ? [name] : [`${name}(`, `${name}::`];
    for (const it of written) this.#trigger(it, model.crate, speaks);
  }

  #addTrait(of: VerifierTrait, model: CrateModel): void {
    this.traits.set(of.path, [...(this.traits.get(of.path) ?? []), { path: of.path, of, model }]);
    this.#path(of.path, model);
    this.#trigger(lastName(of.path), model.crate);
    for (const method of of.methods) {
      this.#names.push(method.name);
      if (method.certificate.length > 0) this.verifierMethods.add(method.name);
      for (const path of method.accepted) this.accepted.add(path);
      for (const path of [...(method.delegates ?? []), ...(method.delegatesOfChain ?? [])]) {
        this.delegates.add(path);
        this.verifierMethods.add(lastName(path));
      }
      for (const path of method.delegatesOfChain ?? []) this.chainOnly.add(lastName(path));
    }
  }

  /** A name of two words speaks for itself; `Client`, `connect` and what many types have (`try_from`) do only beside their crate's name. */
  #trigger(name: string, crate: string, speaks = true): void {
    const known = this.triggers.get(name) ?? { crates: new Set(), speaks: false };
    known.crates.add(crate);
    known.speaks ||= speaks && (name === `${crate}::` || /_|[a-z0-9][A-Z]/.test(name));
    this.triggers.set(name, known);
  }

  #path(path: CanonicalPath, { forkOf }: CrateModel): void {
    this.#paths.push({ path, target: path, isOwn: forkOf === undefined });
  }

  /** Most runs over few files ask for none of them. */
  get segments(): ModelSegments {
    this.#segments ??= new ModelSegments(this.#paths, this.#names);
    return this.#segments;
  }
}

const isTelling = ({ effects, readsPeerIdentity, givesPrivateKey, imaginary }: CallModel): boolean =>
  effects !== undefined || readsPeerIdentity !== undefined || givesPrivateKey !== undefined || imaginary !== undefined;

const secretKeysOf = ({ effects = [] }: CallModel): readonly string[] =>
  effects.flatMap((it) =>
    it.kind === "keyed" ? it.cases.flatMap(({ key, states }) => (states !== "peer" && states.kind === "login" ? [key] : [])) : [],
  );

function keyGiversOf(calls: ReadonlyMap<CanonicalPath, readonly Hit<CallModel>[]>): Map<string, CanonicalPath[]> {
  const givers = [...calls].flatMap(([path, all]) => (all.some(({ of }) => of.givesPrivateKey) ? [lastName(path)] : []));
  const found = new Map<string, CanonicalPath[]>(givers.map((it) => [it, []]));
  for (const path of calls.keys()) found.get(lastName(path))?.push(path);
  return found;
}

/** Shorter names of methods are used by others, too. */
const LONG_NAME = 10;

/** The models are data that never changes, so their tables are made once for a list of them. */
const tables = new WeakMap<readonly CrateModel[], ModelTables>();

export function tablesOf(models: readonly CrateModel[]): ModelTables {
  const known = tables.get(models);
  if (known !== undefined) return known;
  const made = new ModelTables(models);
  tables.set(models, made);
  return made;
}
