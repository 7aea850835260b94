/** Functions that read whatever type they are asked for: of other crates, and of the program: `fn load<T: DeserializeOwned>(path: &Path) -> Result<T>`. */
import type { Declared } from "../rust/index.ts";
import type { External } from "../rust/names/index.ts";
import { isForeign, type Target as Meant, type Methods, type Type } from "../rust/types/index.ts";
import type { Derived } from "./derived.ts";
import type { Reader } from "./rows.ts";
import type { Targets } from "./targets.ts";
import type { Target } from "./value.ts";

/** What a call makes of a type that derives how it is read; undefined where it does something else. `converts`: the type can be made of others. */
export function readBy(called: Meant, reader: Reader | undefined, types: Methods["types"], converts: () => boolean): Derived | undefined {
  if (called.sort === "item") return ofOwn(called, types, reader?.bounds ?? []);
  if (called.sort !== "external" || called.path[0] === "std") return undefined;
  const name = called.path.at(-1) ?? "";
  if (isForeign(called) && (reader?.methods?.includes(name) !== true || converts())) return undefined;
  return reader?.functions[name] ?? "result";
}

/** Whether it gives what it reads, or an attempt at it. `bounds`: traits of what can be read. */
function ofOwn(declared: Declared, types: Methods["types"], bounds: readonly string[]): Derived | undefined {
  const { lowered } = declared;
  if (lowered?.kind !== "function" || lowered.generics.length === 0) return undefined;
  const scope = types.scopeOf(declared);
  const returned = types.lower(lowered.returns, scope);
  const isAttempt = returned?.kind === "named" && pathOf(returned)?.split("::").at(-1) === "Result";
  const read = isAttempt ? returned.arguments[0] : returned;
  if (read?.kind !== "parameter" || !lowered.generics.some((it) => it.name === read.name)) return undefined;
  // What somebody gives may be given back.
  const isGiven = lowered.parameters.some(({ type }) => {
    const given = types.lower(type, scope);
    return given?.kind === "parameter" && given.name === read.name;
  });
  if (isGiven || !read.bounds.some((it) => bounds.includes(pathOf(it) ?? ""))) return undefined;
  return isAttempt ? "result" : "read";
}

const pathOf = (type: Type): string | undefined =>
  type.kind === "named" && type.definition.sort === "external" ? type.definition.path.join("::") : undefined;

/** `text.parse::<T>()` is `T::from_str(text)`, whatever says which type that is. */
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
