/** How much of what could be repeated without end is tried: every run takes a part, always the same, and `npm run nightly` all. */

const NIGHTLY = process.env["NIGHTLY"] === "1";

export const inEveryRun = (some: number, { nightly }: { readonly nightly: number }): number => (NIGHTLY ? nightly : some);

/** Turns of `length` that begin elsewhere for each name, so that over many names all take their turn. */
export function turnOf(name: string, length: number): number {
  let sum = 0;
  for (const it of name) sum = (sum * 31 + (it.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % Math.max(1, length);
}
