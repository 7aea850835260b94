/** Names: per crate a definition map, and what a path means in a module of it. */
export type { CrateGraph, CrateNode, Dependency, Edition } from "./crate-graph.ts";
export { DefinitionMaps } from "./definition-maps.ts";
export {
  type Crate,
  Declared,
  type Definition,
  External,
  type Fragment,
  MACROS,
  Module,
  plain,
  TYPES,
  VALUES,
  Variant,
} from "./definitions.ts";
export { markedCrate } from "./expansions.ts";
export type { Lookup } from "./lookup.ts";
