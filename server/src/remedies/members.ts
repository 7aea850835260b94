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

export function membersIn(item: StructItem | EnumItem, text: string): readonly Member[] {
  const isOpen = isPublic(text.slice(item.span.start, item.nameSpan.start));
  const derives = argumentsOf(item.attributes.texts, ["derive"]).map(({ argument }) => lastOf(argument.path));
  const kind = item.kind === "struct" ? "field" : "variant";
  const idle = IDLE[kind];
  const isServedByDerive = derives.some((it) => !idle.has(it));
  const members = item.kind === "struct" ? item.fields : item.variants;
  return members.map(({ name, span }) => ({
    name,
    span,
    kind,
    of: item.name,
    isPrivate: !isOpen || (kind === "field" && !isPublic(text.slice(span.start, span.end))),
    isServedByDerive,
  }));
}

const isPublic = (text: string): boolean => /(?:^|\s)pub\s/.test(text);

/** Derives that rustc's lint `dead_code` does not count, or that do nothing of the kind. */
const IDLE: Readonly<Record<Member["kind"], ReadonlySet<string>>> = {
  field: new Set(["Clone", "Copy", "Debug", "Default", "Deserialize"]),
  variant: new Set(["Clone", "Copy", "Debug", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd", "Serialize"]),
};
