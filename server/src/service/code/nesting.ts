/** Types and patterns that nest deeper than the parser follows: what says something about TLS in one is told as failed, and not called clean. */
import { tooDeepIn } from "../../rust/index.ts";
import type { Gap } from "../api.ts";

/** `mentions`: whether a text says anything about TLS. */
export const nestingGaps = (file: string, text: string, mentions: (text: string) => boolean): readonly Gap[] =>
  tooDeepIn(text)
    .filter(({ start, end }) => mentions(text.slice(start, end)))
    .map((span) => ({ file, kind: "failed", reason: "code is nested too deeply to be analysed", span }));
