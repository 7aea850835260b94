/** Places of directives and the edits that go there: a word replaced, a directive set behind another with its indentation. */
import { type Span, span } from "../../base/span.ts";
import type { TextEdit } from "../../base/text-edit.ts";
import type { Place } from "../../tls/facts.ts";
import type { Directive, Word } from "./tree.ts";

/** Of files, by their names. */
export type Texts = ReadonlyMap<string, string>;

/** From the name to the last word, without the `;`. */
export const placeOf = ({ file, name, words }: Directive): Place => ({
  file,
  span: span(name.span.start, (words.at(-1) ?? name).span.end),
});

export const wordPlace = ({ file }: Directive, { span: it }: Word): Place => ({ file, span: it });

/** As a message quotes it. */
export const writtenOf = ({ name, words }: Directive): string => [name, ...words].map(({ value }) => value).join(" ");

/** As the file has it, on one line. */
export const writtenIn = ({ file, name, words }: Directive, texts: Texts): string =>
  [name, ...words].map(({ span: it }) => texts.get(file)?.slice(it.start, it.end) ?? "").join(" ");

/** All words of a directive by others. */
export function reworded({ name, words }: Directive, text: string): readonly TextEdit[] {
  const [first] = words;
  const at: Span = first === undefined ? span(name.span.end, name.span.end) : span(first.span.start, (words.at(-1) ?? first).span.end);
  return [{ span: at, text: first === undefined ? ` ${text}` : text }];
}

/** A line before a directive, indented as it is. */
export function lineBefore({ file, span: it }: Directive, line: string, texts: Texts): readonly TextEdit[] {
  const text = texts.get(file) ?? "";
  const before = text.slice(text.lastIndexOf("\n", it.start - 1) + 1, it.start);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  return [{ span: span(it.start, it.start), text: `${line}${before.trim() === "" ? `${newline}${before}` : " "}` }];
}

/** Lines behind a directive, indented as it is. */
export function linesBehind({ file, span: it }: Directive, lines: readonly string[], texts: Texts): readonly TextEdit[] {
  const text = texts.get(file) ?? "";
  const start = text.lastIndexOf("\n", it.start - 1) + 1;
  const before = text.slice(start, it.start);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  // Behind another directive on one line there is nothing to copy.
  const lead = before.trim() === "" ? `${newline}${before}` : " ";
  return lines.length === 0 ? [] : [{ span: span(it.end, it.end), text: lines.map((line) => `${lead}${line}`).join("") }];
}
