/** What the type parameters of generic code stand for, as far as calls, arguments and receivers tell. */
import type { Definition, FunctionItem, ImplItem, PathSegment, Path as RustPath, Scope, Type } from "../../rust/index.ts";
import type { Frame, Machine } from "../machine.ts";
import { examined, type RecordState, type Value } from "../values.ts";

export type TypeArguments = ReadonlyMap<string, Definition>;

/** One call of a generic function, as its caller writes it. */
interface GenericCall {
  readonly definition: Definition;
  readonly implementation: ImplItem | undefined;
  /** The path of the callee, or the method's name with its type arguments. */
  readonly written: readonly Pick<PathSegment, "name" | "generics">[];
  readonly receiver: Value | undefined;
  /** Of the parameters, in order. */
  readonly values: readonly Value[];
  readonly caller: Frame;
}

export function typeArguments(machine: Machine, item: FunctionItem, call: GenericCall): TypeArguments | undefined {
  const { definition, implementation, written, values, caller } = call;
  const found = new Map<string, Definition>();
  const bind = (name: string | undefined, type: Definition | undefined): void => {
    if (name !== undefined && type !== undefined) found.set(name, type);
  };
  const receiver = call.receiver === undefined ? undefined : examined(call.receiver);
  const record = receiver?.kind === "record" ? receiver.record : undefined;
  const named = namesOf(implementation);
  const given = (types: readonly Type[] | undefined, at: number): Definition | undefined => definitionOf(machine, types?.[at], caller);
  for (const [at, name] of named.entries()) bind(name, given(written.at(-2)?.generics, at) ?? record?.arguments?.[at]);
  for (const [at, { name }] of item.generics.entries()) bind(name, given(written.at(-1)?.generics, at));
  const parameters = new Set([...named, ...item.generics.map((it) => it.name)]);
  for (const [at, { type }] of item.parameters.entries()) {
    const name = type === undefined ? undefined : loneName(type);
    const value = values[at] === undefined ? undefined : examined(values[at]);
    if (name !== undefined && parameters.has(name) && value?.kind === "record") bind(name, typeOfRecord(value.record));
  }
  // A method that a trait gives to all: whose it is now.
  if (implementation === undefined)
    bind("Self", definition.owner?.item.kind === "trait" ? record && typeOfRecord(record) : definition.owner);
  return found.size === 0 ? undefined : found;
}

/** What stands behind `T::NAME`, `Self::NAME` in a trait, or `<T as Trait>::NAME`. */
export function throughParameter(machine: Machine, path: RustPath, frame: Frame): Definition | undefined {
  const [first, second, more] = path.segments;
  const parameter = path.self === undefined ? first?.name : loneName(path.self);
  const name = path.self === undefined ? second?.name : first?.name;
  if (parameter === undefined || name === undefined || more !== undefined || (path.self !== undefined && second !== undefined))
    return undefined;
  const type = frame.types?.get(parameter) ?? onlyImplementor(machine, parameter, frame);
  return type === undefined ? undefined : machine.scopes.associated(type, name)[0];
}

/** Where one type alone can stand for a parameter, it does. */
function onlyImplementor(machine: Machine, parameter: string, { function: item, scope }: Frame): Definition | undefined {
  const [bound, another] = item?.generics.find((it) => it.name === parameter)?.bounds ?? [];
  if (bound?.kind !== "path" || another !== undefined) return undefined;
  const found = machine.scopes.resolve(bound.path, scope);
  const [impl, other] = found.kind === "local" && found.definition.item.kind === "trait" ? machine.scopes.implsOf(found.definition) : [];
  if (impl?.item.kind !== "impl" || other !== undefined || impl.item.type.kind !== "path") return undefined;
  const type = machine.scopes.resolve(impl.item.type.path, impl.scope);
  return type.kind === "local" ? type.definition : undefined;
}

/** The arguments of a type as they are written, for what is made of it. */
export function argumentsIn(machine: Machine, type: Type | undefined, frame: Frame, scope = frame.scope): RecordState["arguments"] {
  const generics = type?.kind === "path" ? (type.path.segments.at(-1)?.generics ?? []) : [];
  const found = generics.map((it) => definitionOf(machine, it, frame, scope));
  return found.some((it) => it !== undefined) ? found : undefined;
}

/** What `let client: Arc<Client<Strict>>` says of the client. */
export function annotated(machine: Machine, { record }: Extract<Value, { kind: "record" }>, type: Type, frame: Frame): RecordState {
  const own = record.definition === undefined ? undefined : within(machine, type, record.definition, frame, 0);
  const known = own === undefined ? undefined : argumentsIn(machine, own, frame);
  return known === undefined ? record : { ...record, arguments: known };
}

/** The part of a type that names this one: what it is wrapped in says nothing. */
function within(machine: Machine, type: Type, wanted: Definition, frame: Frame, depth: number): Type | undefined {
  if (type.kind === "reference") return within(machine, type.inner, wanted, frame, depth);
  if (type.kind !== "path" || depth > DEEPEST_TYPE) return undefined;
  const found = machine.scopes.resolve(type.path, frame.scope);
  if (found.kind === "local") return found.definition.item === wanted.item ? type : undefined;
  const [first] = type.path.segments.at(-1)?.generics ?? [];
  return first && within(machine, first, wanted, frame, depth + 1);
}
const DEEPEST_TYPE = 4;

/** Of `Self`, in an implementation whose own parameters are known. */
export function ownArguments(machine: Machine, frame: Frame): RecordState["arguments"] {
  const { types } = frame;
  if (frame.function === undefined || types === undefined) return undefined;
  return namesOf(machine.context.get(frame.function)?.implementation).map((name) => (name === undefined ? undefined : types.get(name)));
}

/** `impl<P: Policy> Client<P>`: the names by which an implementation knows its type's arguments. */
const namesOf = (implementation: ImplItem | undefined): readonly (string | undefined)[] =>
  implementation?.type.kind === "path" ? (implementation.type.path.segments.at(-1)?.generics ?? []).map(loneName) : [];

function definitionOf(
  machine: Machine,
  type: Type | undefined,
  { types, scope: around }: Frame,
  scope: Scope = around,
): Definition | undefined {
  if (type?.kind !== "path") return undefined;
  const known = types?.get(loneName(type) ?? "");
  if (known !== undefined) return known;
  const found = machine.scopes.resolve(type.path, scope);
  return found.kind === "local" && (found.definition.item.kind === "struct" || found.definition.item.kind === "enum")
    ? found.definition
    : undefined;
}

function typeOfRecord({ definition, variant }: RecordState): Definition | undefined {
  return variant === undefined ? definition : definition?.owner;
}

function loneName(type: Type): string | undefined {
  if (type.kind === "reference") return loneName(type.inner);
  const [only, another] = type.kind === "path" && type.path.self === undefined ? type.path.segments : [];
  return another === undefined ? only?.name : undefined;
}
