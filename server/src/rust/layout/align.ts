/** The edits that lay a text out as another one that says the same: blanks, commas before brackets, and braces around a value. */
import type { TextEdit } from "../../base/text-edit.ts";

/** Undefined where the two differ in more than that. Places are those of `text`. */
export function aligned(text: string, wanted: string): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  let [a, b] = [0, 0];
  for (;;) {
    const [start, from] = [a, b];
    a = skip(text, a);
    b = skip(wanted, b);
    // One side alone has a comma or a brace here.
    while (text[a] !== wanted[b] && (isLoose(text[a]) || isLoose(wanted[b]))) {
      if (isLoose(wanted[b]) && !(isLoose(text[a]) && wanted[b] === "}")) b = skip(wanted, b + 1);
      else a = skip(text, a + 1);
    }
    if (text[a] !== wanted[b]) return undefined;
    const gap = wanted.slice(from, b);
    if ((a === start) !== (b === from) && areOne(text[a - 1], text[a])) return undefined;
    if (text.slice(start, a) !== gap) edits.push({ span: { start, end: a }, text: gap });
    if (a >= text.length) return edits;
    a++;
    b++;
  }
}

function skip(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? "")) at++;
  return at;
}

/** Characters that are one word, or may be one sign: `<-` is not `< -`. */
const areOne = (a = "", b = ""): boolean => [/^\w\w$/, /^[-+*/%^!&|=<>@.:~$#']{2}$/].some((it) => it.test(a + b));

const isLoose = (unit: string | undefined): boolean => unit === "," || unit === "{" || unit === "}";
