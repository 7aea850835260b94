/** Whether an item is there for tests alone: by its attributes, those around it, or by a file's own. */
import type { Cfg } from "../ast.ts";
import { lastOf } from "../last-of.ts";
import { attributeOf } from "../lower/attribute.ts";
import { cfgIn } from "../lower/attribute-predicates.ts";
import type { Declared, Module } from "../names/index.ts";

export function isTestCode({ tree, fragment, holder, module }: Declared): boolean {
  if ([...fragment.attributes, ...tree.attributes].some(isOfTests) || (holder !== undefined && isTestCode(holder))) return true;
  for (let at: Module | undefined = module; at !== undefined; at = at.parent) if (at.attributes.some(isOfTests)) return true;
  return false;
}

/** `test`, `tokio::test`, `cfg(test)`. */
function isOfTests(text: string): boolean {
  if (!text.includes("test")) return false;
  const predicate = cfgIn(text);
  return predicate === undefined ? isTestAttribute(text) : asksForTests(predicate);
}

const known = new Map<string, boolean>();

function isTestAttribute(text: string): boolean {
  const found = known.get(text) ?? lastOf(attributeOf(text).path) === "test";
  known.set(text, found);
  return found;
}

function asksForTests(predicate: Cfg): boolean {
  switch (predicate.kind) {
    case "flag":
      return predicate.name === "test";
    case "all":
      return predicate.of.some(asksForTests);
    case "any":
      return predicate.of.length > 0 && predicate.of.every(asksForTests);
    case "not":
      return false;
  }
}
