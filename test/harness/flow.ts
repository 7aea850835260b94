/**
 * Programs of one file for the tests of flow: names resolved by what the file declares and imports, receivers by their values and by
 * the types that parameters are declared with; and a small model, so that effects and labels can be stated.
 */
import { type Callable, Flow, type Names, type Observer, type Program, type Rows, type Target } from "../../server/src/flow/index.ts";
import { STD } from "../../server/src/models/std.ts";
import { type Declared, declaredIn } from "../../server/src/rust/bodies/index.ts";
import { createRustParser, type Item, type Path, type Type } from "../../server/src/rust/index.ts";

/** Of a crate that the fixtures use. */
const MODEL: Rows = {
  ...STD,
  types: {
    ...STD.types,
    "model::Builder": {
      new: { result: { object: "model::Builder" }, effects: [] },
      set: { result: { argument: 0 }, effects: [{ on: { argument: 0 }, data: "set", with: [{ argument: 1 }] }] },
      verify: { result: { argument: 0 }, effects: [{ on: { argument: 0 }, data: "verify", with: [{ argument: 1 }] }] },
      build: { result: { variant: "std::result::Result::Ok", fields: [{ argument: 0 }] } },
    },
    "model::Peer": { name: { result: { label: "name", of: { part: "name", of: { argument: 0 } } } } },
  },
  functions: {
    ...STD.functions,
    "model::secret": { result: { label: "secret", of: { unknown: "secret" } } },
    "model::peer": { result: { label: "peer", of: { object: "model::Peer" } } },
  },
};

const PRELUDE: Readonly<Record<string, string>> = {
  Some: "std::option::Option::Some",
  None: "std::option::Option::None",
  Ok: "std::result::Result::Ok",
  Err: "std::result::Result::Err",
  Option: "std::option::Option",
  Result: "std::result::Result",
  Vec: "std::vec::Vec",
  String: "std::string::String",
  Box: "std::boxed::Box",
};

const RANGES = "std::iter::Iterator";

export class FileProgram implements Program {
  readonly text: string;
  readonly declared = new Map<string, Declared>();
  readonly names: Names;
  readonly #types = new Map<string, "struct" | "enum">();
  readonly #variants = new Set<string>();
  readonly #imports = new Map<string, string>();

  constructor(text: string) {
    this.text = text;
    const parsed = createRustParser().parse(text);
    if (!parsed.ok) throw new Error("the text is too large");
    for (const item of parsed.value.items) this.#item(item);
    for (const it of declaredIn(text)) this.declared.set(idOf(it), it);
    this.names = { path: (owner, path) => this.#path(owner, path), method: (owner, call) => this.#method(owner, call) };
  }

  callable(id: string): Callable | undefined {
    const declared = this.declared.get(id);
    return declared === undefined ? undefined : { body: declared.body(), declared };
  }

  flow(observe?: Observer): Flow {
    return new Flow(this, MODEL, observe);
  }

  #item(item: Item): void {
    if (item.kind === "struct") this.#types.set(item.name, "struct");
    if (item.kind === "enum") {
      this.#types.set(item.name, "enum");
      for (const it of item.variants) this.#variants.add(`${item.name}::${it.name}`);
    }
    if (item.kind === "use") for (const it of item.imports) if (it.name !== undefined) this.#imports.set(it.name, it.path.join("::"));
  }

  #written(owner: string, path: Path): string {
    const names = path.segments.map((it) => it.name).filter((it) => it !== "crate" && it !== "self" && it !== "super");
    const self = this.declared.get(owner.split("|")[0] ?? "")?.self;
    if (names[0] === "Self" && self !== undefined) names[0] = lastOf(self);
    if (path.self !== undefined) names.unshift(lastOf(path.self));
    const [first = "", ...rest] = names;
    const known = this.declared.has(first) || this.#types.has(first) ? undefined : (this.#imports.get(first) ?? PRELUDE[first]);
    return [known ?? first, ...rest].join("::");
  }

  #path(owner: string, path: Path): Target {
    const written = this.#written(owner, path);
    const declared = this.declared.get(written);
    if (declared !== undefined) return { kind: declared.signature === undefined ? "constant" : "function", id: written };
    if (/^std::(option::Option|result::Result)::(Some|None|Ok|Err)$/.test(written)) return { kind: "variant", path: written };
    if (this.#variants.has(written) || this.#types.get(written) === "struct") return { kind: "variant", path: written };
    return written.includes("::") ? { kind: "external", path: written } : { kind: "unknown" };
  }

  #method(owner: string, { name, start, type }: Parameters<Names["method"]>[1]): Target {
    const found = this.#typePath(type) ?? this.#declaredType(owner, start);
    if (found === undefined) return { kind: "unknown" };
    const own = `${found}::${name}`;
    if (this.declared.has(own)) return { kind: "function", id: own };
    if (found === "std::vec::Vec" && STD.types[found]?.[name] === undefined) return { kind: "external", path: `${RANGES}::${name}` };
    return found.includes("::") || found === "str" ? { kind: "external", path: own } : { kind: "unknown" };
  }

  /** Of the type itself, or of its variant. */
  #typePath(type: string | undefined): string | undefined {
    if (type === undefined) return undefined;
    return this.#variants.has(type) || /::(Some|None|Ok|Err)$/.test(type) ? type.slice(0, type.lastIndexOf("::")) : type;
  }

  /** `name.method` where the name is a parameter: what the signature says. */
  #declaredType(owner: string, start: number): string | undefined {
    const name = /(\w+)\s*\.\s*$/.exec(this.text.slice(Math.max(start - 40, 0), Math.max(start, 0)))?.[1];
    const declared = this.declared.get(owner.split("|")[0] ?? "");
    if (name === "self" && declared?.self !== undefined) return lastOf(declared.self);
    const parameter = declared?.signature?.parameters.find((it) => it.pattern.kind === "binding" && it.pattern.name === name);
    const type = parameter?.type?.kind === "reference" ? parameter.type.inner : parameter?.type;
    return type?.kind === "path" ? this.#written(owner, type.path) : undefined;
  }
}

const lastOf = (type: Type): string => (type.kind === "path" ? (type.path.segments.at(-1)?.name ?? "") : "");

/** `f`, `Type::f`, `Trait::f`. */
function idOf({ name, self, trait, modules }: Declared): string {
  const around = self === undefined ? trait : lastOf(self);
  return [...modules, ...(around === undefined ? [] : [around]), name].join("::");
}
