/**
 * What an edit made shorter is joined again, as rustfmt would: emptied blocks, argument lists, closures and match arms that had
 * been broken for their length alone, and the chains that these stand in. What its author broke without need stays broken.
 */
import { covers, type Span, sameSpan } from "../../base/span.ts";
import { applyEdits, type TextEdit } from "../../base/text-edit.ts";
import type { RustFile } from "../../rust/index.ts";
import { PLAIN_MACROS } from "../evaluate/standard.ts";
import { chainAround, isWholeValue, operandOf, spansLines } from "./chain.ts";
import {
  callFits,
  chainFits,
  column,
  fitsWidth,
  indentationAt,
  isNarrow,
  joinsFirst,
  lineEnd,
  lineStart,
  splitArguments,
  splitChain,
  splitOperands,
  styleOf,
  width,
} from "./layout.ts";
import type { Link } from "./trail.ts";

/** A broken part, and how it is written on one line; undefined for what has to stay on several. */
interface Part {
  readonly span: Span;
  join(text: string): string | undefined;
}

/** `trail`: the way to the edited place. */
export function tidied(edits: readonly TextEdit[], trail: readonly Link[], source: RustFile): readonly TextEdit[] {
  let current = edits;
  for (const [at, link] of [...trail.entries()].reverse()) {
    for (const part of partsOf(link, trail[at - 1], source.text)) current = joined(current, part, source);
    current = hung(unfolded(current, trail.slice(0, at + 1), source), trail.slice(0, at + 1), source);
    if (link.of === "item") break;
  }
  return current;
}

function joined(edits: readonly TextEdit[], { span, join }: Part, { text, comments }: RustFile): readonly TextEdit[] {
  const before = text.slice(span.start, span.end);
  const own = edits.filter((it) => covers(span, it.span));
  if (own.length === 0 || !/[\r\n]/.test(before) || comments.some((it) => covers(span, it))) return edits;
  const after = editedWithin(span, own, text);
  if (/\/[/*]/.test(after)) return edits;
  const fits = (it: string | undefined): it is string =>
    it !== undefined && !/[\r\n]/.test(it) && fitsWidth(column(text, span.start) + width(it) + lineEnd(text, span.end) - span.end);
  const line = join(after);
  if (!fits(line) || fits(join(before))) return edits;
  return [...edits.filter((it) => !own.includes(it)), { span, text: line }];
}

/**
 * A chain whose root or calls went over several lines, and are one line each now, hangs below its root or fits on one line:
 * below a closure that is a block, the calls stand no deeper than the root.
 */
function hung(edits: readonly TextEdit[], trail: readonly Link[], source: RustFile): readonly TextEdit[] {
  const { text, comments } = source;
  const [link, around] = [trail.at(-1), trail.at(-2)];
  if (link?.of !== "expression" || operandOf(link.node) === undefined) return edits;
  if (around?.of === "expression" && operandOf(around.node) === link.node) return edits;
  const chain = chainAround(link.node, trail, source);
  const own = edits.filter((it) => covers(chain.span, it.span));
  const parts = [chain.root, ...chain.pieces.map((it) => it.span)];
  if (own.length === 0 || !parts.some((it) => spansLines(text.slice(it.start, it.end)))) return edits;
  if (!isWholeValue(text, chain) || comments.some((it) => covers(chain.span, it))) return edits;
  // Where calls go or come, the layout of the chain is their edit's.
  if (!own.every((edit) => parts.some((it) => covers(it, edit.span) && !sameSpan(edit.span, it)))) return edits;
  const after = parts.map((part) => editedWithin(part, own, text));
  const [root = "", ...segments] = after;
  if (after.some(spansLines) || segments.length === 0) return edits;
  const { eol, unit } = styleOf(text);
  const place = { column: column(text, chain.root.start), after: lineEnd(text, chain.span.end) - chain.span.end };
  const gap = chainFits(root, segments, place) ? "" : eol + indentationAt(text, chain.root.start) + unit;
  const gaps = chain.pieces.map((it, at): Span => ({ start: parts[at]?.end ?? it.span.start, end: it.span.start }));
  const written = gaps.map((it) => text.slice(it.start, it.end));
  if (!written.every(spansLines)) return edits;
  return [...edits, ...gaps.filter((_, at) => written[at] !== gap).map((span): TextEdit => ({ span, text: gap }))];
}

/**
 * A chain on one line whose last call has its arguments below: once that call is short enough for a line of its own, rustfmt breaks
 * the chain instead, where its arguments took few lines.
 */
function unfolded(edits: readonly TextEdit[], trail: readonly Link[], source: RustFile): readonly TextEdit[] {
  const { text, comments } = source;
  const [link, around] = [trail.at(-1), trail.at(-2)];
  if (link?.of !== "expression" || operandOf(link.node) === undefined) return edits;
  if (around?.of === "expression" && operandOf(around.node) === link.node) return edits;
  const chain = chainAround(link.node, trail, source);
  const last = chain.pieces.at(-1);
  const own = edits.filter((it) => covers(chain.span, it.span));
  if (last === undefined || own.length === 0 || comments.some((it) => covers(chain.span, it))) return edits;
  const { start, end } = last.span;
  // Nothing but the last call's arguments goes over several lines, or changes.
  const upTo = text.slice(chain.span.start, start);
  const [folded, opening] = [text.slice(start, end), /^\.\w+\(/.exec(text.slice(start, end))?.[0] ?? ""];
  if (spansLines(upTo) || !spansLines(folded) || opening === "" || !isWholeValue(text, chain)) return edits;
  if (!own.every((it) => it.span.start >= start + opening.length - 1 && it.span.end <= last.callEnd)) return edits;
  const { eol, unit } = styleOf(text);
  const indentation = indentationAt(text, chain.root.start) + unit;
  const follows = text.slice(chain.span.end, lineEnd(text, chain.span.end));
  const fits = (call: string | undefined): call is string => call !== undefined && fitsWidth(width(indentation + call + follows));
  const call = unfoldedCall(editedWithin(last.span, own, text));
  if (!fits(call) || fits(unfoldedCall(folded)) || splitArguments(call.slice(opening.length, call.lastIndexOf(")"))).length >= MANY)
    return edits;
  const root = text.slice(chain.root.start, chain.root.end);
  const head = text.slice(lineStart(text, chain.root.start), chain.root.start).trimStart();
  const before = chain.pieces.slice(0, -1).map((it) => text.slice(it.span.start, it.span.end));
  const place = { column: column(text, chain.root.start), after: follows.length };
  const broken = !chainFits(root, [...before, call], place);
  const breaks = broken ? chain.pieces.slice(joinsFirst(root, head) ? 1 : 0) : [];
  return [
    ...edits.filter((it) => !own.includes(it)),
    ...breaks.map((it): TextEdit => ({ span: { start: it.span.start, end: it.span.start }, text: eol + indentation })),
    { span: last.span, text: call },
  ];
}

/** With so many arguments, each on its line, a call may stay folded. */
const MANY = 3;

/** `.name(⏎ a,⏎)?` → `.name(a)?` */
function unfoldedCall(text: string): string | undefined {
  const [, name = "", inner = "", tries = ""] = /^(\.\w+)(\([\s\S]*\))(\?*)$/.exec(text) ?? [];
  const given = name === "" ? undefined : list(inner);
  return given === undefined || spansLines(given) ? undefined : name + given + tries;
}

function editedWithin(part: Span, edits: readonly TextEdit[], text: string): string {
  const own = edits.filter((it) => covers(part, it.span));
  const moved = own.map((it) => ({ span: { start: it.span.start - part.start, end: it.span.end - part.start }, text: it.text }));
  return applyEdits(text.slice(part.start, part.end), moved);
}

function partsOf(link: Link, around: Link | undefined, text: string): readonly Part[] {
  if (link.of === "block") return [{ span: link.span, join: (it) => (/^\{\s*\}$/.test(it) ? "{}" : undefined) }];
  if (link.of === "arm") {
    const { body } = link.node;
    return body.kind === "block" && body.flavour === "plain" && text[body.span.end] !== ","
      ? [{ span: body.span, join: (it) => withComma(loneValue(it)) }]
      : [];
  }
  if (link.of !== "expression") return [];
  const { node } = link;
  switch (node.kind) {
    case "method":
      return [{ span: node.argumentsSpan, join: list }];
    case "call": {
      const head = node.callee.span.end - node.callee.span.start;
      // A call that is another's only argument counts with its name.
      const join = (it: string): string | undefined =>
        isOnlyArgument(link, around) && !isNarrow(head + width(list(it) ?? "")) ? undefined : list(it);
      return [{ span: { start: node.callee.span.end, end: node.span.end }, join }];
    }
    case "tuple":
    case "array":
      return node.elements.length > 1 ? [{ span: node.span, join: list }] : [];
    case "macro":
      return PLAIN_MACROS.has(node.path.segments.at(-1)?.name ?? "") && node.arguments.length > 1
        ? [{ span: node.tokens, join: (it) => (/;/.test(it) ? undefined : list(it)) }]
        : [];
    case "binary":
      // Of a whole row of operands the outermost speaks.
      return around?.of === "expression" && around.node.kind === "binary" ? [] : [condition(node.span, text)];
    case "closure":
      return node.body.kind === "block" && node.body.flavour === "plain" ? [{ span: node.body.span, join: loneValue }] : [];
    default:
      return [];
  }
}

/** Operands on lines of their own: with the blank before the brace of what they are the condition of, which stood on the next line. */
function condition({ start, end }: Span, text: string): Part {
  const brace = /^\s*[\r\n]\s*(?=\{)/.exec(text.slice(end))?.[0];
  const asked = brace !== undefined && /\b(?:if|while) $/.test(text.slice(lineStart(text, start), start));
  return { span: { start, end: asked ? end + brace.length : end }, join: (it) => operands(it, asked ? " " : "") };
}

/** A row of operands on one line, where each of them may stand on one. */
function operands(text: string, after: string): string | undefined {
  // A string goes over several lines, or a closure does.
  if (/["'{}]/.test(text.replace(/"(?:[^"\\\r\n]|\\.)*"/g, ""))) return undefined;
  const line = text
    .trim()
    .replace(/\s*[\r\n]\s*(?=[.?])/g, "")
    .replace(/([([])\s*[\r\n]\s*/g, "$1")
    .replace(/,?\s*[\r\n]\s*(?=[)\]])/g, "")
    .replace(/\s*[\r\n]\s*/g, " ");
  const fit = splitOperands(line).every((it) => {
    const { root = it, segments = [] } = splitChain(it) ?? {};
    return chainFits(root, segments, { column: 0, after: 0 });
  });
  return fit ? line + after : undefined;
}

function isOnlyArgument(link: Link, around: Link | undefined): boolean {
  const node = around?.of === "expression" ? around.node : undefined;
  return (node?.kind === "call" || node?.kind === "method") && node.arguments.length === 1 && node.arguments[0]?.span === link.span;
}

/** `(⏎ a,⏎ b,⏎)` → `(a, b)`, and the same of an array. */
function list(text: string): string | undefined {
  const inner = splitArguments(text.slice(1, -1)).join(", ");
  return callFits(`(${inner})`) ? `${text.charAt(0)}${inner}${text.at(-1)}` : undefined;
}

/** `{⏎ value⏎}` → `value` */
const loneValue = (text: string): string | undefined => {
  const value = /^\{\s*([^\r\n]+?)\s*\}$/.exec(text)?.[1];
  return value === undefined || /;|^(?:if|match|for|while|loop|unsafe|async|let|return)\b|^\{/.test(value) ? undefined : value;
};

const withComma = (value: string | undefined): string | undefined => (value === undefined ? undefined : `${value},`);
