/** What the user calls a value: for messages and for rules that read names. */
import type { Expression } from "../rust/index.ts";
import type { Frame } from "./machine.ts";
import { fileOf, objectsIn, type Value } from "./values.ts";

/** What a value is called by the user: the path of its file, or the variable, field or constant that holds it. */
export function nameOf(value: Value, expression: Expression | undefined, frame: Frame): string | undefined {
  const file = fileOf(value) ?? objectsIn(value).flatMap((it) => it.sources)[0];
  if (file?.kind === "text" && file.value !== "") return file.value;
  if (file?.kind === "opaque") return file.text;
  if (expression === undefined) return value.kind === "opaque" ? value.text : undefined;
  return nameOfExpression(expression, frame);
}

function nameOfExpression(expression: Expression, frame: Frame): string | undefined {
  switch (expression.kind) {
    case "path":
      return expression.path.segments.at(-1)?.name;
    case "field":
      return expression.name;
    case "reference":
    case "unary":
    case "try":
    case "await":
      return nameOfExpression(expression.operand, frame);
    case "method":
      return nameOfExpression(expression.receiver, frame);
    case "call":
      return expression.arguments[0] === undefined
        ? nameOfExpression(expression.callee, frame)
        : nameOfExpression(expression.arguments[0], frame);
    case "index":
      return nameOfExpression(expression.base, frame);
    default:
      return undefined;
  }
}
