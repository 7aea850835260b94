/**
 * `tlslint/explanation`: a page about one finding for an editor to show, without a network: what is wrong, where that comes from, what is
 * known of its line (the same lines as `tlslint check --explain`), and why the rule is there.
 */
import { RequestType } from "vscode-languageserver";
import type { LineIndex } from "../base/line-index.ts";
import { escapeMarkdown, proseWithCode } from "../base/markdown.ts";
import { visible } from "../base/visible.ts";
import type { Explanation, Finding } from "../service/api.ts";
import { explainedLines, placesIn } from "../service/explained-lines.ts";
import { withoutWholeKeys } from "../service/redaction.ts";
import { rulePages } from "../service/rule-pages.ts";
import type { Place } from "../tls/facts.ts";
import { lineReader, type Session } from "./session.ts";

export interface ExplanationParameters {
  readonly uri: string;
  /** Counted from 0. */
  readonly line: number;
  readonly rule: string;
}
const ExplanationRequest = new RequestType<ExplanationParameters, { readonly markdown: string } | null, void>("tlslint/explanation");

export function offerExplanation(session: Session): void {
  const { connection, documents, reports, runSafe, service } = session;
  connection.onRequest(
    ExplanationRequest,
    runSafe.request<ExplanationParameters, { readonly markdown: string } | null>(
      ExplanationRequest.method,
      async ({ uri, line, rule }) => {
        await reports.ready();
        const explanation = await service.explain(documents.path(uri), line + 1);
        const finding = explanation.findings.find((it) => it.rule === rule);
        if (finding === undefined) return null;
        const at = await placer(session, [finding.place, ...finding.related, ...placesIn(explanation)]);
        return { markdown: withoutWholeKeys(pageOf(finding, explanation, at)) };
      },
      null,
    ),
  );
}

function pageOf(finding: Finding, explanation: Explanation, at: (place: Place) => string): string {
  const { rule, severity, message, help, notes, related, place } = finding;
  const page = rulePages().find((it) => it.id === rule);
  const lines = explainedLines(explanation, { ...PLAIN, shown: visible, at });
  return [
    `# ${rule}`,
    `**${severity}** · \`${at(place).replaceAll("`", "'")}\``,
    proseWithCode(message),
    `help: ${proseWithCode(help)}`,
    ...notes.map((it) => `note: ${proseWithCode(it)}`),
    ...section(
      "Where it comes from",
      related.map((it) => `- \`${at(it).replaceAll("`", "'")}\`: ${proseWithCode(it.message)}`),
    ),
    ...section("What is known of this line", lines.map(listed)),
    ...(page === undefined ? [] : ["## Why", page.rationale.trim()]),
    ...(page?.examples ?? []).slice(0, 1).flatMap(({ bad, good }) => ["## Bad", fenced(bad, "rust"), "## Good", fenced(good, "rust")]),
    ...section(
      "Sources",
      (page?.sources ?? []).map(({ title, url }) => `- [${escapeMarkdown(title)}](${url})`),
    ),
  ].join("\n\n");
}

const PLAIN = {
  error: (text: string) => text,
  warning: (text: string) => text,
  info: (text: string) => text,
  hint: (text: string) => text,
  bold: (text: string) => text,
  dim: (text: string) => text,
};

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`## ${title}`, lines.join("\n")];

/** Indented lines as a list in lists: code would be cut where the page is narrow. */
function listed(line: string): string {
  const text = line.trimStart();
  return `${"  ".repeat((line.length - text.length) / 2 - 1)}- ${proseWithCode(text)}`;
}

/** As code, which nothing in it can leave. */
function fenced(text: string, language = "text"): string {
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([it]) => it.length + 1)));
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

/** As `path:line`, below the workspace's folder. */
async function placer(session: Session, places: readonly Place[]): Promise<(place: Place) => string> {
  const read = lineReader(session);
  const lines = new Map<string, LineIndex>();
  for (const { file } of places) lines.set(file, await read(file));
  const folders = session.roots();
  return ({ file, span }) => {
    const folder = folders.find((it) => file.startsWith(`${it}/`));
    const shown = folder === undefined ? file : file.slice(folder.length + 1);
    return `${visible(shown)}:${(lines.get(file)?.position(span.start).line ?? 0) + 1}`;
  };
}
