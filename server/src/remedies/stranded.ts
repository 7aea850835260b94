/**
 * What an edit leaves without a purpose and cannot take along: fields that nobody reads any more, and variants that nobody makes. The
 * compiler warns of them, and only a person knows what should become of what fills them.
 */
import { covers } from "../base/span.ts";
import { type Declarations, declarationsOf } from "./declarations.ts";
import type { Member } from "./members.ts";
import type { EditedFile } from "./sheet.ts";
import { wordsOf } from "./words.ts";

/** In words, such as "`ticketer` of `Shared`". `namedIn`: the files of the workspace that have a word. */
export function strandedBy(files: readonly EditedFile[], namedIn: ((word: string) => readonly string[]) | undefined): readonly string[] {
  const lost = new Set(files.flatMap(({ source }) => [...source.changes()].flatMap(([word, { uses }]) => (uses < 0 ? [word] : []))));
  const known = new Set(files.map((it) => it.file));
  return [...lost].flatMap((word) => {
    const members = files.flatMap((it) => membersOf(word, it));
    const [first] = members;
    if (first === undefined || members.some((it) => !it.isOwn || it.isServedByDerive || it.kind !== first.kind)) return [];
    if (namedIn?.(word).every((it) => known.has(it)) !== true) return [];
    const isServed = (textOf: (it: EditedFile) => Naming): boolean => files.some((it) => serves(first, textOf(it)));
    return isServed((it) => namingBefore(word, it)) && !isServed((it) => namingAfter(word, it)) ? [`\`${word}\` of \`${first.of}\``] : [];
  });
}

const membersOf = (word: string, { source, library }: EditedFile): readonly (Member & { readonly isOwn: boolean })[] =>
  source.members(word).map((it) => ({ ...it, isOwn: it.isPrivate || !library }));

/** How a text uses one word. */
interface Naming {
  readonly text: string;
  readonly places: readonly number[];
  readonly takings: number;
  readonly matches: readonly number[];
  readonly uses: Declarations["uses"];
}

function namingBefore(word: string, { source: { before } }: EditedFile): Naming {
  const { takenOut, matched, uses } = declarationsOf(before);
  const takings = takenOut.get(word)?.length ?? 0;
  return { text: before.text, places: wordsOf(before).get(word) ?? [], takings, matches: matched.get(word) ?? [], uses };
}

const namingAfter = (word: string, { source }: EditedFile): Naming => ({
  text: source.text,
  places: source.places(word),
  takings: source.takings(word),
  matches: source.matches(word),
  uses: source.uses,
});

/** Whether a field is read there, or a variant made. What is in doubt is. */
function serves({ kind }: Member, { text, places, takings, matches, uses }: Naming): boolean {
  const before = (at: number): string => text.slice(Math.max(0, at - BLANKS), at).trimEnd();
  if (kind === "field") return takings > 0 || places.some((at) => /(?:^|[^.])\.$/.test(before(at)));
  return places.some(
    (at) => (before(at).endsWith("::") && !matches.includes(at)) || uses.some((it) => covers(it.span, { start: at, end: at })),
  );
}

/** How far a word may be from the dot or colons before it. */
const BLANKS = 96;
