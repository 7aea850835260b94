/**
 * The page of the certificate editor, drawn from what the server says of the file. No script runs in it: details open and links are
 * followed without one, by keyboard, too.
 */
import { CERTIFICATE_STYLE } from "./certificate-style.ts";
import { COPY_VALUE, EXPLAIN, OPEN_KEY_STORE } from "./command-names.ts";
import { commandLink, Html, html } from "./html.ts";
import type { EncodedField, InspectedFile, InspectedFinding, InspectedObject, PredictedVerdict } from "./inspected-file.ts";
import { timeLeft } from "./validity-words.ts";

export interface PageOf {
  /** As the workspace names it. */
  readonly name: string;
  readonly uri: string;
  /** A new one for each page: only the style that has it counts. */
  readonly nonce: string;
}

export const certificatePage = (file: InspectedFile, of: PageOf): string =>
  page(
    of,
    html`${file.what === "" ? [] : [html`<p class="what">${file.what}</p>`]}
${notices(file, of)}
${findingList(file.findings)}
${contents(file)}
${file.objects.map(object)}
${file.more === 0 ? [] : [html`<p class="notice">${file.more} more ${file.more === 1 ? "object is" : "objects are"} not shown. <code>tlslint inspect</code> prints all.</p>`]}
${file.moreFindings === 0 ? [] : [html`<p class="notice">${file.moreFindings} more ${file.moreFindings === 1 ? "finding is" : "findings are"} not shown. <code>tlslint inspect</code> prints all.</p>`]}`,
  );

/** While there is nothing to draw: why. */
export const messagePage = (message: string, of: PageOf): string => page(of, html`<p class="notice" role="status">${message}</p>`);

/** `isRunning`: there was a server to answer, and it failed. */
export const notAnalysed = (isRunning: boolean): string =>
  isRunning
    ? "The file could not be analysed. The output of tlslint says why."
    : "The server is not running, so the file was not analysed.";

const page = ({ name, nonce }: PageOf, main: Html): string =>
  html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<style nonce="${nonce}">${new Html(CERTIFICATE_STYLE)}</style>
</head>
<body>
<main aria-labelledby="file">
<h1 id="file"><bdi>${name}</bdi></h1>
${main}
</main>
</body>
</html>
`.text;

function notices({ notAnalysed, sealed }: InspectedFile, { uri }: PageOf): readonly Html[] {
  return [
    ...(notAnalysed === null ? [] : [html`<p class="notice" role="status">Not analysed: ${notAnalysed}</p>`]),
    ...(sealed ? [html`<p class="notice">Some of it is encrypted. ${button("Enter password…", OPEN_KEY_STORE, uri)}</p>`] : []),
  ];
}

/** Of several objects: what there is, before each is told in full. */
const contents = ({ objects }: InspectedFile): readonly Html[] =>
  objects.length < 2
    ? []
    : [
        html`<nav aria-label="Objects in this file"><ol>${objects.map(
          (it, at) =>
            html`<li><a href="#object-${at}"><bdi>${nameOf(it)}</bdi></a>${nameOf(it) === it.title ? "" : html` <span class="dim">${it.title}</span>`}${term(it)}${worst(it)}</li>`,
        )}</ol></nav>`,
      ];

const nameOf = ({ title, fields }: InspectedObject): string =>
  fields.find(({ label }) => label === "subject" || label === "alias")?.value ?? title;

const term = ({ daysLeft }: InspectedObject): readonly Html[] =>
  daysLeft === null ? [] : [html` <span class="${daysLeft < 0 ? "error" : "dim"}">${timeLeft(daysLeft)}</span>`];

const SEVERITIES = ["error", "warning", "info", "hint"] as const;

function worst({ findings }: InspectedObject): readonly Html[] {
  const found = SEVERITIES.find((it) => findings.some(({ severity }) => severity === it));
  return found === undefined ? [] : [html` <span class="${found}">${found}</span>`];
}

function object(it: InspectedObject, at: number): Html {
  return html`<article id="object-${at}" aria-labelledby="title-${at}">
<h2 id="title-${at}">${it.title}${term(it)}</h2>
${findingList(it.findings)}
${path(it)}
${verdicts(it.verdicts)}
<dl>${it.fields.map(({ label, value }) => html`<div><dt>${label}</dt><dd><bdi>${breakable(value)}</bdi>${copy(label, value)}</dd></div>`)}</dl>
${bytes(it.parts)}
</article>
`;
}

/** Lines of a fingerprint end between its bytes. */
const breakable = (value: string): readonly Html[] => value.split(":").map((it, at) => html`${at === 0 ? "" : html`:<wbr>`}${it}`);

const findingList = (findings: readonly InspectedFinding[]): readonly Html[] =>
  findings.length === 0
    ? []
    : [
        html`<ul class="findings" aria-label="Findings">${findings.map(
          ({ rule, severity, message, help, notes }) =>
            html`<li class="${severity}"><strong>${severity}</strong> <span class="message">${message}</span> <a href="${commandLink(EXPLAIN, rule)}" aria-label="Explain ${rule}">${rule}</a>
<span class="dim">help: ${help}</span>${notes.map((note) => html`<span class="dim">note: ${note}</span>`)}</li>`,
        )}</ul>`,
      ];

const path = ({ path: links }: InspectedObject): readonly Html[] =>
  links.length < 2 ? [] : [html`<ol class="path" aria-label="Certification path">${links.map(link)}</ol>`];

/** A box; its border is broken where there is no such certificate. */
function link({ name, role, shown, daysLeft }: InspectedObject["path"][number]): Html {
  const isOver = daysLeft !== undefined && daysLeft < 0;
  const lines = [
    html`<span class="dim">${role ?? "issuer"}</span> `,
    html`<bdi>${name}</bdi> `,
    ...(shown === undefined ? [] : [html`<span class="dim">in ${shown}</span> `]),
    ...(daysLeft === undefined ? [] : [html`<span class="${isOver ? "error" : "dim"}">${timeLeft(daysLeft)}</span>`]),
    ...(role === undefined ? [html`<span class="warning">not in this workspace</span>`] : []),
  ];
  return html`<li class="${role === undefined ? "missing" : isOver ? "over" : "known"}">${lines}</li>`;
}

const verdicts = (all: readonly PredictedVerdict[]): readonly Html[] =>
  all.length === 0
    ? []
    : [
        html`<table class="verdicts"><caption>Predicted verdicts</caption><thead><tr><th scope="col">Stack</th><th scope="col">As</th><th scope="col">Verdict</th></tr></thead><tbody>${all.map(
          ({ stack, as, host, completedFrom = [], verdict, kind }) =>
            html`<tr><th scope="row">${stack}</th><td>${as}${host === undefined ? "" : ` for ${host}`}${completedFrom.length === 0 ? "" : `, with ${completedFrom.join(", ")}`}</td><td class="${verdict === "refused" ? "error" : ""}">${verdict}${kind === undefined ? "" : `: ${kind}`}</td></tr>`,
        )}</tbody></table>`,
      ];

/** What people paste elsewhere, by the labels that the server gives. */
const COPIED: Readonly<Record<string, string>> = { "SHA-256": "SHA-256 fingerprint", "key pin": "SPKI pin", serial: "serial number" };

const copy = (label: string, value: string): readonly Html[] => {
  const what = COPIED[label];
  return what === undefined ? [] : [html` ${button("Copy", COPY_VALUE, value, what)}`];
};

const button = (label: string, command: string, value: string, what = ""): Html =>
  html`<a class="button" role="button" href="${commandLink(command, value, ...(what === "" ? [] : [what]))}"${what === "" ? "" : html` aria-label="${label} ${what}"`}>${label}</a>`;

const bytes = (parts: readonly EncodedField[]): readonly Html[] =>
  parts.length === 0
    ? []
    : [
        html`<details><summary>Bytes</summary><table class="bytes"><caption>Fields as they are encoded</caption><thead><tr><th scope="col">Offset</th><th scope="col">Length</th><th scope="col">Field</th><th scope="col">Bytes</th></tr></thead><tbody>${parts.map(row)}</tbody></table></details>`,
      ];

const row = ({ name, depth, value, offset, length, hex }: EncodedField): Html =>
  html`<tr><td>${offset}</td><td>${length}</td><th scope="row" class="depth-${Math.min(depth, 3)}"><bdi>${name}</bdi>${value === undefined ? [] : [html` <span class="dim"><bdi>${value}</bdi></span>`]}</th><td><code>${bytesText(hex, length)}</code></td></tr>`;

function bytesText(hex: string | undefined, length: number): string {
  if (hex === undefined) return "";
  if (hex === "") return "not shown: there may be a private key";
  const given = (hex.length + 1) / 3;
  return given < length ? `${hex} … ${length - given} more` : hex;
}
