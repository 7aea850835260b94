/** The names of all rules, as the extension's manifest has them: in a browser nobody can list the folder with their pages. */

export function ruleNames(manifest: unknown): readonly string[] {
  const { contributes }: { contributes?: { configuration?: readonly { properties: object }[] } } = Object(manifest);
  const names = (contributes?.configuration ?? []).flatMap(({ properties }) => {
    const { "tlslint.rules": rules }: { "tlslint.rules"?: { properties: object } } = properties;
    return Object.keys(rules?.properties ?? {});
  });
  return names.toSorted();
}

/** Findings about the configuration itself have a section there. */
const IN_CONFIGURATION: ReadonlySet<string> = new Set([
  "bad-suppression",
  "unknown-configuration",
  "unreadable-toml",
  "unused-suppression",
]);

/** Below `docs`. */
export const pageOfRule = (rule: string): string => (IN_CONFIGURATION.has(rule) ? "configuration.md" : `rules/${rule}.md`);
