/** A body as text, one operation a line: what tests state, and what an explanation shows. */
import type { Literal, Path } from "../ast.ts";
import type { Body, Callee, Operation, Place, Projection, Terminator, Test } from "./body.ts";
import { successorsOf } from "./successors.ts";

/** Blocks in the order in which they are reached; those that nothing reaches are left out. */
export function printBody(body: Body): string {
  const order = reachable(body);
  const numbers = new Map(order.map((block, index) => [block, index]));
  const lines: string[] = [];
  for (const block of order) {
    const { operations, end } = body.blocks[block] ?? { operations: [], end: { kind: "diverge" } };
    lines.push(`${numbers.get(block)}:`);
    for (const it of operations) lines.push(`  ${nameOf(body, it.to)} = ${operationText(body, it)}`);
    lines.push(`  ${endText(body, end, (it) => String(numbers.get(it)))}`);
  }
  return lines.join("\n");
}

function reachable(body: Body): number[] {
  const seen = new Set<number>();
  const open = [0];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...successorsOf(body, at));
  }
  return [...seen];
}

/** Its name, with its number where several variables share that. */
function nameOf({ locals }: Body, local: number): string {
  const name = locals[local]?.name;
  if (name === undefined) return `_${local}`;
  return locals.filter((it) => it.name === name).length === 1 ? name : `${name}#${local}`;
}

function endText(body: Body, end: Terminator, block: (id: number) => string): string {
  switch (end.kind) {
    case "goto":
      return `goto ${block(end.to)}`;
    case "branch":
      return `${end.guards ? "if" : "when"} ${nameOf(body, end.condition)} goto ${block(end.yes)} else ${block(end.no)}`;
    case "return":
      return `return ${nameOf(body, end.value)}`;
    case "diverge":
      return "diverge";
  }
}

function operationText(body: Body, it: Operation): string {
  const name = (local: number): string => nameOf(body, local);
  const list = (locals: readonly number[]): string => locals.map(name).join(", ");
  const place = (at: Place): string => placeText(body, at);
  switch (it.kind) {
    case "constant":
      return literalText(it.literal);
    case "unit":
      return "()";
    case "path":
      return pathText(it.path);
    case "cfg":
      return `cfg ${JSON.stringify(it.predicate)}`;
    case "copy":
      return place(it.from);
    case "reference":
      return `&${it.mutable ? "mut " : ""}${place(it.place)}`;
    case "store":
      return `store ${place(it.place)} ${name(it.value)}`;
    case "record": {
      const base = it.base === undefined ? "" : `, ..${name(it.base)}`;
      return `${pathText(it.path)} { ${it.fields.map((field) => `${field.name}: ${name(field.value)}`).join(", ")}${base} }`;
    }
    case "tuple":
      return `(${list(it.elements)})`;
    case "array":
      return `[${list(it.elements)}]`;
    case "repeat":
      return `[${name(it.element)}; ${name(it.count)}]`;
    case "range":
      return `${it.from === undefined ? "" : name(it.from)}..${it.upper === undefined ? "" : name(it.upper)}`;
    case "unary":
      return `${it.operator}${name(it.operand)}`;
    case "binary":
      return `${name(it.left)} ${it.operator} ${name(it.right)}`;
    case "cast":
      return `${name(it.operand)} as …`;
    case "call":
      return `${calleeText(body, it.callee)}(${list(it.arguments)})`;
    case "method":
      return `${place(it.receiver)}.${it.name}(${list(it.arguments)})`;
    case "macro":
      return `${pathText(it.path)}!(${list(it.arguments)})`;
    case "format":
      return `format(${it.pieces.map((part) => (typeof part === "string" ? JSON.stringify(part) : name(part))).join(", ")})`;
    case "closure":
      return `closure ${it.body} [${(body.closures[it.body]?.captures ?? []).map((capture) => name(capture.outer)).join(", ")}]`;
    case "await":
    case "iterate":
    case "residual":
      return `${it.kind} ${name(it.operand)}`;
    case "test":
      return `test ${place(it.place)} ${testText(it.test)}`;
    case "unknown":
      return `unknown ${JSON.stringify(it.reason)} (${list(it.operands)})`;
  }
}

function calleeText(body: Body, callee: Callee): string {
  return callee.kind === "path" ? pathText(callee.path) : nameOf(body, callee.local);
}

function placeText(body: Body, { local, path }: Place): string {
  return path.reduce((text, step) => `${text}${stepText(body, step)}`, nameOf(body, local));
}

function stepText(body: Body, step: Projection): string {
  switch (step.kind) {
    case "field":
      return `.${step.name}`;
    case "payload":
      return `.<${pathText(step.of)}>${step.name}`;
    case "index":
      return `[${nameOf(body, step.index)}]`;
    case "element":
      return `[${step.at}]`;
    case "dereference":
      return ".*";
    default:
      return `.<${step.kind}>`;
  }
}

function testText(test: Test): string {
  switch (test.kind) {
    case "path":
      return pathText(test.path);
    case "literal":
      return literalText(test.literal);
    case "length":
      return `length ${test.least}${test.exact ? "" : "+"}`;
    default:
      return test.kind;
  }
}

function literalText(literal: Literal): string {
  return literal.type === "other" ? "literal" : JSON.stringify(literal.value);
}

function pathText({ segments, self }: Path): string {
  return `${self === undefined ? "" : "<…>::"}${segments.map((it) => it.name).join("::")}`;
}
