/** What the rules are called: enough to read a configuration by. In the bundles this module is its values, and no rule is loaded for it. */
import { rules } from "./index.ts";
import type { RuleHead } from "./rule.ts";

export const ruleHeads: readonly Pick<RuleHead, "id" | "summary" | "severity">[] = rules.map(({ id, summary, severity }) => ({
  id,
  summary,
  severity,
}));
