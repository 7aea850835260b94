/** An option that is named for a check and passed as it is to what switches the check off: the call is wrong, not the option's value. */
import { polarityOfName } from "../analysis/option-names.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Expression } from "../rust/index.ts";
import type { Fact, Observation } from "../tls/facts.ts";
import type { Site } from "./site.ts";

export interface Negated {
  readonly edits: readonly TextEdit[];
  /** What is passed now. */
  readonly argument: string;
}

/** Undefined where name and call agree, or the name tells nothing. */
export function forgottenNegation({ callModel, arguments: given, source }: Site, { fact }: Observation): Negated | undefined {
  const isIt = (it: Fact | undefined): boolean => it !== undefined && JSON.stringify(it) === JSON.stringify(fact);
  for (const it of callModel?.effects ?? []) {
    const passed = it.kind === "switch" && (isIt(it.on) || isIt(it.off)) ? given[it.argument] : undefined;
    if (it.kind !== "switch" || passed === undefined) continue;
    const { option, negated } = stripped(passed);
    // What is asked for where the argument is true.
    const asks = polarityOfName(nameOf(option) ?? "") * (negated ? -1 : 1);
    if (asks === 0 || asks === (isIt(it.on) ? 1 : -1)) continue;
    const written = source.text.slice(option.span.start, option.span.end);
    const argument = negated ? written : `!${written}`;
    return { edits: [{ span: passed.span, text: argument }], argument };
  }
  return undefined;
}

function stripped(it: Expression): { readonly option: Expression; readonly negated: boolean } {
  if (it.kind !== "unary" || it.operator !== "!") return { option: it, negated: false };
  const { option, negated } = stripped(it.operand);
  return { option, negated: !negated };
}

/** A variable or a field. */
const nameOf = (it: Expression): string | undefined =>
  it.kind === "field" ? it.name : it.kind === "path" ? it.path.segments.at(-1)?.name : undefined;
