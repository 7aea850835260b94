/** The rules of the service itself: what is wrong with configuration, manifests and suppressions, not with TLS. */
import type { RuleHead } from "../rules/rule.ts";

const CONFIGURATION = { title: "tlslint: configuration", url: "https://github.com/tlslint/tlslint/blob/main/docs/configuration.md" };
const SUPPRESSIONS = {
  title: "tlslint: suppressions",
  url: "https://github.com/tlslint/tlslint/blob/main/docs/configuration.md#suppressions",
};

export const ownRules: readonly RuleHead[] = [
  {
    id: "unknown-configuration",
    summary: "the configuration has a key, a rule or a value that does not exist",
    severity: "warning",
    since: "0.1.0",
    cwe: [],
    sources: [CONFIGURATION],
    rationale: `A setting with a slip of the pen in its name does nothing, and nobody notices: a rule that was meant to be an error stays
information. Keys, rule ids and values in \`tlslint.toml\` and in the \`tlslint\` tables of \`Cargo.toml\` are therefore checked.`,
  },
  {
    id: "unreadable-toml",
    summary: "a file that tlslint reads is not valid TOML",
    severity: "warning",
    since: "0.1.0",
    cwe: [],
    sources: [{ title: "TOML v1.0.0", url: "https://toml.io/en/v1.0.0" }, CONFIGURATION],
    rationale: `Versions, features and settings come from \`Cargo.toml\`, \`Cargo.lock\` and \`tlslint.toml\`. Where one of them cannot be read,
something else has to stand in: its last readable state in an editor, \`Cargo.toml\` for a broken lock file, the defaults for a broken
configuration. Findings may then be about another version than the one that is built.`,
  },
  {
    id: "unused-suppression",
    summary: "a suppression suppresses nothing",
    severity: "warning",
    since: "0.1.0",
    cwe: [],
    sources: [SUPPRESSIONS],
    rationale: `A suppression that is left over hides the next finding at its place, which nobody has looked at.`,
  },
  {
    id: "bad-suppression",
    summary: "a suppression has no reason, has ended, has `until` without a date, or names no rule",
    severity: "warning",
    since: "0.1.0",
    cwe: [],
    sources: [SUPPRESSIONS],
    rationale: `A suppression is a decision that others have to be able to follow: it names the rule and says why. Without a reason, after
its date, or for a rule that does not exist it suppresses nothing.`,
  },
];
