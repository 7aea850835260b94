/** Where what a condition asks is declared: the field of a type that is an input, or that is read from arguments or settings. */
import { type FunctionId, IS_GIVEN, partsOf, payloadOf, type Value } from "../flow/index.ts";
import type { Place } from "../tls/facts.ts";
import type { Sites } from "./sites.ts";

/** `key`: the atom by which it is asked. Several, where values of one type are read into several fields. */
export function declarationsOf(sites: Sites, value: Value, key: string, owner: FunctionId): readonly Place[] {
  const own = value.kind === "apply" && value.callee === IS_GIVEN ? ofOption(sites, value, key, owner) : ofInput(sites, value, owner);
  if (own.length > 0) return own;
  for (const it of partsOf(value)) {
    const found = declarationsOf(sites, it, key, owner);
    if (found.length > 0) return found;
  }
  return [];
}

/** What reads a type asks for its options; the function that does is the type's own. */
function ofOption(
  sites: Sites,
  { arguments: [name] }: Value & { readonly kind: "apply" },
  key: string,
  owner: FunctionId,
): readonly Place[] {
  const at = sites.flow.askedAt(owner, key, true) ?? sites.flow.askedAt(owner, key, false);
  const end = at?.in.lastIndexOf("::") ?? -1;
  const type = end < 0 ? undefined : at?.in.slice(0, end);
  return type !== undefined && name?.kind === "constant" && typeof name.value === "string" ? sites.field(type, name.value) : [];
}

/** A part by its name; of a whole value nothing but its type tells. */
function ofInput(sites: Sites, value: Value, owner: FunctionId): readonly Place[] {
  if (value.kind !== "part" && value.kind !== "input") return [];
  const of = value.kind === "part" ? sites.inputType(value.of, owner) : undefined;
  const own = value.kind === "part" && of !== undefined ? sites.field(of, payloadOf(value.name)?.field ?? value.name) : [];
  const type = own.length > 0 ? undefined : sites.inputType(value, owner);
  return type === undefined ? own : sites.program.producers.readFields(type).flatMap(([struct, name]) => sites.field(struct, name));
}
