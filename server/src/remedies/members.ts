/** Fields and variants of the types that a program declares. */
import type { Span } from "../base/span.ts";
import { DERIVES } from "../models/derives.ts";
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
  /** A derive reads the field, or makes the variant; of what others do nothing is known. */
  readonly isServedByDerive: boolean;
}

export function membersIn(item: StructItem | EnumItem): readonly Member[] {
  const derives = argumentsOf(item.attributes.texts, ["derive"]).map(({ argument }) => DERIVES[lastOf(argument.path)]);
  const isPrivate = item.visibility !== "public";
  if (item.kind === "enum") {
    const isServedByDerive = derives.some((it) => it?.makes !== false);
    return item.variants.map(({ name, span }) => ({ name, span, kind: "variant", of: item.name, isPrivate, isServedByDerive }));
  }
  const isServedByDerive = derives.some((it) => it?.reads !== false);
  return item.fields.map(({ name, span, visibility }) => ({
    name,
    span,
    kind: "field",
    of: item.name,
    isPrivate: isPrivate || visibility !== "public",
    isServedByDerive,
  }));
}
