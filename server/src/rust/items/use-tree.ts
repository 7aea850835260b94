/** The leaves of a `use` declaration: `a::{b::C, d::*, e as f}`. */
import { isSegment } from "../syntax/state.ts";
import * as token from "../syntax/tokens.ts";
import type { ImportLeaf } from "./item-tree.ts";

/** Nobody writes longer paths; without an end, nested braces would make more segments than the text has characters. */
const LONGEST_PATH = 64;

/** From the token after `use` to the one before the semicolon. */
export function importsOf(tokens: token.Tokens, from: number, to: number, textOf: (at: number) => string): readonly ImportLeaf[] {
  const { kinds } = tokens;
  const leaves: ImportLeaf[] = [];
  const global = kinds[from] === token.PATH_SEPARATOR;
  /** The path in front of each open brace. */
  const around: string[][] = [];
  let path: string[] = [];
  let name: string | undefined;
  let written = false;
  const leaf = (): void => {
    if (!written) return;
    const last = path.at(-1);
    // `a::{self}` brings `a`.
    const whole = last === "self" && path.length > 1 ? path.slice(0, -1) : path;
    leaves.push({ path: whole, global, name: name ?? whole.at(-1) });
  };
  for (let at = from; at < to; at++) {
    const kind = kinds[at] ?? token.END;
    if (isSegment(kind)) {
      written = path.length < LONGEST_PATH;
      if (written) path.push(textOf(at));
    } else if (kind === token.TIMES) {
      leaves.push({ path, global, name: undefined });
      written = false;
    } else if (kind === token.AS) name = textOf(++at);
    else if (kind === token.LEFT_BRACE) {
      around.push(path);
      path = [...path];
      written = false;
    } else if (kind === token.COMMA || kind === token.RIGHT_BRACE) {
      leaf();
      path = kind === token.COMMA ? [...(around.at(-1) ?? [])] : (around.pop() ?? []);
      name = undefined;
      written = false;
    }
  }
  leaf();
  return leaves;
}
