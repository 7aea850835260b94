/**
 * Code that lies deeper than anything here follows. The bounds are those of `rust/` and of the modules in a file; until they
 * go, what says something about TLS beyond them is told as failed, and not called clean.
 */
import type { Span } from "../../base/span.ts";
import { DEEPEST_NESTING } from "../../rust/bounds.ts";
import { type Braces, nestingOf } from "../../rust/index.ts";
import type { Gap } from "../api.ts";

/** Modules within modules of one file. */
const DEEPEST_MODULE = 40;

/** `mentions`: whether a text says anything about TLS. */
export function nestingGaps(file: string, text: string, mentions: (text: string) => boolean): readonly Gap[] {
  const { braces, passedOver } = nestingOf(text);
  return [...tooDeep(braces), ...passedOver]
    .filter(({ start, end }) => mentions(text.slice(start, end)))
    .map((span) => ({ file, kind: "failed", reason: "code is nested too deeply to be analysed", span }));
}

/** The outermost places beyond the bounds. */
function tooDeep(braces: readonly Braces[]): readonly Span[] {
  const found: Span[] = [];
  for (const { span, modules, brackets } of braces)
    if ((modules > DEEPEST_MODULE || brackets >= DEEPEST_NESTING) && span.end > (found.at(-1)?.end ?? -1)) found.push(span);
  return found;
}
