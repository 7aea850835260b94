/** The trees of `use` declarations, flat: an import for each leaf. */
import type { Import } from "../ast.ts";
import { DEEPEST_NESTING } from "../bounds.ts";
import * as token from "../syntax/tokens.ts";
import type { Lowering } from "./lowering.ts";

interface Prefix {
  readonly path: readonly string[];
  readonly global: boolean;
}

export function importsIn(lowering: Lowering, from: number, to: number): Import[] {
  const found: Import[] = [];
  readTree(lowering, from, to, { path: [], global: false }, found, 0);
  return found;
}

/** One tree between two tokens: `a::b`, `a::{…}`, `a::*`, `a as b`. */
function readTree(lowering: Lowering, from: number, to: number, prefix: Prefix, found: Import[], depth: number): void {
  const path = [...prefix.path];
  let global = prefix.global;
  let at = from;
  if (lowering.kind(at) === token.PATH_SEPARATOR) {
    if (path.length === 0) global = true;
    at++;
  }
  for (; at < to; at++) {
    const kind = lowering.kind(at);
    if (kind === token.LEFT_BRACE) {
      if (depth < DEEPEST_NESTING) readList(lowering, at, { path, global }, found, depth + 1);
      return;
    }
    if (kind === token.TIMES) {
      found.push({ span: lowering.span(from, at + 1), path, global });
      return;
    }
    if (kind === token.AS) break;
    if (kind !== token.PATH_SEPARATOR) path.push(lowering.name(at));
  }
  if (path.length === prefix.path.length) return;
  const alias = lowering.kind(at) === token.AS && at + 1 < to ? lowering.name(at + 1) : undefined;
  const whole = path.length > 1 && path.at(-1) === "self" ? path.slice(0, -1) : path;
  const name = alias ?? whole.at(-1);
  found.push({ span: lowering.span(from, to), path: whole, global, ...(name === undefined ? {} : { name }) });
}

function readList(lowering: Lowering, brace: number, prefix: Prefix, found: Import[], depth: number): void {
  const close = lowering.tokens.partners[brace] ?? brace;
  let start = brace + 1;
  for (let at = start; at <= close; at++) {
    const kind = lowering.kind(at);
    if (kind === token.LEFT_BRACE) at = lowering.tokens.partners[at] ?? at;
    else if (kind === token.COMMA || at === close) {
      if (at > start) readTree(lowering, start, at, prefix, found, depth);
      start = at + 1;
    }
  }
}
