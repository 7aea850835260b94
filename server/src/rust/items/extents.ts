/** Where an item ends, as its tokens and the brackets that close tell: of what is whole, and of what is being typed. */
import { isName, isOpening } from "../syntax/state.ts";
import * as token from "../syntax/tokens.ts";

export class Extents {
  readonly #tokens: token.Tokens;
  readonly #partners: Int32Array;

  /** `partners`: of each bracket that opens the token that closes it. */
  constructor(tokens: token.Tokens, partners: Int32Array) {
    this.#tokens = tokens;
    this.#partners = partners;
  }

  closing(at: number): number {
    return this.#partners[at] ?? this.#tokens.count;
  }

  /** Behind what a bracket opens. Closed by force it ends in front of the token that did so. */
  behind(open: number): number {
    const close = this.closing(open);
    const kind = this.#kind(close);
    return kind === token.RIGHT_BRACE || kind === token.RIGHT_PAREN || kind === token.RIGHT_BRACKET ? close + 1 : close;
  }

  /** The brace or the semicolon that ends a head, before `limit`; braces in generic arguments are passed over. */
  bodyOrEnd(limit: number, from: number, generic: boolean): number {
    let angles = 0;
    for (let at = from; at < limit; at++) {
      const kind = this.#kind(at);
      if (kind === token.LEFT_BRACE && (!generic || angles <= 0)) return at;
      if (kind === token.SEMICOLON) return at;
      if (this.#mustBegin(at)) return at - 1;
      if (kind === token.LESS) angles++;
      else if (kind === token.GREATER) angles--;
      else if (isOpening(kind)) at = this.behind(at) - 1;
    }
    return limit - 1;
  }

  semicolon(limit: number, from: number): number {
    for (let at = from; at < limit; at++) {
      const kind = this.#kind(at);
      if (kind === token.SEMICOLON) return at;
      if (this.#mustBegin(at)) return at - 1;
      if (isOpening(kind)) at = this.behind(at) - 1;
    }
    return limit - 1;
  }

  #kind(at: number): number {
    return this.#tokens.kinds[at] ?? token.END;
  }

  /** Whether another item begins there, so that the one before is not finished: no head or value has such a word. */
  #mustBegin(at: number): boolean {
    const kind = this.#kind(at);
    if (kind === token.FN) return isName(this.#kind(at + 1));
    return UNMISTAKABLE.has(kind);
  }
}

const UNMISTAKABLE: ReadonlySet<number> = new Set([token.PUB, token.STRUCT, token.ENUM, token.TRAIT, token.MOD, token.USE]);

/** `unsafe`, `async`, `const`, `extern "C"` and the like before the word that says what an item is. */
export function isModifier({ kinds }: token.Tokens, at: number): boolean {
  const next = kinds[at + 1] ?? token.END;
  switch (kinds[at]) {
    case token.UNSAFE:
      return next !== token.LEFT_BRACE;
    case token.ASYNC:
    case token.GEN:
    case token.SAFE:
    case token.DEFAULT:
    case token.AUTO:
      return MODIFIED.has(next);
    case token.CONST:
      return MODIFIED_BY_CONST.has(next);
    case token.EXTERN:
      return next === token.FN || (next === token.STRING && kinds[at + 2] === token.FN);
    case token.STRING:
      return next === token.FN;
    default:
      return false;
  }
}

const MODIFIED: ReadonlySet<number> = new Set([
  token.FN,
  token.UNSAFE,
  token.EXTERN,
  token.ASYNC,
  token.CONST,
  token.STATIC,
  token.IMPL,
  token.TRAIT,
  token.TYPE,
  token.GEN,
]);
const MODIFIED_BY_CONST: ReadonlySet<number> = new Set([token.FN, token.UNSAFE, token.ASYNC, token.EXTERN, token.TRAIT, token.IMPL]);
