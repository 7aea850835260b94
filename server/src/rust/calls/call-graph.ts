/**
 * The call graph, by demand: who calls a function is found among the bodies in which its name stands, and of these only by resolution.
 * A *may* edge is a call whose receiver is unknown, with the right name, as many arguments and the trait in scope.
 */
import type { Span } from "../../base/span.ts";
import type { Path } from "../ast.ts";
import { hashOfName, withoutWriting } from "../items/index.ts";
import { type Crate, type Declared, type Definition, type DefinitionMaps, TYPES, VALUES } from "../names/index.ts";
import { type BodyContext, bodyContext, type Meaning, Methods, type Target, type Type, type Use, walkBody } from "../types/index.ts";
import { isHandler, pathsInAttributes } from "./attributes.ts";
import { Candidates } from "./candidates.ts";
import { CrateReach } from "./crate-reach.ts";
import { FieldReads } from "./field-reads.ts";
import { NameIndex } from "./name-index.ts";
import { isReachable, reachableFrom } from "./reachable.ts";

export interface Edge {
  /** The item in whose body, value or attributes it stands. */
  readonly from: Declared;
  /** Several where `cfg` decides; of a may edge those of which one may be meant. */
  readonly to: readonly Target[];
  readonly certain: boolean;
  /** `value`: named, to be called by somebody else. */
  readonly kind: Use["kind"] | "attribute" | "dispatch";
  readonly span: Span;
  /** The type that it is called on, or by. */
  readonly self: Type | undefined;
  /** What the call makes of the type parameters of the first of them. */
  readonly given?: Use["given"];
}

/** Whether something calls it. */
export type Called = "certain" | "may" | "none";

export class CallGraph {
  readonly #maps: DefinitionMaps;
  readonly methods: Methods;
  readonly context: BodyContext;
  readonly fieldReads: FieldReads;
  readonly #edges = new Map<Declared, readonly Edge[]>();
  readonly #reached = new Map<Crate, ReadonlySet<Definition>>();
  readonly #byName: NameIndex;
  readonly #candidates: Candidates;
  readonly #reach: CrateReach;

  constructor(maps: DefinitionMaps) {
    this.#maps = maps;
    this.#byName = new NameIndex(maps);
    this.#candidates = new Candidates(maps, this.#byName);
    this.#reach = new CrateReach((id) => maps.crateOf(id)?.node);
    this.methods = new Methods(maps);
    this.context = bodyContext(maps, this.methods);
    this.fieldReads = new FieldReads(this.context);
  }

  /** A file is to have other bodies: to be called while it still has these. */
  forget(path: string): void {
    this.#byName.forget(path);
    this.#candidates.forget();
    this.fieldReads.forget(path);
    for (const it of this.#edges.keys()) if (it.fragment.path === path) this.#edges.delete(it);
  }

  /** Items in which a name stands as code. */
  naming(name: string): readonly Declared[] {
    return this.#byName.naming(hashOfName(name));
  }

  /** A path that stands in an item, but in no expression or pattern that the walk through its body knows. */
  meaning(path: Path, within: Declared): Meaning {
    return this.context.paths.of(path, this.methods.types.scopeOf(within), VALUES | TYPES);
  }

  /** What the body, the value and the attributes of an item lead to. */
  edgesFrom(from: Declared): readonly Edge[] {
    const known = this.#edges.get(from);
    if (known !== undefined) return known;
    const found: Edge[] = [];
    walkBody(from, this.context, ({ kind, span, targets, certain, self, given }) => {
      const [first] = targets;
      const types = first?.sort === "item" && this.#isGeneric(first) ? { given } : {};
      found.push({ from, to: targets, certain, kind, span, self, ...types });
    });
    for (const { segments, span } of pathsInAttributes(from)) {
      const { found: meant } = this.#maps.resolve(segments, from.module);
      const to = meant.flatMap((it) => ((it.namespaces & VALUES) !== 0 && it.definition.sort === "item" ? [it.definition] : []));
      if (to.length > 0) found.push({ from, to, certain: true, kind: "attribute", span, self: undefined });
    }
    this.#edges.set(from, found);
    return found;
  }

  /** It has type parameters, or stands in what has; `Self` is one of a trait. */
  #isGeneric(it: Declared): boolean {
    return it.holder?.kind === "trait" || this.methods.types.scopeOf(it).parameters.size > 0;
  }

  /** The edges to a function; to a method of an impl also those to the trait's that it may be called by. */
  edgesTo(to: Declared): readonly Edge[] {
    const declared = this.#twins(to);
    const edges = this.#naming(to.name).flatMap((from) => this.edgesFrom(from).filter((edge) => edge.to.some((it) => declared.has(it))));
    const trait = to.holder?.kind === "impl" ? this.methods.members.traitOf(to.holder) : undefined;
    const abstract = trait?.sort === "item" ? trait.members.find((it) => it.name === to.name) : undefined;
    if (abstract === undefined) return edges;
    const dispatched = this.edgesTo(abstract).filter((it) => !edges.some((own) => own.span === it.span));
    return [...edges, ...dispatched.map((it): Edge => ({ ...it, to: [to], certain: false, kind: "dispatch" }))];
  }

  /** Items that lead to one for certain. `counts` is asked before a body is looked at. */
  callersOf(to: Declared, counts: (from: Declared) => boolean): readonly Declared[] {
    const twins = this.#byName.naming(hashOfName(to.name)).filter((it) => this.#isTwin(it, to));
    const declared = new Set<Definition>(twins);
    const mayKnow = ({ module }: Declared): boolean => twins.some((it) => this.#reach.reaches(module.crate, it.module.crate));
    const leads = (from: Declared): boolean => this.edgesFrom(from).some((edge) => edge.certain && edge.to.some((it) => declared.has(it)));
    const asked = new Map<Declared, boolean>();
    // What a body declares is there once it was walked through.
    for (let before = -1; before < this.#maps.items; ) {
      before = this.#maps.items;
      for (const from of this.#candidates.of(to)) if (!asked.has(from)) asked.set(from, counts(from) && mayKnow(from) && leads(from));
    }
    return [...asked].flatMap(([from, isCaller]) => (isCaller ? [from] : []));
  }

  /** Whether something but itself calls it. `counts`: callers that count; all of them unless given. */
  called(to: Declared, counts: (from: Declared) => boolean = () => true): Called {
    const edges = this.edgesTo(to).filter(({ from }) => from !== to && counts(from));
    if (isHandler(to) || edges.some((it) => it.certain)) return "certain";
    return edges.length > 0 || this.#isForeign(to) ? "may" : "none";
  }

  /** Code that is not here can call it: it is public in a library that is published. */
  isExternallyReachable(to: Declared): boolean {
    const { crate } = to.module;
    if (!crate.node.published) return false;
    const reached = this.#reached.get(crate) ?? reachableFrom(crate);
    this.#reached.set(crate, reached);
    return isReachable(to, reached, (impl) => {
      const { self } = this.methods.types.scopeOf(impl);
      return self?.kind === "named" ? self.definition : undefined;
    });
  }

  /** What others call who are not here, by a trait of theirs. */
  #isForeign({ holder }: Declared): boolean {
    if (holder?.kind !== "impl" || holder.tree.implements?.trait === undefined) return false;
    return this.methods.members.traitOf(holder)?.sort !== "item";
  }

  /** The same text in two crates, a library and a program that takes its modules in, is one function. */
  #twins(to: Declared): ReadonlySet<Definition> {
    const found = new Set<Definition>();
    for (const crate of this.#maps.crates) for (const it of crate.items) if (this.#isTwin(it, to)) found.add(it);
    return found;
  }

  #isTwin(it: Declared, { fragment, start, name }: Declared): boolean {
    return it.name === name && it.fragment.path === fragment.path && this.#maps.expansions.areSame(it.start, start);
  }

  /** Items in which the name stands, or another one under which imports know it, or a macro that writes it. */
  #naming(name: string): readonly Declared[] {
    const names = new Set([name]);
    const hashes = new Set<number>();
    for (const it of names) {
      hashes.add(hashOfName(it));
      for (const alias of this.#maps.aliasesOf(it)) names.add(alias);
      for (const { kind, name: macro } of this.#byName.naming(hashOfName(it))) if (kind === "macro-rules") names.add(macro);
    }
    const found: Declared[] = [];
    for (const crate of this.#maps.crates) {
      // Blocks bring in items of their own while they are walked through: those are gone through, too.
      for (const it of crate.items) if (this.#names(it, hashes)) found.push(it);
    }
    return found;
  }

  #names({ fragment, tree }: Declared, hashes: ReadonlySet<number>): boolean {
    for (const it of fragment.scanned.namesIn(tree.index)) if (hashes.has(withoutWriting(it))) return true;
    return false;
  }
}
