/** Names: per crate a definition map, and what a path means in a module of it. */
export type { CrateNode, Dependency, Edition } from "./crate-graph.ts";
export { DefinitionMaps } from "./definition-maps.ts";
export {
  type Crate,
  type Cut,
  Declared,
  type Definition,
  External,
  MACROS,
  Module,
  plain,
  TYPES,
  VALUES,
  Variant,
} from "./definitions.ts";
export type { WrittenAt } from "./expansion.ts";
