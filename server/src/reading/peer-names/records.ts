/** Structs of the program that a certificate or name of the peer was put into: what is put into a field is there where the field is read. */
import { PEER_TYPES } from "../../models/certificate-names.ts";
import type { Definition, Item, Scope, Scopes, Type } from "../../rust/index.ts";
import { type Kind, step } from "./kinds.ts";

export class Records {
  readonly #fields = new Map<Item, Map<string, Kind>>();
  readonly #scopes: Scopes;

  constructor(scopes: Scopes) {
    this.#scopes = scopes;
  }

  /** How many fields are known. */
  get size(): number {
    let count = 0;
    for (const fields of this.#fields.values()) count += fields.size;
    return count;
  }

  holds(type: Item): boolean {
    return this.#fields.has(type);
  }

  /** Whether one of the words is such a struct. */
  knows(names: ReadonlySet<string>): boolean {
    return [...this.#fields.keys()].some((it) => "name" in it && it.name !== undefined && names.has(it.name));
  }

  /** A value of the struct was made of these. */
  keep(type: Definition, fields: readonly (readonly [string, Kind | undefined])[]): Kind | undefined {
    const known = this.#fields.get(type.item) ?? new Map<string, Kind>();
    for (const [name, kind] of fields) if (kind !== undefined && !known.has(name)) known.set(name, kind);
    if (known.size === 0) return undefined;
    this.#fields.set(type.item, known);
    return { is: "record", type };
  }

  field(kind: Kind, name: string): Kind | undefined {
    return kind.is === "record" ? this.#fields.get(kind.type.item)?.get(name) : step(kind, name);
  }

  /** A type that only the peer's certificate is of, or a struct that holds something of it; also inside of another type. */
  ofType(type: Type | undefined, room: { readonly scope: Scope; readonly file: string }): Kind | undefined {
    if (type === undefined) return undefined;
    if (type.kind === "reference" || type.kind === "slice") return this.ofType(type.inner, room);
    if (type.kind !== "path") return undefined;
    const found = this.#scopes.resolve(type.path, room.scope);
    if (found.kind === "local" && this.#fields.has(found.definition.item)) return { is: "record", type: found.definition };
    if (found.kind === "external" && found.paths.some((it) => PEER_TYPES.includes(it.join("::"))))
      return { is: "certificate", many: false, source: { file: room.file, span: type.span } };
    return type.path.segments.flatMap((it) => it.generics).flatMap((it) => this.ofType(it, room) ?? [])[0];
  }
}
