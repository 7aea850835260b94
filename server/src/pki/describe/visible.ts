/** Makes characters visible that hide, reorder or break text: names in certificates are written by strangers. */

/** Control, format (bidirectional marks, zero-width), private-use, unassigned and surrogate characters, and line separators. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Each such character in the form that Rust and JavaScript write it: `\u{202e}`. */
export const visible = (text: string): string =>
  text.replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
