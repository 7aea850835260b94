/** A chain of calls as pieces that can be replaced, taken out and added, laid out again as rustfmt would. */
import type { Span } from "../../base/span.ts";
import type { TextEdit } from "../../base/text-edit.ts";
import type { Expression, RustFile } from "../../rust/index.ts";
import {
  chainFits,
  column,
  indentationAt,
  joinsFirst,
  layOutSegment,
  lineEnd,
  lineStart,
  startsLine,
  styleOf,
  wholeLines,
  width,
} from "./layout.ts";
import type { Link } from "./trail.ts";

export interface Chain {
  readonly root: Span;
  readonly pieces: readonly Piece[];
  /** Root and pieces. */
  readonly span: Span;
  /** The place of the call that the chain was asked for, -1 for the root. */
  readonly index: number;
}
/** From the dot to the end of the call, with a `?` behind it. */
export interface Piece {
  readonly name: string;
  readonly span: Span;
  /** Where the call itself ends, before any `?`. */
  readonly callEnd: number;
}
/** A chain as it should be: pieces that stay, and texts that are new. */
export type Wished = Piece | { readonly text: string; readonly instead?: Piece };

/** The whole chain that `expression`, the last link of `trail`, is a part of. */
export function chainAround(expression: Expression, trail: readonly Link[], source: RustFile): Chain {
  let top = expression;
  for (const link of [...trail].reverse()) {
    if (link.of !== "expression") break;
    if (link.node === top) continue;
    if (operandOf(link.node) !== top) break;
    top = link.node;
  }
  const pieces: Piece[] = [];
  let suffix: Expression | undefined;
  let node = top;
  for (;;) {
    const inner = operandOf(node);
    if (inner === undefined) break;
    if (node.kind === "try") {
      suffix ??= node;
    } else {
      const start = node.kind === "method" ? node.segmentSpan.start : dotAfter(inner.span.end, source);
      const name = node.kind === "method" || node.kind === "field" ? node.name : "await";
      pieces.unshift({ name, span: { start, end: (suffix ?? node).span.end }, callEnd: node.span.end });
      suffix = undefined;
    }
    node = inner;
  }
  return {
    root: { start: node.span.start, end: (suffix ?? node).span.end },
    pieces,
    span: top.span,
    index: pieces.findIndex((it) => it.callEnd === expression.span.end),
  };
}

/** The chain that `expression`, which is on `trail`, is the root of: what it is made of is left as it is. */
export function chainFrom(expression: Expression, trail: readonly Link[], source: RustFile): Chain {
  const depth = trail.findLastIndex((it) => it.of === "expression" && it.node === expression);
  const { root, pieces, span } = chainAround(expression, depth < 0 ? trail : trail.slice(0, depth + 1), source);
  const { start, end } = expression.span;
  const first = pieces.findIndex((it) => it.span.start >= end);
  const following = first < 0 ? [] : pieces.slice(first);
  // A `?` right behind it belongs to it.
  const last = first < 0 ? pieces.at(-1) : pieces[first - 1];
  return { root: { start, end: last?.span.end ?? root.end }, pieces: following, span, index: -1 };
}

/** What a link of a chain is added to. */
export function operandOf(it: Expression): Expression | undefined {
  if (it.kind === "method") return it.receiver;
  if (it.kind === "field") return it.base;
  return it.kind === "try" || it.kind === "await" ? it.operand : undefined;
}

function dotAfter(offset: number, source: RustFile): number {
  let at = offset;
  while (at < source.text.length && source.text[at] !== ".") {
    const comment = source.comments.find((it) => it.start === at);
    at = comment === undefined ? at + 1 : comment.end;
  }
  return at;
}

/** The edits that make `chain` the wished one. `root`: its new text, where that changes. `after`: how much follows on the last line. */
export function rewriteChain(chain: Chain, wished: readonly Wished[], source: RustFile, root?: string): readonly TextEdit[] {
  const { text } = source;
  const style = styleOf(text);
  const slice = ({ start, end }: Span): string => text.slice(start, end);
  const gapBefore = (index: number): Span => ({
    start: chain.pieces[index - 1]?.span.end ?? chain.root.end,
    end: chain.pieces[index]?.span.start ?? chain.root.end,
  });
  const gaps = chain.pieces.map((_, index) => slice(gapBefore(index)));
  const texts = wished.map((it) => ("text" in it ? it.text : slice(it.span)));
  const rootText = root ?? slice(chain.root);

  const written = chain.pieces.map((it) => slice(it.span));
  const plain = gaps.every((it) => /^\s*$/.test(it)) && ![slice(chain.root), ...texts].some(spansLines);
  const place = { column: column(text, chain.root.start), after: lineEnd(text, chain.span.end) - chain.span.end };
  const wasBroken = gaps.some(spansLines);
  const wasTidy = plain && wasBroken !== (!written.some(spansLines) && chainFits(slice(chain.root), written, place));
  const fits = chainFits(rootText, texts, place);
  const whole = isWholeValue(text, chain);
  const brace = braceBelow(text, chain);
  const breakAll =
    plain && wasTidy && (whole || (fits && (brace !== undefined || isArm(text, chain) || isLone(text, chain)))) ? !fits : undefined;
  const down = breakAll === true && root === undefined && whole ? movedDown(chain, texts, rootText, place.after, source) : undefined;
  const breaksAll = down === undefined ? breakAll : false;
  const deep = chain.pieces.find((it, index) => spansLines(gaps[index] ?? "") && startsLine(text, it.span.start));
  const indentation = deep === undefined ? indentationAt(text, chain.root.start) + style.unit : indentationAt(text, deep.span.start);
  const onOwnLine = style.eol + indentation;

  const head = text.slice(lineStart(text, chain.root.start), chain.root.start).trimStart();
  const edits: TextEdit[] = root === undefined ? [] : [{ span: chain.root, text: root }];
  if (down !== undefined) edits.push(down);
  const up = breakAll === false && whole ? movedUp(chain, texts, rootText, place.after, source) : undefined;
  if (up !== undefined) edits.push(up);
  if (breakAll === false && wasBroken && brace !== undefined) edits.push({ span: brace, text: " " });
  /** Whether the piece at this place of the wished chain starts a line. */
  const breaks = (at: number, neighbour: string | undefined): boolean => {
    if (breaksAll !== undefined) return breaksAll && !(at === 0 && joinsFirst(rootText, head));
    return neighbour === undefined ? wasBroken : spansLines(neighbour);
  };
  const laidOut = (at: number): string => layOutSegment(texts[at] ?? "", indentation, style);
  let previous = -1;
  wished.forEach((it, at) => {
    const piece = "text" in it ? it.instead : it;
    if (piece === undefined) {
      const where = previous < 0 ? chain.root.end : (chain.pieces[previous]?.span.end ?? chain.root.end);
      const neighbour = gaps[previous] ?? gaps[previous + 1];
      edits.push({ span: { start: where, end: where }, text: breaks(at, neighbour) ? onOwnLine + laidOut(at) : (texts[at] ?? "") });
      return;
    }
    const index = chain.pieces.indexOf(piece);
    for (let gone = previous + 1; gone < index; gone++) edits.push(removal(chain, gone, gaps, source));
    const gap = gaps[index] ?? "";
    if (breaksAll !== undefined) {
      const separator = breaks(at, gap) ? onOwnLine : "";
      // What was taken out took the gap before it along; the gap of this piece is its own.
      if (separator !== gap) edits.push({ span: gapBefore(index), text: separator });
    }
    if ("text" in it) edits.push({ span: piece.span, text: it.text });
    previous = index;
  });
  for (let gone = previous + 1; gone < chain.pieces.length; gone++) edits.push(removal(chain, gone, gaps, source));
  return edits;
}

/** `let x = root.piece();` as `let x =` and the chain on the next line, where it is short enough for one. */
function movedDown({ root }: Chain, texts: readonly string[], rootText: string, after: number, { text }: RustFile): TextEdit | undefined {
  const style = styleOf(text);
  const indentation = indentationAt(text, root.start) + style.unit;
  const blank = { start: root.start - 1, end: root.start };
  if (text.slice(root.start - 3, root.start) !== " = ") return undefined;
  return chainFits(rootText, texts, { column: width(indentation), after }) ? { span: blank, text: style.eol + indentation } : undefined;
}

/** The other way round: the chain on the line below `let x =`, where it is short enough for that line now. */
function movedUp({ root }: Chain, texts: readonly string[], rootText: string, after: number, { text }: RustFile): TextEdit | undefined {
  const gap = /(?<= =)(?:\r\n|\n|\r)[ \t]*$/.exec(text.slice(0, root.start));
  if (gap === null) return undefined;
  const place = { column: column(text, gap.index) + 1, after };
  return chainFits(rootText, texts, place) ? { span: { start: gap.index, end: root.start }, text: " " } : undefined;
}

/** The chain is the value of a match arm, which stays on its line when the chain gets shorter. */
function isArm(text: string, { root, span }: Chain): boolean {
  const before = text.slice(lineStart(text, root.start), root.start);
  return / => $/.test(before) && /^,$/.test(text.slice(span.end, lineEnd(text, span.end)));
}

/** The chain is all that a call or a macro holds, begun on its line: `Ok(chain)`. */
function isLone(text: string, { root, span }: Chain): boolean {
  const before = text.slice(lineStart(text, root.start), root.start);
  return /[\w!][([]$/.test(before) && /^[)\]][)\]?]*[;,]?\s*$/.test(text.slice(span.end, lineEnd(text, span.end)));
}

/** The blank between a condition's broken chain and its brace, which stands on the next line. */
function braceBelow(text: string, { root, span }: Chain): Span | undefined {
  const before = text.slice(lineStart(text, root.start), root.start);
  const blank = /^[ \t]*(?:\r\n|\n|\r)[ \t]*(?=\{)/.exec(text.slice(span.end))?.[0];
  return blank === undefined || !/(?:\b(?:match|if|while|in)|=) $/.test(before)
    ? undefined
    : { start: span.end, end: span.end + blank.length };
}

/** A piece goes with its line, or with the blank before it. Comments on lines of their own stay, except before a last piece. */
function removal(chain: Chain, index: number, gaps: readonly string[], source: RustFile): TextEdit {
  const piece = chain.pieces[index];
  const span = piece?.span ?? chain.root;
  const gap = gaps[index] ?? "";
  const last = index === chain.pieces.length - 1;
  const lines = /^\s*$/.test(gap) || last ? undefined : wholeLines(source.text, span);
  return { span: lines ?? { start: span.start - gap.length, end: span.end }, text: "" };
}

export const spansLines = (text: string): boolean => /[\r\n]/.test(text);

/** The chain is all of a statement's value, or an argument, an element or a field on lines of its own: its layout depends on nothing else. */
export function isWholeValue(text: string, { span }: Chain): boolean {
  const before = text.slice(lineStart(text, span.start), span.start);
  const after = text.slice(span.end, lineEnd(text, span.end));
  if (/^\s*(?:\w+: )?&?(?:mut )?$/.test(before) && /^,\s*$/.test(after)) return true;
  return (
    /^\s*(?:(?:let (?:mut )?[\w: <>,&]+|(?:pub(?:\([\w: ]+\))? )?(?:const|static(?: ref)?) \w+: [\w: <>,&]+|[\w.]+) [|]?= |return )?$/.test(
      before,
    ) && /^;?\s*$/.test(after)
  );
}

/** Without the calls, the statement would be a bare name, or give a variable its own value. */
export function isIdle(statement: Link, chain: Chain, text: string): boolean {
  if (statement.of !== "statement") return false;
  const root = text.slice(chain.root.start, chain.root.end);
  const { node } = statement;
  if (node.kind === "let") return node.value?.span.end === chain.span.end && node.pattern.kind === "binding" && node.pattern.name === root;
  if (node.expression.span.end === chain.span.end && node.expression.span.start === chain.span.start) return node.semicolon;
  const { expression } = node;
  return (
    expression.kind === "assign" &&
    expression.operator === "=" &&
    expression.value.span.start === chain.span.start &&
    text.slice(expression.target.span.start, expression.target.span.end) === root
  );
}
