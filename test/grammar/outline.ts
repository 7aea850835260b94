/** What our parser makes of a Rust file, in the outline that the program beside this file prints of what syn makes of it. */
import type { Block, Expression, Item, RustFile } from "../../server/src/rust/index.ts";

/** `item kind name` and `kind start end`, offsets in UTF-16 units; those around others first. */
export function outlineOf(file: RustFile): string[] {
  const lines: string[] = [];
  // A stack of what is still to be visited: code may be nested deeper than calls may.
  const waiting: Visit[] = [...file.items].reverse().map((item) => ({ item }));
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    const next =
      "item" in visit ? withinItem(visit.item, lines) : "block" in visit ? withinBlock(visit.block) : within(visit.expression, lines);
    for (let at = next.length - 1; at >= 0; at--) {
      const one = next[at];
      if (one !== undefined) waiting.push(one);
    }
  }
  return lines;
}

type Visit = { readonly item: Item } | { readonly block: Block } | { readonly expression: Expression };

function withinItem(item: Item, lines: string[]): Visit[] {
  lines.push(`item\t${item.kind}\t${nameOf(item)}`);
  switch (item.kind) {
    case "function":
      return block(item.body());
    case "const":
    case "static":
      return expressions(item.value());
    case "impl":
    case "trait":
    case "module":
      return (item.items ?? []).map((it) => ({ item: it }));
    default:
      return [];
  }
}

function nameOf(item: Item): string {
  if (item.kind === "extern-crate") return item.crate;
  return item.kind === "impl" || item.kind === "use" || item.kind === "other" ? "" : item.name;
}

/** That of an async closure stands in a block that nobody wrote. */
function bodyOf(body: Expression): Expression {
  const tail = body.kind === "block" ? body.block.tail : undefined;
  return tail !== undefined && tail.span.start === body.span.start && tail.span.end === body.span.end ? tail : body;
}

const withinBlock = ({ statements, tail, items }: Block): Visit[] => [
  ...items.map((item) => ({ item })),
  ...statements.flatMap((it) => (it.kind === "let" ? [...expressions(it.value), ...block(it.otherwise)] : expressions(it.expression))),
  ...expressions(tail),
];

function within(expression: Expression, lines: string[]): Visit[] {
  const { kind, span } = expression;
  lines.push(`${kind}\t${span.start}\t${span.end}`);
  switch (kind) {
    case "call":
      return expressions(expression.callee, ...expression.arguments);
    case "method":
      return expressions(expression.receiver, ...expression.arguments);
    case "field":
      return expressions(expression.base);
    case "index":
      return expressions(expression.base, expression.index);
    case "struct":
      return expressions(...expression.fields.map((it) => it.value), expression.base);
    case "unary":
    case "reference":
    case "try":
    case "await":
    case "cast":
      return expressions(expression.operand);
    case "binary":
      return expressions(expression.left, expression.right);
    case "assign":
      return expressions(expression.target, expression.value);
    case "block":
      return block(expression.block);
    case "if":
      return [...expressions(expression.condition), ...block(expression.then), ...expressions(expression.otherwise)];
    case "let":
      return expressions(expression.value);
    case "match":
      return expressions(expression.scrutinee, ...expression.arms.flatMap((it) => [it.condition, it.body]));
    case "loop":
      return block(expression.body);
    case "while":
      return [...expressions(expression.condition), ...block(expression.body)];
    case "for":
      return [...expressions(expression.iterable), ...block(expression.body)];
    case "closure":
      return expressions(bodyOf(expression.body));
    case "return":
    case "break":
      return expressions(expression.value);
    case "tuple":
    case "array":
      return expressions(...expression.elements);
    case "repeat":
      return expressions(expression.element, expression.count);
    case "range":
      return expressions(expression.from, expression.to);
    case "unknown":
      return expressions(...expression.parts);
    default:
      return [];
  }
}

const expressions = (...of: readonly (Expression | undefined)[]): Visit[] =>
  of.flatMap((expression) => (expression === undefined ? [] : [{ expression }]));

const block = (of: Block | undefined): Visit[] => (of === undefined ? [] : [{ block: of }]);
