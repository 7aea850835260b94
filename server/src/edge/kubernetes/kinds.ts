/** Kinds of objects that a text names, found without parsing it: the cheap question whether it is worth that. */

const KEY = "kind";

interface NamedKind {
  readonly kind: string;
  /** At the start of a line, and alone there: of an object that is none of a list. */
  readonly isWhole: boolean;
}

/** `kind: Secret`, `kind: "Secret"`, `"kind": "Secret"`. */
export function kindsIn(text: string): readonly NamedKind[] {
  const found: NamedKind[] = [];
  for (let at = text.indexOf(KEY); at >= 0; at = text.indexOf(KEY, at + KEY.length)) {
    const start = isQuote(text.charAt(at - 1)) ? at - 1 : at;
    const colon = behindQuote(text, at + KEY.length);
    if (text.charAt(colon) !== ":") continue;
    const word = behindQuote(text, behindBlanks(text, colon + 1));
    let end = word;
    while (isLetter(text.charAt(end))) end++;
    const isWhole = (start === 0 || text.charAt(start - 1) === "\n") && endsLine(text, behindQuote(text, end));
    found.push({ kind: text.slice(word, end), isWhole });
  }
  return found;
}

export const namesKind = (text: string, kinds: ReadonlySet<string>): boolean => kindsIn(text).some(({ kind }) => kinds.has(kind));

const isQuote = (it: string): boolean => it === '"' || it === "'";
const isLetter = (it: string): boolean => (it >= "A" && it <= "Z") || (it >= "a" && it <= "z");
const behindQuote = (text: string, at: number): number => (isQuote(text.charAt(at)) ? at + 1 : at);

function behindBlanks(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === " ") at++;
  return at;
}

function endsLine(text: string, from: number): boolean {
  const end = text.indexOf("\n", from);
  return text.slice(from, end < 0 ? text.length : end).trim() === "";
}
