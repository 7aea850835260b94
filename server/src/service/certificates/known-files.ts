/**
 * Certificate files as the inventory keeps them: their bytes. What they say takes ten times the room, so it is read again where nobody
 * asked of late.
 */
import { type CertificateFile, type Parsed, readCertificateFile, type Section } from "../../pki/index.ts";
import type { Content } from "../../project/index.ts";
import type { Neighbour, NeighbourFile } from "../../rules/rule.ts";

/** Bytes of files whose contents are kept: all files of most workspaces. */
const ROOM = 256 * 1024;

export class KnownFile implements NeighbourFile {
  readonly path: string;
  readonly shown: string;
  readonly content: Content;
  readonly bytes: Uint8Array;
  readonly #latest: LatestFiles;

  constructor(path: string, shown: string, content: Content, bytes: Uint8Array, latest: LatestFiles) {
    this.path = path;
    this.shown = shown;
    this.content = content;
    this.bytes = bytes;
    this.#latest = latest;
  }

  get file(): CertificateFile {
    return this.#latest.read(this);
  }
}

/** The files that were asked for last. */
export class LatestFiles {
  readonly #files = new Map<KnownFile, CertificateFile>();
  #bytes = 0;
  #last: { readonly known: KnownFile; readonly file: CertificateFile } | undefined;

  read(known: KnownFile): CertificateFile {
    if (this.#last?.known === known) return this.#last.file;
    const there = this.#files.get(known);
    const file = there ?? readCertificateFile(known.bytes);
    if (there === undefined) this.#bytes += known.bytes.length;
    // Behind all others: the map is in the order of the last question.
    else this.#files.delete(known);
    this.#files.set(known, file);
    this.#last = { known, file };
    for (const oldest of this.#files.keys()) {
      if (this.#bytes <= ROOM || oldest === known) break;
      this.#files.delete(oldest);
      this.#bytes -= oldest.bytes.length;
    }
    return file;
  }
}

/** A section of a known file, by its number. The same bytes are read the same way. */
export class KnownSection<P extends Parsed> implements Neighbour<P> {
  readonly #of: KnownFile;
  readonly #at: number;
  readonly #is: (parsed: Parsed | undefined) => parsed is P;

  constructor(of: KnownFile, at: number, is: (parsed: Parsed | undefined) => parsed is P) {
    this.#of = of;
    this.#at = at;
    this.#is = is;
  }
  get path(): string {
    return this.#of.path;
  }
  get shown(): string {
    return this.#of.shown;
  }
  get file(): CertificateFile {
    return this.#of.file;
  }
  get section(): Section {
    const section = this.file.sections[this.#at];
    if (section === undefined) throw new Error("a file was read differently for the second time");
    return section;
  }
  get parsed(): P {
    const { parsed } = this.section;
    if (!this.#is(parsed)) throw new Error("a section was read differently for the second time");
    return parsed;
  }
}
