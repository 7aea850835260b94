/** Who produces values of a type that nobody names: what reads it, its `Default`, its constructors; and who takes its default. */
import type { FieldDeclaration } from "../rust/ast.ts";
import type { Body, Operation } from "../rust/bodies/index.ts";
import { type CallGraph, type Declared, isTestCode, type Path } from "../rust/index.ts";
import type { Methods } from "../rust/types/index.ts";
import type { DefinitionIds } from "./definition-ids.ts";
import { type Derived, derivesDefault } from "./derived.ts";
import type { Looks } from "./looks.ts";
import type { FunctionId, Target } from "./value.ts";

/** Of a type, by what they are. */
export interface Produced {
  readonly read: readonly FunctionId[];
  readonly byDefault: readonly FunctionId[];
  readonly makers: readonly FunctionId[];
}
/** By the path of its struct, and its name. */
export type FieldOf = readonly [struct: string, field: string];

const NOTHING: Produced = { read: [], byDefault: [], makers: [] };

/** What names mean in the program. */
interface Meanings {
  derived(type: Declared, what: Derived): Target | undefined;
  /** The path of its type. */
  fieldType(of: Declared, field: Pick<FieldDeclaration, "type">): string | undefined;
  body(id: FunctionId): Body | undefined;
  /** Items in which a name stands, and fields that bodies take. */
  readonly calls: Pick<CallGraph, "naming" | "fieldReads">;
  path(owner: FunctionId, path: Path): Target;
  readonly looks: Looks;
}

function pathIn(it: Operation): Path | undefined {
  if (it.kind === "path") return it.path;
  return it.kind === "call" && it.callee.kind === "path" ? it.callee.path : undefined;
}

const withClosures = (body: Body | undefined): readonly Body[] =>
  body === undefined ? [] : [body, ...body.closures.flatMap(withClosures)];

export class Producers {
  readonly #ids: DefinitionIds;
  readonly #members: Methods["members"];
  readonly #program: Meanings;
  /** Of each function that was asked for: its body is lowered for that. */
  readonly #named = new Map<FunctionId, ReadonlySet<FunctionId>>();

  constructor(ids: DefinitionIds, members: Methods["members"], program: Meanings) {
    this.#ids = ids;
    this.#members = members;
    this.#program = program;
  }

  /** What gives values of a type that nobody names: how it is read, its `Default`, and its functions that may make one. */
  of(type: string): Produced {
    const definition = this.#ids.known(type);
    if (definition?.sort !== "item") return NOTHING;
    const derived = (what: Derived): readonly FunctionId[] => {
      const target = this.#program.derived(definition, what);
      return target !== undefined && "id" in target ? [target.id] : [];
    };
    const impls = this.#members.implsOfType(definition);
    const written = impls
      .filter((it) => it.tree.implements?.trait?.at(-1) === "Default")
      .flatMap((it) => it.members.filter(({ name }) => name === "default"));
    // Of whatever trait: conversions make one, too.
    const makers = impls
      .flatMap((it) =>
        it.members.filter(({ kind, lowered }) => kind === "function" && lowered?.kind === "function" && lowered.receiver === undefined),
      )
      .filter((it) => !written.includes(it));
    return {
      read: derived("read"),
      byDefault: [...derived("default"), ...written.map((it) => this.#ids.id(it))],
      makers: [...new Set([...makers, ...this.#returning(type, definition)])].map((it) => this.#ids.id(it)),
    };
  }

  /** Constructors that stand with another type: `Client::builder() -> ClientBuilder`. What a plain function makes is its callers' choice. */
  #returning(type: string, { name }: Declared): readonly Declared[] {
    this.#program.looks.forName(name);
    return this.#program.calls.naming(name).filter((it) => {
      if (it.holder?.kind !== "impl" || it.lowered?.kind !== "function" || it.lowered.receiver !== undefined) return false;
      const { returns } = it.lowered;
      return returns !== undefined && !isTestCode(it) && this.#program.fieldType(it, { type: returns }) === type;
    });
  }

  /** Functions of its impls, of whatever trait. */
  members(type: string): readonly FunctionId[] {
    const definition = this.#ids.known(type);
    const impls = definition?.sort === "item" ? this.#members.implsOfType(definition) : [];
    return impls.flatMap((it) => it.members.filter(({ kind }) => kind === "function").map((member) => this.#ids.id(member)));
  }

  /** Functions that name a type, and are none of its own. */
  naming(type: string): readonly FunctionId[] {
    const definition = this.#ids.known(type);
    if (definition?.sort !== "item") return [];
    this.#program.looks.forName(definition.name);
    const own = new Set(this.members(type));
    const naming = this.#program.calls.naming(definition.name).filter((it) => it.kind === "function");
    return naming.map((it) => this.#ids.id(it)).filter((it) => !own.has(it));
  }

  /** Who calls the `Default` of a type, and which types hold one in theirs. */
  takersOfDefault(type: string): { readonly functions: readonly FunctionId[]; readonly holders: readonly string[] } {
    const definition = this.#ids.known(type);
    if (definition?.sort !== "item") return { functions: [], holders: [] };
    const within = this.#members.implsOfType(definition).flatMap((it) => it.members);
    // Of all bodies those count that have the name, and of its own functions each.
    this.#program.looks.forName(definition.name);
    for (const it of within) this.#program.looks.at(this.#ids.id(it));
    const naming = [...new Set([...this.#program.calls.naming(definition.name), ...within])];
    const defaulting = new Set(this.#program.calls.naming("default"));
    const own = new Set(this.of(type).byDefault);
    const takes = (it: Declared): boolean => defaulting.has(it) && [...own].some((id) => this.#pathsIn(this.#ids.id(it)).has(id));
    const holds = (it: Declared): boolean =>
      derivesDefault(it) && it.lowered?.kind === "struct" && it.lowered.fields.some((field) => this.#program.fieldType(it, field) === type);
    return {
      functions: naming.filter((it) => it.kind === "function" && takes(it)).map((it) => this.#ids.id(it)),
      holders: naming.filter((it) => it.kind === "struct" && holds(it)).map((it) => this.#ids.path(it)),
    };
  }

  /** Fields of a type in what is read from arguments or settings. */
  readFields(type: string): readonly FieldOf[] {
    return this.fields(type).filter(([struct]) => this.of(struct).read.length > 0);
  }

  fields(type: string): readonly FieldOf[] {
    const definition = this.#ids.known(type);
    if (definition?.sort !== "item") return [];
    this.#program.looks.forName(definition.name);
    return this.#program.calls.naming(definition.name).flatMap((it) => {
      const fields = it.kind === "struct" && it.lowered?.kind === "struct" ? it.lowered.fields : [];
      const own = fields.filter((field) => this.#program.fieldType(it, field) === type);
      return own.map(({ name }) => [this.#ids.path(it), name] as const);
    });
  }

  /** The type that has the field of that name which a function takes; undefined where several may be meant. */
  holderOf(owner: FunctionId, field: string): string | undefined {
    const declared = this.#ids.declared(owner.split("|")[0] ?? owner);
    if (declared === undefined) return undefined;
    this.#program.looks.at(owner);
    const taken = this.#program.calls.fieldReads.in(declared).filter((it) => it.name === field);
    const [only, ...others] = new Set(taken.map(({ of }) => (of?.sort === "item" ? this.#ids.path(of) : undefined)));
    return others.length === 0 ? only : undefined;
  }

  /** Functions that a body calls or names by paths, its closures included. */
  #pathsIn(owner: FunctionId): ReadonlySet<FunctionId> {
    this.#program.looks.at(owner);
    const known = this.#named.get(owner) ?? new Set(withClosures(this.#program.body(owner)).flatMap((it) => this.#pathsOf(it, owner)));
    this.#named.set(owner, known);
    return known;
  }

  #pathsOf({ blocks }: Body, owner: FunctionId): readonly FunctionId[] {
    return blocks.flatMap(({ operations }) =>
      operations.flatMap((it) => {
        const path = pathIn(it);
        const target = path && this.#program.path(owner, path);
        return target !== undefined && "id" in target ? [target.id] : [];
      }),
    );
  }
}
