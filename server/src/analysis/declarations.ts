/** Where what a condition asks is declared: the field of a type that is an input, or that is read from arguments or settings. */
import { type FunctionId, IS_GIVEN, partsOf, payloadOf, type Value } from "../flow/index.ts";
import type { Place } from "../tls/facts.ts";
import { Search, writtenPlaceOf } from "./decisions.ts";
import type { Defaults } from "./defaults.ts";
import type { Sites } from "./sites.ts";

/** `key`: the atom by which it is asked. Several, where values of one type are read into several fields. */
export function declarationsOf(sites: Sites, value: Value, key: string, owner: FunctionId): readonly Place[] {
  const own = isOption(value) ? declarationOf(sites, optionIn(sites, value, key, owner)) : ofInput(sites, value, owner);
  if (own.length > 0) return own;
  for (const it of partsOf(value)) {
    const found = declarationsOf(sites, it, key, owner);
    if (found.length > 0) return found;
  }
  return [];
}

/** A field of a type of the program's. */
type Field = readonly [type: string, name: string];

/** Where the default of an option, or of a field of an input, is written: in what makes a value of its type of which nobody sets anything. */
export function unsetAt(
  { sites, defaults }: { readonly sites: Sites; readonly defaults: Defaults },
  { value, key, owner }: { readonly value: Value; readonly key: string; readonly owner: FunctionId },
  truth: boolean,
): readonly Place[] {
  const [type, name] = (isOption(value) ? optionIn(sites, value, key, owner) : fieldIn(sites, value, owner)) ?? [];
  if (type === undefined || name === undefined) return [];
  const wanted = sites.flow.values.constant(truth);
  const found = defaults.producersOf(type).flatMap((producer) => {
    const body = sites.flow.callable(producer)?.body;
    const ends = body?.blocks.flatMap(({ end }) => (end.kind === "return" ? [end.value] : [])) ?? [];
    return ends.flatMap((local) =>
      body === undefined ? [] : [...new Search(sites).decided({ calls: [], owner: producer, body, local, part: [name], wanted })],
    );
  });
  return found.flatMap((it) => writtenPlaceOf(sites, it) ?? []);
}

type Option = Value & { readonly kind: "apply" };
const isOption = (value: Value): value is Option => value.kind === "apply" && value.callee === IS_GIVEN;

/** What reads a type asks for its options; the function that does is the type's own. */
function optionIn(sites: Sites, { arguments: [name] }: Option, key: string, owner: FunctionId): Field | undefined {
  const at = sites.flow.askedAt(owner, key, true) ?? sites.flow.askedAt(owner, key, false);
  const end = at?.in.lastIndexOf("::") ?? -1;
  const type = end < 0 ? undefined : at?.in.slice(0, end);
  return type !== undefined && name?.kind === "constant" && typeof name.value === "string" ? [type, name.value] : undefined;
}

/** A part of an input by its name. */
function fieldIn(sites: Sites, value: Value, owner: FunctionId): Field | undefined {
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
