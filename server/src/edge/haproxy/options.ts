/** Options of a line: a word, and what stands behind it. */
import { span } from "../../base/span.ts";
import type { Place } from "../../tls/facts.ts";
import type { Line, Section, Word } from "./syntax.ts";

export const lines = ({ lines: all }: Section, keyword: string): readonly Line[] => all.filter(({ words }) => words[0]?.value === keyword);

/** What stands behind a word of a line. */
const after = ({ words }: Line, name: string): Word | undefined => words[words.findIndex(({ value }) => value === name) + 1];
export const optionOf = (line: Line, name: string): Word | undefined => (has(line, name) ? after(line, name) : undefined);
export const has = ({ words }: Line, name: string): boolean => words.some(({ value }) => value === name);

export const pair = (file: string, { words }: Line, value: Word): Place => {
  const key = words[words.indexOf(value) - 1] ?? value;
  return { file, span: span(key.span.start, value.span.end) };
};
