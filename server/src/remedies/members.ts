/** Fields and variants of the types that a program declares. */
import type { Span } from "../base/span.ts";
import type { EnumItem, StructItem } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import { argumentsOf } from "./attribute-edits.ts";

export interface Member {
  readonly name: string;
  readonly span: Span;
  readonly kind: "field" | "variant";
  /** The type that has it. */
  readonly of: string;
  /** Nobody outside of the crate can name it. */
  readonly isPrivate: boolean;
  /** A derive reads the field, or makes the variant. */
  readonly isServedByDerive: boolean;
}

export function membersIn(item: StructItem | EnumItem): readonly Member[] {
  const derives = argumentsOf(item.attributes.texts, ["derive"]).map(({ argument }) => lastOf(argument.path));
  const isServedByDerive = derives.some((it) => !IDLE[item.kind].has(it));
  const isPrivate = item.visibility !== "public";
  if (item.kind === "enum")
    return item.variants.map(({ name, span }) => ({ name, span, kind: "variant", of: item.name, isPrivate, isServedByDerive }));
  return item.fields.map(({ name, span, visibility }) => ({
    name,
    span,
    kind: "field",
    of: item.name,
    isPrivate: isPrivate || visibility !== "public",
    isServedByDerive,
  }));
}

/** Derives that rustc's lint `dead_code` does not count, or that do nothing of the kind. */
const IDLE: Readonly<Record<(StructItem | EnumItem)["kind"], ReadonlySet<string>>> = {
  struct: new Set(["Clone", "Copy", "Debug", "Default", "Deserialize"]),
  enum: new Set(["Clone", "Copy", "Debug", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd", "Serialize"]),
};
