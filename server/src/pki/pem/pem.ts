/** PEM (RFC 7468) as people really write it: every section with its places, and every defect as data. */
import { type Span, span } from "../../base/span.ts";
import { type Base64, isDigit, readBase64 } from "./base64.ts";
import { type Boundary, behindRemark, findBoundaries, isLabel } from "./boundaries.ts";
import { partsInUtf16 } from "./encoding.ts";
import { readHeaders } from "./headers.ts";
import type { PemProblem, PemSection } from "./pem-section.ts";
import { isStrict } from "./strict.ts";
import { readStrictText } from "./strict-text.ts";

/** Bundles of all public roots have 150, and the largest file that is read has room for 40,000 certificates: what has more is made to hurt. */
export const MAXIMUM_SECTIONS = 50_000;

export interface PemText {
  readonly sections: readonly PemSection[];
  /** There may be sections beyond these. */
  readonly cut: boolean;
  /** END lines that close nothing. */
  readonly problems: readonly PemProblem[];
  /** There is nothing beside sections that are written strictly. */
  readonly isStrict: boolean;
}

/** Asked for by one reader after the other: that of the latest text is kept. */
let latest: { readonly text: string; readonly pem: PemText } | undefined;

export function readPem(text: string): PemText {
  if (latest?.text !== text) latest = { text, pem: readSections(text) };
  return latest.pem;
}

function readSections(text: string): PemText {
  const strict = readStrictText(text, MAXIMUM_SECTIONS, isUsual);
  return strict === undefined ? readAnySections(text) : { sections: strict, problems: [], cut: false, isStrict: true };
}

/** Whether it is an object's name as others have it, and no boundary of another format. */
const isUsual = (label: string): boolean => UNUSUAL_LABELS[label] === undefined && isLabel(label);

function readAnySections(text: string): PemText {
  const atMost = 2 * MAXIMUM_SECTIONS + 1;
  const boundaries = findBoundaries(text, atMost);
  const sections: PemSection[] = [];
  const problems: PemProblem[] = partsInUtf16(text);
  let index = 0;
  for (; index < boundaries.length && sections.length < MAXIMUM_SECTIONS; index++) {
    const first = boundaries[index];
    const second = boundaries[index + 1];
    if (first === undefined) break;
    const closed = first.word === "BEGIN" && second?.word === "END";
    const inside = span(first.span.end, second?.span.start ?? text.length);
    // A private key is out for all to see in a comment, too.
    if (first.position === "inside" && first.word === "BEGIN" && !first.label.endsWith("PRIVATE KEY")) {
      if (isCommentedOut(text, first.span.start, inside)) {
        problems.push({ defect: "commented-out", span: first.span, message: `\`BEGIN ${first.label}\` is commented out` });
        if (closed) index++;
        continue;
      }
    }
    if (first.position === "inside" && !(closed && second.label === first.label && looksLikeBase64(text, inside))) {
      // A sentence that mentions a boundary.
      continue;
    }
    if (first.word === "END") {
      problems.push({ defect: "missing-begin", span: first.span, message: `\`END ${first.label}\` has no \`BEGIN\` before it` });
      continue;
    }
    sections.push(readSection(text, first, closed ? second : undefined, second?.span.start ?? text.length));
    if (closed) index++;
  }
  return { sections, problems, cut: index < boundaries.length || boundaries.length === atMost, isStrict: false };
}

function readSection(text: string, begin: Boundary, end: Boundary | undefined, limit: number): PemSection {
  const close = end?.span.start ?? lastLineOfBase64(text, begin.span.end, limit);
  return new ReadSection(text, begin, end, span(begin.span.end, close));
}

/** What is wrong with it is found out when somebody asks: whoever compares many files wants only what they hold. */
class ReadSection implements PemSection {
  readonly label: string;
  readonly endLabel: string | undefined;
  readonly span: Span;
  readonly begin: Span;
  readonly end: Span | undefined;
  readonly body: Span;
  readonly headers: readonly string[];
  readonly base64: Base64;
  readonly #text: string;
  readonly #from: number;
  readonly #boundaries: readonly [Boundary, Boundary | undefined];
  #problems: readonly PemProblem[] | undefined;
  #strict: boolean | undefined;

  constructor(text: string, begin: Boundary, end: Boundary | undefined, body: Span) {
    const { headers, from } = readHeaders(text, body);
    this.label = begin.label;
    this.endLabel = end?.label;
    this.span = span(begin.span.start, end?.span.end ?? body.end);
    this.begin = begin.span;
    this.end = end?.span;
    this.body = body;
    this.headers = headers;
    this.base64 = readBase64(text, span(behindRemark(text, span(from, body.end)), body.end));
    this.#text = text;
    this.#from = from;
    this.#boundaries = [begin, end];
  }
  get problems(): readonly PemProblem[] {
    this.#problems ??= this.isStrict ? NONE : this.#find();
    return this.#problems;
  }
  get isStrict(): boolean {
    const isAtStart = UNUSUAL_LABELS[this.label] === undefined && this.#boundaries[0].position === "start";
    this.#strict ??= isAtStart && this.base64.digits > 0 && this.base64.padding === undefined && isStrict(this.#text, this.span);
    return this.#strict;
  }
  #find(): readonly PemProblem[] {
    const [begin, end] = this.#boundaries;
    return [
      ...boundaryProblems(begin),
      ...(end === undefined ? [] : boundaryProblems(end)),
      ...followingText(this.#text, begin, end),
      ...layoutProblems(this.#text, begin, end, this.body, this.#from, this.base64),
      ...contentProblems(this.#text, begin, end, this.body, this.headers, this.base64),
    ];
  }
}

const NONE: readonly PemProblem[] = [];

function boundaryProblems({ word, label, span, position, defect }: Boundary): PemProblem[] {
  const problems: PemProblem[] = [];
  const name = `\`${word} ${label}\``;
  if (defect !== undefined) problems.push({ defect: "malformed-boundary", span, message: `the ${word} boundary ${defect}` });
  if (position === "indented") problems.push({ defect: "indented-boundary", span, message: `spaces before ${name}` });
  if (position === "glued")
    problems.push({ defect: "glued-boundary", span, message: `${name} is on the same line as the previous boundary` });
  if (position === "inside") problems.push({ defect: "boundary-inside-line", span, message: `text before ${name} on the same line` });
  return problems;
}

/** Text behind a boundary on its line; a whole section on one line, or two boundaries side by side, are other defects. */
function followingText(text: string, begin: Boundary, end: Boundary | undefined): PemProblem[] {
  const problems: PemProblem[] = [];
  const rest = / *([^ \r\n-][^\r\n]{0,40})/y;
  for (const boundary of end === undefined ? [begin] : [begin, end]) {
    rest.lastIndex = boundary.span.end;
    const found = rest.exec(text)?.[1];
    if (found === undefined || (boundary === begin && end !== undefined && !/[\r\n]/.test(text.slice(begin.span.end, end.span.start))))
      continue;
    const message = `text after \`${boundary.word} ${boundary.label}\` on the same line`;
    problems.push({ defect: "text-after-boundary", span: span(boundary.span.start, rest.lastIndex), message });
  }
  return problems;
}

/** How the section is laid out in lines. */
function layoutProblems(text: string, begin: Boundary, end: Boundary | undefined, body: Span, from: number, base64: Base64): PemProblem[] {
  const problems: PemProblem[] = [];
  if (base64.escape !== undefined) {
    problems.push({
      defect: "escaped-newlines",
      span: base64.escape,
      message: "line breaks are written as `\\n` (JSON or environment variable)",
    });
  } else if (end !== undefined && !/[\r\n]/.test(text.slice(body.start, body.end))) {
    problems.push({ defect: "single-line", span: begin.span, message: "the whole section is on one line" });
  }
  const inside = text.slice(from, body.end);
  const close = end?.span.end ?? body.end;
  // Behind END one alone does not end the line for OpenSSL, unless nothing follows.
  if (/\r(?!\n)/.test(text.slice(body.start, close)) || /^\r[^\r\n]/.test(text.slice(close, close + 2))) {
    problems.push({ defect: "cr-only", span: begin.span, message: "lines end with a carriage return only" });
  } else {
    // `inside` starts with the line end of the boundary, or of the blank line that closes the headers.
    const blank = /\n[ \t]*\r?\n/.exec(inside);
    if (blank !== null) {
      const at = from + blank.index + 1;
      problems.push({ defect: "blank-line", span: span(at, at + 1), message: "blank line inside the section" });
    }
  }
  return problems;
}

function contentProblems(
  text: string,
  begin: Boundary,
  end: Boundary | undefined,
  body: Span,
  headers: readonly string[],
  base64: Base64,
): PemProblem[] {
  const problems: PemProblem[] = [];
  const [header] = headers;
  if (header !== undefined) {
    const at = text.indexOf(header, body.start);
    problems.push({ defect: "inner-headers", span: span(at, at + header.length), message: "header lines inside the section" });
  }
  if (end === undefined) {
    problems.push({ defect: "missing-end", span: begin.span, message: `\`BEGIN ${begin.label}\` has no \`END\` line` });
  } else if (end.label !== begin.label) {
    const message = `\`BEGIN ${begin.label}\` is closed by \`END ${end.label}\``;
    problems.push({ defect: "label-mismatch", span: end.span, message });
  }
  const usual = UNUSUAL_LABELS[begin.label];
  if (usual !== undefined) {
    problems.push({ defect: "unusual-label", span: begin.span, message: `label is \`${begin.label}\` instead of \`${usual}\`` });
  }
  const [strange] = base64.strange;
  if (strange !== undefined) {
    const others = base64.strangeCount > 1 ? ` (first of ${base64.strangeCount})` : "";
    const shown = `U+${(text.codePointAt(strange.start) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
    problems.push({ defect: "bad-character", span: strange, message: `invalid base64 character ${shown}${others}` });
  } else if (base64.digits === 0) {
    problems.push({ defect: "empty-body", span: begin.span, message: "the section is empty" });
  } else if (base64.padding !== undefined) {
    problems.push({ defect: "bad-padding", span: base64.padding, message: "base64 padding is wrong" });
  }
  return problems;
}

/** Labels that OpenSSL reads as the one at the right (`PEM_STRING_*` of `openssl/pem.h`). */
const UNUSUAL_LABELS: Readonly<Record<string, string>> = {
  "X509 CERTIFICATE": "CERTIFICATE",
  "TRUSTED CERTIFICATE": "CERTIFICATE",
  "NEW CERTIFICATE REQUEST": "CERTIFICATE REQUEST",
};

/** Where a section without an END line ends: after the last line that could be base64. */
function lastLineOfBase64(text: string, start: number, limit: number): number {
  let end = start;
  // The first piece is the rest of the boundary's own line.
  for (let from = start; from < limit; ) {
    let to = from;
    while (to < limit && text.charCodeAt(to) !== 0x0a && text.charCodeAt(to) !== 0x0d) to++;
    const line = text.slice(from, to).trim();
    if (line !== "" && !consistsOfDigits(line)) break;
    if (line !== "") end = to;
    else if (end > start && from > end + 1) break;
    from = to + 1;
  }
  return end;
}

function consistsOfDigits(line: string): boolean {
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (!isDigit(code) && code !== 0x3d) return false;
  }
  return true;
}

/** Its first lines, the boundary's among them, begin as comments do. */
function isCommentedOut(text: string, begin: number, inside: Span): boolean {
  const before = /(?:^|[\r\n])([^\r\n]*)$/.exec(text.slice(Math.max(0, begin - SAMPLE), begin))?.[1] ?? "";
  const lines = text.slice(begin, Math.min(inside.end, inside.start + SAMPLE)).split(/\r\n|[\r\n]/);
  const commented = lines.length > 1 && [before, ...lines.slice(1, -1)].every((line) => /^\s*(?:[#;]|\/\/)/.test(line));
  return commented && looksLikeBase64(text, inside);
}
const SAMPLE = 256;

/** At least a dozen digits, and hardly anything else: the first characters decide. */
function looksLikeBase64(text: string, body: Span): boolean {
  const sample = text.slice(body.start, Math.min(body.end, body.start + SAMPLE)).replace(/\\[nr]|["',\s]/g, "");
  const digits = sample.replace(/[^A-Za-z0-9+/=]/g, "").length;
  return digits >= 12 && digits >= sample.length * 0.9;
}
