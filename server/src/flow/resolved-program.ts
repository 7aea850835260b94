/**
 * Programs as flow evaluates them, by definition maps, local types and the call graph: what each path and each method means where it
 * stands, or by the type that a value shows. Calls with an unknown receiver stay open: what they may mean is not followed.
 */
import { declaredIn } from "../rust/bodies/index.ts";
import type { CallGraph, Declared, DefinitionMaps, Path } from "../rust/index.ts";
import type { External, Variant } from "../rust/names/index.ts";
import type { Type } from "../rust/types/index.ts";
import { DefinitionIds } from "./definition-ids.ts";
import { type Derived, derivedText } from "./derived.ts";
import { InputTypes } from "./input-types.ts";
import type { Callable, MethodCall, Names, Program } from "./names.ts";
import { Targets } from "./targets.ts";
import type { FunctionId, Target } from "./value.ts";

const UNKNOWN: Target = { kind: "unknown" };
const READ = "read";
const CONFIGURED: Target = { kind: "external", path: "{configured}::value" };
/** Associated functions by what their derives make of them. */
const DERIVED: ReadonlyMap<string, Derived> = new Map([
  ["default", "default"],
  [READ, "read"],
  ["parse", "read"],
  ["parse_from", "read"],
  ["from_args", "read"],
  ["try_parse", "result"],
]);

export class ResolvedProgram implements Program {
  readonly names: Names;
  readonly ids: DefinitionIds;
  readonly #calls: CallGraph;
  readonly #targets: Targets;
  readonly #inputs: InputTypes;
  /** Functions that derives stand for, with the type that derives. */
  readonly #derived = new Map<FunctionId, { readonly type: Declared; readonly text: string }>();
  /** What names mean in a body, by where they begin. */
  readonly #meanings = new Map<Declared, ReadonlyMap<number, Target>>();

  constructor(maps: DefinitionMaps, calls: CallGraph) {
    this.#calls = calls;
    this.ids = new DefinitionIds(maps);
    this.#inputs = new InputTypes(calls.context, this.ids);
    this.#targets = new Targets(this.ids, calls.methods.members);
    this.names = {
      path: (owner, path) => this.#path(owner, path),
      method: (owner, call) => this.#method(owner, call),
      mayMean: (owner, name, args) => {
        const declared = this.#owner(owner);
        return declared !== undefined && calls.methods.candidates(name, args, declared.module).length > 0;
      },
    };
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
    const [found] = declaredIn(fragment.text.slice(start - fragment.shift, end - fragment.shift), start);
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
    if (!isWritten && last.name === READ) return CONFIGURED;
    return this.#targets.all(definitions, self);
  }

  #derivedOf(type: Declared, name: string): Target | undefined {
    const what = DERIVED.get(name);
    return what && this.#derivedTarget(type, what);
  }

  #derivedTarget(type: Declared, what: Derived): Target | undefined {
    const id = `${this.ids.path(type)}::${what}`;
    if (!this.#derived.has(id)) {
      const text = derivedText(type, what);
      if (text === undefined) return undefined;
      this.#derived.set(id, { type, text });
    }
    return { kind: "function", id };
  }

  #method(owner: FunctionId, { name, start, type, receiver }: MethodCall): Target {
    if (type !== undefined) return this.#targets.method(this.#calls.methods, type, name);
    const declared = this.#owner(owner);
    if (declared === undefined) return UNKNOWN;
    const known = start < 0 ? undefined : this.#meaningsIn(declared).get(start);
    if (known !== undefined) return known;
    // Inputs of a closure are those of somebody else.
    const input = receiver === undefined || owner.includes("|") ? undefined : this.#inputs.of(receiver, declared);
    return input === undefined ? UNKNOWN : this.#targets.ofType(this.#calls.methods, input, name);
  }

  /** Closures stand in what declares them. */
  #owner(id: FunctionId): Declared | undefined {
    const end = id.indexOf("|");
    return this.#derived.get(id)?.type ?? this.ids.declared(end < 0 ? id : id.slice(0, end));
  }

  /** What another crate makes of a type of this one that derives how it is read: a parser or deserialiser. */
  #read([first]: readonly (Declared | External | Variant)[], self: Type | undefined): Target | undefined {
    if (first?.sort !== "external" || first.path[0] === "std" || self?.kind !== "named" || self.definition.sort !== "item")
      return undefined;
    return this.#derivedTarget(self.definition, "result");
  }

  #meaningsIn(declared: Declared): ReadonlyMap<number, Target> {
    const known = this.#meanings.get(declared);
    if (known !== undefined) return known;
    const found = new Map<number, Target>();
    for (const { kind, certain, span, to, self } of this.#calls.edgesFrom(declared))
      if (certain && (kind === "call" || kind === "value")) found.set(span.start, this.#read(to, self) ?? this.#targets.all(to, self));
    this.#meanings.set(declared, found);
    return found;
  }
}
