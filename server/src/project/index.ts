/**
 * The workspace: which files there are and what they are, which crate each belongs to, and which file a path in code names.
 * It reads through the host it is given and keeps what many files depend on; it judges nothing.
 * Everything here is loaded at the start; how names are resolved (`workspace-names.ts`) is loaded by who needs it.
 */
export { type Breath, breath, inBreaths } from "./breath.ts";
export { Confinement } from "./confinement.ts";
export { absence, bytesOf, type Content, Files, textOf } from "./files.ts";
export { fingerprint } from "./fingerprint.ts";
export { GitIndexes } from "./git-index.ts";
export {
  CONFIGURATION_NAME,
  type FileKind,
  holdsCertificates,
  isShown,
  isShownData,
  isTestData,
  isTestPackage,
  kindByName,
  kindOf,
  purposeByName,
} from "./kind.ts";
export { looksLikePath, resolveLiteral } from "./literals.ts";
export { modulePlace } from "./module-place.ts";
export { whyMissing } from "./named-files.ts";
export { Nomination } from "./nomination.ts";
export { type ExampleGuard, exampleOf, type Package, Packages } from "./packages.ts";
export { extensionOf, folderOf, isDeviceName, isWithin, nameOf, pathFrom, relativePath, resolvePath, upwards } from "./path.ts";
export type { RustEntry } from "./rust-entry.ts";
export { RustIndex, type RustIndexSource } from "./rust-index.ts";
export { RustSources } from "./rust-sources.ts";
export { StampedDisk } from "./stamped-disk.ts";
export { isTestCode } from "./test-modules.ts";
export { isExcluded, type WalkRules, walk } from "./walk.ts";
