/** What follows from the models alone, whichever crate is read: their types, calls and values by path, and the names worth a look. */
import type { CallModel, CanonicalPath, CrateModel, Refusal, TypeModel, ValueModel, VerifierTrait } from "../models/model.ts";
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
  readonly tails = new Map<string, Set<CanonicalPath>>();
  readonly crates = new Map<string, CrateModel>();
  /** What the models' paths begin with, two segments each: `sqlx::mysql`. */
  readonly modules = new Set<string>();
  readonly names = new Set<string>();
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
  /** Methods that show a secret, by their names: the keys by which they do, in lower case. */
  readonly secretKeys = new Map<string, Set<string>>();

  constructor(models: readonly CrateModel[]) {
    for (const model of models) this.#add(model);
    for (const name of switchNames) {
      this.names.add(name);
      this.triggers.set(`${name}(`, { crates: this.triggers.get(`${name}(`)?.crates ?? new Set(), speaks: true });
    }
    this.aliases.sort((a, b) => b.from.length - a.from.length);
    for (const alias of this.aliases) {
      this.#tail(alias.from, alias.to);
      const crate = crateOf(alias.from);
      const known = this.aliasesOf.get(crate);
      if (known === undefined) this.aliasesOf.set(crate, [alias]);
      else known.push(alias);
    }
  }

  #add(model: CrateModel): void {
    this.crates.set(model.crate, model);
    // A crate speaks where a path is written.
    if (model.beside === undefined) this.#trigger(`${model.crate}::`, model.crate);
    for (const [path, of] of Object.entries(model.types)) {
      this.types.set(path, { path, of, model });
      this.#tail(path, path, model);
      if (model.beside === undefined) this.#trigger(lastName(path), model.crate);
    }
    for (const call of model.calls) this.#addCall(call, model);
    for (const [path, of] of Object.entries(model.values ?? {})) {
      this.values.set(path, { path, of, model });
      if (of.kind === "flags") this.flagTypes.add(path.slice(0, path.lastIndexOf("::")));
      this.#tail(path, path, model);
      this.#trigger(segmentsOf(path).at(-2) ?? path, model.crate);
    }
    for (const of of model.verifierTraits ?? []) this.#addTrait(of, model);
    for (const [path, { of }] of Object.entries(model.refusals ?? {})) this.refusals.set(lastName(path), of);
    for (const [from, to] of Object.entries(model.aliases ?? {})) this.aliases.push({ from, to });
  }

  #addCall(call: CallModel, model: CrateModel): void {
    if (call.readsPeerIdentity === "certificate") this.peerReaders.set(lastName(call.path), call.path);
    this.calls.set(call.path, [...(this.calls.get(call.path) ?? []), { path: call.path, of: call, model }]);
    for (const key of secretKeysOf(call))
      this.secretKeys.set(lastName(call.path), (this.secretKeys.get(lastName(call.path)) ?? new Set()).add(key));
    if (call.beside === true) return;
    this.#tail(call.path, call.path, model);
    const dot = call.path.lastIndexOf(".");
    if (dot > 0) this.fielded.add(call.path.slice(0, dot));
    const name = distinguishingName(call.path);
    const states = call.effects !== undefined || call.readsPeerIdentity !== undefined || call.imaginary !== undefined;
    if (name.includes("::") || name.length <= 3) return;
    // A field is named; what is called is called, or given by its path. A variable of that name is nothing.
    const written = /\.\w+$/.test(call.path) ? [name] : [`${name}(`, `${name}::`];
    for (const it of written) this.#trigger(it, model.crate, states && name.length >= LONG_NAME);
  }

  #addTrait(of: VerifierTrait, model: CrateModel): void {
    this.traits.set(of.path, [...(this.traits.get(of.path) ?? []), { path: of.path, of, model }]);
    this.#tail(of.path, of.path, model);
    this.#trigger(lastName(of.path), model.crate);
    for (const method of of.methods) {
      this.names.add(method.name);
      if (method.certificate.length > 0) this.verifierMethods.add(method.name);
      for (const path of method.accepted) this.accepted.add(path);
      for (const path of [...(method.delegates ?? []), ...(method.delegatesOfChain ?? [])]) this.delegates.add(path);
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

  #tail(path: string, target: CanonicalPath, model?: CrateModel): void {
    const name = lastName(path);
    const segments = segmentsOf(path);
    this.modules.add(segments.slice(0, 2).join("::"));
    for (const segment of segments) this.names.add(segment);
    if (model?.forkOf !== undefined) return;
    const known = this.tails.get(name) ?? new Set();
    known.add(`${path}\0${target}`);
    this.tails.set(name, known);
  }
}

const secretKeysOf = ({ effects = [] }: CallModel): readonly string[] =>
  effects.flatMap((it) =>
    it.kind === "keyed" ? it.cases.flatMap(({ key, states }) => (states !== "peer" && states.kind === "login" ? [key] : [])) : [],
  );

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

/** The segments of a canonical path without generic arguments; a field's name is a segment too. */
export function segmentsOf(path: CanonicalPath): string[] {
  return path.replace(/<[^<>]*>/g, "").split(/::|\./);
}

export const crateOf = (path: string): string => /^\w*/.exec(path)?.[0] ?? "";

export const lastName = (path: CanonicalPath): string => segmentsOf(path).at(-1) ?? path;

interface Paths {
  canonical(path: string): CanonicalPath;
  throughReexport(segments: readonly string[]): CanonicalPath | undefined;
}

/** A member of a type with an argument, whose path is one of its own: `A<B>::m`. */
export function eachPath(path: string, paths: Paths): CanonicalPath {
  const [from, to] = [path.indexOf("<"), path.indexOf(">")];
  if (from < 0 || to < from) return paths.canonical(path);
  const of = path.slice(from + 1, to);
  return paths.canonical(`${path.slice(0, from)}<${paths.throughReexport(of.split("::")) ?? paths.canonical(of)}>${path.slice(to + 1)}`);
}

/** `Type::method` or `Type.field`; generic arguments belong to the type. */
export function membersOf(path: string): { readonly type?: string; readonly name: string; readonly separator: "::" | "." } {
  const dot = path.lastIndexOf(".");
  if (dot > 0) return { type: path.slice(0, dot), name: path.slice(dot + 1), separator: "." };
  const at = path.lastIndexOf("::");
  return at < 0 ? { name: path, separator: "::" } : { type: path.slice(0, at), name: path.slice(at + 2), separator: "::" };
}
