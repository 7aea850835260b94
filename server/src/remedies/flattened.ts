/** An iterator that leaves errors out, such as `results.flatten()`, made to fail with the first of them. */
import { err, ok, type Result } from "../base/result.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { RustFile } from "../rust/index.ts";
import { type Chain, rewriteChain, type Wished } from "./chain.ts";
import { firstLine } from "./statement-edits.ts";
import type { Ancestor } from "./trail.ts";

interface Flattened {
  readonly source: RustFile;
  readonly trail: readonly Ancestor[];
  readonly suffix: string;
}

export function flattened(chain: Chain, at: number, drop: Flattened): Result<readonly TextEdit[], string> {
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
    const written = source.text.slice(next.span.start, next.callEnd);
    const list = /^\.collect::<(.*)>\(\)$/s.exec(written)?.[1] ?? "Vec<_>";
    const collected = `.collect::<Result<${list}, _>>()${suffix}`;
    return ok(rewriteChain(chain, [...chain.pieces.slice(0, at), ...fallible(collected, next), ...chain.pieces.slice(at + 2)], source));
  }
  const collected = fallible(`.collect::<Result<Vec<_>, _>>()${suffix}`, piece);
  const rest = chain.pieces.slice(at + 1);
  const again: readonly Wished[] = rest.length === 0 ? [] : [{ text: ".into_iter()" }];
  return ok(rewriteChain(chain, [...chain.pieces.slice(0, at), ...collected, ...again, ...rest], source));
}

/** `.call()?` is one piece, `.call().expect(…)` two. */
function fallible(text: string, instead: Chain["pieces"][number]): readonly Wished[] {
  const [, call = text, rest = ""] = /^(\.collect::<.*>\(\))(.*)$/s.exec(text) ?? [];
  return rest === "?" || rest === "" ? [{ text, instead }] : [{ text: call, instead }, { text: rest }];
}
