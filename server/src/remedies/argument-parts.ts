/** Parts of what a call is given, taken out: one of the flags of `A | B`, one of the words of a literal. */
import { err, ok, type Result } from "../base/result.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Expression } from "../rust/index.ts";
import type { Site } from "./site.ts";
import type { Filler } from "./template.ts";

/** `"DEFAULT:@SECLEVEL=0"` → `"DEFAULT"`. */
export function withoutWord(word: string, argument: Expression | undefined, text: string): Result<readonly TextEdit[], string> {
  const written = argument?.kind === "literal" ? text.slice(argument.span.start, argument.span.end) : "";
  const at = written.indexOf(word);
  if (argument === undefined || at < 0) return err("the list is not written in the call");
  const start = argument.span.start + at;
  const separator = /[:, ;]$/.test(written.slice(0, at)) ? 1 : 0;
  return ok([{ span: { start: start - separator, end: start + word.length }, text: "" }]);
}

/** What stays of `A | B`, as it is written; `empty()` where the flag was all. */
export function flagsWithout(flag: string, argument: Expression | undefined, { source }: Site, filler: Filler): Result<string, string> {
  const operands = argument === undefined ? [] : operandsOf(argument);
  const staying = operands.filter((it) => !isFlag(it, flag, filler));
  if (staying.length === operands.length) return err("the flag is not written in the call");
  const written = (it: Expression): string => source.text.slice(it.span.start, it.span.end);
  const [first] = operands;
  if (staying.length === 0 && first !== undefined) return ok(written(first).replace(/(?<!\w)\w+$/, "empty()"));
  return ok(staying.map(written).join(" | "));
}

export const isFlag = (it: Expression, flag: string, filler: Filler): boolean =>
  it.kind === "path" && filler.means(it.path.segments.map((one) => one.name)).includes(flag);

export const operandsOf = (it: Expression): readonly Expression[] =>
  it.kind === "binary" && it.operator === "|" ? [...operandsOf(it.left), ...operandsOf(it.right)] : [it];
