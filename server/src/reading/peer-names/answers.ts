/** What a comparison of a peer's name gives, and when a body does something about it: by what stands where the names differ. */
import type { Block, Expression, ExpressionOf, Pattern } from "../../rust/index.ts";
import type { Room } from "./room.ts";

/** Methods that compare what they are called on with what they are given. */
export const COMPARING: ReadonlySet<string> = new Set(["eq", "eq_ignore_ascii_case"]);

/** What is said of an answer, a result or an option, with its sense: whether it is true where the names agree. */
const ASKING: ReadonlyMap<string, boolean> = new Map([
  ["is_ok", true],
  ["is_some", true],
  ["is_err", false],
  ["is_none", false],
]);

/** Methods that hand on that something is there or is no failure, and those that end the program where it is not so. */
const CARRYING: ReadonlySet<string> = new Set(
  "ok ok_or ok_or_else map map_err and_then and context with_context err_into boxed into copied cloned as_ref".split(" "),
);
const ENDING: ReadonlySet<string> = new Set(["unwrap", "expect"]);

/** `answer`: a truth value, `agree` where it is true of names that agree. `verdict`: a result or option that fails where they do not. */
export type Answer = { readonly is: "answer"; readonly agree: boolean } | { readonly is: "verdict" };

const asked = (name: string): Answer | undefined => {
  const agree = ASKING.get(name);
  return agree === undefined ? undefined : { is: "answer", agree };
};

/** What a method makes of an answer; "ended": the program goes on only where the names agree. */
export function ofMethod(answer: Answer, { name, arguments: given }: ExpressionOf<"method">): Answer | "ended" | undefined {
  if (answer.is === "answer") {
    if ((name === "then" || name === "then_some") && answer.agree) return { is: "verdict" };
    // Of an option that holds it: nothing there is no agreement.
    return name === "unwrap_or" && answer.agree && isLiteral(given[0], false) ? answer : undefined;
  }
  if (ENDING.has(name)) return "ended";
  return CARRYING.has(name) ? answer : asked(name);
}

/** What a method makes of the answers that a closure gives for each element. */
export function ofClosure(answer: Answer, { name, arguments: given }: ExpressionOf<"method">): Answer | undefined {
  if (answer.is === "verdict") return name === "and_then" || name === "find_map" ? answer : undefined;
  if (!answer.agree) return undefined;
  if (name === "any" || name === "is_some_and" || name === "is_ok_and" || name === "map") return answer;
  if (name === "map_or") return isLiteral(given[0], false) ? answer : undefined;
  return name === "find" || name === "position" ? { is: "verdict" } : undefined;
}

const isLiteral = (it: Expression | undefined, value: boolean): boolean =>
  it?.kind === "literal" && it.literal.type === "bool" && it.literal.value === value;

/** `both`: the operator is true only where both sides are. */
export function joined(left: Answer | undefined, right: Answer | undefined, both: boolean): Answer | undefined {
  const sides = [left, right].filter((it) => it?.is === "answer");
  const [first] = sides;
  if (first?.is !== "answer" || sides.some((it) => it?.is === "answer" && it.agree !== first.agree)) return undefined;
  // `same && x` is true only of names that agree; `differs || x` is true of all that do not.
  return sides.length === 2 || first.agree === both ? first : undefined;
}

export const negated = (answer: Answer | undefined): Answer | undefined =>
  answer?.is === "answer" ? { is: "answer", agree: !answer.agree } : undefined;

/** Which of the two sides of a condition is that of names that do not agree. */
export function refusedSide(condition: Expression, answer: Answer): "then" | "otherwise" | undefined {
  if (answer.is === "answer") return answer.agree ? "otherwise" : "then";
  if (condition.kind !== "let") return undefined;
  return isFailure(condition.pattern) ? "then" : isSuccess(condition.pattern) ? "otherwise" : undefined;
}

const lastOf = (pattern: Pattern): string | undefined =>
  pattern.kind === "tuple-struct" || pattern.kind === "path" ? pattern.path.segments.at(-1)?.name : undefined;
export const isFailure = (pattern: Pattern): boolean =>
  /^(?:Err|None)$/.test(lastOf(pattern) ?? (pattern.kind === "binding" ? pattern.name : ""));
const isSuccess = (pattern: Pattern): boolean => /^(?:Ok|Some)$/.test(lastOf(pattern) ?? "");

/** Whether a block ends in a failure of the body around it: an error is returned, or nobody gets any further. */
export function blockFails({ statements, tail }: Block, last: boolean): boolean {
  if (tail !== undefined) return fails(tail, last);
  const final = statements.at(-1);
  return final?.kind === "expression" && fails(final.expression, false);
}

/** `last`: it is what the body gives. */
export function fails(it: Expression, last: boolean): boolean {
  switch (it.kind) {
    case "return":
      return it.value !== undefined && isError(it.value);
    case "try":
      return isError(it.operand);
    case "macro":
      return /^(?:bail|panic|unreachable|fail)$/.test(it.path.segments.at(-1)?.name ?? "");
    case "call":
      return (last && isError(it)) || (it.callee.kind === "path" && /^(?:exit|abort)$/.test(it.callee.path.segments.at(-1)?.name ?? ""));
    case "block":
      return blockFails(it.block, last);
    case "if":
      return it.otherwise !== undefined && blockFails(it.then, last) && fails(it.otherwise, last);
    default:
      return last && isError(it);
  }
}

/** What says no: an error, nothing, or `false`. */
function isError(it: Expression): boolean {
  switch (it.kind) {
    case "call":
      return (
        it.callee.kind === "path" &&
        (/^(?:Err|err)$/.test(it.callee.path.segments.at(-1)?.name ?? "") ||
          it.arguments.some((one) => it.arguments.length === 1 && isError(one)))
      );
    case "path":
      return it.path.segments.length === 1 && it.path.segments[0]?.name === "None";
    case "literal":
      return it.literal.type === "bool" && !it.literal.value;
    case "macro":
      return /^(?:anyhow|eyre|format_err)$/.test(it.path.segments.at(-1)?.name ?? "");
    case "method":
      return isError(it.receiver);
    default:
      return false;
  }
}

/** What a name is compared with is the program's own: nothing of the peer's certificate, and no form that names have. */
export const isOwn = (it: Expression, room: Room): boolean =>
  it.kind !== "closure" &&
  !(it.kind === "path" && it.path.segments.at(-1)?.name === "None") &&
  (it.kind !== "literal" || it.literal.type === "string") &&
  ![...(room.scope.source.text.slice(it.span.start, it.span.end).match(/[A-Za-z_]\w*/g) ?? [])].some((word) => room.variables.has(word));
