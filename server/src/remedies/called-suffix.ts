/** What is put behind a call so that its error is handled as the function around it does: `?`, a conversion before it, or `.expect(…)`. */
import type { Expression, FunctionItem, Path } from "../rust/index.ts";
import { functionAt, ofCall, ofCalled } from "./caught-error.ts";
import { callSuffix, errorOf, type Handling, handlingAt, trySuffix } from "./fallible.ts";
import type { Ground } from "./ground.ts";
import type { Imports } from "./imports.ts";
import { callModel, means } from "./meaning.ts";
import type { Site } from "./site.ts";
import type { Ancestor } from "./trail.ts";

/** Of a function of the user's its own error is known, whatever failed in it. */
export function suffixAt(trail: readonly Ancestor[], message: string, site: Site, ground: Ground, imports: Imports): string {
  const handling = handlingAt(trail, ground);
  const last = trail.findLast((it) => it.of === "expression");
  const own = last?.of === "expression" ? ofCall(rootOf(last.node), ground) : undefined;
  const write = (path: string): string => imports.written(path);
  return own === undefined ? trySuffix(handling, message, errorOf(site), write) : callSuffix(handling, message, own, write);
}

/** What stands at the start of a chain of calls. */
export const rootOf = (it: Expression): Expression => (it.kind === "method" ? rootOf(it.receiver) : it);

/** What a call gives, or the function that is named: a value, a `Result` whose error is handled so, or what is not known. */
export type Called = "value" | "unknown" | { readonly suffix: string };

export function calledAt(asked: Expression, trail: readonly Ancestor[], message: string, ground: Ground, imports: Imports): Called {
  const own = ofCalled(calleeOf(asked), ground);
  if (own !== undefined && own.kind !== "none") return { suffix: suffixOf(own, trail, message, ground, imports) };
  const declared = functionAt(calleeOf(asked), ground);
  // Of a `Result` by another name the error is not known.
  if (declared !== undefined) return isResult(declared) ? "unknown" : "value";
  const root = calleeOf(rootOf(asked));
  const path = root === undefined ? undefined : means(root.segments, ground);
  return path !== undefined && callModel(path, ground.models) !== undefined ? "value" : "unknown";
}

const suffixOf = (own: Handling, trail: readonly Ancestor[], message: string, ground: Ground, imports: Imports): string =>
  callSuffix(handlingAt(trail, ground), message, own, (path) => imports.written(path));

function calleeOf(asked: Expression): Path | undefined {
  const callee = asked.kind === "call" ? asked.callee : asked;
  return callee.kind === "path" ? callee.path : undefined;
}

const isResult = ({ returns }: FunctionItem): boolean =>
  returns?.kind === "path" && returns.path.segments.at(-1)?.name.endsWith("Result") === true;
