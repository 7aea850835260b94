/** Calls that may fail where what they give is iterated: `load(path).into_iter()`, `flat_map(|path| load(path))` leave errors out. */
import { err, ok, type Result } from "../base/result.ts";
import { sameSpan } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Expression, ExpressionOf, RustFile } from "../rust/index.ts";
import { type Called, rootOf } from "./called-suffix.ts";
import { type Chain, type Piece, rewriteChain, type Wished } from "./chain.ts";
import type { Ancestor } from "./trail.ts";

interface Dropping {
  readonly source: RustFile;
  readonly trail: readonly Ancestor[];
  readonly called: (asked: Expression) => Called;
}

/**
 * `at`: the call that goes through several of what it is given. Undefined where that is the one that leaves errors out; the error says that
 * nobody knows.
 */
export function iteratedCalls(chain: Chain, at: number, method: Method, drop: Dropping): Result<readonly TextEdit[], string> | undefined {
  return iteratedResult(chain, method, drop) ?? flatMapped(chain, at, method, drop);
}

type Method = ExpressionOf<"method">;

/** `load(path).into_iter().flatten()` goes through what is in `Ok`. */
function iteratedResult(
  chain: Chain,
  method: Method,
  { source, trail, called }: Dropping,
): Result<readonly TextEdit[], string> | undefined {
  const [first, flattening, ...rest] = chain.pieces;
  const root = rootOf(method);
  const own = first?.name === "into_iter" && flattening?.name === "flatten" && sameSpan(root.span, chain.root) ? called(root) : "value";
  if (typeof own === "string" || first === undefined) return undefined;
  const isLooped = rest.length === 0 && trail.some((it) => it.of === "expression" && isOver(it.node, chain));
  const wished: readonly Wished[] = isLooped ? [] : [first, ...rest];
  return ok(rewriteChain(chain, wished, source, source.text.slice(root.span.start, root.span.end) + own.suffix));
}

const isOver = (it: Expression, { span }: Chain): boolean => it.kind === "for" && sameSpan(it.iterable.span, span);

/** `flat_map(|path| load(path))` as well, of each: `map(|path| load(path))`, and the first error is handled. */
function flatMapped(
  chain: Chain,
  at: number,
  method: Method,
  { source, trail, called }: Dropping,
): Result<readonly TextEdit[], string> | undefined {
  for (const [index, piece] of chain.pieces.slice(0, at).entries()) {
    const given = callOf(piece, method, trail)?.arguments[0];
    if (piece.name !== "flat_map" || given === undefined) continue;
    const own = called(given.kind === "closure" ? given.body : given);
    if (own === "value") continue;
    if (own === "unknown")
      return at < chain.pieces.length ? err(`what \`${piece.name}\` goes through is not known: ${BY_HAND}`) : undefined;
    const wished: readonly Wished[] = [
      { text: `.map(${source.text.slice(given.span.start, given.span.end)})`, instead: piece },
      { text: `.collect::<Result<Vec<_>, _>>()${own.suffix}` },
      { text: ".into_iter()" },
    ];
    return ok(rewriteChain(chain, [...chain.pieces.slice(0, index), ...wished, ...chain.pieces.slice(index + 1)], source));
  }
  return undefined;
}

const BY_HAND = "propagate its error by hand";

/** The call that a piece of the chain around a method is. */
export const callOf = ({ callEnd }: Piece, method: Method, trail: readonly Ancestor[]): Method | undefined =>
  [...trail.flatMap((it) => (it.of === "expression" && it.node.kind === "method" ? [it.node] : [])), ...receiversOf(method)].find(
    (it) => it.span.end === callEnd,
  );

const receiversOf = (it: Method): readonly Method[] => [it, ...(it.receiver.kind === "method" ? receiversOf(it.receiver) : [])];
