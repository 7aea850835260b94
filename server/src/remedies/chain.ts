/** A chain of calls as pieces that can be replaced, taken out and added. */
import type { Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Expression, RustFile } from "../rust/index.ts";
import { endsLine, indentationAt, lineEnd, startsLine, styleOf } from "./lines.ts";
import type { Ancestor } from "./trail.ts";

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

/** The whole chain that `expression`, the end of `trail`, is a part of. */
export function chainAround(expression: Expression, trail: readonly Ancestor[], source: RustFile): Chain {
  let top = expression;
  for (const ancestor of [...trail].reverse()) {
    if (ancestor.of !== "expression") break;
    if (ancestor.node === top) continue;
    if (operandOf(ancestor.node) !== top) break;
    top = ancestor.node;
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
export function chainFrom(expression: Expression, trail: readonly Ancestor[], source: RustFile): Chain {
  const depth = trail.findLastIndex((it) => it.of === "expression" && it.node === expression);
  const { root, pieces, span } = chainAround(expression, depth < 0 ? trail : trail.slice(0, depth + 1), source);
  const { start, end } = expression.span;
  const first = pieces.findIndex((it) => it.span.start >= end);
  const following = first < 0 ? [] : pieces.slice(first);
  // A `?` right behind it belongs to it.
  const last = first < 0 ? pieces.at(-1) : pieces[first - 1];
  return { root: { start, end: last?.span.end ?? root.end }, pieces: following, span, index: -1 };
}

/** What a call, a field, an `.await` or a `?` is added to. */
function operandOf(it: Expression): Expression | undefined {
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

/** The edits that make `chain` the wished one, its breaks as they are beside them. `root`: its new text, where that changes. */
export function rewriteChain(chain: Chain, wished: readonly Wished[], source: RustFile, root?: string): readonly TextEdit[] {
  const { text } = source;
  const style = styleOf(text);
  const gaps = chain.pieces.map((it, index) => text.slice(chain.pieces[index - 1]?.span.end ?? chain.root.end, it.span.start));
  const wasBroken = gaps.some(spansLines);
  const deep = chain.pieces.find((it, index) => spansLines(gaps[index] ?? "") && startsLine(text, it.span.start));
  const indentation = deep === undefined ? indentationAt(text, chain.root.start) + style.unit : indentationAt(text, deep.span.start);
  const breaks = (neighbour: string | undefined): boolean => (neighbour === undefined ? wasBroken : spansLines(neighbour));

  const edits: TextEdit[] = root === undefined ? [] : [{ span: chain.root, text: root }];
  let previous = -1;
  for (const it of wished) {
    const piece = "text" in it ? it.instead : it;
    if (piece === undefined) {
      const where = previous < 0 ? chain.root.end : (chain.pieces[previous]?.span.end ?? chain.root.end);
      const added = "text" in it ? it.text : "";
      edits.push({
        span: { start: where, end: where },
        text: breaks(gaps[previous] ?? gaps[previous + 1]) ? style.eol + indentation + added : added,
      });
      continue;
    }
    const index = chain.pieces.indexOf(piece);
    for (let gone = previous + 1; gone < index; gone++) edits.push(removal(chain, gone, gaps, source));
    if ("text" in it) edits.push({ span: piece.span, text: it.text });
    previous = index;
  }
  for (let gone = previous + 1; gone < chain.pieces.length; gone++) edits.push(removal(chain, gone, gaps, source));
  return edits;
}

/** A piece goes with the comments right above it and behind it; what is said behind the piece before it stays. */
function removal(chain: Chain, index: number, gaps: readonly string[], { text, comments }: RustFile): TextEdit {
  const { start, end } = chain.pieces[index]?.span ?? chain.root;
  const gap = gaps[index] ?? "";
  const trailing = /^[ \t]*\/\/[^\r\n]*/.exec(gap)?.[0].length ?? 0;
  const behind = startsLine(text, start) && endsLine(text, end) && comments.some((it) => it.start >= end && it.end <= lineEnd(text, end));
  return { span: { start: start - gap.length + trailing, end: behind ? lineEnd(text, end) : end }, text: "" };
}

const spansLines = (text: string): boolean => /[\r\n]/.test(text);

/** Without the calls, the statement would be a bare name, or give a variable its own value. */
export function isIdle(statement: Ancestor, chain: Chain, text: string): boolean {
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

/** `root` up to the first `.name` outside of brackets, then one segment a call with its `?`; undefined for what is no chain. */
export function splitChain(expression: string): { readonly root: string; readonly segments: readonly string[] } | undefined {
  const starts: number[] = [];
  let blank = false;
  scan(expression, (at, depth) => {
    if (depth > 0) return;
    if (expression[at] === "." && /[A-Za-z_]/.test(expression[at + 1] ?? "")) starts.push(at);
    if (expression[at] === " " && !/^(&mut|return|move|\*|&)$/.test(expression.slice(0, at).trim())) blank = true;
  });
  if (blank) return undefined;
  const segments = starts.map((start, index) => expression.slice(start, starts[index + 1] ?? expression.length));
  return { root: expression.slice(0, starts[0] ?? expression.length), segments };
}

/** Visits every code unit outside of string and character literals with the number of brackets around it. */
function scan(text: string, visit: (at: number, depth: number) => void): void {
  let depth = 0;
  let generics = 0;
  for (let at = 0; at < text.length; at++) {
    const literal = /^(?:b?"(?:\\.|[^"\\])*"|b?'(?:\\.|[^'\\])'|r(#*)"[\s\S]*?"\1)/.exec(text.slice(at))?.[0];
    if (literal !== undefined) {
      at += literal.length - 1;
      continue;
    }
    const unit = text[at] ?? "";
    // Generics are brackets where `::<` opens them, and until as many are closed.
    const generic = unit === "<" && (generics > 0 || text.startsWith("::", at - 2));
    const endsGeneric = unit === ">" && generics > 0 && text[at - 1] !== "-";
    if (endsGeneric) generics--;
    if (endsGeneric || ")]}".includes(unit)) depth--;
    visit(at, depth);
    if (generic) generics++;
    if (generic || "([{".includes(unit)) depth++;
  }
}
