/** Under which `cfg` an item is compiled: its own, those of what holds it and of the modules around. */
import type { Cfg } from "../ast.ts";
import { cfgIn } from "../lower/attribute-predicates.ts";
import type { Declared, Module } from "../names/index.ts";

/** Undefined for what is always there. */
export function cfgOf({ tree, fragment, holder, module }: Declared): Cfg | undefined {
  const attributes = [...fragment.attributes, ...tree.attributes, ...(holder?.tree.attributes ?? [])];
  for (let at: Module | undefined = module; at !== undefined; at = at.parent) attributes.push(...at.attributes);
  const of = attributes.flatMap((it) => cfgIn(it) ?? []);
  return of.length === 0 ? undefined : { kind: "all", of };
}
