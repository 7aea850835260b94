/** Types of the program, above all those that derive how they are read: what makes them, takes their fields, holds them and reads them. */
import type { FieldDeclaration } from "../rust/ast.ts";
import { attributeOf, type CallGraph, type Declared, type Path } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { External } from "../rust/names/index.ts";
import type { Target as Meant, Type } from "../rust/types/index.ts";
import { derivesOf } from "./derived.ts";
import type { Reader, Readers } from "./rows.ts";

/** What the program says of its types. */
interface Reading {
  readonly rows: Readers;
  readerOf(type: Declared): Reader | undefined;
  /** Whether a call makes a value of a type by the derive. */
  isRead(called: readonly Meant[], self: Type | undefined): boolean;
}

/**
 * An item whose body takes a field; `certain`: of a value of the type, and not of one that may be anything. `own`: where it does that;
 * `others`: where it takes fields of that name out of values of other types.
 */
export interface FieldTaken {
  readonly by: Declared;
  readonly certain: boolean;
  readonly others: readonly number[];
  readonly own: readonly number[];
}

export class ConfiguredTypes {
  readonly #calls: CallGraph;
  readonly #items: readonly Declared[];
  readonly #reading: Reading;
  #holders: ReadonlyMap<string, readonly Declared[]> | undefined;
  #all: readonly Declared[] | undefined;

  constructor(calls: CallGraph, items: readonly Declared[], reading: Reading) {
    this.#calls = calls;
    this.#items = items;
    this.#reading = reading;
  }

  get all(): readonly Declared[] {
    const derives = Object.keys(this.#reading.rows).map(lastOf);
    const mayDerive = (text: string): boolean => derives.some((it) => text.includes(it));
    this.#all ??= this.#items.filter(
      (it) =>
        (it.kind === "struct" || it.kind === "enum") && it.tree.attributes.some(mayDerive) && this.#reading.readerOf(it) !== undefined,
    );
    return this.#all;
  }

  readerOf(type: Declared): Reader | undefined {
    return this.#reading.readerOf(type);
  }

  derives(type: Declared): readonly string[] {
    return derivesOf(type);
  }

  /** Of the type itself, without what it derives. */
  attributes({ tree }: Declared): readonly string[] {
    return tree.attributes.map((it) => attributeOf(it).path);
  }

  /** The type that a struct expression makes, of those that are here. */
  madeBy(path: Path, within: Declared): Declared | undefined {
    const { definitions, self } = this.#calls.meaning(path, within);
    const [of, ...others] = definitions.length > 0 || self?.kind !== "named" ? definitions : [self.definition];
    return of?.sort === "item" && of.kind === "struct" && others.length === 0 ? of : undefined;
  }

  /** Who takes a field; all else in which its name stands, and that may make code of it, is taken for somebody who does. */
  takersOf(type: Declared, field: string): readonly FieldTaken[] {
    return this.#calls.naming(field).flatMap((by): readonly FieldTaken[] => {
      if (by.kind === "macro-rules" || by.kind === "macro-call") return [{ by, certain: false, own: [], others: [] }];
      const reads = this.#calls.fieldReads.in(by).filter((it) => it.name === field);
      const taken = reads.filter((it) => it.of === undefined || (it.of.sort === "item" && isSame(it.of, type)));
      const others = taken.some((it) => it.at === undefined) ? [] : reads.filter((it) => !taken.includes(it));
      const placesOf = (all: typeof reads): readonly number[] => all.flatMap(({ at }) => at ?? []);
      const certain = taken.some((it) => it.of !== undefined);
      return taken.length === 0 ? [] : [{ by, certain, own: placesOf(taken), others: placesOf(others) }];
    });
  }

  /** Types that are read, in a value of which one of it may be: itself, and what has a field of it. */
  holdersOf(type: Declared): readonly Declared[] {
    this.#holders ??= this.#held();
    const found = new Set([type]);
    for (const it of found) for (const holder of this.#holders.get(keyOf(it)) ?? []) found.add(holder);
    return [...found];
  }

  #held(): ReadonlyMap<string, readonly Declared[]> {
    const found = new Map<string, Declared[]>();
    const { types } = this.#calls.methods;
    for (const holder of this.all)
      for (const it of fieldsOf(holder).flatMap(({ type }) => namedIn(types.lower(type, types.scopeOf(holder))))) {
        const known = found.get(keyOf(it)) ?? [];
        found.set(keyOf(it), known);
        known.push(holder);
      }
    return found;
  }

  /** Bodies that read a value of the type, and what they call for it. */
  readersOf(type: Declared): readonly { readonly in: Declared; readonly by: readonly Meant[] }[] {
    const own = this.#calls.methods.members.implsOfType(type).flatMap((it) => it.members);
    const isOf = (self: Type | undefined): boolean =>
      self?.kind === "named" && self.definition.sort === "item" && isSame(self.definition, type);
    return [...new Set([...this.#calls.naming(type.name), ...own])].flatMap((it) =>
      this.#calls.edgesFrom(it).flatMap(({ to, self }) => (isOf(self) && this.#reading.isRead(to, self) ? [{ in: it, by: to }] : [])),
    );
  }

  /** Code that is not here can name it. */
  isOpen(type: Declared): boolean {
    return this.#calls.isExternallyReachable(type);
  }

  /** It is of a program, and of no library. */
  isOfProgram({ module }: Declared): boolean {
    const { name, published } = module.crate.node;
    return name === "" && !published;
  }

  /** Paths of other crates that a body calls. */
  callsOut(from: Declared): readonly External[] {
    return this.#calls.edgesFrom(from).flatMap(({ to }) => to.flatMap((it) => (it.sort === "external" ? [it] : [])));
  }
}

/** A file of two crates declares it twice. */
const isSame = (a: Declared, b: Declared): boolean => a === b || keyOf(a) === keyOf(b);
const keyOf = ({ fragment, start, name }: Declared): string => `${fragment.path} ${start} ${name}`;

function fieldsOf({ lowered }: Declared): readonly FieldDeclaration[] {
  if (lowered?.kind === "struct") return lowered.fields;
  return lowered?.kind === "enum" ? lowered.variants.flatMap((it) => it.fields) : [];
}

/** Types of the program that a type is made of: `Option<Vec<Tls>>`. */
function namedIn(type: Type | undefined): readonly Declared[] {
  if (type?.kind === "tuple") return type.elements.flatMap(namedIn);
  if (type?.kind === "slice") return namedIn(type.element);
  if (type?.kind !== "named") return [];
  return [...(type.definition.sort === "item" ? [type.definition] : []), ...type.arguments.flatMap(namedIn)];
}
