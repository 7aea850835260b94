/** `text.parse::<T>()` is `T::from_str(text)`, whatever says which type that is. */
import type { External } from "../rust/names/index.ts";
import { isForeign, type Target as Meant, type Methods, type Type } from "../rust/types/index.ts";
import type { Targets } from "./targets.ts";
import type { Target } from "./value.ts";

export const PARSE = "parse";

/** Undefined where something else is called. */
export function parsedBy(
  called: Meant,
  self: Type & { readonly kind: "named" },
  members: Methods["members"],
  targets: Targets,
): Target | undefined {
  if (!isForeign(called) || !isParse(called)) return undefined;
  const { definition } = self;
  if (definition.sort === "external") return targets.all([definition.child("from_str")], self);
  const own = members.implsOfType(definition).filter((it) => it.tree.implements?.trait?.at(-1) === "FromStr");
  const found = own.flatMap((it) => it.members.filter(({ name }) => name === "from_str"));
  return found.length === 0 ? undefined : targets.all(found, self);
}

const isParse = (called: Meant): called is External => called.sort === "external" && called.path.at(-1) === PARSE;
