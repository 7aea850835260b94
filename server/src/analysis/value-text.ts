/** What a value is of, in words: as it might be written where a function's inputs are. */
import { CONFIGURED, payloadOf, type Value, viewOf } from "../flow/index.ts";
import { lastOf } from "../rust/last-of.ts";

const LONGEST_SUBJECT = 40;

/** As it might be written where the inputs are. */
export function textOf(value: Value, inputs: readonly string[]): string {
  switch (value.kind) {
    case "input":
      return inputs[value.index] ?? "…";
    case "constant":
      return JSON.stringify(value.value);
    case "part": {
      const payload = payloadOf(value.name);
      if (payload !== undefined && !/^\d+$/.test(payload.field)) return payload.field;
      const of = textOf(value.of, inputs);
      const isSame = payload !== undefined || viewOf(value.name) !== undefined || value.name === "success" || value.name === "each";
      // What a long chain of calls made is told by what is asked of it.
      return isSame ? of : `${of.length > LONGEST_SUBJECT ? "…" : of}.${value.name}`;
    }
    case "test": {
      const what = value.what.startsWith("=") ? value.what.slice(1) : patternOf(value.what);
      return `let ${what} = ${textOf(value.of, inputs)}`;
    }
    case "operation":
      return value.operands.length === 1
        ? `${value.operator}${value.operands.map((it) => textOf(it, inputs)).join("")}`
        : value.operands.map((it) => textOf(it, inputs)).join(` ${value.operator} `);
    case "apply": {
      const [option] = value.callee === CONFIGURED ? value.arguments : [];
      if (option?.kind === "constant") return String(option.value);
      const [first, ...rest] = value.arguments.map((it) => textOf(it, inputs));
      const method = methodOf(value.callee);
      const isWhole = value.arguments.every((it) => it.kind === "constant");
      const given = [first, ...rest].join(", ");
      return method === undefined ? `${lastOf(value.callee)}(${isWhole ? given : "…"})` : `${first}.${method}(${rest.join(", ")})`;
    }
    case "labelled":
      return textOf(value.of, inputs);
    default:
      return "…";
  }
}

/** Questions about values of the standard library are methods of theirs. */
const methodOf = (callee: string): string | undefined =>
  callee.startsWith(".") ? callee.slice(1) : /^std::[a-z_]+$/.test(callee) ? lastOf(callee) : undefined;

/** Variants of the program's own are written with their type. */
function patternOf(path: string): string {
  const name = lastOf(path);
  if (name === "Some" || name === "Ok" || name === "Err") return `${name}(_)`;
  const [type = ""] = path.split("::").slice(-2, -1);
  return path.startsWith("std::") || !/^\p{Lu}/u.test(type) ? name : `${type}::${name}`;
}
