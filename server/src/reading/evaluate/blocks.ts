/** Blocks: statements in order, bindings, loops, and what becomes of results that nobody takes. */
import type { Span } from "../../base/span.ts";
import type { Block, Expression, ExpressionOf, Pattern, Statement } from "../../rust/index.ts";
import { MAX_ELEMENTS } from "../budgets.ts";
import { attributeAtoms } from "../guards.ts";
import { type Frame, type Machine, textOf, under } from "../machine.ts";
import { extend, type Path } from "../path-conditions.ts";
import { dropFailure, dropUnexamined, failureIn } from "../results.ts";
import { examined, objectsIn, opaque, taintOf, UNIT, type Value } from "../values.ts";
import { refusals } from "./branches.ts";
import { choose } from "./choices.ts";
import { elementOf } from "./collections.ts";
import { letElse } from "./conditions.ts";
import { decide } from "./decisions.ts";
import { coerce } from "./frames.ts";
import { matchPattern } from "./patterns.ts";

export function evaluateBlock(machine: Machine, block: Block, frame: Frame): Value {
  const saved = { environment: frame.environment, scope: frame.scope, blocks: frame.blocks, statement: frame.statement };
  frame.environment = saved.environment.child();
  frame.blocks = [block, ...saved.blocks];
  if (block.items.length > 0) frame.scope = machine.scopes.within(frame.scope, block.items);
  let result: Value = UNIT;
  for (const statement of block.statements) {
    if (frame.ended !== "no") break;
    runStatement(machine, statement, frame);
  }
  const { tail } = block;
  if (frame.ended === "no" && tail !== undefined) {
    frame.statement = { span: tail.span, tail: true, expression: tail };
    result = machine.evaluate(tail, frame);
    for (const object of objectsIn(result)) object.used = true;
  }
  frame.environment = saved.environment;
  frame.scope = saved.scope;
  frame.blocks = saved.blocks;
  if (saved.statement === undefined) delete frame.statement;
  else frame.statement = saved.statement;
  return result;
}

function runStatement(machine: Machine, statement: Statement, frame: Frame): void {
  const atoms = attributeAtoms(statement.attributes, frame.file, machine.featuresIn(frame.file));
  const run = (): void => {
    if (statement.kind === "let") {
      runLet(machine, statement, atoms, frame);
      return;
    }
    const { expression, semicolon } = statement;
    frame.statement = { span: statement.span, tail: false, expression };
    const value = machine.evaluate(expression, frame);
    if (semicolon || isBranching(expression)) dropUnexamined(machine, value, lastName(expression), frame);
  };
  if (atoms.length === 0) {
    run();
    return;
  }
  under(frame, atoms, run);
}

const isBranching = (expression: Expression): boolean =>
  expression.kind === "if" || expression.kind === "match" || expression.kind === "block";

/** Where a discarded result is shown: the name of the last call. */
function lastName(expression: Expression): Span {
  if (expression.kind === "method") return expression.nameSpan;
  if (expression.kind === "call") return expression.callee.span;
  if (expression.kind === "await") return lastName(expression.operand);
  return expression.span;
}

function runLet(machine: Machine, statement: Extract<Statement, { kind: "let" }>, atoms: Path, frame: Frame): void {
  const { pattern, value: expression } = statement;
  frame.statement = { span: statement.span, tail: false, ...(expression === undefined ? {} : { expression }) };
  if (expression === undefined) {
    const text = textOf(frame, pattern.span);
    machine.bind(
      pattern,
      statement.type === undefined ? opaque(text) : machine.valueOfType(statement.type, text, frame.scope, frame),
      frame,
    );
    return;
  }
  const evaluated = machine.evaluate(expression, frame);
  const value = statement.type === undefined ? evaluated : coerce(machine, evaluated, statement.type, frame);
  if (statement.otherwise !== undefined) {
    letElse(machine, pattern, value, statement.otherwise, textOf(frame, statement.span), frame);
    return;
  }
  if (pattern.kind === "wildcard" || isUnusedTuple(pattern)) {
    dropUnexamined(machine, value, { start: statement.span.start, end: pattern.span.end }, frame);
    if (pattern.kind === "wildcard") for (const object of objectsIn(examined(value))) object.held = false;
    return;
  }
  // `cfg` twins: the second of the same name is the other alternative, not a new variable.
  const twin = atoms.length > 0 && pattern.kind === "binding" ? frame.environment.own(pattern.name) : undefined;
  if (twin !== undefined) {
    twin.value = choose([
      { path: [], value: twin.value },
      { path: atoms, value },
    ]);
    return;
  }
  machine.bind(pattern, pattern.kind === "tuple" ? examined(value) : value, frame);
}

/** `let (_, _) = …`, `let (_added, _ignored) = …`: looked at by nobody. */
const isUnusedTuple = (pattern: Pattern): boolean =>
  pattern.kind === "tuple" &&
  pattern.elements.length > 0 &&
  pattern.elements.every((it) => it.kind === "wildcard" || (it.kind === "binding" && it.name.startsWith("_")));

export function bind(machine: Machine, pattern: Pattern, value: Value, frame: Frame): void {
  const { bindings } = matchPattern(machine, pattern, value, frame);
  for (const { name, value: one } of bindings) {
    frame.environment.declare(name, one, frame.path);
    const inner = examined(one);
    for (const object of objectsIn(one)) {
      object.held = true;
      object.home = frame.function;
    }
    if (inner.kind === "object") inner.object.binding = name;
    if (inner.kind === "choice") for (const arm of inner.arms) if (arm.value.kind === "object") arm.value.object.binding = name;
  }
}

/** A loop's body happens, perhaps: it is evaluated without a guard, for each element that is known. */
export function evaluateFor(machine: Machine, expression: ExpressionOf<"for">, frame: Frame): Value {
  const source = machine.evaluate(expression.iterable, frame);
  for (const element of elementsOf(source)) {
    round(frame, () => {
      frame.environment = frame.environment.child();
      bind(machine, expression.pattern, element, frame);
      return machine.evaluateBlock(expression.body, frame);
    });
    if (frame.ended !== "no") break;
  }
  return UNIT;
}

function elementsOf(source: Value): Value[] {
  if (source.kind === "fallible") return elementsOf(source.value).map((value) => ({ ...source, value: examined(value) }));
  if (source.kind === "object") {
    source.object.usedWhole = true;
    return [elementOf(source)];
  }
  if (source.kind === "collection") {
    const { elements } = source.collection;
    return elements.length === 0 ? [opaque("element", { taint: taintOf(source) })] : elements.slice(0, MAX_ELEMENTS).map(single);
  }
  if (source.kind === "choice") {
    const there = source.arms.filter((it) => it.value.kind !== "none" && it.value.kind !== "error");
    const [only] = there;
    if (there.length === 1 && only !== undefined) return elementsOf(only.value);
    return [
      {
        ...source,
        arms: there.flatMap((arm) =>
          elementsOf(arm.value)
            .slice(0, 1)
            .map((value) => ({ ...arm, value })),
        ),
      },
    ];
  }
  // Of an unknown source, the name is all that tells what its elements are.
  return [opaque(source.kind === "opaque" ? source.text : "element", { taint: taintOf(source), parts: [source] })];
}

const single = (value: Value): Value =>
  value.kind === "object" ? { ...value, many: false } : value.kind === "fallible" ? { ...value, value: single(value.value) } : value;

/** One round of a loop: leaving it leaves nothing else. */
function round(frame: Frame, work: () => Value): Value {
  const saved = { environment: frame.environment, path: frame.path };
  const value = work();
  frame.environment = saved.environment;
  if (frame.ended === "round") frame.ended = "no";
  // What a round found out holds for that round, but for a refusal of certificates that do not fit: each of them went through it.
  const passed = frame.ended === "no" ? refusals(frame.path) : [];
  // A loop that always returns or fails may not run at all.
  if (frame.ended === "failure" || frame.ended === "return") frame.ended = "no";
  frame.path = extend(saved.path, passed) ?? saved.path;
  return value;
}

export function evaluateLoop(machine: Machine, expression: ExpressionOf<"loop">, frame: Frame): Value {
  const value = round(frame, () => machine.evaluateBlock(expression.body, frame));
  const { broken } = frame;
  delete frame.broken;
  return broken ?? value;
}

export function evaluateWhile(machine: Machine, expression: ExpressionOf<"while">, frame: Frame): Value {
  const { condition } = expression;
  const decided = decide(machine, condition, frame);
  if (decided.known === false) return UNIT;
  if (condition.kind === "let" && decided.asked !== undefined) {
    // One after the other is all of them.
    for (const object of objectsIn(decided.asked)) object.usedWhole = true;
    const failure = isInnerOk(condition.pattern) ? failureIn(decided.asked) : undefined;
    // Stops without a word at the first one that cannot be read.
    if (failure !== undefined) dropFailure(machine, failure, { file: frame.file, span: condition.pattern.span }, frame);
  }
  round(frame, () => {
    frame.environment = frame.environment.child();
    for (const { name, value } of decided.bindings) frame.environment.declare(name, single(value), frame.path);
    return machine.evaluateBlock(expression.body, frame);
  });
  return UNIT;
}

const isInnerOk = (pattern: Pattern): boolean =>
  pattern.kind === "tuple-struct" &&
  pattern.path.segments.at(-1)?.name === "Some" &&
  pattern.elements.some((it) => it.kind === "tuple-struct" && it.path.segments.at(-1)?.name === "Ok");
