/**
 * Manifests and lock files: which crates a package uses under which names, in which versions, with which features.
 * Everything is text in, values out; finding the files is the work of `project/`.
 */
export { type CrateFacts, codeName, crateFacts, type Reached } from "./crate.ts";
export { declarationsOf } from "./declared.ts";
export { withoutDefaultFeature } from "./default-feature.ts";
export { withDependency } from "./edit-manifest.ts";
export { type Lock, readLock } from "./lock.ts";
export { type Manifest, readManifest } from "./manifest.ts";
export { withoutFeature } from "./remove-feature.ts";
export {
  isTable,
  LARGEST_TOML,
  member,
  parseToml,
  placeOfKey,
  type TomlFailure,
  type TomlKey,
  type TomlString,
  type TomlTable,
  tableAt,
  tomlFault,
  tomlKeys,
  tomlTokens,
} from "./toml.ts";
export { lowerBound } from "./version.ts";
