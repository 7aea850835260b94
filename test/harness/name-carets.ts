/**
 * Carets of names: `//  ^^^ [MISSING|SPURIOUS] meaning; meaning` below the line with the name, `nothing` where nothing is known of it.
 * A marked caret says what would be right (`MISSING`), or what is wrongly said (`SPURIOUS`): it fails when that changes.
 */
const CARETS = /^(?<lead>\s*\/\/\s*)(?<carets>\^+)\s+(?:(?<mark>MISSING|SPURIOUS)\s+)?(?<expected>.+)$/;

export interface NameCaret {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly mark: string | undefined;
  readonly expected: readonly string[];
}

export function nameCarets(text: string): readonly NameCaret[] {
  const found: NameCaret[] = [];
  let code = 0;
  let at = 0;
  for (const line of text.split("\n")) {
    const groups = CARETS.exec(line)?.groups;
    if (groups === undefined) {
      if (/^\s*\/\/\s*\^/.test(line)) throw new Error(`no caret that can be read: ${line.trim()}`);
      code = at;
    } else {
      const { lead = "", carets = "", mark, expected = "" } = groups;
      const start = code + lead.length;
      const end = start + carets.length;
      found.push({ start, end, name: text.slice(start, end), mark, expected: expected.split("; ").sort() });
    }
    at += line.length + 1;
  }
  return found;
}

/** What is meant at a place. */
type Meaning = (caret: NameCaret) => readonly string[];

export function differencesOfNames(text: string, meaning: Meaning): { readonly differences: readonly string[]; readonly count: number } {
  const carets = nameCarets(text);
  const differences = carets.flatMap((caret) => {
    const { start, name, mark, expected } = caret;
    const meant = meaning(caret);
    const actual = meant.length === 0 ? ["nothing"] : meant;
    const holds = actual.join("; ") === expected.join("; ");
    // A gap that was closed, or another wrong answer.
    if (mark === "MISSING" ? !holds : holds) return [];
    const line = text.slice(0, start).split("\n").length;
    return [`${line}: \`${name}\` is ${actual.join("; ")}, not ${mark ?? ""} ${expected.join("; ")}`];
  });
  return { differences, count: carets.length };
}
