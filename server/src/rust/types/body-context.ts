/** What the walks through bodies share: definitions, methods, and what calls and fields give. */
import type { Expression, ExpressionOf, Path } from "../ast.ts";
import { type Declared, type DefinitionMaps, type External, VALUES } from "../names/index.ts";
import type { Environment } from "./environment.ts";
import type { Methods } from "./methods.ts";
import { type Bound, Signatures } from "./signatures.ts";
import { OPTION, SELF_GIVING } from "./std-rows.ts";
import { makerOf, typeOfTerm } from "./std-terms.ts";
import { NO_BINDINGS, named, type Substitution, type Type } from "./type.ts";
import { type Meaning, ValuePaths } from "./value-paths.ts";

export interface BodyContext {
  readonly maps: DefinitionMaps;
  readonly methods: Methods;
  readonly signatures: Signatures;
  readonly paths: ValuePaths;
}

export function bodyContext(maps: DefinitionMaps, methods: Methods): BodyContext {
  return { maps, methods, signatures: new Signatures(methods.types), paths: new ValuePaths(maps, methods) };
}

interface Given {
  readonly arguments: readonly (Type | undefined)[];
  readonly generics: readonly (Type | undefined)[];
}

/** What a call by a path gives. `bindings`: what it makes of type parameters. */
export function resultOfCall(
  { definitions, self }: Meaning,
  path: Path,
  args: Given["arguments"],
  bindings: Substitution,
  { maps, signatures }: BodyContext,
): Type | undefined {
  const [first] = definitions;
  if (first === undefined) {
    // `Config::default()` where that is derived.
    const name = path.segments.at(-1)?.name ?? "";
    return name === "default" || SELF_GIVING.has(name) ? self : undefined;
  }
  if (first.sort === "external") {
    const term = makerOf(first.path);
    if (term !== undefined) return typeOfTerm(term, named(maps.names.external("std"), args), undefined, maps);
    // By the convention of constructors.
    const [owner] = first.path.slice(-2);
    const constructs = first.path.at(-1) === "new" && owner !== undefined && /^\p{Lu}/u.test(owner);
    // It may be generic, and hold what it is made of: `web::Data::new(config)`.
    const unknown = args.length > 0 ? [undefined] : [];
    return constructs ? named(maps.names.externalAt(first.path.slice(0, -1)), unknown) : undefined;
  }
  if (first.sort === "variant" || first.kind === "struct") {
    return signatures.constructed(first, new Map(args.map((it, at) => [String(at), it])), self);
  }
  return signatures.returns(first, bindings);
}

/** Of `Trait::method(value)` the value is the receiver. */
function boundBy({ lowered }: Declared, self: Type | undefined, { arguments: args, generics }: Given): Bound {
  const takesSelf = lowered?.kind === "function" && lowered.receiver !== undefined;
  const receiver = takesSelf && (self === undefined || self.kind === "parameter") ? args[0] : self;
  return { self: receiver, generics, arguments: takesSelf ? args.slice(1) : args };
}

/** What a call by a path makes of the type parameters of a function. */
export function bindingsOfCall({ definitions, self }: Meaning, given: Given, { signatures }: BodyContext): Substitution {
  const [first] = definitions;
  return first?.sort === "item" ? signatures.bindings(first, boundBy(first, self, given)) : NO_BINDINGS;
}

/** A field of a value, or of what it points to. */
export function fieldOf(base: Type | undefined, name: string, { signatures, methods }: BodyContext): Type | undefined {
  for (const type of methods.behind(base)) {
    const found = signatures.field(type, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The type that has the field, of a value or of what it points to: another crate's, where that is all that the value may be. */
export function holderOf(base: Type | undefined, name: string, { signatures, methods }: BodyContext): Declared | External | undefined {
  const types = [...methods.behind(base)];
  for (const it of types)
    if (it.kind === "named" && it.definition.sort === "item" && signatures.field(it, name) !== undefined) return it.definition;
  const last = types.at(-1);
  const isOpen = last?.kind !== "named" || last.definition.sort === "item" || last.arguments.length > 0;
  return isOpen ? undefined : last.definition;
}

/** Whether a lone name in a pattern is a constant or a variant, and no new variable. */
export function isItemInPattern(name: string, { module }: Environment, { maps }: BodyContext): boolean {
  return maps.resolve([name], module).found.some(({ definition, namespaces }) => {
    if ((namespaces & VALUES) === 0) return false;
    if (definition.sort === "variant") return true;
    if (definition.sort === "item") return ["const", "static", "struct"].includes(definition.kind);
    return definition.sort === "external" && definition.path.join("::") === `${OPTION}::None`;
  });
}

/** A field is not read where it is assigned to. */
export const assignedIn = ({ operator, target }: ExpressionOf<"assign">): Expression =>
  operator === "=" && target.kind === "field" ? target.base : target;
