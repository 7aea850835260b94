/**
 * What an edit leaves behind: imports, verifiers and functions that only the removed code used go with it, where nothing else can
 * mean them. A name counts as used wherever its word stands outside of comments, so that whatever is in doubt stays.
 */
import { covers, type Span } from "../base/span.ts";
import type { FileEdits } from "../base/text-edit.ts";
import { CERTIFICATE_READERS } from "../models/certificate-names.ts";
import type { CrateModel } from "../models/model.ts";
import { type Attributes, type Import, type RustFile, reachesUp, type UseItem } from "../rust/index.ts";
import { type Declared, declarationsOf } from "./declarations.ts";
import { editsOf, wholeItem } from "./left-edits.ts";
import { type EditedFile, isGone, type Sheet } from "./sheet.ts";
import { namings } from "./words.ts";

export interface Leftovers {
  /** Against the edited texts. */
  readonly edits: readonly FileEdits[];
  /** Names that lost a use, and how many they lost and had; those that went are left out. */
  readonly lost: ReadonlyMap<string, { readonly lost: number; readonly had: number }>;
  /** Names that are no longer there. */
  readonly gone: readonly string[];
}

/** `namedIn`: the files of the workspace that have a word; undefined where that is not known. */
export function leftoversOf(
  files: readonly EditedFile[],
  models: readonly CrateModel[],
  namedIn: ((word: string) => readonly string[]) | undefined,
): Leftovers {
  const search = new Search(files, models, namedIn);
  if (!search.mayFind || !files.every((it) => it.source.isWhole)) return { edits: [], lost: new Map(), gone: [] };
  search.run();
  return { edits: search.edits(), lost: search.lost(), gone: search.gone };
}

/** What may stand above an item that does nothing by itself. */
const HARMLESS: ReadonlySet<string> = new Set(["derive", "doc", "inline", "must_use", "non_exhaustive"]);

class Search {
  readonly gone: string[] = [];
  readonly #sheets: readonly Sheet[];
  readonly #models: readonly CrateModel[];
  readonly #namedIn: ((word: string) => readonly string[]) | undefined;
  /** Words that lost a use. */
  readonly #loosened = new Map<string, number>();
  readonly #methodTraits: ReadonlyMap<string, readonly string[]>;
  /** Their methods that lost a call. */
  readonly #uncalled = new Set<string>();

  constructor(files: readonly EditedFile[], models: readonly CrateModel[], namedIn: ((word: string) => readonly string[]) | undefined) {
    this.#models = models;
    this.#namedIn = namedIn;
    this.#methodTraits = methodTraitsOf(models);
    this.#sheets = files.map((it) => ({ ...it, items: [], imports: new Map() }));
    const methods = new Set([...this.#methodTraits.values()].flat());
    for (const { source } of files) {
      for (const [word, { uses, namings }] of source.changes()) {
        if (namings < 0) this.#loosened.set(word, (this.#loosened.get(word) ?? 0) - namings);
        if (uses < 0 && methods.has(word)) this.#uncalled.add(word);
      }
    }
  }

  /** Whether anything that may go lost a use: most edits take none. */
  get mayFind(): boolean {
    return this.#sheets.some(({ source }) => {
      const names = removable(source.before, this.#methodTraits);
      return [...this.#loosened.keys(), ...this.#uncalled].some((it) => names.has(it));
    });
  }

  run(): void {
    for (let changed = true; changed; ) {
      changed = false;
      for (const sheet of this.#sheets) {
        for (const name of this.#loosened.keys()) changed = this.#tryItem(name, sheet) || changed;
        for (const item of sheet.source.uses) for (const it of item.imports) changed = this.#tryImport(it, item, sheet) || changed;
        for (const it of sheet.source.modules) changed = this.#tryModule(it, sheet) || changed;
      }
    }
  }

  edits(): readonly FileEdits[] {
    return this.#sheets.flatMap((sheet) => {
      const edits = editsOf(sheet);
      return edits.length === 0 ? [] : [{ file: sheet.file, edits }];
    });
  }

  lost(): Leftovers["lost"] {
    const imported = new Set(
      this.#sheets.flatMap(({ source }) => source.uses.flatMap((it) => it.imports.flatMap((one) => one.name ?? []))),
    );
    return new Map(
      [...this.#loosened].flatMap(([name, lost]) => {
        const isDeclared = imported.has(name) || this.#sheets.some((it) => it.source.items(name).length > 0);
        if (!isDeclared || this.gone.includes(name)) return [];
        const left = this.#sheets.reduce((sum, it) => sum + usesLeft(name, it), 0);
        return [[name, { lost, had: left + lost }] as const];
      }),
    );
  }

  #tryItem(name: string, sheet: Sheet): boolean {
    const { source } = sheet;
    // Twins of `cfg` come and go together.
    const twins = source.items(name);
    if (name === "main" || twins.every((it) => isGone(it.span, sheet))) return false;
    // A variable of that name is no use of the function.
    if (source.hasVariable(name)) return false;
    const visibility = twins.map((it) => it.visibility);
    if (!twins.every((it) => isHarmless(it.attributes)) || (sheet.library && visibility.includes("public"))) return false;
    const own = [...twins, ...source.implementations(name)].map((it) => wholeItem(it, source));
    const open = visibility.some((it) => it !== "private");
    if (!this.#isUnused(name, own, sheet, open)) return false;
    sheet.items.push(...own);
    this.#loosen(own, sheet);
    this.gone.push(name);
    return true;
  }

  #tryImport(one: Import, item: UseItem, sheet: Sheet): boolean {
    const { name } = one;
    const removed = sheet.imports.get(item) ?? [];
    if (name === undefined || name === "_" || item.visibility !== "private" || isGone(item.span, sheet)) return false;
    // A trait loses its use with that of its method.
    const full = one.path.join("::");
    const loosened = [name, ...(QUIET_TRAITS.get(full) ?? [])].some((it) => this.#loosened.has(it));
    if (!loosened && !this.#methodTraits.get(full)?.some((it) => this.#uncalled.has(it))) return false;
    if (removed.includes(one.span) || item.attributes.texts.length > 0) return false;
    const own = [...removed, one.span];
    if (!this.#isUnused(name, own, sheet, false, scopeOf(item, name, sheet)) || !this.#isSilent(name, one, sheet)) return false;
    sheet.imports.set(item, own);
    this.gone.push(name);
    return true;
  }

  /** One that has nothing left in it. */
  #tryModule(item: Declared, sheet: Sheet): boolean {
    if (isGone(item.span, sheet) || !isHarmless(item.attributes) || !isEmptied(item, sheet)) return false;
    const isOffered = sheet.library && item.visibility === "public";
    if (isOffered || !this.#isUnused(item.name, [item.span], sheet, true)) return false;
    sheet.items.push(wholeItem(item, sheet.source));
    return true;
  }

  #loosen(spans: readonly Span[], { source }: Sheet): void {
    for (const span of spans) {
      for (const [word, places] of source.wordsIn(span)) {
        const inside = namings(places, source).length;
        if (inside > 0) this.#loosened.set(word, (this.#loosened.get(word) ?? 0) + inside);
      }
    }
  }

  /** `open`: other modules may name it by its path. */
  #isUnused(name: string, own: readonly Span[], sheet: Sheet, open: boolean, { isSeen, isInline }: NameScope = WHOLE_FILE): boolean {
    const left = sheet.source.places(name).some((at) => {
      const here = { start: at, end: at + name.length };
      return isSeen(here) && !own.some((it) => covers(it, here)) && !isGone(here, sheet);
    });
    if (left) return false;
    const pasting = this.#namedIn?.("include") ?? [];
    const included = isInline ? pasting.includes(sheet.file) : pasting.length > 0;
    if (!open && !sheet.source.isOpen && !included) return true;
    if (this.#namedIn === undefined) return false;
    const known = new Set(this.#sheets.map((it) => it.file));
    if (this.#namedIn(name).some((it) => !known.has(it))) return false;
    return this.#sheets.every((other) => {
      if (other === sheet) return true;
      const words = other.source.places(name).filter((at) => !isGone({ start: at, end: at + name.length }, other));
      // A child that has the name from elsewhere does not need it from here.
      return words.length === 0 || (!open && !reachesUp(name, other.source.text));
    });
  }

  /** A trait works without being named: what may be one stays, unless nobody is left to call its methods. */
  #isSilent(name: string, { path }: Import, sheet: Sheet): boolean {
    const { types, traits } = declarationsOf(sheet.source.before);
    if (!/^[A-Z]/.test(path.at(-1) ?? "")) return true;
    const full = path.join("::");
    const methods = [
      ...this.#models
        .flatMap((it) => it.verifierTraits ?? [])
        .filter((it) => it.path.endsWith(`::${path.at(-1)}`))
        .flatMap((it) => [...it.methods.map((one) => one.name), ...(it.others ?? [])]),
      ...(QUIET_TRAITS.get(full) ?? []),
      ...(this.#methodTraits.get(full) ?? []),
    ];
    if (methods.length > 0) return methods.every((it) => usesLeft(it, sheet, "any") === 0);
    if (traits.has(name)) return false;
    if (["std", "core", "alloc"].includes(path[0] ?? "")) return !STANDARD_TRAITS.has(path.at(-1) ?? "");
    if (types.has(name) || isCertificate(path)) return true;
    return this.#models.some((it) => Object.keys(it.types).some((known) => known === full || known.endsWith(`::${path.at(-1)}`)));
  }
}

/** Bounds more than anything: their methods are seldom called by name. */
const QUIET_TRAITS: ReadonlyMap<string, readonly string[]> = new Map([
  ["std::fmt::Debug", ["fmt"]],
  ["std::fmt::Display", ["fmt"]],
  // Its one method is called by the type's name.
  ["x509_parser::prelude::FromDer", ["from_der"]],
]);

const methodTraitsOf = (models: readonly CrateModel[]): ReadonlyMap<string, readonly string[]> =>
  new Map(models.flatMap((it) => Object.entries(it.methodTraits ?? {})));

/** A type that certificates are read into, by a path that may be a re-export. */
const isCertificate = (path: readonly string[]): boolean =>
  CERTIFICATE_READERS.some((it) => it.split("::")[0] === path[0] && it.split("::").at(-2) === path.at(-1));

/** Of the standard library's capitalised names, those that bring methods into scope. */
const STANDARD_TRAITS: ReadonlySet<string> = new Set(
  `Add AddAssign Alloc Allocator Any AsFd AsFoldedMut AsMut AsRawFd AsRawHandle AsRawSocket AsRef AsyncFn AsyncFnMut AsyncFnOnce Binary BitAnd
  BitAndAssign BitOr BitOrAssign BitXor BitXorAssign Borrow BorrowMut BufRead BuildHasher Clone CommandExt Copy Debug Default Deref DerefMut
  DirBuilderExt DirEntryExt Display Div DoubleEndedIterator Drop Eq Error ExactSizeIterator Extend ExtendFromSlice FileExt FileTypeExt Fn FnMut
  FnOnce From FromIterator FromRawFd FromRawHandle FromRawSocket FromStr FusedIterator Future GlobalAlloc Hash Hasher Index IndexMut IntoFuture
  IntoIterator IntoRawFd IsTerminal Iterator Into Join LowerExp LowerHex MetadataExt Mul MulAssign Neg Not Octal OpenOptionsExt Ord OsStrExt
  OsStringExt PartialEq PartialOrd Pattern PermissionsExt Pointer Product Read Rem RemAssign Seek Send Shl ShlAssign Shr ShrAssign Sized
  SliceIndex Step Sub SubAssign Sum Sync Termination ToOwned ToSocketAddrs ToString TryFrom TryInto UpperExp UpperHex Unpin UnwindSafe Wake Write`.split(
    /\s+/,
  ),
);

/** Where a name can be meant. */
interface NameScope {
  readonly isSeen: (place: Span) => boolean;
  /** In a module that is written in the file: what the file is pasted into does not see it. */
  readonly isInline: boolean;
}
const WHOLE_FILE: NameScope = { isSeen: () => true, isInline: false };

/** What a module imports for itself is seen in it, and in those in it that say so. */
function scopeOf(item: UseItem, name: string, { source }: Sheet): NameScope {
  const { modules, text } = source;
  const innermost = (place: Span): Declared | undefined => modules.findLast((it) => covers(it.span, place));
  const home = innermost(item.span);
  const isSeen = (place: Span): boolean => {
    if (home !== undefined && !covers(home.span, place)) return false;
    const there = innermost(place);
    return there === undefined || there === home || reachesUp(name, text.slice(there.span.start, there.span.end));
  };
  return { isSeen, isInline: home !== undefined };
}

/** Nothing is left of it but imports that went, too. */
function isEmptied({ span }: Declared, sheet: Sheet): boolean {
  const { source, items, imports } = sheet;
  const within = (it: Span): boolean => covers(span, it) && it !== span;
  const whole = [...imports].flatMap(([item, names]) => (names.length === item.imports.length ? [item.span] : []));
  const gone = [...items, ...whole].filter(within).sort((a, b) => a.start - b.start);
  let at = source.text.indexOf("{", span.start) + 1;
  for (const it of gone) {
    if (it.start > at && source.text.slice(at, it.start).trim() !== "") return false;
    at = Math.max(at, it.end);
  }
  return gone.length > 0 && source.text.slice(at, span.end).trim() === "}";
}

const isHarmless = ({ names }: Attributes): boolean => names.every((it) => HARMLESS.has(it));

/** Outside of imports and of its declaration. */
function usesLeft(name: string, sheet: Sheet, which: "naming" | "any" = "naming"): number {
  const { source } = sheet;
  const places = source.places(name);
  const items = source.items(name);
  return (which === "any" ? places : namings(places, source)).filter(
    (at) =>
      !isGone({ start: at, end: at + name.length }, sheet) &&
      !source.uses.some((it) => it.span.start <= at && at < it.span.end) &&
      !items.some((it) => it.nameSpan.start === at),
  ).length;
}

const known = new WeakMap<RustFile, ReadonlySet<string>>();

/** Words that may make something go when they lose a use: names of items and imports, and methods of traits that are imported for these. */
function removable(file: RustFile, traits: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const kept = known.get(file);
  if (kept !== undefined) return kept;
  const { items, uses } = declarationsOf(file);
  const imports = uses.flatMap((it) => it.imports);
  const named = imports.flatMap((it) => [...(it.name === undefined ? [] : [it.name]), ...(traits.get(it.path.join("::")) ?? [])]);
  const names = new Set([...items.keys(), ...named]);
  known.set(file, names);
  return names;
}
