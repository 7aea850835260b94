/** Where what a condition asks is declared: the field of a type that is an input, or that is read from arguments or settings. */
import { type FunctionId, IS_GIVEN, partsOf, payloadOf, type Value } from "../flow/index.ts";
import type { Place } from "../tls/facts.ts";
import type { Sites } from "./sites.ts";

/** `key`: the atom by which it is asked. */
export function declarationOf(sites: Sites, value: Value, key: string, owner: FunctionId): Place | undefined {
  if (value.kind === "apply" && value.callee === IS_GIVEN) return ofOption(sites, value, key, owner);
  if (value.kind === "part") {
    const type = sites.inputType(value.of, owner);
    const place = type === undefined ? undefined : sites.field(type, payloadOf(value.name)?.field ?? value.name);
    if (place !== undefined) return place;
  }
  for (const it of partsOf(value)) {
    const found = declarationOf(sites, it, key, owner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What reads a type asks for its options; the function that does is the type's own. */
function ofOption(sites: Sites, { arguments: [name] }: Value & { readonly kind: "apply" }, key: string, owner: FunctionId): Place | undefined {
  const at = sites.flow.askedAt(owner, key, true) ?? sites.flow.askedAt(owner, key, false);
  const end = at?.in.lastIndexOf("::") ?? -1;
  const type = end < 0 ? undefined : at?.in.slice(0, end);
  return type !== undefined && name?.kind === "constant" && typeof name.value === "string" ? sites.field(type, name.value) : undefined;
}
