/**
 * Certificate files as the inventory keeps them: their bytes. What they say takes ten times the room, so it is read again where nobody
 * asked of late.
 */
import { type CertificateFile, type Parsed, readCertificateFile, type Section } from "../../pki/index.ts";
import type { Content } from "../../project/index.ts";
import type { Neighbour, NeighbourFile } from "../../rules/rule.ts";

import { type ComparedFact, comparedFacts } from "./compared-facts.ts";

/** Bytes of files whose contents are kept: those of some thousand authorities. */
const ROOM = 1024 * 1024;

export class KnownFile implements NeighbourFile {
  readonly path: string;
  readonly shown: string;
  readonly content: Content;
  readonly bytes: Uint8Array;
  readonly #latest: LatestFiles;
  #facts: { readonly found: readonly ComparedFact[] | undefined } | undefined;

  constructor(path: string, shown: string, content: Content, bytes: Uint8Array, latest: LatestFiles) {
    this.path = path;
    this.shown = shown;
    this.content = content;
    this.bytes = bytes;
    this.#latest = latest;
  }

  get file(): CertificateFile {
    return this.#latest.beside(this);
  }

  /** Found out when they are first asked for, and kept. */
  get facts(): readonly ComparedFact[] | undefined {
    this.#facts ??= { found: comparedFacts(this.own) };
    return this.#facts.found;
  }

  /** The same for whoever asks for this file itself. */
  get own(): CertificateFile {
    return this.#latest.own(this);
  }
}

interface Read {
  readonly known: KnownFile;
  readonly file: CertificateFile;
}

/**
 * The files that were asked for last: one for its own sake, and those that lie beside it, authorities above all. Whoever goes through a
 * folder asks once for each of its files: none of them stays, so that it is gone before the garbage collector takes it for long-lived.
 */
export class LatestFiles {
  readonly #beside = new Map<KnownFile, CertificateFile>();
  #bytes = 0;
  #own: Read | undefined;
  #last: Read | undefined;

  /** For its own sake. */
  own(known: KnownFile): CertificateFile {
    const file = this.#there(known) ?? readCertificateFile(known.bytes);
    this.#own = { known, file };
    return file;
  }

  beside(known: KnownFile): CertificateFile {
    if (this.#last?.known === known) return this.#last.file;
    const there = this.#there(known);
    const file = there ?? readCertificateFile(known.bytes);
    this.#last = { known, file };
    // Behind all others: the map is in the order of the last question.
    if (this.#beside.delete(known) || there === undefined) this.#beside.set(known, file);
    if (there === undefined) this.#bytes += known.bytes.length;
    for (const oldest of this.#beside.keys()) {
      if (this.#bytes <= ROOM || oldest === known) break;
      this.#beside.delete(oldest);
      this.#bytes -= oldest.bytes.length;
    }
    return file;
  }

  #there(known: KnownFile): CertificateFile | undefined {
    return this.#own?.known === known ? this.#own.file : this.#beside.get(known);
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
