/** What calls have to give, by an annotation or a signature: with it, what a generic function or method of another crate makes. */
import type { Block, Expression } from "../ast.ts";
import { payloadOf } from "./std-terms.ts";
import type { Type } from "./type.ts";

/** Of a `Result`, those that leave its success as it is, or give it. */
const SAME_SUCCESS: ReadonlySet<string> = new Set(["unwrap", "expect", "map_err", "context", "with_context"]);

/** What holds what it is given. */
const WRAPPING: ReadonlySet<string> = new Set(["Ok", "Some"]);

export class Expectations {
  readonly #calls = new Map<Expression, Type>();

  /** `Ok(read()?)` asks of the call what a signature says of the success, and a block asks it of its end. */
  note(value: Expression | undefined, type: Type | undefined): void {
    if (value === undefined || type === undefined) return;
    const open: [Expression, Type][] = [[value, type]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [it, given] = next;
      const of = payloadOf(given) ?? given;
      const inner = endsOf(it);
      if (inner !== undefined) for (const one of inner) open.push([one, it.kind === "call" ? of : given]);
      else if (it.kind === "call" || it.kind === "method") this.#calls.set(it, of);
    }
  }

  of(call: Expression): Type | undefined {
    return this.#calls.get(call);
  }
}

/** What gives its value, or what is in that; undefined where it does itself. */
function endsOf(it: Expression): readonly Expression[] | undefined {
  switch (it.kind) {
    case "try":
    case "await":
      return [it.operand];
    case "method":
      return SAME_SUCCESS.has(it.name) ? [it.receiver] : undefined;
    case "call":
      return isWrapping(it.callee) ? it.arguments : undefined;
    case "block":
      return it.flavour === "async" ? [] : ofBlock(it.block);
    case "if":
      return [...ofBlock(it.then), ...(it.otherwise === undefined ? [] : [it.otherwise])];
    case "match":
      return it.arms.map(({ body }) => body);
    default:
      return undefined;
  }
}

const ofBlock = ({ tail }: Block): readonly Expression[] => (tail === undefined ? [] : [tail]);

const isWrapping = (callee: Expression): boolean =>
  callee.kind === "path" && callee.path.segments.length === 1 && WRAPPING.has(callee.path.segments[0]?.name ?? "");
