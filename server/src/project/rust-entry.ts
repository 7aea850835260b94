/** What the index keeps of a Rust file: whose it is, whether it says something, and the names in it. */
import { type ScannedFile, scan, withoutWriting } from "../rust/items/index.ts";
import { type NamedPart, namedPart, ownsItsFolder } from "./named-files.ts";
import type { ModulePlace, Package } from "./packages.ts";
import { distinct } from "./sorted-numbers.ts";
import type { WordTable } from "./word-table.ts";

export interface RustEntry {
  readonly path: string;
  readonly owner: Package | undefined;
  readonly place: ModulePlace;
  readonly testCode: boolean;
  /** Of the content that it was made from. */
  readonly fingerprint: string;
  /** It names a modelled crate, type or method. */
  readonly mentions: boolean;
  /** Something in it has to be looked at whatever its code says. */
  readonly speaks: boolean;
  /** In UTF-16 units. */
  readonly size: number;
  /** Hashes of the names that it writes as code, ascending. */
  readonly words: Int32Array;
  /** Of the names that it declares. */
  readonly declares: Uint32Array;
  /** Of the words in the heads of its `impl` blocks, and of its traits: the types that its methods may belong to. */
  readonly implementing: Uint32Array;
  /** Files that it makes modules of by `#[path]` or takes in by `include!`, and how they are then called. */
  readonly placed: readonly { readonly path: string; readonly name: string | undefined; readonly inside: readonly string[] }[];
  /** All files that it names as parts of its program. */
  readonly parts: readonly NamedPart[];
}

type Names = Pick<RustEntry, "mentions" | "words" | "declares" | "implementing" | "placed" | "parts">;

interface Whose extends Pick<RustEntry, "path" | "owner" | "place"> {
  /** The outermost folder that is read for it. */
  readonly top: string;
}

export function namesOf(
  text: string,
  { path, owner, place, top }: Whose,
  mentions: (scanned: ScannedFile, text: string, owner: Package | undefined) => boolean,
  words: WordTable,
): Names {
  const scanned = scan(text);
  const ownsFolder = ownsItsFolder(path, place.modulePath.length === 0);
  const parts = scanned.files.map((it) => namedPart(it, path, owner?.folder ?? top, ownsFolder));
  return {
    mentions: mentions(scanned, text, owner),
    words: distinct(scanned.names.map(withoutWriting)),
    declares: words.idsOf(scanned.declares),
    implementing: words.idsOf(scanned.implementing),
    placed: placedBy(parts),
    parts,
  };
}

const placedBy = (parts: readonly NamedPart[]): RustEntry["placed"] =>
  parts.flatMap(({ placed, candidates, module }) =>
    placed ? candidates.map((path) => ({ path, name: module?.at(-1), inside: module?.slice(0, -1) ?? [] })) : [],
  );

/** Of a file in which none was looked for. */
export const NO_NAMES = {
  testCode: false,
  mentions: false,
  words: new Int32Array(),
  declares: new Uint32Array(),
  implementing: new Uint32Array(),
  placed: [],
  parts: [],
} as const;

/** Whether a scan could find files that it names: a module that is not opened right here, or anything that is taken in. */
export const mayNameFiles = (text: string): boolean => /\bmod\b(?!\s+\w+\s*\{)|\binclude\b/.test(text);

export const partsText = ({ parts }: RustEntry): string => JSON.stringify(parts.map(({ span: _, ...it }) => it));

/** By what a path begins that leads to another file: no file declares these. */
export const pathRoots = (owner: Package | undefined): readonly string[] => [
  "crate",
  "super",
  ...(owner === undefined ? [] : [owner.facts.name.replaceAll("-", "_"), ...owner.facts.dependencies.keys()]),
];
