/** What decides an argument before the call that has it: to write another one there would be in vain, or take the choice away. */
import { covers, type Span } from "../base/span.ts";
import type { Expression } from "../rust/index.ts";
import { declaredBefore, variableIn } from "./local-let.ts";
import type { Site } from "./site.ts";

/** A field of a variable, or a variable that a branch has filled: it decides alone, and would be set in vain. */
export function settingIn(removed: readonly Span[], site: Site): string | undefined {
  const given = site.arguments.filter((it) => removed.some((one) => covers(one, it.span)));
  const setting = given.map(asked).find((it) => isSetting(it) || isDecided(it, site));
  return setting && site.source.text.slice(setting.span.start, setting.span.end);
}

/** What a value is read from: `!self.lax`, `self.lax.get().await?`. A call that cannot fail, as `clone`, may hand on the thing itself. */
function asked(it: Expression): Expression {
  if (it.kind === "unary") return asked(it.operand);
  return it.kind === "try" || it.kind === "await" ? readFrom(it.operand) : it;
}

function readFrom(it: Expression): Expression {
  if (it.kind === "try" || it.kind === "await") return readFrom(it.operand);
  return it.kind === "method" && isSetting(it.receiver) ? it.receiver : it;
}

function isDecided(it: Expression, { blocks }: Site): boolean {
  const value = declaredBefore(variableIn(it), blocks, it.span.start)?.value;
  return value?.kind === "match" || value?.kind === "if";
}

const isSetting = (it: Expression): boolean => it.kind === "field" && (it.base.kind === "path" || isSetting(it.base));
