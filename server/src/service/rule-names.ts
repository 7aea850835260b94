/** The names of all rules, those of the service among them. */
import { ruleHeads } from "../rules/names.ts";
import type { RuleName } from "./configuration/settings.ts";
import { ownRules } from "./own-rules.ts";

export const ruleNames: readonly RuleName[] = [...ruleHeads, ...ownRules];
export const ruleIds: readonly string[] = ruleNames.map((it) => it.id);
