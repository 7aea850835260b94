/** Code that is analysed together, as the engine takes it: files whose trees are made when somebody asks for one. */

import type { Analysis, ReadCrate, SourceFile } from "../../analysis/index.ts";
import type { Steps } from "../../base/steps.ts";
import type { ExampleGuard, RustEntry, RustSources } from "../../project/index.ts";
import type { Remedies } from "../../remedies/index.ts";
import { type Cut, NO_NAMES, type RustFile, rustParser } from "../../rust/index.ts";

export interface Unit {
  /** Tells it from others of the same workspace. */
  readonly key: string;
  /** The files in which it begins, and those of the modules around them. */
  readonly files: readonly UnitFile[];
  /** The paths of these, and of the others to which what was read points. */
  readonly places: ReadonlySet<string>;
  file(path: string): UnitFile | undefined;
  /** Another one when a file to which it points has another text. */
  readonly texts: object;
  /** Undefined once the workspace has other texts. */
  read(): UnitReading | undefined;
  /** The same in steps. */
  reading(): Steps<UnitReading | undefined>;
}

export interface UnitReading {
  readonly analysis: Analysis;
  readonly remedies: Remedies;
  /** Those to which it points. */
  readonly files: readonly SourceFile[];
  /** Any other of the workspace that was read along. */
  source(path: string): SourceFile | undefined;
}

export interface UnitFile {
  readonly entry: Pick<RustEntry, "path" | "owner" | "testCode" | "mentions">;
  readonly place: RustEntry["place"];
  readonly text: string;
  readonly crate: ReadCrate | undefined;
  readonly example: ExampleGuard | undefined;
  /** Why the names in its crates are known in part. */
  readonly cuts?: readonly Cut[];
}

export const sourceFile = ({ entry, place, text, crate, example }: UnitFile, sources: RustSources): SourceFile => ({
  name: entry.path,
  file: new LazyFile(entry.path, text, sources),
  modulePath: place.modulePath,
  testCode: entry.testCode,
  example,
  crate,
});

/** What cannot be parsed holds nothing: that is told where the file is asked for. */
class LazyFile implements RustFile {
  readonly text: string;
  readonly #path: string;
  readonly #sources: RustSources;
  #made: RustFile | undefined;

  constructor(path: string, text: string, sources: RustSources) {
    this.text = text;
    this.#path = path;
    this.#sources = sources;
  }

  get #parsed(): Omit<RustFile, "text"> {
    if (this.#made !== undefined) return this.#made;
    const [parsed] = this.#sources.parsed([{ path: this.#path, text: this.text }], rustParser);
    if (parsed?.ok !== true) return NOTHING;
    this.#made = parsed.value;
    return this.#made;
  }

  get items(): RustFile["items"] {
    return this.#parsed.items;
  }

  get attributes(): NonNullable<RustFile["attributes"]> {
    return this.#parsed.attributes ?? NO_ATTRIBUTES;
  }

  get errors(): RustFile["errors"] {
    return this.#parsed.errors;
  }

  get comments(): RustFile["comments"] {
    return this.#parsed.comments;
  }

  stringAt(offset: number): ReturnType<RustFile["stringAt"]> {
    return this.#parsed.stringAt(offset);
  }

  tokenBefore(offset: number): ReturnType<RustFile["tokenBefore"]> {
    return this.#parsed.tokenBefore(offset);
  }

  tokenFrom(offset: number): ReturnType<RustFile["tokenFrom"]> {
    return this.#parsed.tokenFrom(offset);
  }

  strings(): ReturnType<RustFile["strings"]> {
    return this.#parsed.strings();
  }

  words(): ReturnType<RustFile["words"]> {
    return this.#parsed.words();
  }

  get names(): RustFile["names"] {
    return this.#parsed.names;
  }
}

const NO_ATTRIBUTES: NonNullable<RustFile["attributes"]> = { cfg: [], names: [], texts: [] };
const NOTHING: Omit<RustFile, "text"> = {
  items: [],
  errors: [],
  comments: [],
  stringAt: () => undefined,
  tokenBefore: () => undefined,
  tokenFrom: () => undefined,
  strings: () => [],
  words: () => [],
  names: NO_NAMES,
};
