/** Where what a condition asks is declared: the field of a type that is an input, or that is read from arguments or settings. */
import { type FunctionId, IS_GIVEN, partsOf, payloadOf, type Value } from "../flow/index.ts";
import type { Local } from "../rust/bodies/index.ts";
import type { Place } from "../tls/facts.ts";
import type { Sites } from "./sites.ts";

/** `key`: the atom by which it is asked. Several, where values of one type are read into several fields. */
export function declarationsOf(sites: Sites, value: Value, key: string, owner: FunctionId): readonly Place[] {
  const own = isOption(value) ? declarationOf(sites, optionIn(sites, value, key, owner)?.field) : ofInput(sites, value, owner);
  if (own.length > 0) return own;
  for (const it of partsOf(value)) {
    const found = declarationsOf(sites, it, key, owner);
    if (found.length > 0) return found;
  }
  return [];
}

/** A field of a type of the program's, or of one of its variants. */
export type Field = readonly [type: string, name: string, variant?: string | undefined];

/** An option that a type has when it is read. */
interface OptionField {
  readonly field: Field;
  /** What gives it its value. */
  readonly reader: FunctionId;
  readonly local: Local | undefined;
}

export type Option = Value & { readonly kind: "apply" };
const isOption = (value: Value): value is Option => value.kind === "apply" && value.callee === IS_GIVEN;

/** What reads a type asks for its options; the function that does is the type's own. */
export function optionIn(sites: Sites, { arguments: [name] }: Option, key: string, owner: FunctionId): OptionField | undefined {
  const at = sites.flow.askedAt(owner, key, true) ?? sites.flow.askedAt(owner, key, false);
  const end = at?.in.lastIndexOf("::") ?? -1;
  if (at === undefined || end < 0 || name?.kind !== "constant" || typeof name.value !== "string") return undefined;
  const body = sites.flow.callable(at.in)?.body;
  const made = body?.blocks.flatMap(({ operations }) => operations.flatMap((it) => (it.kind === "record" ? [it] : []))) ?? [];
  const [record, ...others] = made.filter(({ fields }) => fields.some((it) => it.name === name.value));
  // Several commands have one of that name, and which is asked about is not known.
  if (others.length > 0) return undefined;
  const [, variant] = record?.path.segments ?? [];
  return {
    reader: at.in,
    local: record?.fields.find((it) => it.name === name.value)?.value,
    field: [at.in.slice(0, end), name.value, variant?.name],
  };
}

/** A part of an input by its name. */
export function fieldIn(sites: Sites, value: Value, owner: FunctionId): Field | undefined {
  const type = value.kind === "part" ? sites.inputType(value.of, owner) : undefined;
  return value.kind === "part" && type !== undefined ? [type, payloadOf(value.name)?.field ?? value.name] : undefined;
}

const declarationOf = (sites: Sites, field: Field | undefined): readonly Place[] => (field === undefined ? [] : sites.field(...field));

/** Of a whole value nothing but its type tells. */
function ofInput(sites: Sites, value: Value, owner: FunctionId): readonly Place[] {
  if (value.kind !== "part" && value.kind !== "input") return [];
  const own = declarationOf(sites, fieldIn(sites, value, owner));
  const type = own.length > 0 ? undefined : sites.inputType(value, owner);
  return type === undefined ? own : sites.program.producers.readFields(type).flatMap(([struct, name]) => sites.field(struct, name));
}
