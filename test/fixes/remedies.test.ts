/** docs/remedies.md lists the remedies that the models hold, rule by rule and crate by crate, and what is left to a person. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { models } from "../../server/src/models/index.ts";
import { codeRules } from "../../server/src/rules/index.ts";
import { ROOT } from "../harness/fixtures.ts";
import { type Coverage, coverage, reasonsOf } from "../laws/remedies.ts";

const all = coverage();
const gaps = all.filter((it) => it.titles.length === 0);

test("a rule says why a person has to act only where no model's call states what it judges: else the models say it, crate by crate", () => {
  const telling = codeRules.filter(({ byHand }) => byHand !== undefined);
  assert.deepEqual(
    telling.filter(({ id }) => all.some((it) => it.rule.id === id)).map(({ id }) => id),
    [],
  );
});

test("docs/remedies.md", () => {
  const file = join(ROOT, "docs/remedies.md");
  const text = page();
  if (process.env["UPDATE"] === "1") writeFileSync(file, text);
  assert.equal(existsSync(file) ? readFileSync(file, "utf8") : "", text, "out of date: run the tests with UPDATE=1");
});

function page(): string {
  const recipes = models.reduce((sum, it) => sum + (it.recipes?.length ?? 0), 0);
  const rows = codeRules.flatMap(({ id }) => {
    const own = all.filter((it) => it.rule.id === id);
    const packages = [...new Set(own.map((it) => it.package))].sort();
    return packages.map((name) =>
      row(
        id,
        name,
        own.filter((it) => it.package === name),
      ),
    );
  });
  return [
    "<!-- Made from server/src/rules and server/src/models; changes here are lost. -->",
    "# Remedies",
    `The models hold ${recipes} recipes. Of the ${all.length} calls on which a rule can raise a warning or an error, ${all.length - gaps.length} have a remedy; for the others the table and the rule's page say why a person has to act.
Which remedies were compiled, for which versions, is in [compile-proof.md](compile-proof.md); what they do in a handshake, in [proof.md](proof.md).`,
    ["| rule | crate | remedies | by hand |", "|---|---|---|---|", ...rows].join("\n"),
  ]
    .join("\n\n")
    .concat("\n");
}

function row(id: string, name: string, own: readonly Coverage[]): string {
  const titles = [...new Set(own.flatMap((it) => it.titles))].sort();
  const open = reasonsOf(id, own).map(({ because, calls }) => {
    const names = calls.map((it) => `\`${it.slice(it.indexOf("::") + 2)}\``);
    return `${[...new Set(names)].sort().join(", ")}: ${because}`;
  });
  return `| [${id}](rules/${id}.md) | ${name} | ${titles.join("; ") || "none"} | ${open.join("; ")} |`;
}
