/** What files declare, found by a scan over tokens that enters no body: item trees, where their items are, and the names in them. */
export { codeNames } from "./code-names.ts";
export type { ImportLeaf, ItemKind, TreeItem } from "./item-tree.ts";
export { ALONE, hashOfName, MEMBER, PATH_REST, PATH_START, withoutWriting, writingOf } from "./name-hash.ts";
export { type ScannedFile, scan } from "./scan.ts";
export { WordFilter } from "./word-filter.ts";
export { NO_NAMES, type WrittenNames, writtenNames } from "./written-names.ts";
export { type WrittenWord, writtenWords } from "./written-words.ts";
