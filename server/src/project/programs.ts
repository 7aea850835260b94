/**
 * Programs: the Rust files that have to be read together, because functions that say something about TLS in one are called from
 * another, or use what it declares. The files below a root fall into programs; most hold one file, or a few.
 */
import { type BodyOutline, isOffer, type Outline } from "../reading/index.ts";
import type { Breath } from "./breath.ts";
import type { ModulePlace } from "./packages.ts";
import type { RustEntry, RustIndex } from "./rust-index.ts";
import { sees } from "./sight.ts";

export interface Program {
  /** In the order of their paths. */
  readonly files: readonly ProgramFile[];
  /** More would belong to it: why they were left out. */
  readonly cut?: string;
}

export interface ProgramFile {
  readonly entry: RustEntry;
  readonly place: ModulePlace;
  /** Keys of the bodies in which reading begins; none where the file is only read for what the others use of it. */
  readonly begins: ReadonlySet<string>;
  /** Of the functions whose names offer something insecure, those that files outside of the program name, too. */
  readonly named: ReadonlySet<string>;
}

/** Real configurations spread over a handful of files; beyond these bounds the nearest are read. */
const MOST_FILES = 32;
const MOST_TEXT = 1_000_000;
/** A file that says something by itself joins others only while there is room for what it uses; else it begins a program of its own. */
const MOST_JOINED = 16;
/** How many calls deep functions without anything modelled are followed for what they use. */
const DEEPEST_USE = 3;
/** A name that so many files declare or mention is no link. */
const MOST_DECLARING = 6;
const MOST_CALLING = 24;
const MOST_SHARING = 8;
const LONG_NAME = 10;
/** How many calls above what says something callers are looked for. */
const DEEPEST_CALLER = 3;

export type OutlineSource = (entry: RustEntry) => Promise<Outline | undefined>;

/** All programs of an index. Depends on nothing but the files' contents. */
export async function programsOf(index: RustIndex, outlines: OutlineSource, breath: Breath): Promise<readonly Program[]> {
  const taken = new Set<RustEntry>();
  const programs: Program[] = [];
  for (const entry of index.entries()) {
    if (!entry.mentions || taken.has(entry)) continue;
    const growth = new Growth(index, outlines, taken, breath);
    const program = await growth.from(entry);
    for (const it of program.files) if (it.begins.size > 0) taken.add(it.entry);
    programs.push(program);
  }
  return programs;
}

/** Names in a file that have to be followed: of a body, or of a type. */
interface Step {
  readonly entry: RustEntry;
  readonly names: ReadonlySet<string>;
  /** How many calls are left for what these use. */
  readonly left: number;
}

/** A body that says something, or calls one that does. */
interface Chosen {
  readonly entry: RustEntry;
  readonly body: BodyOutline;
  /** How many calls lie between it and a body that says something. */
  readonly distance: number;
}

/**
 * What is left to do, the nearest first: where the bounds cut a program off, what a body itself names is in it, and what lies many
 * names away is not.
 */
class Agenda {
  readonly #levels: { readonly uses: Step[]; readonly callers: Chosen[] }[] = [];

  use(step: Step, level: number): void {
    this.#level(level).uses.push(step);
  }

  ask(chosen: Chosen, level: number): void {
    this.#level(level).callers.push(chosen);
  }

  next(): { readonly use?: Step; readonly ask?: Chosen; readonly level: number } | undefined {
    for (const [level, { uses, callers }] of this.#levels.entries()) {
      const use = uses.shift();
      if (use !== undefined) return { use, level };
      const ask = callers.shift();
      if (ask !== undefined) return { ask, level };
    }
    return undefined;
  }

  #level(level: number): { readonly uses: Step[]; readonly callers: Chosen[] } {
    while (this.#levels.length <= level) this.#levels.push({ uses: [], callers: [] });
    return this.#levels[level] ?? { uses: [], callers: [] };
  }
}

class Growth {
  readonly #index: RustIndex;
  readonly #outlines: OutlineSource;
  readonly #taken: ReadonlySet<RustEntry>;
  readonly #breath: Breath;
  readonly #files = new Set<RustEntry>();
  readonly #chosen = new Set<BodyOutline>();
  readonly #begins = new Map<RustEntry, Set<string>>();
  readonly #used = new Set<BodyOutline>();
  readonly #types = new Set<string>();
  readonly #agenda = new Agenda();
  #text = 0;
  #cut = false;
  /** It began with code that only uses others: what says something by itself is a program of its own. */
  #aside = false;

  constructor(index: RustIndex, outlines: OutlineSource, taken: ReadonlySet<RustEntry>, breath: Breath) {
    this.#index = index;
    this.#outlines = outlines;
    this.#taken = taken;
    this.#breath = breath;
  }

  async from(seed: RustEntry): Promise<Program> {
    this.#aside = isAside(seed);
    this.#admit(seed);
    await this.#chooseModelled(seed);
    for (let next = this.#agenda.next(); next !== undefined; next = this.#agenda.next()) {
      await this.#breath.take();
      if (next.use !== undefined) await this.#uses(next.use, next.level);
      if (next.ask !== undefined) await this.#callers(next.ask);
    }
    const files = [...this.#files].map((entry) => ({
      entry,
      place: this.#index.placeOf(entry),
      begins: this.#begins.get(entry) ?? new Set<string>(),
      named: this.#namedOutside(entry),
    }));
    files.sort((a, b) => (a.entry.path < b.entry.path ? -1 : 1));
    return this.#cut ? { files, cut: `at most ${MOST_FILES} files are read together` } : { files };
  }

  #namedOutside(entry: RustEntry): ReadonlySet<string> {
    const names = [...(this.#begins.get(entry) ?? [])].map((it) => it.split("::").at(-1) ?? it).filter(isOffer);
    return new Set(names.filter((it) => this.#index.mentioning(it).some((other) => !this.#files.has(other) && !isAside(other))));
  }

  /** Whether the file is, or now is, part of the program. */
  #admit(entry: RustEntry): boolean {
    if (this.#files.has(entry)) return true;
    if (this.#files.size > 0 && (this.#files.size >= MOST_FILES || this.#text + entry.size > MOST_TEXT)) {
      this.#cut = true;
      return false;
    }
    this.#text += entry.size;
    this.#files.add(entry);
    // Modules above hand on names (`pub use`), and say under which conditions this one exists.
    for (const it of this.#index.above(entry)) this.#admit(it);
    return true;
  }

  #hasRoom(): boolean {
    return this.#files.size < MOST_JOINED;
  }

  async #chooseModelled(entry: RustEntry): Promise<void> {
    const outline = await this.#outlines(entry);
    for (const body of outline?.bodies ?? []) if (body.modelled) this.#choose(entry, body, 0);
  }

  #choose(entry: RustEntry, body: BodyOutline, distance: number): void {
    if (this.#chosen.has(body)) return;
    this.#chosen.add(body);
    this.#begins.set(entry, (this.#begins.get(entry) ?? new Set()).add(body.key));
    this.#agenda.use({ entry, names: body.names, left: DEEPEST_USE }, distance);
    this.#agenda.ask({ entry, body, distance }, distance);
  }

  /** Those who call a body that says something say something, too. Tests call everything: they are programs of their own. */
  async #callers({ entry, body, distance }: Chosen): Promise<void> {
    const { call } = body;
    if (call === undefined || body.test || isAside(entry) || distance >= DEEPEST_CALLER) return;
    const mentioning = this.#index.mentioning(call);
    // Many types have a method of that name: whoever names the type, too, means this one.
    const shared = body.method && (mentioning.length > MOST_SHARING || call.length < LONG_NAME);
    const calls = ({ names, test }: BodyOutline): boolean =>
      !test && names.has(call) && (!shared || (body.type !== undefined && names.has(body.type)));
    for (const it of (await this.#outlines(entry))?.bodies ?? []) if (calls(it)) this.#choose(entry, it, distance + 1);
    const candidates = mentioning.filter((it) => !isAside(it) && sees(it, entry, body.method, this.#index));
    if (candidates.length > MOST_CALLING) return;
    for (const candidate of candidates) {
      if (this.#taken.has(candidate)) continue;
      const bodies = (await this.#outlines(candidate))?.bodies ?? [];
      const calling = bodies.filter(calls);
      if (calling.length === 0 || (bodies.some((it) => it.modelled) && !this.#begins.has(candidate) && !this.#hasRoom())) continue;
      if (!this.#admit(candidate)) continue;
      await this.#chooseModelled(candidate);
      for (const it of calling) this.#choose(candidate, it, distance + 1);
    }
  }

  async #uses({ names, entry, left }: Step, level: number): Promise<void> {
    const own = await this.#outlines(entry);
    for (const name of names) {
      if (own !== undefined) this.#follow(name, own, entry, left, level);
      const declaring = this.#index.declaring(name).filter((it) => sees(entry, it, false, this.#index));
      if (declaring.length > MOST_DECLARING) continue;
      for (const other of declaring) {
        const outline = await this.#outlines(other);
        if (outline === undefined || !(outline.types.has(name) || outline.bodies.some((it) => it.call === name || it.name === name)))
          continue;
        // What another file declares under a name is read with this one: as a part of the program where it says something itself.
        const says = outline.bodies.some((it) => it.modelled && !it.test && (it.call === name || it.name === name));
        const joins = says && !this.#aside && !isAside(other) && !this.#taken.has(other) && this.#hasRoom();
        if (!this.#admit(other)) continue;
        if (joins) await this.#chooseModelled(other);
        this.#follow(name, outline, other, left, level);
      }
    }
  }

  /** Bodies and types of that name: what they use is needed as well, a few levels deep. */
  #follow(name: string, { bodies, types }: Outline, entry: RustEntry, left: number, level: number): void {
    if (left <= 0) return;
    for (const body of bodies) {
      if ((body.call !== name && body.name !== name) || this.#chosen.has(body) || this.#used.has(body)) continue;
      this.#used.add(body);
      this.#agenda.use({ entry, names: body.names, left: left - 1 }, level + 1);
    }
    const inside = types.get(name);
    const key = `${entry.path}:${name}`;
    if (inside === undefined || this.#types.has(key)) return;
    this.#types.add(key);
    this.#agenda.use({ entry, names: inside, left: left - 1 }, level + 1);
  }
}

/** Tests, examples and benches use the library; what they do with it does not make it another one. */
const isAside = (entry: RustEntry): boolean => entry.testCode || entry.place.role !== "source";
