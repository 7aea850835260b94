/**
 * Tokens of a macro that hold `$`, as tokens of Rust: `$name` is one name, `$crate` the crate, and what a repetition repeats is there
 * once.
 */
import { type Paired, paired } from "./brackets.ts";
import * as token from "./tokens.ts";

/** With the place of the bracket in them: the same tokens where nothing between it and the one that closes it is a `$`. */
export function withoutDollars(tokens: Paired, bracket: number): { readonly tokens: Paired; readonly bracket: number } {
  const dollar = tokens.kinds.indexOf(token.DOLLAR, bracket);
  return dollar < 0 || dollar > (tokens.partners[bracket] ?? bracket)
    ? { tokens, bracket }
    : { tokens: template(tokens, bracket), bracket: 0 };
}

/** Of what stands between a bracket and the one that closes it, these two included. */
function template(tokens: Paired, bracket: number): Paired {
  const { kinds, starts, ends, partners } = tokens;
  const close = partners[bracket] ?? bracket;
  const buffer = new token.TokenBuffer(close - bracket + 3);
  /** Closing parentheses of repetitions that are open. */
  const repeated = new Set<number>();
  for (let at = bracket; at <= close; at++) {
    const kind = kinds[at] ?? token.END;
    const next = kinds[at + 1] ?? token.END;
    if (repeated.has(at)) at += isOperator(next) ? 1 : isOperator(kinds[at + 2] ?? token.END) ? 2 : 0;
    else if (kind === token.DOLLAR && next === token.LEFT_PAREN) repeated.add(partners[++at] ?? at);
    else if (kind === token.DOLLAR && next > token.END && next <= token.WHILE && next !== token.CRATE) {
      buffer.push(token.NAME, starts[at] ?? 0, ends[at + 1] ?? 0);
      at++;
    } else if (kind !== token.DOLLAR) buffer.push(kind, starts[at] ?? 0, ends[at] ?? 0);
  }
  return paired({ ...tokens, ...buffer.finish(tokens.text.length), errors: [] });
}

/** What ends a repetition, behind what may separate its rounds. */
const isOperator = (kind: number): boolean => kind === token.TIMES || kind === token.PLUS || kind === token.QUESTION;
