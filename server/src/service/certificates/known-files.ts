/**
 * Certificate files as the inventory keeps them: their bytes. What they say takes ten times the room, so it is read again where nobody
 * asked of late.
 */
import type { Span } from "../../base/span.ts";
import { type CertificateFile, type Parsed, readCertificateFile, readSectionAt, type Section } from "../../pki/index.ts";
import type { Content } from "../../project/index.ts";
import type { Neighbour, NeighbourFile } from "../../rules/rule.ts";

import { type ComparedFact, comparedFacts, type SectionPlace } from "./compared-facts.ts";

/** Bytes of files, and of single sections, whose contents are kept: those of some thousand authorities. */
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

  sectionAt({ at, alone }: SectionPlace): Section | undefined {
    return alone === undefined ? this.file.sections[at] : this.#latest.section(this, alone);
  }

  /** Found out when they are first asked for, and kept. */
  get facts(): readonly ComparedFact[] | undefined {
    this.#facts ??= { found: comparedFacts(this.own) };
    return this.#facts.found;
  }

  /** Whether there is anything in it that others are compared with: its bytes are kept for that. */
  get isCompared(): boolean {
    return this.facts?.some((it) => it.kind !== "closed key") === true;
  }

  /** The same for whoever asks for this file itself. */
  get own(): CertificateFile {
    return this.#latest.own(this);
  }
}

/**
 * The files that were asked for last: one for its own sake, and those that lie beside it, authorities above all; of bundles their sections.
 * Whoever goes through a folder asks once for each of its files: none of them stays, so that it is gone before the garbage collector takes
 * it for long-lived.
 */
export class LatestFiles {
  readonly #beside = new Latest<KnownFile, CertificateFile>(ROOM);
  readonly #sections = new Latest<Span, Section | undefined>(ROOM);
  #own: { readonly known: KnownFile; readonly file: CertificateFile } | undefined;

  /** For its own sake. */
  own(known: KnownFile): CertificateFile {
    const file = this.#there(known) ?? this.#beside.known(known) ?? readCertificateFile(known.bytes);
    this.#own = { known, file };
    return file;
  }

  beside(known: KnownFile): CertificateFile {
    return this.#there(known) ?? this.#beside.get(known, known.bytes.length, () => readCertificateFile(known.bytes));
  }

  /** `place`: known by its identity. */
  section(known: KnownFile, place: Span): Section | undefined {
    return this.#sections.get(place, place.end - place.start, () => readSectionAt(known.bytes, place));
  }

  #there(known: KnownFile): CertificateFile | undefined {
    return this.#own?.known === known ? this.#own.file : undefined;
  }
}

/** Values that were asked for last, as many as have room. */
class Latest<K extends object, T> {
  readonly #room: number;
  /** In the order of the last question. */
  readonly #kept = new Map<K, { readonly value: T; readonly size: number }>();
  #size = 0;
  #last: { readonly key: K; readonly value: T } | undefined;

  constructor(room: number) {
    this.#room = room;
  }

  known(key: K): T | undefined {
    return this.#kept.get(key)?.value;
  }

  get(key: K, size: number, read: () => T): T {
    if (this.#last?.key === key) return this.#last.value;
    const there = this.#kept.get(key);
    const { value } = there ?? { value: read() };
    this.#last = { key, value };
    this.#kept.delete(key);
    this.#kept.set(key, there ?? { value, size });
    if (there === undefined) this.#size += size;
    for (const [oldest, { size: freed }] of this.#kept) {
      if (this.#size <= this.#room || oldest === key) break;
      this.#kept.delete(oldest);
      this.#size -= freed;
    }
    return value;
  }
}

/** A section of a known file. The same bytes are read the same way. */
export class KnownSection<P extends Parsed> implements Neighbour<P> {
  readonly #of: KnownFile;
  readonly #place: SectionPlace;
  readonly #is: (parsed: Parsed | undefined) => parsed is P;

  constructor(of: KnownFile, place: SectionPlace, is: (parsed: Parsed | undefined) => parsed is P) {
    this.#of = of;
    this.#place = place;
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
    const section = this.#of.sectionAt(this.#place);
    if (section === undefined) throw new Error("a file was read differently for the second time");
    return section;
  }
  get parsed(): P {
    const { parsed } = this.section;
    if (!this.#is(parsed)) throw new Error("a section was read differently for the second time");
    return parsed;
  }
}
