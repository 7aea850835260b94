/** The comment for a pull request, read by a parser of Markdown: what strangers wrote is text in it, whatever it looks like. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { markdownReport } from "../../../server/src/cli/report/markdown.ts";
import type { BriefReport } from "../../../server/src/cli/report/report.ts";
import { ROOT } from "../../harness/fixtures.ts";

interface Token {
  readonly type: string;
  readonly content: string;
  readonly children: readonly Token[] | null;
  attrGet(name: string): string | null;
}
const require = createRequire(join(ROOT, "package.json"));
/** It has no types of its own. */
const Parser: new (options: {
  readonly html: boolean;
  readonly linkify: boolean;
}) => { parse(text: string, environment: object): readonly Token[] } = require("markdown-it");

/** As on GitHub, HTML is taken. What this parser takes for bare addresses is more than there. */
const parsed = (text: string): readonly Token[] =>
  new Parser({ html: true, linkify: false }).parse(text, {}).flatMap((it) => [it, ...(it.children ?? [])]);

const RANGE = { start: { line: 3, column: 1 }, end: { line: 3, column: 2 } };
function reportOf(path: string, words: string): BriefReport {
  const finding = { rule: "key-log", severity: "error", message: words, help: words, notes: [words], related: [], range: RANGE } as const;
  return {
    version: 1,
    tool: { name: "tlslint", version: "0.1.0" },
    files: [{ path, findings: [{ ...finding, fingerprint: "0" }] }],
    notAnalysed: [{ path, kind: "failed", reason: words }],
    counts: { findings: { error: 1, warning: 0, info: 0, hint: 0 }, suppressed: 0, failed: 1, outOfReach: 0, acknowledged: 0, skipped: 0 },
  };
}

const kindsIn = (text: string): readonly string[] =>
  parsed(text).flatMap((it) => (it.type === "text" || it.type === "html_inline" ? [] : [it.type]));
const PLAIN = kindsIn(markdownReport(reportOf("plain", "plain")));
const textIn = (text: string): string =>
  parsed(text)
    .map((it) => (it.type === "text" ? it.content : ""))
    .join("");

/** What is neither code, nor of this report: signs of mathematics stand alone, each in an element of its own. */
function assertHarmless(text: string): void {
  const tokens = parsed(text);
  assert.deepEqual(kindsIn(text), PLAIN, text);
  for (const [at, it] of tokens.entries()) {
    if (it.type === "html_inline") assert.match(it.content, /^<\/?span>$/);
    if (it.type === "text" && it.content.includes("$"))
      assert.deepEqual([tokens[at - 1]?.content, it.content, tokens[at + 1]?.content], ["<span>", "$", "</span>"]);
    if (it.type === "link_open") assert.match(it.attrGet("href") ?? "", /^https:\/\/github\.com\/tlslint\/tlslint\/blob\/main\/docs\//);
  }
  assert.doesNotMatch(text, /\r/);
}

test("line ends, mathematics, markup, mentions and addresses of strangers stay text", () => {
  for (const words of [
    "a\r\n\r\n# heading\r\n- item",
    "costs $x$ and $$y$$",
    "[link](https://example.org) and https://example.org/?a=b",
    "![image](x.png) <img src=x> <!-- comment",
    "**bold** _em_ ~~gone~~ | cell | \\",
    "&lt; &amp; &#36;",
    "1. one\n2. two\n```\nfence",
  ]) {
    const text = markdownReport(reportOf(`src/${words}.rs`, words));
    assertHarmless(text);
    const shown = words.replace(/[\r\n]+/g, " ");
    assert.ok(textIn(text).replaceAll("\u200b", "").includes(`src/${shown}.rs`), text);
  }
  assert.match(markdownReport(reportOf("a", "see @team")), /see &#64;team/);
  assert.doesNotMatch(markdownReport(reportOf("a", "at https://example.org, www.example.org")), /https?:\/\/example|www\./);
});

test("and so does whatever else is made of such signs", () => {
  const sign = fc.constantFrom(..."$*_#-+[]()<>!|~\\&@: 1.a\r\n\t\u2028\u202e=".split(""));
  const words = fc.string({ unit: sign, minLength: 1, maxLength: 12 }).map((it) => `x${it}x`);
  fc.assert(
    fc.property(words, words, (path, text) => assertHarmless(markdownReport(reportOf(path, text)))),
    { numRuns: 2000 },
  );
});

test("mathematics around code is none either", () => {
  const text = markdownReport(reportOf("a", "$`x`$ is `$y$`"));
  assert.doesNotMatch(text.replaceAll(/`\$y\$`/g, ""), /\$/);
  assert.match(text, /`\$y\$`/, "code stays as it is");
});
