/** What `cfg(…)` asks for. A module's attributes are asked again for each item in it, so that each that is written is read once. */
import type { Cfg } from "../ast.ts";
import { attributeOf } from "./attribute.ts";
import { predicateIn } from "./attributes.ts";

const known = new Map<string, Cfg | undefined>();

/** Undefined for any other attribute. */
export function cfgIn(attribute: string): Cfg | undefined {
  if (!attribute.includes("cfg")) return undefined;
  if (known.has(attribute)) return known.get(attribute);
  const read = attributeOf(attribute);
  const made = read.path === "cfg" ? predicateIn(read) : undefined;
  known.set(attribute, made);
  return made;
}
