/** Whether an item is there for tests alone: by its attributes, those around it, or by a file's own. */
import type { Cfg } from "../ast.ts";
import { predicateOf } from "../lower/attributes.ts";
import type { Declared, Module } from "../names/index.ts";

export function isTestCode({ tree, holder, module }: Declared): boolean {
  if (tree.attributes.some(isOfTests) || (holder !== undefined && isTestCode(holder))) return true;
  for (let at: Module | undefined = module; at !== undefined; at = at.parent) if (at.attributes.some(isOfTests)) return true;
  return false;
}

/** `test`, `tokio::test`, `cfg(test)`. */
function isOfTests(attribute: string): boolean {
  const text = attribute.trim();
  const [name = ""] = text.split("(", 1);
  if (name.trim() === "cfg") {
    const predicate = predicateOf(text.slice(text.indexOf("(")));
    return predicate !== undefined && asksForTests(predicate);
  }
  return name.split("::").at(-1)?.trim() === "test";
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
