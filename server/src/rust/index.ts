/**
 * The language: text to plain items and expressions (`ast.ts`), names to definitions (`names.ts`).
 * It knows Rust and nothing of TLS. Tree nodes never leave this folder; a parse never fails and never throws.
 */
export type * from "./ast.ts";

export { CallGraph, cfgOf, isTestCode } from "./calls/index.ts";
export { codeNames, NO_NAMES, type ScannedFile, scan } from "./items/index.ts";
export { layoutEdits, type Style, type Unit } from "./layout/index.ts";
export { type Attribute, attributeOf } from "./lower/attribute.ts";
export type { NamedFile } from "./named-files.ts";
export { type CrateNode, type Cut, type Declared, DefinitionMaps, type Dependency, type Edition } from "./names/index.ts";
export { buildScopes } from "./names.ts";
export { createRustParser, type ParseFailure, parses, type RustFile, type RustParser, rustParser } from "./parser.ts";
export { namesIn, reachesUp, textIn, tokensIn, wordsAndPlaces } from "./pieces.ts";
export { isSameCode } from "./same-code.ts";
export type { Definition, Resolution, Scope, Scopes } from "./scopes.ts";
export { tooDeepIn } from "./too-deep.ts";
