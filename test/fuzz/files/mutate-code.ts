/** Rust, changed: what typing, a merge, a broken generator or an attacker makes of it, in bytes, tokens, lines and whole parts of files. */
import type { Dice } from "../dice.ts";
import { byteChanged, joined, tokenChanged } from "./mutate.ts";

/** One to five changes. `other`: another file, for what is taken from it. */
export function mutatedCode(original: Uint8Array, other: Uint8Array, dice: Dice): Uint8Array {
  let bytes = original;
  for (let left = 1 + dice.below(5); left > 0; left--) {
    const way = dice.below(10);
    if (way < 3) bytes = tokenChanged(bytes, dice, TOKENS);
    else if (way < 5) bytes = byteChanged(bytes, other, dice);
    else if (way < 9) bytes = linesChanged(bytes, dice);
    else bytes = spliced(bytes, other, dice);
  }
  return bytes;
}

const NEWLINE = 0x0a;

/** Where lines begin, the end of the text among them. */
function lineStarts(bytes: Uint8Array): readonly number[] {
  const starts = [0];
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) starts.push(at + 1);
  return starts.at(-1) === bytes.length ? starts : [...starts, bytes.length];
}

/** Copies of a part make code long, or nest it. */
const COPIES = [1, 1, 1, 2, 10, 40];

function linesChanged(bytes: Uint8Array, dice: Dice): Uint8Array {
  const starts = lineStarts(bytes);
  const first = dice.below(starts.length);
  const last = Math.min(starts.length - 1, first + 1 + dice.below(dice.one([1, 4, 20])));
  const to = starts[dice.below(starts.length)] ?? 0;
  const [start = 0, end = bytes.length] = [starts[first], starts[last]];
  const part = bytes.subarray(start, end);
  const [head, tail] = [bytes.subarray(0, start), bytes.subarray(end)];
  switch (dice.below(4)) {
    case 0:
      return joined(head, tail);
    case 1:
      return joined(head, ...new Array<Uint8Array>(dice.one(COPIES)).fill(part), bytes.subarray(start));
    case 2:
      return joined(bytes.subarray(0, to), part, bytes.subarray(to));
    default: {
      // Moved, within what is left.
      const rest = joined(head, tail);
      const at = Math.min(to, rest.length);
      return joined(rest.subarray(0, at), part, rest.subarray(at));
    }
  }
}

/** The beginning of one file and the end of another, cut at lines or anywhere. */
function spliced(bytes: Uint8Array, other: Uint8Array, dice: Dice): Uint8Array {
  const cut = (of: Uint8Array): number => (dice.below(2) === 0 ? dice.one(lineStarts(of)) : dice.below(of.length + 1));
  return joined(bytes.subarray(0, cut(bytes)), other.subarray(cut(other)));
}

const TOKENS = [
  ..."{}()[]<>;,.:=#!?&|*'\"\\/@$_\n\u2028\u202e\ufeff\u0000",
  "::",
  "->",
  "=>",
  "..=",
  "//",
  "/*",
  "*/",
  'r#"',
  '"#',
  "b'",
  "'a",
  "fn f() {",
  "impl X for Y {",
  "mod m {",
  "mod m;",
  "use super::*;",
  "pub use crate::*;",
  "macro_rules! m { ($($t:tt)*) => { $($t)* } }",
  "m!(",
  "concat!(",
  "format!(",
  'include!("main.rs");',
  '#[path = "main.rs"] mod m;',
  "#[cfg(test)]",
  "#[cfg_attr(all(), cfg(not(any())))]",
  "if let Some(x) = x {",
  "match x { _ =>",
  "loop { break 'a",
  "async move {",
  "|x| ",
  ".await?",
  ".unwrap()",
  "?",
  "return ",
  "let x = x;",
  "self.",
  "dyn Fn(",
  "where T: ",
  'unsafe extern "C" {',
  "0xffff_ffff_ffff_ffff_ffff",
  "1e9999",
  "// tlslint: allow(disabled-verification): a",
  "// tlslint: allow-file(",
];
