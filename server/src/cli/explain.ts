/** `tlslint explain RULE` and `tlslint rules`: the catalogue in the terminal. */

import { closest } from "../base/closest.ts";
import { jsonText } from "../base/visible.ts";
import { rulePages } from "../service/rule-pages.ts";
import type { Paint } from "./terminal.ts";
import type { World } from "./world.ts";

export function explain(id: string, world: World, paint: Paint): number {
  const pages = rulePages();
  const page = pages.find((it) => it.id === id);
  if (!page) {
    const near = closest(
      id,
      pages.map((it) => it.id),
    );
    world.error(`tlslint: unknown rule \`${id}\`; ${near ? `did you mean \`${near}\`?` : "`tlslint rules` lists all"}`);
    return 2;
  }
  const indented = (text: string) => text.trim().replace(/^/gm, "    ");
  const parts = [
    `${paint.bold(page.id)}: ${page.summary}`,
    `${paint[page.severity](page.severity)}, since ${page.since}${page.cwe.map((number) => `, CWE-${number}`).join("")}`,
    page.rationale.trim(),
    ...(page.byHand === undefined ? [] : [`${paint.bold("by hand")}: ${page.byHand}`]),
    ...page.examples.flatMap(({ bad, good }) => [`${paint.bold("bad")}\n\n${indented(bad)}`, `${paint.bold("good")}\n\n${indented(good)}`]),
    [paint.bold("sources"), ...page.sources.map(({ title, url }) => `  ${title}: ${url}`)].join("\n"),
  ];
  world.print(`${parts.join("\n\n")}\n`);
  return 0;
}

export function listRules(format: "pretty" | "json", world: World, paint: Paint): number {
  const pages = rulePages();
  if (format === "json") {
    world.print(`${jsonText({ version: 1, rules: pages.map(({ examples: _, ...page }) => page) }, 2)}\n`);
    return 0;
  }
  const width = Math.max(...pages.map(({ id }) => id.length));
  for (const { id, severity, summary } of pages)
    world.print(`${paint.bold(id.padEnd(width))}  ${paint[severity](severity.padEnd(7))}  ${summary}\n`);
  return 0;
}
