/** Lists in brackets whose elements are parsed one by one: types, patterns, fields, parameters. What is wrong in one costs no other. */
import type { State } from "./state.ts";
import * as token from "./tokens.ts";

/**
 * At the opening bracket. `parse` is given the token at which the element's attributes begin, and tells how many nodes it made;
 * `resumes`: where a new element begins although the comma before it is missing.
 */
export function parseList(
  state: State,
  parse: (state: State, from: number) => number,
  resumes: (state: State) => boolean = () => false,
): number {
  const close = state.past(state.at) - 1;
  state.at++;
  let arity = 0;
  while (state.at < close) {
    const from = state.at;
    state.skipAttributes();
    arity += parse(state, from);
    if (state.take(token.COMMA) || state.at >= close) continue;
    state.error();
    if (state.at === from) state.skip();
    while (state.at < close && !state.take(token.COMMA) && !resumes(state)) state.skip();
  }
  state.at = close + 1;
  return arity;
}
