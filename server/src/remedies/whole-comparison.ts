/** A text that is compared with the beginning of another is compared with the whole of it. */
import { err, ok, type Result } from "../base/result.ts";
import type { Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Expression, Type } from "../rust/index.ts";
import type { Ground } from "./ground.ts";
import { enclosingFunction } from "./inventory.ts";
import type { Ancestor } from "./trail.ts";

export const WHOLE = "Compare the whole fingerprint with `==`";

/** `place`: the call, from its name on, or its name alone. */
export function comparedAsWhole(place: Span, trail: readonly Ancestor[], { source }: Ground): Result<readonly TextEdit[], string> {
  const at = trail.findLastIndex(
    ({ of, node }) => of === "expression" && node.kind === "method" && PARTS.has(node.name) && node.nameSpan.start === place.start,
  );
  const found = trail[at];
  const call = found?.of === "expression" && found.node.kind === "method" ? found.node : undefined;
  const [against] = call?.arguments ?? [];
  if (call === undefined || against === undefined) return err(BY_HAND);
  const other = asText(against, trail, source);
  const outer = trail[at - 1];
  if (other === undefined || !isOperand(call.receiver)) return err(BY_HAND);
  const written = ({ start, end }: Span): string => source.text.slice(start, end);
  if (outer?.of === "expression" && outer.node.kind === "unary" && outer.node.operator === "!" && !isPart(trail[at - 2], outer.node))
    return ok([{ span: outer.span, text: `${written(call.receiver.span)} != ${written(other.span)}` }]);
  return isPart(outer, call) ? err(BY_HAND) : ok([{ span: call.span, text: `${written(call.receiver.span)} == ${written(other.span)}` }]);
}
const PARTS: ReadonlySet<string> = new Set(["starts_with", "ends_with"]);
const BY_HAND = "what it is compared with is of a type that is not known here: compare the whole fingerprint with `==`";

const isOperand = (it: Expression): boolean => ["path", "field", "call", "method", "try", "index", "await"].includes(it.kind);

/** What binds more tightly than a comparison stands around it. */
function isPart(outer: Ancestor | undefined, own: Expression): boolean {
  if (outer?.of !== "expression") return false;
  const { node } = outer;
  if (node.kind === "method") return node.receiver === own;
  if (node.kind === "binary") return node.operator !== "&&" && node.operator !== "||";
  return ["unary", "try", "await", "field", "cast", "index", "reference", "range", "let", "unknown"].includes(node.kind);
}

/** A text slice: what owns or borrows a text can be compared with it. */
function asText(it: Expression, trail: readonly Ancestor[], source: Ground["source"]): Expression | undefined {
  if (it.kind === "method" && it.name === "as_str" && it.arguments.length === 0) return it;
  if (it.kind === "literal") return it.literal.type === "string" ? it : undefined;
  const name = it.kind === "path" && it.path.segments.length === 1 ? it.path.segments[0]?.name : undefined;
  const isShadowed = trail.some((one) => one.of === "block" && one.node.statements.some((statement) => binds(statement, name)));
  const given = enclosingFunction(trail)?.parameters.find(({ pattern }) => pattern.kind === "binding" && pattern.name === name);
  return name !== undefined && !isShadowed && isSlice(given?.type, source) ? it : undefined;
}

const binds = (statement: { readonly kind: string; readonly pattern?: { readonly kind: string } }, name: string | undefined): boolean =>
  statement.pattern !== undefined && "name" in statement.pattern && statement.pattern.name === name;

const isSlice = (type: Type | undefined, { text }: Ground["source"]): boolean =>
  type !== undefined && text.slice(type.span.start, type.span.end) === "&str";
