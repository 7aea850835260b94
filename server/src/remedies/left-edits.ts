/** Items and imports taken out of a file, with what belongs to them. */
import { covers, type Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import { withAttributes } from "./attribute-edits.ts";
import type { Implementation } from "./declarations.ts";
import type { EditedSource } from "./edited-source.ts";
import { column, endsLine, indentationAt, lineStart, nextLine, startsLine, styleOf } from "./lines.ts";
import { isGone, type Sheet } from "./sheet.ts";
import { aboveComments } from "./statements.ts";
import { reordered } from "./use-lines.ts";
import { useWithout } from "./use-tree.ts";

/** With its attributes and what is written about it directly above; what opens the file belongs to the file. */
export function wholeItem(item: Implementation, source: EditedSource): Span {
  const { text } = source;
  const { start } = withAttributes(item);
  const above = aboveComments(start, source);
  return { start: lineStart(text, above) === 0 ? start : above, end: item.span.end };
}

export function editsOf(sheet: Sheet): readonly TextEdit[] {
  const { source, items, imports } = sheet;
  const { text } = source;
  const edits: TextEdit[] = [];
  const whole = [...items];
  for (const [item, names] of imports) {
    if (isGone(item.span, { ...sheet, imports: new Map() })) continue;
    if (names.length === item.imports.length) {
      whole.push(item.span);
      continue;
    }
    const { eol, unit } = styleOf(text);
    const indentation = indentationAt(text, item.span.start);
    const left = useWithout(text.slice(item.span.start, item.span.end), item.span.start, names, unit, eol, column(text, item.span.start));
    if (left === undefined) continue;
    edits.push(...reordered(item, left.replaceAll(eol, eol + indentation), source.uses, text));
  }
  return [...edits, ...withoutItems(whole, text)];
}

/** `parts`: there is a blank line in it. */
interface Run extends Span {
  readonly parts: boolean;
}

/** Items that follow each other go together, with one of two blank lines around them; what a blank line between them parted stays parted. */
function withoutItems(spans: readonly Span[], text: string): readonly TextEdit[] {
  const runs: Run[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = runs.at(-1);
    const between = last === undefined ? "" : text.slice(last.end, span.start);
    if (last !== undefined && (covers(last, span) || /^\s*$/.test(between)))
      runs[runs.length - 1] = {
        start: last.start,
        end: Math.max(last.end, span.end),
        parts: last.parts || /(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)/.test(between),
      };
    else runs.push({ ...span, parts: false });
  }
  return runs.map((run) => {
    if (!startsLine(text, run.start) || !endsLine(text, run.end) || /\/\//.test(text.slice(run.end, nextLine(text, run.end))))
      return { span: { start: run.start, end: run.end + (/^ /.test(text.slice(run.end)) ? 1 : 0) }, text: "" };
    let start = lineStart(text, run.start);
    let end = nextLine(text, run.end);
    const above = text.slice(0, start);
    const below = text.slice(end);
    const blank = /^[ \t]*(?:\r\n|\n|\r)/.exec(below)?.[0].length;
    const opens = /(?:^|[{]\s*(?:\r\n|\n|\r)|(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r))$/.test(above);
    if (run.parts && blank === undefined && !opens && /^[ \t]*[^\s}]/.test(below)) return { span: { start, end }, text: styleOf(text).eol };
    if (blank !== undefined && opens) end += blank;
    else if (/^[ \t]*(?:\}|$)/.test(below)) start -= /(?:\r\n|\n|\r)([ \t]*(?:\r\n|\n|\r))$/.exec(above)?.[1]?.length ?? 0;
    return { span: { start, end }, text: "" };
  });
}
