/** An iterator that leaves errors out, such as `results.flatten()`, made to fail with the first of them. */
import { err, ok, type Result } from "../base/result.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { ExpressionOf, RustFile } from "../rust/index.ts";
import { type Chain, type Piece, rewriteChain, type Wished } from "./chain.ts";
import { callOf } from "./iterated-calls.ts";
import { firstLine } from "./statement-edits.ts";
import type { Ancestor } from "./trail.ts";

interface Flattened {
  readonly source: RustFile;
  readonly trail: readonly Ancestor[];
  readonly suffix: string;
}

export function flattened(chain: Chain, at: number, method: ExpressionOf<"method">, drop: Flattened): Result<readonly TextEdit[], string> {
  const { source, suffix, trail } = drop;
  const piece = chain.pieces[at];
  const next = chain.pieces[at + 1];
  if (piece === undefined) return err("the call was not found");
  const outer = trail.findLast((it) => it.of === "expression" && it.node.kind === "for" && it.node.iterable.span.end === chain.span.end);
  if (next === undefined && outer?.of === "expression" && outer.node.kind === "for") {
    const { pattern, body } = outer.node;
    if (pattern.kind === "binding") {
      const named = source.text.slice(pattern.span.start, pattern.span.end);
      return ok([
        ...rewriteChain(chain, [...chain.pieces.slice(0, at)], source),
        ...(pattern.mutable ? [{ span: pattern.span, text: pattern.name }] : []),
        ...firstLine(body, `let ${named} = ${pattern.name}${suffix};`, source),
      ]);
    }
  }
  if (next?.name === "collect") {
    const [into] = callOf(next, method, trail)?.generics ?? [];
    const list = into === undefined ? "Vec<_>" : source.text.slice(into.span.start, into.span.end);
    return ok(rewriteChain(chain, [...chain.pieces.slice(0, at), ...collected(list, suffix, next), ...chain.pieces.slice(at + 2)], source));
  }
  const rest = chain.pieces.slice(at + 1);
  const again: readonly Wished[] = rest.length === 0 ? [] : [{ text: ".into_iter()" }];
  return ok(rewriteChain(chain, [...chain.pieces.slice(0, at), ...collected("Vec<_>", suffix, piece), ...again, ...rest], source));
}

/** `.call()?` is one piece, `.call().expect(…)` two. */
function collected(list: string, suffix: string, instead: Piece): readonly Wished[] {
  const call = `.collect::<Result<${list}, _>>()`;
  return suffix === "?" || suffix === "" ? [{ text: call + suffix, instead }] : [{ text: call, instead }, { text: suffix }];
}
