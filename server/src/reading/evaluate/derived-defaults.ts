/** Whether anybody in the program gets what `derive(Default)` makes of one of its types, or only what the type's own constructor gives. */
import type { Definition, Item, StructItem, Type } from "../../rust/index.ts";
import { attributesIn } from "../cfg-text.ts";
import { isAside } from "../guards.ts";
import type { Machine } from "../machine.ts";
import { WRAPPER_TYPES } from "./standard.ts";

export const derives = (of: Definition, trait: string): boolean =>
  (of.item.kind === "struct" || of.item.kind === "enum") && has(of.item, new RegExp(`^derive\\s*\\(.*\\b${trait}\\b`, "s"));

/**
 * By a call that says so, by a struct that holds one and is made so itself, or by what reads the type and fills it up. Tests do not
 * count: they may call it to look at it.
 */
export function isDefaultTaken(machine: Machine, { item }: Definition): boolean {
  if (item.kind !== "struct" || fillsUp(item)) return true;
  if ([...machine.context].some(([body, { path, definition }]) => !isAside(path) && asks(body, definition, item))) return true;
  return machine.scopes.roots.some((root) => structsIn(root.items).some((it) => it !== item && holds(it, item.name)));
}

function asks(body: Item, { owner, scope }: Definition, type: StructItem): boolean {
  const text = scope.source.text.slice(body.span.start, body.span.end);
  const own = owner?.item === type;
  return (own || new RegExp(`\\b${type.name}\\b`).test(text)) && asksForDefault(type.name, own).test(text);
}

/** `Config::default()`, `Self::default()`, `..Default::default()`, `unwrap_or_default()`: not the value of one field (`name: Default::default()`). */
const asksForDefault = (name: string, own: boolean): RegExp =>
  new RegExp(
    `\\b(?:${own ? `${name}|Self` : name})(?:::<[^;{}<>]*>)?(?:\\s+as\\s+[\\w:]+>)?\\s*::\\s*default\\b|\\bDefault::default\\b(?<!\\w\\s*:\\s*Default::default)|\\b(?:unwrap_or_default|or_default)\\b|\\bmem::take\\b`,
  );

/** serde gives what is missing of it. */
const fillsUp = (item: StructItem): boolean => has(item, /^serde\s*\(.*\bdefault\b/s);

function holds(item: StructItem, name: string): boolean {
  const all = has(item, /^derive\s*\(.*\bDefault\b/s) || fillsUp(item);
  return item.fields.some((it) => (all || has(it, /^serde\s*\(.*\bdefault\b/s)) && isOf(it.type, name));
}

/** Nothing of it is in an option or a list by default. */
function isOf(type: Type, name: string): boolean {
  const last = type.kind === "path" ? type.path.segments.at(-1) : undefined;
  if (last === undefined || last.name === "Option") return false;
  return last.name === name || (WRAPPER_TYPES.has(last.name) && last.generics.some((it) => isOf(it, name)));
}

const has = ({ attributes }: Pick<StructItem, "attributes">, what: RegExp): boolean =>
  attributes.texts.flatMap((it) => attributesIn(it.text)).some((it) => what.test(it));

const structsIn = (items: readonly Item[]): readonly StructItem[] =>
  items.flatMap((it) => (it.kind === "struct" ? [it] : it.kind === "module" ? structsIn(it.items ?? []) : []));
