/** The pages of the rules are made from the rules: compared here, written with UPDATE=1, and no page is left over. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { rules } from "../../server/src/rules/index.ts";
import type { AnyRule } from "../../server/src/rules/rule.ts";
import { byHandOf } from "../../server/src/service/rule-pages.ts";
import { ROOT } from "../harness/fixtures.ts";
import { coverage, reasonsOf } from "./remedies.ts";

const FOLDER = join(ROOT, "docs/rules");
const UPDATE = process.env["UPDATE"] === "1";

const all = coverage();
const JUDGED = { code: "Rust code", settings: "manifests and settings", file: "certificate files" } as const;

const pages = new Map([["README.md", overview()], ...rules.map((rule): [string, string] => [`${rule.id}.md`, page(rule)])]);

for (const [name, text] of pages) {
  test(`docs/rules/${name}`, () => {
    const file = join(FOLDER, name);
    if (UPDATE) {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(file, text);
    }
    assert.equal(existsSync(file) ? readFileSync(file, "utf8") : "", text, "out of date: run the tests with UPDATE=1");
  });
}

test("docs/rules has no page without a rule", () => {
  const orphans = (existsSync(FOLDER) ? readdirSync(FOLDER) : []).filter((name) => !pages.has(name));
  if (UPDATE) for (const name of orphans) rmSync(join(FOLDER, name));
  else assert.deepEqual(orphans, []);
});

function page(rule: AnyRule): string {
  const { byHand } = byHandOf(rule);
  const left = reasonsOf(rule.id, all).map(({ because, calls }) => `- ${calls.map((it) => `\`${it}\``).join(", ")}: ${because}`);
  const cwe = rule.cwe.map((id) => `[CWE-${id}](https://cwe.mitre.org/data/definitions/${id}.html)`).join(", ");
  return [
    `<!-- Made from server/src/rules; changes here are lost. -->`,
    `# ${rule.id}`,
    sentence(rule.summary),
    `**${rule.severity}** by default · ${JUDGED[rule.judges]} · ${cwe} · since ${rule.since}`,
    "## Why",
    rule.rationale,
    ...(rule.judges === "file" ? fileExamples(rule) : rule.examples.flatMap((it, at) => examples(it, at, languageOf(rule)))),
    ...(rule.judges === "settings" ? besides(rule.beside ?? {}) : []),
    ...(byHand === undefined && left.length === 0 ? [] : ["## By hand"]),
    ...(byHand === undefined ? [] : [sentence(byHand)]),
    ...(left.length === 0 ? [] : [left.join("\n")]),
    "## Allow it",
    `\`\`\`${languageOf(rule)}\n${rule.judges === "settings" ? "#" : "//"} tlslint: allow(${rule.id}): the reason, for whoever reads this next\n\`\`\``,
    "## Sources",
    rule.sources.map(({ title, url }) => `- [${title}](${url})`).join("\n"),
  ]
    .join("\n\n")
    .concat("\n");
}

function languageOf(rule: AnyRule): string {
  if (rule.judges !== "settings") return rule.judges === "code" ? "rust" : "text";
  return rule.file.endsWith(".toml") ? "toml" : rule.file.endsWith(".conf") ? "nginx" : "yaml";
}

function examples({ bad, good }: { readonly bad: string; readonly good: string }, index: number, language: string): string[] {
  return [index === 0 ? "## Bad" : "## Bad, too", fence(bad, language), index === 0 ? "## Good" : "## Good, then", fence(good, language)];
}

function besides(files: Readonly<Record<string, string>>): string[] {
  const language = (name: string): string => (name.endsWith(".conf") ? "nginx" : "yaml");
  return Object.entries(files).flatMap(([name, text]) => [`Beside both, \`${name}\`:`, fence(text, language(name))]);
}

function fileExamples({ examples: cases }: AnyRule): string[] {
  return ["## Examples", cases.map(({ bad, good }) => `- found in the test case \`${bad}\`, silent in \`${good}\``).join("\n")];
}

function overview(): string {
  const row = ({ id, severity, summary }: AnyRule): string => `| [${id}](${id}.md) | ${severity} | ${summary.replaceAll("|", "\\|")} |`;
  const table = (judges: AnyRule["judges"]): string =>
    ["| rule | severity | what it finds |", "|---|---|---|", ...rules.filter((it) => it.judges === judges).map(row)].join("\n");
  const files = rules.some(({ judges }) => judges === "file");
  return [
    "<!-- Made from server/src/rules; changes here are lost. -->",
    "# Rules",
    `**error**: verification is off in code that runs. **warning**: a reviewer would ask for a change. **info**: worth knowing.
**hint**: the same in test code or behind an explicit option. The severity here is the one without such circumstances.`,
    "## Rust code",
    table("code"),
    "## Manifests and settings",
    table("settings"),
    ...(files ? ["## Certificate files", table("file")] : []),
  ]
    .join("\n\n")
    .concat("\n");
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function fence(text: string, language: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
