/** Where the code of a file reads fields and makes variants, as rustc's lint `dead_code` counts it. What no tree tells of may do both. */
import type { Span } from "../base/span.ts";
import type { Item, Path, Pattern, RustFile } from "../rust/index.ts";
import { put } from "./declarations.ts";
import type { Member } from "./members.ts";
import { isOpaqueMacro } from "./plain-macros.ts";
import { type Ancestor, itemAncestor, visitAll } from "./trail.ts";
import { wordsIn } from "./words.ts";

type Places = ReadonlyMap<string, readonly number[]>;

/** By name, in order. */
export type MemberUses = Readonly<Record<Member["kind"], Places>>;

const known = new WeakMap<RustFile, MemberUses>();

export function memberUses(file: RustFile): MemberUses {
  const uses = known.get(file) ?? usesIn(file);
  known.set(file, uses);
  return uses;
}

function usesIn(file: RustFile): MemberUses {
  const field = new Map<string, number[]>();
  const variant = new Map<string, number[]>();

  const made = ({ segments }: Path): void => {
    const last = segments.at(-1);
    if (last !== undefined) put(variant, last.name, last.span.start);
  };
  const doubtful = (span: Span): void => {
    for (const [word, places] of wordsIn(file, span))
      for (const it of places) {
        put(field, word, it);
        put(variant, word, it);
      }
  };
  const pattern = (it: Pattern): void => {
    if ("inside" in it && it.inside !== undefined) pattern(it.inside);
    if ("elements" in it) for (const one of it.elements) pattern(one);
    if (it.kind !== "struct") return;
    for (const { name, pattern: taken } of it.fields) {
      if (taken.kind !== "wildcard") put(field, name, taken.span.start);
      pattern(taken);
    }
  };
  const item = (it: Item): boolean => {
    if (it.kind === "function") for (const one of it.parameters) pattern(one.pattern);
    // Whoever imports a variant can make it under another name.
    if (it.kind === "use") for (const { path, span } of it.imports) for (const name of path) put(variant, name, span.start);
    if (it.kind === "other") doubtful(it.span);
    return it.kind !== "other";
  };
  const expression = (it: Extract<Ancestor, { readonly of: "expression" }>["node"]): boolean => {
    if (it.kind === "unknown" || (it.kind === "macro" && (isOpaqueMacro(it) || (it.arguments.length === 0 && it.body === undefined)))) {
      doubtful(it.kind === "macro" ? it.tokens : it.span);
      return false;
    }
    if (it.kind === "field") put(field, it.name, it.nameSpan.start);
    else if (it.kind === "path" || it.kind === "struct") made(it.path);
    else if (it.kind === "let" || it.kind === "for") pattern(it.pattern);
    else if (it.kind === "closure") for (const one of it.parameters) pattern(one.pattern);
    return true;
  };
  visitAll(file.items.map(itemAncestor), (it) => {
    if (it.of === "item") return item(it.node);
    if (it.of === "expression") return expression(it.node);
    if (it.of === "arm") pattern(it.node.pattern);
    if (it.of === "statement" && it.node.kind === "let") pattern(it.node.pattern);
    return true;
  });
  for (const all of [...field.values(), ...variant.values()]) all.sort((a, b) => a - b);
  return { field, variant };
}
