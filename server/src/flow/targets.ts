/** What definitions are to a call: one target, or several of which `cfg` or the type of the receiver chooses. */
import { MOST_ALTERNATIVES } from "../rust/bounds.ts";
import { cfgOf } from "../rust/index.ts";
import type { Declared, External, Variant } from "../rust/names/index.ts";
import type { Methods, Type } from "../rust/types/index.ts";
import { type DefinitionIds, HAS_BODY, isTypeName } from "./definition-ids.ts";
import type { Choice, Target } from "./value.ts";

const UNKNOWN: Target = { kind: "unknown" };

export class Targets {
  readonly #ids: DefinitionIds;
  readonly #members: Methods["members"];

  constructor(ids: DefinitionIds, members: Methods["members"]) {
    this.#ids = ids;
    this.#members = members;
  }

  /** Of several `cfg` decides. */
  all(definitions: readonly (Declared | External | Variant)[], self?: Type): Target {
    const isKnown = self?.kind === "named" && !(self.definition.sort === "item" && self.definition.kind === "trait");
    const choices = definitions.map((it) => ({
      when: it.sort === "item" && definitions.length > 1 ? cfgOf(it) : undefined,
      types: [],
      // A type that has no other one has its trait's.
      target:
        isKnown && it.sort === "item" && HAS_BODY.has(it.kind) && it.holder?.kind === "trait"
          ? this.#own(it)
          : this.#of(this.#one(it), self),
    }));
    const target = oneOf(choices);
    const [first] = definitions;
    return target.kind === "any" && self?.kind === "parameter" && first?.sort === "item" && !isMethod(first)
      ? { ...target, by: self.name }
      : target;
  }

  /** Of a type that others declare its first argument may tell what it is: `ConfigBuilder<ServerConfig, S>`. */
  #of(target: Target, self: Type | undefined): Target {
    if (target.kind !== "external" || self?.kind !== "named" || self.definition.sort !== "external") return target;
    const [first] = self.arguments;
    return first?.kind === "named" && self.definition.path[0] !== "std" ? { ...target, of: this.#ids.path(first.definition) } : target;
  }

  #one(definition: Declared | External | Variant): Target {
    if (definition.sort === "variant") return { kind: "variant", path: this.#ids.path(definition) };
    if (definition.sort === "external") {
      const path = this.#ids.path(definition);
      return { kind: isTypeName(definition.path.at(-1) ?? "") ? "variant" : "external", path };
    }
    switch (definition.kind) {
      case "function":
        if (definition.holder?.kind === "foreign") return { kind: "external", path: this.#ids.path(definition) };
        return definition.holder?.kind === "trait" ? this.#dispatched(definition, definition.holder) : this.#own(definition);
      case "const":
      case "static":
        return definition.holder?.kind === "trait" ? this.#dispatched(definition, definition.holder) : this.#own(definition);
      case "struct":
      case "enum":
      case "union":
        return { kind: "variant", path: this.#ids.path(definition) };
      default:
        return UNKNOWN;
    }
  }

  /** Of a value that shows its type: what that has no method for, derives and traits of elsewhere give. */
  method(methods: Methods, type: string, name: string): Target {
    const definition = this.#ids.type(type);
    if (definition === undefined) return UNKNOWN;
    const found = this.ofType(methods, { kind: "named", definition, arguments: [] }, name);
    return found.kind === "unknown" ? { kind: "external", path: `${this.#ids.path(definition)}::${name}` } : found;
  }

  ofType(methods: Methods, receiver: Type, name: string): Target {
    const standard = methods.standard(receiver, name);
    if (standard !== undefined) return this.#one(standard.of.child(name));
    const found = methods.of(receiver, name) ?? [];
    return this.all(
      found.map((it) => it.function),
      found[0]?.receiver,
    );
  }

  #own(declared: Declared): Target {
    return { kind: declared.kind === "function" ? "function" : "constant", id: this.#ids.id(declared) };
  }

  /** What the impls of a trait have by that name, or what the trait gives them. */
  #dispatched(member: Declared, trait: Declared): Target {
    const impls = this.#members.implsOfTrait(trait);
    if (impls.length > MOST_ALTERNATIVES) return UNKNOWN;
    const isDefault = hasBody(member);
    const choices = impls.flatMap((impl): Choice[] => {
      const own = impl.members.find((it) => it.name === member.name && it.kind === member.kind);
      if (own === undefined && !isDefault) return [];
      const type = this.#members.typeOf(impl);
      return [{ when: cfgOf(impl), types: type === undefined ? [] : [this.#ids.path(type)], target: this.#own(own ?? member) }];
    });
    if (choices.length === 0) return isDefault ? this.#own(member) : UNKNOWN;
    return oneOf(choices);
  }
}

/** The path of a member by its type's argument, where that is known: `ConfigBuilder<ServerConfig>::with_no_client_auth`. */
export function withArgument({ path, of }: Target & { readonly kind: "external" }): string | undefined {
  const at = path.lastIndexOf("::");
  return of === undefined || at < 0 ? undefined : `${path.slice(0, at)}<${of}>${path.slice(at)}`;
}

/** Types that have the same one are one choice. */
function oneOf(choices: readonly Choice[]): Target {
  const found = new Map<string, Choice>();
  for (const it of choices) {
    const key = JSON.stringify([it.target, it.when, it.types.length === 0]);
    const known = found.get(key);
    found.set(key, known === undefined ? it : { ...known, types: [...known.types, ...it.types] });
  }
  const [first, ...more] = found.values();
  if (first === undefined) return UNKNOWN;
  return more.length === 0 ? first.target : { kind: "any", of: [first, ...more] };
}

/** What it is called on tells which is meant. */
const isMethod = ({ lowered }: Declared): boolean => lowered?.kind === "function" && lowered.receiver !== undefined;

const hasBody = ({ kind, lowered, textFromName }: Declared): boolean =>
  kind === "function" ? textFromName.endsWith("}") : lowered?.kind === "const" && lowered.value() !== undefined;
