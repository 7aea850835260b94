/**
 * Programs as flow evaluates them, by definition maps, local types and the call graph: what each path and each method means where it
 * stands, or by the type that a value shows. Calls with an unknown receiver stay open: what they may mean is not followed.
 */
import type { Span } from "../base/span.ts";
import type { FieldDeclaration } from "../rust/ast.ts";
import { declaredIn } from "../rust/bodies/index.ts";
import { MOST_ALTERNATIVES } from "../rust/bounds.ts";
import type { CallGraph, Declared, DefinitionMaps, Path } from "../rust/index.ts";
import type { External, Variant, WrittenAt } from "../rust/names/index.ts";
import { isForeign, POINTERS, type Type } from "../rust/types/index.ts";
import { ConfiguredTypes } from "./configured-types.ts";
import { DefinitionIds } from "./definition-ids.ts";
import { type Derived, derivedId, derivedText, derivePath, derivesOf, hasOptions, INVENTED, READ } from "./derived.ts";
import { convertedBy, PARSE, readBy } from "./generic-readers.ts";
import { givenIn } from "./given-types.ts";
import type { Implementation } from "./implementation.ts";
import { InputTypes } from "./input-types.ts";
import { Looks } from "./looks.ts";
import type { Callable, MethodCall, Names, Program, TypeGiven } from "./names.ts";
import { Producers } from "./producers.ts";
import type { Reader, Readers } from "./rows.ts";
import { Targets } from "./targets.ts";
import type { FunctionId, Target, Value } from "./value.ts";

const UNKNOWN: Target = { kind: "unknown" };

export class ResolvedProgram implements Program {
  readonly looks = new Looks();
  readonly names: Names;
  readonly ids: DefinitionIds;
  /** What gives values of a type that nobody names. */
  readonly producers: Producers;
  readonly #calls: CallGraph;
  readonly #targets: Targets;
  readonly #inputs: InputTypes;
  /** Functions that derives stand for, with the type that derives. */
  readonly #derived: Map<FunctionId, { readonly type: Declared; readonly text: string }>;
  /** What names mean in a body, by where they begin. */
  readonly #meanings = new Map<Declared, ReadonlyMap<number, Target>>();

  readonly #rows: Readers;
  readonly #readers = new Map<Declared, { readonly reader: Reader | undefined }>();

  /** `readers`: what derives make of what is configured. `before`: the same declarations, with other bodies. */
  constructor(maps: DefinitionMaps, calls: CallGraph, readers: Readers, before?: ResolvedProgram) {
    this.#derived = before === undefined ? new Map() : before.#derived;
    this.#rows = readers;
    this.#calls = calls;
    this.ids = new DefinitionIds(maps);
    this.#inputs = new InputTypes(calls.context, this.ids);
    this.#targets = new Targets(this.ids, calls.methods.members);
    this.producers = new Producers(this.ids, calls.methods.members, {
      derived: (type, what) => this.#derivedTarget(type, what),
      fieldType: (of, field) => this.#fieldType(of, field),
      body: (id) => this.callable(id)?.body,
      calls,
      looks: this.looks,
      path: (owner, path) => this.#path(owner, path),
    });
    this.names = {
      path: (owner, path) => this.#path(owner, path),
      method: (owner, call) => this.#method(owner, call),
      typeGiven: (owner, start, callee, name) => this.#typeGiven(owner, start, callee, name),
      mayMean: (owner, name, args) => {
        const declared = this.#owner(owner);
        return declared !== undefined && calls.methods.candidates(name, args, declared.module).length > 0;
      },
    };
  }

  /** Of traits that are written by one of some names, in all crates that are here. */
  implementations(traits: ReadonlySet<string>): readonly Implementation[] {
    const { methods, context } = this.#calls;
    const { members } = methods;
    const names = new Set(traits);
    for (const it of names) for (const alias of context.maps.aliasesOf(it)) names.add(alias);
    return this.ids.items().flatMap((declared) => {
      const head = declared.kind === "impl" ? declared.tree.implements : undefined;
      if (head?.trait === undefined || !names.has(head.trait.at(-1) ?? "")) return [];
      const [trait, type] = [members.traitOf(declared), members.typeOf(declared)];
      const named = trait === undefined ? head.trait.join("::") : this.ids.path(trait);
      const made = { type: type && this.ids.path(type), typeName: head.type.at(-1) ?? "", declared };
      return [{ trait: named, isResolved: trait !== undefined, ...made }];
    });
  }

  /** What is declared inside of a body is known once that was walked through. */
  walk(declared: Declared): void {
    this.#calls.edgesFrom(declared);
  }

  /** What callers name: a function, and the trait's that may dispatch to it. */
  calledAs(declared: Declared): readonly Declared[] {
    const { members } = this.#calls.methods;
    const trait = declared.holder?.kind === "impl" ? members.traitOf(declared.holder) : undefined;
    const abstract = trait?.sort === "item" ? trait.members.find((it) => it.name === declared.name) : undefined;
    const isFollowed = trait !== undefined && members.implsOfTrait(trait).length <= MOST_ALTERNATIVES;
    return abstract === undefined || !isFollowed ? [declared] : [declared, abstract];
  }

  /** Who names a function. `counts` is asked before a body is looked at. */
  callersOf(declared: Declared, counts: (from: Declared) => boolean): readonly Declared[] {
    return this.#calls.callersOf(declared, counts);
  }

  /** Functions that these lead to, as far as names tell, and themselves. */
  reachedFrom(ids: Iterable<FunctionId>): ReadonlySet<FunctionId> {
    const found = new Set(ids);
    for (const id of found) for (const it of this.namedBy(id, "function")) found.add(it);
    return found;
  }

  /** Items of a kind that it names for certain: functions that it calls, statics that keep what they are given. */
  namedBy(id: FunctionId, kind: Declared["kind"]): readonly FunctionId[] {
    const declared = this.ids.declared(id);
    const edges = (declared && this.#calls.edgesFrom(declared).filter((it) => it.certain)) ?? [];
    return edges.flatMap(({ to }) => to.flatMap((it) => (it.sort === "item" && it.kind === kind ? [this.ids.id(it)] : [])));
  }

  /** Code that is not here can call it. */
  isExternallyReachable(id: FunctionId): boolean {
    const it = this.ids.declared(id);
    return it !== undefined && this.#calls.isExternallyReachable(it);
  }

  /** Somebody calls it, of those who count, or may: where the names of its crate are known in part, that is not known. */
  isCalled(id: FunctionId, counts: (caller: Declared) => boolean): boolean {
    const declared = this.ids.declared(id);
    return declared !== undefined && (declared.module.crate.cuts.length > 0 || this.#calls.called(declared, counts) !== "none");
  }

  /** Types that derive how they are read. */
  get configured(): ConfiguredTypes {
    return new ConfiguredTypes(this.#calls, this.ids.items(), {
      rows: this.#rows,
      readerOf: (type) => this.#readerOf(type),
      isRead: (called, self) => this.#read(called, self) !== undefined,
    });
  }

  /** The path of the type that a function declares an input, or a part of one, to be of. */
  inputType(value: Value, owner: FunctionId): string | undefined {
    const declared = owner.includes("|") ? undefined : this.#owner(owner);
    const type = declared && this.#inputs.of(value, declared);
    // A value is what a pointer leads to.
    const path = (it: Type): string | undefined => (it.kind === "named" ? this.ids.path(it.definition) : undefined);
    const seen = [...this.#calls.methods.behind(type)].map(path);
    return seen.find((it) => it === undefined || !POINTERS.has(it)) ?? seen[0];
  }

  /** One of several that a program is started for: each is what it is there for. */
  isCommand(variant: string): boolean {
    const of = this.ids.type(variant);
    return of?.sort === "item" && of.kind === "enum" && this.#readerOf(of)?.areCommands === true;
  }

  callable(id: FunctionId): Callable | undefined {
    const derived = this.#derived.get(id);
    if (derived !== undefined) {
      const [made] = declaredIn(derived.text);
      return made && { body: made.body(), declared: made };
    }
    const declared = this.ids.declared(id);
    if (declared === undefined) return undefined;
    const { fragment, start, end } = declared;
    // Names tell which macros are called, and so what these make.
    this.#meaningsIn(declared);
    const { macros, expansions } = this.#calls.context.maps;
    const [found] = declaredIn(fragment.text.slice(start - fragment.shift, end - fragment.shift), start, {
      expansion: (bracket) => macros.at(declared, bracket),
      hygiene: (position) => expansions.hygiene(position),
    });
    return found && { body: found.body(), declared: found };
  }

  #path(owner: FunctionId, path: Path): Target {
    const declared = this.#owner(owner);
    const last = path.segments.at(-1);
    if (declared === undefined || last === undefined) return UNKNOWN;
    // What derives stand for has no place in a file.
    const isWritten = !this.#derived.has(owner);
    const known = isWritten ? this.#meaningsIn(declared).get(last.span.start) : undefined;
    if (known !== undefined) return known;
    const { definitions, self } = this.#calls.meaning(path, declared);
    const derived = self?.kind === "named" && self.definition.sort === "item" ? this.#derivedOf(self.definition, last.name) : undefined;
    if (derived !== undefined) return derived;
    const invented = isWritten ? undefined : INVENTED.get(last.name);
    if (invented !== undefined) return invented;
    return this.#targets.all(definitions, self);
  }

  #derivedOf(type: Declared, name: string): Target | undefined {
    const what = name === "default" || name === READ ? name : this.#readerOf(type)?.functions[name];
    return what && this.#derivedTarget(type, what);
  }

  #readerOf(type: Declared): Reader | undefined {
    const known = this.#readers.get(type);
    if (known !== undefined) return known.reader;
    const paths = derivesOf(type).map((it) => derivePath(it, type, this.#rows, this.#calls.context.maps));
    const derived = paths.flatMap((it) => (Object.hasOwn(this.#rows, it) ? (this.#rows[it] ?? []) : [])).at(0);
    // What derives it may stand where nobody sees it: in a macro, or behind a condition.
    const reader = derived ?? Object.values(this.#rows).find((it) => hasOptions(type, it));
    this.#readers.set(type, { reader });
    return reader;
  }

  /** The path of a type that a body writes. */
  writtenType(type: FieldDeclaration["type"], owner: FunctionId): string | undefined {
    const declared = this.#owner(owner);
    return declared && this.#fieldType(declared, { type });
  }

  #fieldType(of: Declared, { type }: Pick<FieldDeclaration, "type">): string | undefined {
    const { types } = this.#calls.methods;
    const lowered = types.lower(type, types.scopeOf(of));
    if (lowered?.kind !== "named") return undefined;
    return lowered.definition.sort === "external" ? lowered.definition.path.join("::") : this.ids.path(lowered.definition);
  }

  #derivedTarget(type: Declared, what: Derived): Target | undefined {
    const id = derivedId(this.ids.path(type), what);
    if (!this.#derived.has(id)) {
      const pathOf = (it: FieldDeclaration["type"], where: Declared): string | undefined => this.#fieldType(where, { type: it });
      const text = derivedText(type, what, { readerOf: (it) => this.#readerOf(it), pathOf, ids: this.ids });
      if (text === undefined) return undefined;
      this.#derived.set(id, { type, text });
    }
    return { kind: "function", id };
  }

  #method(owner: FunctionId, { name, start, type, receiver }: MethodCall): Target {
    const declared = this.#owner(owner);
    const known = declared === undefined || start < 0 ? undefined : this.#meaningsIn(declared).get(start);
    const shown =
      type === undefined || (name === PARSE && known !== undefined) ? undefined : this.#targets.method(this.#calls.methods, type, name);
    // What it has to give says more than whose method of another crate it is.
    if (shown !== undefined) return known?.kind === "function" && this.#derived.has(known.id) ? known : shown;
    if (declared === undefined || known !== undefined) return known ?? UNKNOWN;
    // Inputs of a closure are those of somebody else.
    const input = receiver === undefined || owner.includes("|") ? undefined : this.#inputs.of(receiver, declared);
    return input === undefined ? UNKNOWN : this.#targets.ofType(this.#calls.methods, input, name);
  }

  #typeGiven(owner: FunctionId, start: number, callee: FunctionId, name: string): TypeGiven | undefined {
    const declared = this.#owner(owner);
    if (declared === undefined || this.#derived.has(owner)) return undefined;
    return givenIn(this.#calls.edgesFrom(declared), this.ids, start, callee, name);
  }

  /** Where it stands; what is derived, where the type does. Empty where that is not known. */
  fileOf(id: FunctionId): string {
    return this.#owner(id)?.fragment.path ?? "";
  }

  /** Closures stand in what declares them. */
  #owner(id: FunctionId): Declared | undefined {
    const end = id.indexOf("|");
    return this.#derived.get(id)?.type ?? this.ids.declared(end < 0 ? id : id.slice(0, end));
  }

  /** What a parser or deserialiser makes of the type that it is asked for. */
  #read([first]: readonly (Declared | External | Variant)[], self: Type | undefined): Target | undefined {
    if (first === undefined || self?.kind !== "named") return undefined;
    const { methods } = this.#calls;
    const type = self.definition.sort === "item" ? self.definition : undefined;
    const what = type && readBy(first, type, this.#readerOf(type), methods);
    return what === undefined || type === undefined ? convertedBy(first, self, methods, this.#targets) : this.#derivedTarget(type, what);
  }

  /** Where something that stands in a body was written, whatever macros made of it. */
  written(file: string, span: Span): WrittenAt {
    return this.#calls.context.maps.expansions.written(file, span);
  }

  /** As a macro has it that makes all of it; undefined where there is none. */
  writtenInMacro(span: Span): WrittenAt | undefined {
    return this.#calls.context.maps.expansions.writtenInMacro(span);
  }

  release(id: FunctionId): void {
    const declared = id.includes("|") ? undefined : this.ids.declared(id);
    if (declared !== undefined) this.#meanings.delete(declared);
  }

  #meaningsIn(declared: Declared): ReadonlyMap<number, Target> {
    const known = this.#meanings.get(declared);
    if (known !== undefined) return known;
    const found = new Map<number, Target>();
    for (const { kind, certain, span, to, self } of this.#calls.edgesFrom(declared)) {
      const named = to.filter((it) => !isForeign(it));
      const target = this.#read(to, self) ?? (named.length === 0 ? undefined : this.#targets.all(named, self));
      if (target !== undefined && certain && (kind === "call" || kind === "value")) found.set(span.start, target);
    }
    this.#meanings.set(declared, found);
    return found;
  }
}
