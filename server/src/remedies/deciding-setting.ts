/** What decides an argument before the call that has it: to write another one there would be in vain, or take the choice away. */
import { covers, type Span } from "../base/span.ts";
import type { Expression } from "../rust/index.ts";
import type { Site } from "./site.ts";

/** A field of a variable, or a variable that a branch has filled: it decides alone, and would be set in vain. */
export function settingIn(removed: readonly Span[], site: Site): string | undefined {
  const given = site.arguments.filter((it) => removed.some((one) => covers(one, it.span)));
  const setting = given.map((it) => (it.kind === "unary" ? it.operand : it)).find((it) => isSetting(it) || isDecided(it, site));
  return setting && site.source.text.slice(setting.span.start, setting.span.end);
}

function isDecided(it: Expression, { blocks }: Site): boolean {
  const [segment, ...more] = it.kind === "path" ? it.path.segments : [];
  if (segment === undefined || more.length > 0) return false;
  const filled = blocks
    .flatMap(({ statements }) => statements)
    .find((one) => one.kind === "let" && one.pattern.kind === "binding" && one.pattern.name === segment.name);
  return filled?.kind === "let" && (filled.value?.kind === "match" || filled.value?.kind === "if");
}

const isSetting = (it: Expression): boolean => it.kind === "field" && (it.base.kind === "path" || isSetting(it.base));
