/** The rules: one policy a file, sorted by id. This folder knows facts, never the crates that state them. */
import { factRules } from "./fact-rules.ts";
import { fileRules } from "./files/index.ts";
import type { AnyRule } from "./rule.ts";

export { codeRules } from "./fact-rules.ts";

export const rules: readonly AnyRule[] = [...factRules, ...fileRules].sort((a, b) => (a.id < b.id ? -1 : 1));
