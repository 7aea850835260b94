/**
 * Functions that make whatever type they are asked for: readers of other crates and of the program
 * (`fn load<T: DeserializeOwned>(path: &Path) -> Result<T>`), and conversions into a type by an impl of it.
 */
import type { Declared } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import { isForeign, type Target as Meant, type Methods, type Type } from "../rust/types/index.ts";
import type { Derived } from "./derived.ts";
import type { Reader } from "./rows.ts";
import type { Targets } from "./targets.ts";
import type { Target } from "./value.ts";

/** What a call makes of a type that derives how it is read; undefined where it does something else. */
export function readBy(called: Meant, type: Declared, reader: Reader | undefined, { types, members }: Methods): Derived | undefined {
  if (called.sort === "item") return ofOwn(called, types, reader?.bounds ?? []);
  if (called.sort !== "external" || called.path[0] === "std") return undefined;
  const name = called.path.at(-1) ?? "";
  if (isForeign(called) && reader?.methods?.includes(name) !== true) return undefined;
  if (name === TRY_INTO && conversionsOf(type, "TryFrom", members).length > 0) return undefined;
  return reader?.functions[name] ?? "result";
}

/** Whether it gives what it reads, or an attempt at it. `bounds`: traits of what can be read. */
function ofOwn(declared: Declared, types: Methods["types"], bounds: readonly string[]): Derived | undefined {
  const { lowered } = declared;
  if (lowered?.kind !== "function" || lowered.generics.length === 0) return undefined;
  const scope = types.scopeOf(declared);
  const returned = types.lower(lowered.returns, scope);
  const isAttempt = returned?.kind === "named" && lastOf(pathOf(returned) ?? "") === "Result";
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

/** `text.parse::<T>()`. */
export const PARSE = "parse";
const TRY_INTO = "try_into";
/** Methods that call a function of the type that they have to give: `value.try_into()` is `T::try_from(value)`. */
const CONVERSIONS: ReadonlyMap<string, { readonly trait: string; readonly function: string }> = new Map([
  [PARSE, { trait: "FromStr", function: "from_str" }],
  ["into", { trait: "From", function: "from" }],
  [TRY_INTO, { trait: "TryFrom", function: "try_from" }],
]);

/** Undefined where something else is called, or one of several by the type of what is given. */
export function convertedBy(
  called: Meant,
  self: Type & { readonly kind: "named" },
  { members }: Methods,
  targets: Targets,
): Target | undefined {
  const conversion = isForeign(called) && called.sort === "external" ? CONVERSIONS.get(called.path.at(-1) ?? "") : undefined;
  if (conversion === undefined) return undefined;
  const { definition } = self;
  if (definition.sort === "external") return targets.all([definition.child(conversion.function)], self);
  const [only, ...others] = conversionsOf(definition, conversion.trait, members);
  const found = only?.members.find(({ name }) => name === conversion.function);
  return found === undefined || others.length > 0 ? undefined : targets.all([found], self);
}

const conversionsOf = (type: Declared, trait: string, members: Methods["members"]): readonly Declared[] =>
  members.implsOfType(type).filter((it) => it.tree.implements?.trait?.at(-1) === trait);
