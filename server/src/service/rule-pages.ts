/** What surfaces show of rules: the catalogue for `explain`, `rules`, SARIF and links from diagnostics. */
import { rules } from "../rules/index.ts";
import type { AnyRule, RuleHead, Severity, Source } from "../rules/rule.ts";
import { ownRules } from "./own-rules.ts";

export interface RulePage {
  readonly id: string;
  readonly summary: string;
  readonly severity: Severity;
  readonly since: string;
  readonly cwe: readonly number[];
  readonly sources: readonly Source[];
  /** Markdown. */
  readonly rationale: string;
  /** Why a person has to act where there is no fix. */
  readonly byHand?: string;
  /** Rust programs, or manifests; empty for rules over certificate files. */
  readonly examples: readonly { readonly bad: string; readonly good: string }[];
  readonly url: string;
}

const DOCS = "https://github.com/tlslint/tlslint/blob/main/docs";

export const rulePages = (): readonly RulePage[] => [
  ...rules.map((rule) => pageOf({ ...rule, ...byHandOf(rule) }, rule.judges === "file" ? [] : rule.examples)),
  ...ownRules.map((rule) => pageOf(rule, [])),
];

/** With the command for what a certificate issued again puts right. */
export function byHandOf(rule: AnyRule): { readonly byHand?: string } {
  const command =
    rule.judges === "file" && rule.issuedAgain !== undefined
      ? "`tlslint reissue FILE` prints the command that issues another certificate"
      : undefined;
  const clauses = [rule.byHand, command].filter((it) => it !== undefined);
  return clauses.length === 0 ? {} : { byHand: clauses.join("; ") };
}

export const ruleUrl = (id: string): string =>
  ownRules.some((it) => it.id === id) ? `${DOCS}/configuration.md#findings-about-the-configuration-itself` : `${DOCS}/rules/${id}.md`;

const pageOf = ({ id, summary, severity, since, cwe, sources, rationale, byHand }: RuleHead, examples: RulePage["examples"]): RulePage => ({
  id,
  summary,
  severity,
  since,
  cwe,
  sources,
  rationale,
  ...(byHand === undefined ? {} : { byHand }),
  examples,
  url: ruleUrl(id),
});
