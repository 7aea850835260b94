/** Which item or statement stands at a place: what a suppression above it covers, what a fix has to leave intact. */
import { covers, type Span, span, touching } from "../../base/span.ts";
import type { Block, Expression, Item, RustFile } from "../../rust/index.ts";

/** The item, statement, arm or field value that a suppression comment is about: its own line, or what stands below it. */
export function reachOf(comment: Span, { text, items, comments }: RustFile): Span | undefined {
  const lineStart = startOfLine(text, comment.start);
  if (text.slice(lineStart, comment.start).trim() !== "") return span(lineStart, endOfLine(text, comment.start));
  const start = nextCode(text, comment.end, comments);
  if (start === undefined) return undefined;
  const line = span(start, endOfLine(text, start));
  const found = nodesAt(items, start).filter((it) => it.start === start);
  return found.reduce((widest, it) => (covers(it, widest) ? it : widest), line);
}

/** The statement directly in a function's body that holds a place, or the innermost item that does. */
export function regionAround(place: Span, { items }: RustFile): Span | undefined {
  let region: Span | undefined;
  for (let level: readonly Item[] = touching(items, place); ; ) {
    const item = level.find((it) => covers(it.span, place));
    if (!item) return region;
    region = item.span;
    const body = item.kind === "function" ? item.body() : undefined;
    const statement = body && [...body.statements, ...(body.tail ? [body.tail] : [])].find((it) => covers(it.span, place));
    if (statement && !body.items.some((it) => covers(it.span, place))) return statement.span;
    level = body ? body.items : childItems(item);
  }
}

const childItems = (item: Item): readonly Item[] => ("items" in item && item.items ? item.items : []);

/** Everything around a place that can stand under a comment, outermost first. */
function nodesAt(items: readonly Item[], offset: number): readonly Span[] {
  return items.flatMap((item) => {
    if (!at(item.span, offset)) return [];
    const body = item.kind === "function" ? item.body() : undefined;
    const value = item.kind === "const" || item.kind === "static" ? item.value() : undefined;
    return [
      item.span,
      ...nodesAt(childItems(item), offset),
      ...(body ? inBlock(body, offset) : []),
      ...(value ? inExpression(value, offset) : []),
    ];
  });
}

function inBlock(block: Block, offset: number): readonly Span[] {
  if (!at(block.span, offset)) return [];
  const statements = block.statements.filter((it) => at(it.span, offset));
  const inner = statements.flatMap((it): readonly Span[] => {
    if (it.kind === "expression") return inExpression(it.expression, offset);
    return [...(it.value ? inExpression(it.value, offset) : []), ...(it.otherwise ? inBlock(it.otherwise, offset) : [])];
  });
  return [
    ...statements.map((it) => it.span),
    ...inner,
    ...(block.tail ? [block.tail.span, ...inExpression(block.tail, offset)] : []),
    ...nodesAt(block.items, offset),
  ].filter((it) => at(it, offset));
}

function inExpression(expression: Expression, offset: number): readonly Span[] {
  if (!at(expression.span, offset)) return [];
  const { blocks, expressions, spans } = parts(expression);
  return [
    ...spans.filter((it) => at(it, offset)),
    ...blocks.flatMap((it) => inBlock(it, offset)),
    ...expressions.flatMap((it) => inExpression(it, offset)),
  ];
}

interface Parts {
  readonly blocks: readonly Block[];
  readonly expressions: readonly Expression[];
  /** Places that may stand on lines of their own. */
  readonly spans: readonly Span[];
}

const defined = <T>(...values: readonly (T | undefined)[]): readonly T[] => values.filter((it) => it !== undefined);

function parts(it: Expression): Parts {
  const of = (expressions: readonly Expression[], blocks: readonly Block[] = [], spans: readonly Span[] = []): Parts => ({
    blocks,
    expressions,
    spans,
  });
  switch (it.kind) {
    case "call":
      return of(
        [it.callee, ...it.arguments],
        [],
        it.arguments.map((one) => one.span),
      );
    case "method":
      return of([it.receiver, ...it.arguments], [], [it.segmentSpan, ...it.arguments.map((one) => one.span)]);
    case "field":
      return of([it.base]);
    case "index":
      return of([it.base, it.index]);
    case "macro":
      return of(it.arguments, defined(it.body));
    case "struct":
      return of(
        [...it.fields.map((one) => one.value), ...defined(it.base)],
        [],
        it.fields.map((one) => one.span),
      );
    case "unary":
    case "reference":
    case "try":
    case "await":
    case "cast":
      return of([it.operand]);
    case "binary":
      return of([it.left, it.right]);
    case "assign":
      return of([it.target, it.value]);
    case "block":
      return of([], [it.block]);
    case "if":
      return of([it.condition, ...defined(it.otherwise)], [it.then]);
    case "let":
      return of([it.value]);
    case "match":
      return of(
        [it.scrutinee, ...it.arms.flatMap((arm) => defined(arm.condition, arm.body))],
        [],
        it.arms.map((arm) => arm.span),
      );
    case "loop":
      return of([], [it.body]);
    case "while":
      return of([it.condition], [it.body]);
    case "for":
      return of([it.iterable], [it.body]);
    case "closure":
      return of([it.body]);
    case "return":
    case "break":
      return of(defined(it.value));
    case "tuple":
    case "array":
      return of(
        it.elements,
        [],
        it.elements.map((one) => one.span),
      );
    case "repeat":
      return of([it.element, it.count]);
    case "range":
      return of(defined(it.from, it.to));
    case "unknown":
      return of(it.parts);
    case "literal":
    case "path":
    case "continue":
      return of([]);
  }
}

const at = ({ start, end }: Span, offset: number): boolean => start <= offset && offset < end;

/** The first character of code below a comment: blanks, other comments and attributes are passed over. */
function nextCode(text: string, from: number, comments: readonly Span[]): number | undefined {
  for (let at = from; at < text.length; ) {
    const comment = comments.find((it) => it.start <= at && at < it.end);
    if (comment) at = comment.end;
    else if (/\s/.test(text.charAt(at))) at++;
    else if (text.startsWith("#[", at)) at = attributeEnd(text, at);
    else return at;
  }
  return undefined;
}

function attributeEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text.charAt(at) === "[") depth++;
    else if (text.charAt(at) === "]" && --depth === 0) return at + 1;
  }
  return text.length;
}

const startOfLine = (text: string, offset: number): number =>
  Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;

function endOfLine(text: string, offset: number): number {
  const found = text.slice(offset).search(/[\r\n]/);
  return found < 0 ? text.length : offset + found;
}
