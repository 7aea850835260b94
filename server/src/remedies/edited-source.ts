/**
 * A text as edits leave it. The outermost items that they touch are parsed anew, each run of them by itself; of all else, what was known
 * of the text before still holds, and has moved.
 */
import type { Span } from "../base/span.ts";
import { applyEdits, type TextEdit } from "../base/text-edit.ts";
import type { Attributes, RustFile, UseItem } from "../rust/index.ts";
import { type Declared, declarationsOf, type Implementation } from "./declarations.ts";
import { endsLine, nextLine } from "./lines.ts";
import { memberUses } from "./member-uses.ts";
import type { Member } from "./members.ts";
import { namings, type Words, wordsIn, wordsOf } from "./words.ts";

/** Items that follow one another, as they were and as they are. */
interface Region {
  readonly before: Span;
  /** Where it begins now. */
  readonly start: number;
  readonly after: RustFile;
}

export class EditedSource {
  readonly before: RustFile;
  readonly #edits: readonly TextEdit[];
  readonly #regions: readonly Region[];
  #text: string | undefined;
  #comments: readonly Span[] | undefined;
  #uses: readonly UseItem[] | undefined;

  private constructor(before: RustFile, edits: readonly TextEdit[], regions: readonly Region[]) {
    this.before = before;
    this.#edits = edits;
    this.#regions = regions;
  }

  get text(): string {
    this.#text ??= applyEdits(this.before.text, this.#edits);
    return this.#text;
  }

  /** Undefined where what is edited cannot be parsed for its length. */
  static of(before: RustFile, edits: readonly TextEdit[], parse: (text: string) => RustFile | undefined): EditedSource | undefined {
    const regions: Region[] = [];
    let shift = 0;
    for (const [span, own] of regionsOf(before, edits)) {
      const moved = own.map((it) => ({ span: { start: it.span.start - span.start, end: it.span.end - span.start }, text: it.text }));
      const after = parse(applyEdits(before.text.slice(span.start, span.end), moved));
      if (after === undefined) return undefined;
      regions.push({ before: span, start: span.start + shift, after });
      shift += after.text.length - (span.end - span.start);
    }
    return new EditedSource(before, edits, regions);
  }

  /** Without a syntax error. */
  get isWhole(): boolean {
    return (
      this.before.errors.every((it) => this.#regions.some(({ before }) => before.start <= it.start && it.end <= before.end)) &&
      this.#regions.every(({ after }) => after.errors.length === 0)
    );
  }

  get comments(): readonly Span[] {
    this.#comments ??= this.#all((file) => file.comments, startOf, movedSpan);
    return this.#comments;
  }

  get uses(): readonly UseItem[] {
    this.#uses ??= this.#all((file) => declarationsOf(file).uses, startOfItem, movedUse);
    return this.#uses;
  }

  /** Those of types that one word names, by that. */
  implementations(name: string): readonly Implementation[] {
    return this.#all((file) => declarationsOf(file).implementations.get(name) ?? [], startOfItem, movedImplementation);
  }

  items(name: string): readonly Declared[] {
    return this.#all((file) => declarationsOf(file).items.get(name) ?? [], startOfItem, movedDeclared);
  }

  get modules(): readonly Declared[] {
    return this.#all((file) => declarationsOf(file).modules, startOfItem, movedDeclared);
  }

  /** Where a word stands. */
  places(word: string): readonly number[] {
    return this.#places((file) => wordsOf(file).get(word) ?? []);
  }

  hasVariable(name: string): boolean {
    return this.#places((file) => declarationsOf(file).variables.get(name) ?? []).length > 0;
  }

  /** Fields and variants of that name. */
  members(name: string): readonly Member[] {
    return this.#all(
      (file) => declarationsOf(file).members.get(name) ?? [],
      startOfItem,
      (it, by) => ({ ...it, span: movedSpan(it.span, by) }),
    );
  }

  /** Whether a field of that name is read, or a variant made. */
  isUsed(member: string, kind: Member["kind"]): boolean {
    return this.#places((file) => memberUses(file)[kind].get(member) ?? []).length > 0;
  }

  /** `mod name;`: other files may see what this one keeps to itself. */
  get isOpen(): boolean {
    return this.#places((file) => declarationsOf(file).outOfLine).length > 0;
  }

  wordsIn(within: Span): Words {
    return wordsIn(this, within);
  }

  /** How many more times than before each word stands in what was edited, and names something there. */
  changes(): ReadonlyMap<string, { readonly uses: number; readonly namings: number }> {
    const found = new Map<string, { readonly uses: number; readonly namings: number }>();
    const count = (words: Words, file: RustFile, by: 1 | -1): void => {
      for (const [word, places] of words) {
        const { uses, namings: named } = found.get(word) ?? { uses: 0, namings: 0 };
        found.set(word, { uses: uses + by * places.length, namings: named + by * namings(places, file).length });
      }
    };
    for (const { before, after } of this.#regions) {
      count(wordsIn(this.before, before), this.before, -1);
      count(wordsOf(after), after, 1);
    }
    return found;
  }

  #places(of: (file: RustFile) => readonly number[]): readonly number[] {
    return this.#all(
      of,
      (it) => it,
      (it, by) => it + by,
    );
  }

  /** In order: what a file has outside of the regions, moved, and what they have now. */
  #all<T>(of: (file: RustFile) => readonly T[], startsAt: (one: T) => number, moved: (one: T, by: number) => T): readonly T[] {
    const old = of(this.before);
    if (this.#regions.length === 0) return old;
    const found: T[] = [];
    let at = 0;
    let shift = 0;
    for (const { before, start, after } of this.#regions) {
      for (let one = old[at]; one !== undefined && startsAt(one) < before.start; one = old[++at])
        found.push(shift === 0 ? one : moved(one, shift));
      for (let one = old[at]; one !== undefined && startsAt(one) < before.end; one = old[++at]);
      for (const one of of(after)) found.push(moved(one, start));
      shift = start + after.text.length - before.end;
    }
    for (let one = old[at]; one !== undefined; one = old[++at]) found.push(shift === 0 ? one : moved(one, shift));
    return found;
  }
}

/** Runs of items that edits touch, each with what stands between it and the item before, and with its edits. */
function regionsOf({ text, items }: RustFile, edits: readonly TextEdit[]): readonly (readonly [Span, readonly TextEdit[]])[] {
  const ends = endsOf(text, items);
  const found: [Span, TextEdit[]][] = [];
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    const { start, end } = edit.span;
    const from = ends.findLast((it) => it <= start) ?? 0;
    const to = ends.find((it) => it >= end && it > start) ?? text.length;
    const last = found.at(-1);
    if (last === undefined || last[0].end <= from) found.push([{ start: from, end: to }, [edit]]);
    else {
      last[0] = { start: last[0].start, end: Math.max(last[0].end, to) };
      last[1].push(edit);
    }
  }
  return found;
}

/** Worked out once for all fixes of a file. */
function endsOf(text: string, items: RustFile["items"]): readonly number[] {
  const ends = known.get(items) ?? items.map((it) => behindLine(text, it.span.end));
  known.set(items, ends);
  return ends;
}
const known = new WeakMap<RustFile["items"], readonly number[]>();

/** What ends the line after an item belongs to it, and so does a semicolon after the call of a macro. */
function behindLine(text: string, end: number): number {
  const past = text[end] === ";" ? end + 1 : end;
  return endsLine(text, past) ? nextLine(text, past) : end;
}

const startOf = (it: Span): number => it.start;
const startOfItem = (it: { readonly span: Span }): number => it.span.start;

const movedSpan = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

const movedAttributes = ({ cfg, names, texts }: Attributes, by: number): Attributes => ({
  cfg: cfg.map((it) => ({ ...it, span: movedSpan(it.span, by) })),
  names,
  texts: texts.map(({ text, span, whole }) => ({ text, span: movedSpan(span, by), whole: movedSpan(whole, by) })),
});

const movedImplementation = (it: Implementation, by: number): Implementation => ({
  ...it,
  span: movedSpan(it.span, by),
  attributes: movedAttributes(it.attributes, by),
});

const movedDeclared = (it: Declared, by: number): Declared => ({
  ...it,
  ...movedImplementation(it, by),
  nameSpan: movedSpan(it.nameSpan, by),
});

const movedUse = (it: UseItem, by: number): UseItem => ({
  ...it,
  span: movedSpan(it.span, by),
  attributes: movedAttributes(it.attributes, by),
  imports: it.imports.map((one) => ({ ...one, span: movedSpan(one.span, by) })),
});
