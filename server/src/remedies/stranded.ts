/**
 * What an edit leaves without a purpose and cannot take along: fields that nobody reads any more, and variants that nobody makes. The
 * compiler warns of them, and only a person knows what should become of what fills them.
 */
import { memberUses } from "./member-uses.ts";
import type { Member } from "./members.ts";
import type { EditedFile } from "./sheet.ts";

/** In words, such as "`ticketer` of `Shared`". `namedIn`: the files of the workspace that have a word. */
export function strandedBy(files: readonly EditedFile[], namedIn: ((word: string) => readonly string[]) | undefined): readonly string[] {
  const lost = new Set(files.flatMap(({ source }) => [...source.changes()].flatMap(([word, { uses }]) => (uses < 0 ? [word] : []))));
  const known = new Set(files.map((it) => it.file));
  return [...lost].flatMap((word) => {
    const members = files.flatMap((it) => membersOf(word, it));
    const [first] = members;
    if (first === undefined || members.some((it) => !it.isOwn || it.isServedByDerive || it.kind !== first.kind)) return [];
    if (namedIn?.(word).every((it) => known.has(it)) !== true) return [];
    const isUsedBefore = files.some(({ source }) => (memberUses(source.before)[first.kind].get(word) ?? []).length > 0);
    return isUsedBefore && !files.some(({ source }) => source.isUsed(word, first.kind)) ? [`\`${word}\` of \`${first.of}\``] : [];
  });
}

const membersOf = (word: string, { source, library }: EditedFile): readonly (Member & { readonly isOwn: boolean })[] =>
  source.members(word).map((it) => ({ ...it, isOwn: it.isPrivate || !library }));
