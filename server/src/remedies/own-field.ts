/** What an object keeps of a modelled type, as its methods write it: `self.provider`. */
import type { ImplItem, Type } from "../rust/index.ts";
import { meanings } from "./canonical.ts";
import type { Ground } from "./ground.ts";
import type { Ancestor } from "./trail.ts";

/** `wanted`: a canonical path. A field that holds it itself, shared or borrowed; of several, the first. */
export function ownField(wanted: string, trail: readonly Ancestor[], ground: Ground): string | undefined {
  const around = trail.findLast((it) => it.of === "item" && it.node.kind === "impl");
  const method = trail.findLast((it) => it.of === "item" && it.node.kind === "function");
  if (around?.of !== "item" || around.node.kind !== "impl" || method?.of !== "item" || method.node.kind !== "function") return undefined;
  if (method.node.receiver === undefined) return undefined;
  const found = fieldsOf(around.node, ground)?.find(({ type }) => isOf(wanted, type, ground));
  return found && `self.${found.name}`;
}

/** Of a struct in the same module: what its fields' types mean elsewhere is another question. */
function fieldsOf({ type }: ImplItem, { scope, scopes, source }: Ground) {
  const resolution = type.kind === "path" ? scopes.resolve(type.path, scope) : undefined;
  const item = resolution?.kind === "local" ? resolution.definition.item : undefined;
  return item?.kind === "struct" && source.items.includes(item) ? item.fields : undefined;
}

function isOf(wanted: string, type: Type, ground: Ground): boolean {
  if (type.kind === "reference") return isOf(wanted, type.inner, ground);
  if (type.kind !== "path") return false;
  const last = type.path.segments.at(-1);
  const [inner] = last?.generics ?? [];
  if (inner !== undefined && (last?.name === "Arc" || last?.name === "Box")) return isOf(wanted, inner, ground);
  const { scope, scopes, models } = ground;
  const found = meanings(
    type.path.segments.map((it) => it.name),
    scope,
    scopes,
    models,
  );
  return found.length === 1 && found[0] === wanted;
}
