/**
 * Code as rustfmt lays it out in its default style (rustfmt 1.8, style edition 2021): statements, the values of blocks, and constants.
 * What a rule is missing for is undefined, never printed by guess; nothing but blanks, commas and braces around a value ever changes.
 */
import type { TextEdit } from "../../base/text-edit.ts";
import type { Expression, Item, Statement } from "../ast.ts";
import type { RustFile } from "../parser.ts";
import { aligned } from "./align.ts";
import { printBinding, printStatement } from "./blocks.ts";
import { createPrinter } from "./expressions.ts";
import { outerSpan, PLAIN } from "./printer.ts";
import { atIndent } from "./shape.ts";

/** What has its layout by itself: it starts a line. */
export type Unit =
  | { readonly of: "statement"; readonly node: Statement }
  | { readonly of: "value"; readonly node: Expression }
  | { readonly of: "constant"; readonly node: Extract<Item, { readonly kind: "const" | "static" }> };

/** The end of a line, and one level of indentation. */
export interface Style {
  readonly eol: string;
  readonly unit: string;
}

/** Longer ones are a program of their own. */
const LONGEST = 20_000;

/** The edits that lay a unit out; undefined where it does not start a line, or has what is not laid out here. */
export function layoutEdits(unit: Unit, { text, comments }: RustFile, style: Style): readonly TextEdit[] | undefined {
  const { start, end } = unit.of === "value" ? outerSpan(unit.node) : unit.node.span;
  const lineStart = Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1;
  const indentation = text.slice(lineStart, start);
  if (!/^[ \t]*$/.test(indentation) || end - start > LONGEST) return undefined;
  const tab = style.unit === "\t" ? TAB : style.unit.length;
  const indent = [...indentation].reduce((sum, it) => sum + (it === "\t" ? tab : 1), 0);
  const printed = printUnit(unit, text, indent, createPrinter(text, comments, tab));
  if (printed === undefined) return undefined;
  const wanted = printed.replace(/\n( *)/g, (_, blanks: string) => style.eol + inStyle(blanks, indent, indentation, tab, style));
  const written = text.slice(start, end);
  return aligned(written, wanted)?.map((it) => ({ span: { start: it.span.start + start, end: it.span.end + start }, text: it.text }));
}
/** Columns of a tab. */
const TAB = 4;

/** The unit's own indentation is kept as it is written. */
function inStyle(blanks: string, indent: number, indentation: string, tab: number, { unit }: Style): string {
  const deeper = blanks.length - indent;
  return deeper < 0 ? blanks : indentation + unit.repeat(Math.floor(deeper / tab)) + " ".repeat(deeper % tab);
}

function printUnit(unit: Unit, text: string, indent: number, printer: ReturnType<typeof createPrinter>): string | undefined {
  switch (unit.of) {
    case "statement":
      return printStatement(unit.node, indent, printer);
    case "value":
      return printer.expression(unit.node, atIndent(indent), { ...PLAIN, isStatement: true });
    case "constant": {
      const value = unit.node.value();
      return value === undefined
        ? undefined
        : printBinding(text.slice(unit.node.span.start, outerSpan(value).start), value, indent, printer);
    }
  }
}
