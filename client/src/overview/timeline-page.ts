/** The page of the timeline: certificates and lists by their validity, as a table whose bars are pictures of its dates. No script runs in it. */

import { CERTIFICATE_STYLE } from "../certificate-style.ts";
import { INSPECT, SHOW_MORE_TIME } from "../command-names.ts";
import { commandLink, Html, html } from "../html.ts";
import type { Listed, ListedCertificate } from "./answers.ts";
import { endWords } from "./certificate-rows.ts";
import { counted } from "./rows.ts";

export interface TimelineOf {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A new one for each page: only the style that has it counts. */
  readonly nonce: string;
}

const YEAR = 365.25 * 24 * 60 * 60 * 1000;
/** Roots outlive everybody: their bars end at the edge, and their dates stand beside them. */
const [BEFORE, AFTER] = [YEAR, 2 * YEAR];
/** Units of a bar's picture. */
const WIDTH = 1000;

export const timelinePage = ({ items, total, notListed = 0 }: Listed<ListedCertificate>, of: TimelineOf): string =>
  page(
    of,
    html`${items.length === 0 ? html`<p class="notice" role="status">No certificate or revocation list is in this workspace.</p>` : table(items, of)}
${items.length >= total ? [] : [html`<p><a class="button" role="button" href="${commandLink(SHOW_MORE_TIME)}">Show more</a> ${total - items.length} more that end later.</p>`]}
${notListed === 0 ? [] : [html`<p class="notice">${counted(notListed, "file")} not listed in full. The Certificates view says which and why.</p>`]}`,
  );

export const timelineMessage = (message: string, of: TimelineOf): string => page(of, html`<p class="notice" role="status">${message}</p>`);

const page = ({ nonce }: TimelineOf, main: Html): string =>
  html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Validity of Certificates</title>
<style nonce="${nonce}">${new Html(CERTIFICATE_STYLE + STYLE)}</style>
</head>
<body>
<main aria-labelledby="title">
<h1 id="title">Validity of Certificates</h1>
${main}
</main>
</body>
</html>
`.text;

const table = (items: readonly ListedCertificate[], { now }: TimelineOf): Html =>
  html`<table class="timeline"><caption>From ${day(now - BEFORE)} to ${day(now + AFTER)}; the line is today.</caption>
<thead><tr><th scope="col">Certificate</th><th scope="col">Ends</th><th scope="col">From</th><th scope="col">${axis(now)}</th></tr></thead>
<tbody>${items.map((it) => row(it, now))}</tbody></table>`;

function row(it: ListedCertificate, now: number): Html {
  const { uri, name, subject, begin, daysLeft, findings } = it;
  const shown = name === "" ? subject : name;
  const isProblem = findings.some(({ severity }) => severity !== "hint");
  const level = daysLeft < 0 ? "error" : isProblem ? "warning" : "fine";
  return html`<tr><th scope="row"><a href="${commandLink(INSPECT, { at: { uri } })}"><bdi>${shown}</bdi></a></th><td class="${level}">${endWords(it)}</td><td>${begin === undefined ? "unknown" : day(begin)}</td><td>${bar(it, now, level)}</td></tr>
`;
}

/** What it shows is said in the row. */
function bar({ begin, end }: ListedCertificate, now: number, level: string): Html {
  const [from, to] = [at(begin ?? now - BEFORE, now), at(end, now)];
  // What ended long ago, and what begins in years, is a mark at the edge.
  const width = Math.max(6, to - from);
  const x = Math.min(from, WIDTH - width);
  return html`<svg viewBox="0 0 ${WIDTH} 20" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="bar ${level}" x="${x}" y="4" width="${width}" height="12"/><rect class="today" x="${at(now, now)}" y="0" width="3" height="20"/></svg>`;
}

/** A mark at the begin of each year in sight. */
function axis(now: number): Html {
  const first = new Date(now - BEFORE).getUTCFullYear() + 1;
  const years = [0, 1, 2].map((it) => first + it).filter((it) => Date.UTC(it, 0) < now + AFTER);
  return html`<svg class="axis" viewBox="0 0 ${WIDTH} 40" role="img" aria-label="${years.join(", ")}">${years.map((it) => html`<text x="${at(Date.UTC(it, 0), now)}" y="30">${it}</text>`)}</svg>`;
}

const at = (time: number, now: number): number => Math.round(Math.min(1, Math.max(0, (time - now + BEFORE) / (BEFORE + AFTER))) * WIDTH);

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

const STYLE = `
.timeline th[scope=row] { white-space: nowrap; max-width: 20em; overflow: hidden; text-overflow: ellipsis; }
.timeline td { white-space: nowrap; }
.timeline td:last-child, .timeline th:last-child { width: 50%; padding-right: 0; }
.timeline svg { display: block; width: 100%; height: 20px; }
.timeline .axis { height: auto; overflow: visible; }
.axis text { fill: var(--vscode-descriptionForeground); font-size: 28px; }
.bar { fill: var(--vscode-charts-green, var(--vscode-textLink-foreground)); stroke: var(--vscode-contrastBorder, none); }
.bar.warning { fill: var(--vscode-editorWarning-foreground); }
.bar.error { fill: var(--vscode-editorError-foreground, var(--vscode-errorForeground)); }
.today { fill: var(--vscode-editor-foreground, var(--vscode-foreground)); }
`;
