/** Where impl blocks stand: in modules, and in the bodies of functions. */
import type { Item } from "./ast.ts";
import { expanded } from "./name-tables.ts";
import type { Definition, Scope, Scopes } from "./scopes.ts";

type Inside = Pick<Scopes, "child" | "within">;

export function implsIn(scope: Scope, scopes: Inside): readonly Definition[] {
  return expanded(scope.items).flatMap((item): readonly Definition[] => {
    if (item.kind !== "impl") return implsInBody(item, scope, scopes);
    const inside = scopes.child(scope, item);
    return [{ item, scope }, ...item.items.flatMap((it) => implsInBody(it, inside, scopes))];
  });
}

/** A body is lowered for this only if its text holds an impl. */
function implsInBody(item: Item, scope: Scope, scopes: Inside): readonly Definition[] {
  if (item.kind !== "function" || !IMPL_INSIDE.test(scope.source.text.slice(item.span.start, item.span.end))) return [];
  const items = item.body()?.items ?? [];
  const inside = scopes.within(scope, items);
  return expanded(items).flatMap((it) => (it.kind === "impl" ? [{ item: it, scope: inside }] : []));
}

const IMPL_INSIDE = /[\n;{}][^\S\n]*(?:unsafe\s+)?impl\b/;
