/** Sides of a decision that a fix made alike: one of them stays, and with it what was asked goes, where nothing else needs it. */
import { err, ok, type Result } from "../base/result.ts";
import { covers, type Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import { type Block, type Expression, type ExpressionOf, isSameCode, type MatchArm, type RustFile } from "../rust/index.ts";
import { nextLine, startsLine } from "./lines.ts";
import { variableIn } from "./local-let.ts";
import { bindsIn } from "./patterns.ts";
import { aboveComments } from "./statements.ts";
import { expressionsAt, itemAncestor, visitAll } from "./trail.ts";

export interface Merged {
  readonly edits: readonly TextEdit[];
  /** What the whole is called then, where that is more than the fix was. */
  readonly title?: string;
}

/** `changed`: what the fix has written. The edits are stated against `after`; the error says what would be done or asked in vain. */
export function mergedBranches(after: RustFile, changed: readonly Span[]): Result<Merged, string> {
  const edits: TextEdit[] = [];
  let title: string | undefined;
  let inVain: string | undefined;
  visitAll(after.items.map(itemAncestor), ({ of, node, span }) => {
    if (!changed.some((it) => it.start <= span.end && span.start <= it.end)) return false;
    if (of !== "expression" || (node.kind !== "match" && node.kind !== "if")) return true;
    const merged =
      node.kind === "match" ? (withoutRetry(node, changed, after) ?? mergedArms(node, changed, after)) : mergedSides(node, changed, after);
    if (merged.ok) {
      edits.push(...merged.value.edits);
      title ??= merged.value.title;
    } else inVain ??= merged.error;
    return merged.ok && merged.value.edits.length === 0;
  });
  return inVain === undefined ? ok({ edits, ...(title === undefined ? {} : { title }) }) : err(inVain);
}

const NONE: Result<Merged, string> = ok({ edits: [] });
const one = (edit: TextEdit): Result<Merged, string> => ok({ edits: [edit] });
const askedInVain = (asked: Expression, after: RustFile): Result<Merged, string> =>
  err(`\`${textOf(asked, after)}\` would decide nothing any more: decide what becomes of it`);

/** A failure after which the same would be done again: the arm goes where the next one takes what it took. */
function withoutRetry(
  { arms, scrutinee }: ExpressionOf<"match">,
  changed: readonly Span[],
  after: RustFile,
): Result<Merged, string> | undefined {
  const asked = callsIn(scrutinee);
  for (const [at, arm] of arms.entries()) {
    const own = callsIn(arm.body).findLast((it) => isChanged(it, changed));
    if (own === undefined || !asked.some((it) => isSameCode(textOf(it, after), textOf(own, after)))) continue;
    const next = arms[at + 1];
    const isTaken = arm.condition !== undefined && next?.condition === undefined;
    if (!isTaken || next === undefined || !isSameCode(textOf(arm.pattern, after), textOf(next.pattern, after)))
      return err(`\`${textOf(own, after)}\` would be tried again in vain: decide what becomes of the second try`);
    return ok({ edits: [armGone(arm, next, after)], title: "Remove the retry" });
  }
  return undefined;
}

const callsIn = (whole: Expression): readonly Expression[] =>
  expressionsAt(whole).filter((it) => it.kind === "call" || it.kind === "method");

const textOf = ({ span }: { readonly span: Span }, { text }: RustFile): string => text.slice(span.start, span.end);

const isChanged = ({ span }: { readonly span: Span }, changed: readonly Span[]): boolean => changed.some((it) => covers(span, it));

const hasComment = ({ start, end }: Span, { comments }: RustFile): boolean => comments.some((it) => it.start >= start && it.end <= end);

/** Of two arms one after the other; with only these two, nothing is asked any more. */
function mergedArms(whole: ExpressionOf<"match">, changed: readonly Span[], after: RustFile): Result<Merged, string> {
  const { arms, scrutinee, span } = whole;
  for (const [at, arm] of arms.entries()) {
    const next = arms[at + 1];
    if (next === undefined || !(isChanged(arm.body, changed) || isChanged(next.body, changed))) continue;
    if (!isSameCode(textOf(arm.body, after), textOf(next.body, after))) continue;
    const edit = mergedPair(arm, next, after);
    if (edit === undefined) continue;
    if (arms.length > 2 || next.condition !== undefined) return one(edit);
    if (bindsIn(next.pattern)) return NONE;
    const isPlain = isSpare(scrutinee, span, after) && !hasComment({ start: span.start, end: next.body.span.start }, after);
    return isPlain ? one({ span, text: textOf(next.body, after) }) : askedInVain(scrutinee, after);
  }
  return NONE;
}

function mergedPair(arm: MatchArm, next: MatchArm, after: RustFile): TextEdit | undefined {
  const [pattern, other] = [arm.pattern, next.pattern];
  if (arm.attributes.texts.length + next.attributes.texts.length > 0 || next.condition !== undefined) return undefined;
  // What is matched without the condition takes all that is matched with it.
  const isTaken = (other.kind === "wildcard" && !bindsIn(pattern)) || isSameCode(textOf(pattern, after), textOf(other, after));
  if (isTaken) return armGone(arm, next, after);
  const between = { start: pattern.span.end, end: other.span.start };
  const joins = arm.condition === undefined && !bindsIn(pattern) && !bindsIn(other) && !hasComment(between, after);
  return joins ? { span: between, text: " | " } : undefined;
}

/** With its lines and what is said above it. */
function armGone({ span }: MatchArm, next: MatchArm, after: RustFile): TextEdit {
  const start = aboveComments(span.start, after);
  const end = aboveComments(next.span.start, after);
  const isWhole = startsLine(after.text, start) && startsLine(after.text, end);
  return { span: { start, end: isWhole ? Math.max(end, nextLine(after.text, span.end)) : end }, text: "" };
}

function mergedSides(whole: ExpressionOf<"if">, changed: readonly Span[], after: RustFile): Result<Merged, string> {
  const { condition, then, otherwise, span } = whole;
  const other = otherwise?.kind === "block" ? otherwise.block : undefined;
  if (other === undefined || !(isChanged(then, changed) || isChanged(other, changed))) return NONE;
  if (!isSameCode(textOf(then, after), textOf(other, after))) return NONE;
  const only = onlyIn(other);
  const asked = condition.kind !== "let" ? condition : bindsIn(condition.pattern) ? undefined : condition.value;
  if (only === undefined || asked === undefined || !isSpare(asked, span, after) || hasComment(span, after))
    return askedInVain(condition, after);
  return one({ span, text: textOf(only, after) });
}

function onlyIn({ statements, tail, items }: Block): { readonly span: Span } | undefined {
  const [only, ...more] = [...statements, ...(tail === undefined ? [] : [tail])];
  return more.length > 0 || items.length > 0 ? undefined : only;
}

/** It can go without a trace: nothing is called to know it, and no variable is left without a use. */
function isSpare(asked: Expression, whole: Span, after: RustFile): boolean {
  if (!isKnown(asked)) return false;
  const own = new Set(expressionsAt(asked).flatMap((it) => variableIn(it) ?? []));
  const elsewhere = new Set<string>();
  visitAll(after.items.map(itemAncestor), ({ of, node, span }) => {
    const name = of === "expression" ? variableIn(node) : undefined;
    if (name !== undefined) elsewhere.add(name);
    return span !== whole;
  });
  return [...own].every((it) => elsewhere.has(it));
}

/** Nothing is called to know it. */
export function isKnown(it: Expression): boolean {
  switch (it.kind) {
    case "literal":
    case "path":
      return true;
    case "field":
      return isKnown(it.base);
    case "unary":
    case "reference":
      return isKnown(it.operand);
    case "binary":
      return isKnown(it.left) && isKnown(it.right);
    case "macro":
      return it.path.segments.at(-1)?.name === "cfg";
    default:
      return false;
  }
}
