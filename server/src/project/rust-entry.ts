/** What the index keeps of a Rust file: whose it is, whether it says something, and the names in it. */
import { type ScannedFile, scan, withoutWriting } from "../rust/items/index.ts";
import type { ModulePlace } from "./module-place.ts";
import { type NamedPart, namedPart, ownsItsFolder } from "./named-files.ts";
import type { Package } from "./packages.ts";

export interface RustEntry {
  readonly path: string;
  readonly owner: Package | undefined;
  readonly place: ModulePlace;
  readonly testCode: boolean;
  /** A fingerprint of the text that it was made from. */
  readonly textPrint: string;
  /** It names a modelled crate, type or method. */
  readonly mentions: boolean;
  /** Something in it has to be looked at whatever its code says. */
  readonly speaks: boolean;
  /** Hashes of the names that it writes as code, each once, ascending. */
  readonly words: Int32Array;
  /** Files that it makes modules of by `#[path]` or takes in by `include!`, and how they are then called. */
  readonly placed: readonly { readonly path: string; readonly name: string | undefined; readonly inside: readonly string[] }[];
  /** All files that it names as parts of its crate. */
  readonly parts: readonly NamedPart[];
}

type Names = Pick<RustEntry, "mentions" | "words" | "placed" | "parts">;

interface Whose extends Pick<RustEntry, "path" | "owner" | "place"> {
  /** The outermost folder that is read for it. */
  readonly top: string;
}

export function namesOf(
  text: string,
  { path, owner, place, top }: Whose,
  mentions: (scanned: ScannedFile, text: string, owner: Package | undefined) => boolean,
): Names {
  const scanned = scan(text);
  const ownsFolder = ownsItsFolder(path, place.modulePath.length === 0);
  const parts = scanned.files.map((it) => namedPart(it, path, owner?.folder ?? top, ownsFolder));
  return {
    mentions: mentions(scanned, text, owner),
    words: distinct(scanned.names.map(withoutWriting)),
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
  placed: [],
  parts: [],
} as const;

/** Whether a scan could find files that it names: a module that is not opened right here, or anything that is taken in. */
export const mayNameFiles = (text: string): boolean => /\bmod\b(?!\s+\w+\s*\{)|\binclude\b/.test(text);

/** Each once, ascending; the array is sorted in place: a file has thousands of names, and a workspace thousands of files. */
function distinct(numbers: Int32Array): Int32Array {
  numbers.sort();
  let count = 0;
  for (const it of numbers) if (count === 0 || numbers[count - 1] !== it) numbers[count++] = it;
  return numbers.slice(0, count);
}
