/** Whether two pieces of Rust are the same but for their layout and comments. */
import { tokensIn } from "./pieces.ts";

export function isSameCode(one: string, other: string): boolean {
  const [own, its] = [tokensOf(one), tokensOf(other)];
  return own.length === its.length && own.every((it, at) => it === its[at]);
}

/** Without commas before a closing bracket: layout adds them. */
function tokensOf(text: string): readonly string[] {
  const all = tokensIn(text);
  return all.filter((it, at) => it !== "," || !CLOSING.has(all[at + 1] ?? ")"));
}
const CLOSING: ReadonlySet<string> = new Set([")", "]", "}"]);
