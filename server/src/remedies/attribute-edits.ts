/** Attributes as places: what stands with them, and edits of one word of an argument, told by what the attribute reads as afterwards. */
import type { Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import { type Attribute, type Attributes, attributeOf } from "../rust/index.ts";
import { wholeLines } from "./lines.ts";

/** Something from the first of its attributes on. */
export const withAttributes = ({ span, attributes }: { readonly span: Span; readonly attributes: Attributes }): Span => ({
  start: Math.min(span.start, ...attributes.texts.map((it) => it.whole.start)),
  end: span.end,
});

/** What attributes say, whether the compiler sees them or not. */
const attributesIn = (read: Attribute): readonly Attribute[] => (read.path === "cfg_attr" ? read.arguments.slice(1) : [read]);

/** An argument of an attribute of one of these names. */
export interface Argument {
  readonly written: Attributes["texts"][number];
  readonly read: Attribute;
  readonly argument: Attribute;
}

export const argumentsOf = (texts: Attributes["texts"], names: readonly string[]): readonly Argument[] =>
  texts.flatMap((written) => {
    const read = attributeOf(written.text);
    return attributesIn(read)
      .filter((it) => names.includes(it.path))
      .flatMap((it) => it.arguments.map((argument) => ({ written, read, argument })));
  });

/** `from` is written as `to` where the argument becomes `other` by it, or goes, and nothing else changes. */
export function replacedIn(
  { written, read, argument }: Argument,
  other: Attribute | undefined,
  from: string,
  to: string,
): TextEdit | undefined {
  const { text, span } = written;
  const wanted = JSON.stringify(changed(read, argument, other));
  for (let at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + 1)) {
    const after = text.slice(0, at) + to + text.slice(at + from.length);
    if (JSON.stringify(attributeOf(after)) === wanted)
      return { span: { start: span.start + at, end: span.start + at + from.length }, text: to };
  }
  return undefined;
}

const changed = (read: Attribute, argument: Attribute, other: Attribute | undefined): Attribute => ({
  ...read,
  arguments: read.arguments.flatMap((it) => (it !== argument ? [changed(it, argument, other)] : other === undefined ? [] : [other])),
});

/** With its brackets, and with its lines or a blank behind it where it is taken out. */
export function withoutAttribute({ whole }: Attributes["texts"][number], text: string): TextEdit {
  const blank = text.startsWith(" ", whole.end) ? 1 : 0;
  const alone = wholeLines(text, whole);
  return { span: alone ?? { start: whole.start, end: whole.end + blank }, text: "" };
}
