/**
 * Programs: the Rust files that have to be read together, because functions that say something about TLS in one are called from
 * another, or use what it declares. The files below a root fall into programs; most hold one file, or a few.
 */
import {
  ACCEPTING,
  type BodyOutline,
  CONNECTING,
  LEAVES_CLIENT,
  LEAVES_NAME,
  type Link,
  OF_CERTIFICATE,
  type Outline,
} from "../reading/index.ts";
import { Agenda, type Chosen, type Connecting, type Step } from "./agenda.ts";
import {
  DEEPEST_CALLER,
  DEEPEST_HANDS,
  DEEPEST_USE,
  LEAST_TEXT,
  LONG_NAME,
  MOST_CALLING,
  MOST_DECLARING,
  MOST_FILES,
  MOST_JOINED,
  MOST_SHARING,
  MOST_TEXT,
  MOST_TEXT_IN_ALL,
  SHARE_OF_REST,
} from "./bounds.ts";
import type { Breath } from "./breath.ts";
import { type Called, isAside, type WorkspaceCalls } from "./calls.ts";
import { bodiesNamed, IMPLIED, Leads } from "./leads.ts";
import type { ModulePlace } from "./packages.ts";
import type { RustEntry } from "./rust-entry.ts";
import type { RustIndex } from "./rust-index.ts";
import { sees } from "./sight.ts";

export interface Program {
  /** In the order of their paths. */
  readonly files: readonly ProgramFile[];
  /** More would belong to it: why they were left out. */
  readonly cut?: string;
  /** By which the new engine knows it. */
  readonly unit?: string;
}

export interface ProgramFile {
  readonly entry: RustEntry;
  readonly place: ModulePlace;
  /** Keys of the bodies in which reading begins; none where the file is only read for what the others use of it, undefined for all. */
  readonly begins: ReadonlySet<string> | undefined;
  /** It begins in another program, which tells what is found in it: here it is read for how it calls the others. */
  readonly guest: boolean;
  /** Fields whose names say that nobody is verified by what they hold, and that files outside of the program name, too. */
  readonly named: ReadonlySet<string>;
  readonly called: Called;
}

export type OutlineSource = (entry: RustEntry) => Promise<Outline | undefined>;

/** All programs of an index. Depends on nothing but the files' contents. */
export async function programsOf(
  index: RustIndex,
  outlines: OutlineSource,
  calls: WorkspaceCalls,
  breath: Breath,
): Promise<readonly Program[]> {
  const taken = new Set<RustEntry>();
  const programs: Program[] = [];
  const leads = new Leads(index);
  let rest = MOST_TEXT_IN_ALL;
  for (const entry of index.entries()) {
    if (!entry.mentions || taken.has(entry)) continue;
    const mostText = Math.min(MOST_TEXT, Math.max(LEAST_TEXT, Math.floor(rest * SHARE_OF_REST)));
    const growth = new Growth({ index, leads, calls, mostText }, outlines, taken, breath);
    const program = await growth.from(entry);
    rest = Math.max(0, rest - growth.text);
    for (const it of program.files) if (it.begins?.size !== 0 && !it.guest) taken.add(it.entry);
    programs.push(program);
  }
  return programs;
}

/** A method that is called: whose it is shows when the program names its type. */
interface Waiting {
  readonly link: Link;
  readonly step: Step;
  readonly level: number;
}

interface Surroundings {
  readonly index: RustIndex;
  readonly leads: Leads;
  readonly calls: WorkspaceCalls;
  readonly mostText: number;
}

class Growth {
  readonly #index: RustIndex;
  readonly #leads: Leads;
  readonly #calls: WorkspaceCalls;
  readonly #mostText: number;
  readonly #outlines: OutlineSource;
  readonly #taken: ReadonlySet<RustEntry>;
  readonly #breath: Breath;
  readonly #files = new Set<RustEntry>();
  readonly #chosen = new Set<BodyOutline>();
  readonly #begins = new Map<RustEntry, Set<string>>();
  readonly #used = new Set<BodyOutline>();
  readonly #types = new Set<string>();
  readonly #agenda = new Agenda();
  /** Types and traits that the program names: its methods are theirs. */
  readonly #named = new Set<string>();
  /** By type, then by the method's name: the nearest who calls it. */
  readonly #waiting = new Map<string, Map<string, Waiting>>();
  #text = 0;
  /** How many of its files begin in other programs and call something here. */
  #guests = 0;
  #cut = false;
  #connects = false;
  #accepts = false;
  /** It began with code that only uses others: what says something by itself is a program of its own. */
  #aside = false;

  constructor({ index, leads, calls, mostText }: Surroundings, outlines: OutlineSource, taken: ReadonlySet<RustEntry>, breath: Breath) {
    this.#index = index;
    this.#leads = leads;
    this.#calls = calls;
    this.#mostText = mostText;
    this.#outlines = outlines;
    this.#taken = taken;
    this.#breath = breath;
  }

  /** Of the files beside the first. */
  get text(): number {
    return this.#text;
  }

  async from(seed: RustEntry): Promise<Program> {
    this.#aside = isAside(seed);
    this.#admit(seed);
    const unseen = (await this.#outlines(seed)) === undefined;
    await this.#chooseModelled(seed);
    for (let next = this.#agenda.next(); next !== undefined; next = this.#agenda.next()) {
      await this.#breath.take();
      if (next.use !== undefined) await this.#uses(next.use, next.level);
      if (next.ask !== undefined) await this.#callers(next.ask);
      if (next.connect !== undefined) await this.#connections(next.connect, next.level);
    }
    const file = async (entry: RustEntry): Promise<ProgramFile> => ({
      entry,
      place: this.#index.placeOf(entry),
      // What could not be looked through in time is not taken for empty.
      begins: entry === seed && unseen ? undefined : (this.#begins.get(entry) ?? new Set<string>()),
      guest: this.#taken.has(entry) && this.#begins.has(entry),
      named: this.#namedOutside(await this.#outlines(entry)),
      called: await this.#calls.calledIn(entry, await this.#outlines(entry)),
    });
    const files: ProgramFile[] = [];
    for (const entry of this.#files) files.push(await file(entry));
    files.sort((a, b) => (a.entry.path < b.entry.path ? -1 : 1));
    const why = this.#mostText < MOST_TEXT ? `, since all programs here are read with ${MOST_TEXT_IN_ALL}` : "";
    return this.#cut ? { files, cut: `at most ${MOST_FILES} files and ${this.#mostText} characters are read together${why}` } : { files };
  }

  #namedOutside(outline: Outline | undefined): ReadonlySet<string> {
    const names = outline?.telling ?? [];
    return new Set(names.filter((it) => this.#index.mentioning(it).some((other) => !this.#files.has(other) && !isAside(other))));
  }

  /** Whether the file is, or now is, part of the program. */
  #admit(entry: RustEntry): boolean {
    if (this.#files.has(entry)) return true;
    if (this.#files.size > 0) {
      if (this.#files.size >= MOST_FILES || this.#text + entry.size > this.#mostText) {
        this.#cut = true;
        return false;
      }
      this.#text += entry.size;
    }
    this.#files.add(entry);
    // Modules above hand on names (`pub use`), and say under which conditions this one exists.
    for (const it of this.#index.above(entry)) this.#admit(it);
    return true;
  }

  #hasRoom(): boolean {
    return this.#files.size - this.#guests < MOST_JOINED;
  }

  async #chooseModelled(entry: RustEntry): Promise<void> {
    const outline = await this.#outlines(entry);
    for (const body of outline?.bodies ?? []) if (body.modelled) this.#choose(entry, body, 0);
  }

  #choose(entry: RustEntry, body: BodyOutline, distance: number): void {
    if (this.#chosen.has(body)) return;
    this.#chosen.add(body);
    if (this.#taken.has(entry) && !this.#begins.has(entry)) this.#guests++;
    this.#begins.set(entry, (this.#begins.get(entry) ?? new Set()).add(body.key));
    // How a guest calls is what counts, not what else it uses.
    if (this.#taken.has(entry)) return;
    this.#agenda.use({ entry, links: [...body.links.values()].flat(), left: DEEPEST_USE }, distance);
    this.#agenda.ask({ entry, body, distance }, distance);
    if (this.#aside || isAside(entry)) return;
    const leaves = (words: ReadonlySet<string>): boolean => words.has(body.name) || [...words].some((it) => body.links.has(it));
    if (!this.#connects && leaves(LEAVES_NAME)) {
      this.#connects = true;
      this.#agenda.connect({ entry, by: CONNECTING }, distance + 1);
    }
    if (!this.#accepts && leaves(LEAVES_CLIENT)) {
      this.#accepts = true;
      this.#agenda.connect({ entry, by: ACCEPTING, form: OF_CERTIFICATE }, distance + 1);
    }
  }

  /** What a package leaves out in the handshake may be made up for at its connections: they are read for that alone. */
  async #connections({ entry, by, form }: Connecting, level: number): Promise<void> {
    const naming = new Set(by.flatMap((it) => this.#index.mentioning(it)));
    if (form !== undefined)
      for (const it of this.#index.entries()) if (it.owner === entry.owner && this.#index.declaresLike(it, form)) naming.add(it);
    const near = [...naming].filter((it) => it.owner === entry.owner && !isAside(it));
    if (near.length > MOST_CALLING) return;
    for (const it of near) {
      const bodies = (await this.#outlines(it))?.bodies ?? [];
      const connecting = bodies.filter(
        ({ name, links, test }) => !test && (by.some((word) => links.has(word)) || form?.test(name) === true),
      );
      if (connecting.length === 0 || !this.#admit(it)) continue;
      for (const { links } of connecting) this.#agenda.use({ entry: it, links: [...links.values()].flat(), left: DEEPEST_USE }, level);
    }
  }

  /** Those who call a body that says something say something, too. Tests call everything: they are programs of their own. */
  async #callers({ entry, body, distance }: Chosen): Promise<void> {
    const name = IMPLIED.has(body.name) && body.trait !== undefined ? body.type : body.name;
    if (name === undefined || name === "main" || body.test || isAside(entry) || distance >= DEEPEST_CALLER) return;
    const mentioning = this.#index.mentioning(name);
    // Many types have a method of that name: whoever names the type, too, means this one.
    const shared = body.method && (mentioning.length > MOST_SHARING || name.length < LONG_NAME);
    const owner = body.type !== undefined && (shared || !body.method) ? body.type : undefined;
    const calls = ({ links, test }: BodyOutline): boolean =>
      !test && (name === body.type ? links.has(name) : links.get(name)?.some((it) => this.#means(it, body, true)) === true);
    for (const it of (await this.#outlines(entry))?.bodies ?? []) if (calls(it)) this.#choose(entry, it, distance + 1);
    const candidates = mentioning.filter(
      (it) => !isAside(it) && (owner === undefined || this.#index.has(it, owner)) && sees(it, entry, body.method, this.#index),
    );
    if (candidates.length > MOST_CALLING) return;
    for (const candidate of candidates) {
      const guest = this.#taken.has(candidate);
      const bodies = (await this.#outlines(candidate))?.bodies ?? [];
      const calling = bodies.filter(calls);
      const joins = !guest && bodies.some((it) => it.modelled) && !this.#begins.has(candidate);
      if (calling.length === 0 || (joins && !this.#hasRoom())) continue;
      if (!this.#admit(candidate)) continue;
      if (!guest) await this.#chooseModelled(candidate);
      for (const it of calling) this.#choose(candidate, it, distance + 1);
    }
  }

  async #uses(step: Step, level: number): Promise<void> {
    const own = await this.#outlines(step.entry);
    if (own === undefined) return;
    for (const [name, paths] of own.imports.paths)
      if (paths.some(([root]) => root === undefined || !this.#leads.isForeign(root, step.entry))) await this.#learn(name);
    for (const { name, method } of step.links) if (!method) await this.#learn(name);
    const used = new Set(step.links.flatMap((it) => (it.method ? [] : [it.name])));
    for (const path of [...own.imports.paths.values()].flat()) if (used.has(path.at(-1) ?? "")) await this.#handsOn(path, step, level);
    for (const link of step.links) await this.#reach(link, step, level);
  }

  /** What a prelude hands on (`pub use`) is known by what stands in there, and is followed from there. */
  async #handsOn(path: readonly string[], step: Step, level: number, depth = 0): Promise<void> {
    const through = this.#leads.importedFrom(path, step.entry);
    if (through === undefined || depth === DEEPEST_HANDS) return;
    const name = path.at(-1) ?? "";
    const imports = (await this.#outlines(through))?.imports;
    const paths = imports?.paths.get(name) ?? [];
    if ((paths.length === 0 && imports?.globs.size === 0) || !this.#admit(through)) return;
    const there = { ...step, entry: through };
    await this.#reach({ name, method: false, after: undefined, root: undefined }, there, level);
    for (const one of paths) {
      await this.#reach({ name: one.at(-1) ?? "", method: false, after: one.at(-2), root: one[0] }, there, level);
      await this.#handsOn(one, there, level, depth + 1);
    }
  }

  /** The program names a type: methods that waited for it are followed. */
  async #learn(name: string): Promise<void> {
    if (this.#named.has(name) || !/^[A-Z]/.test(name)) return;
    this.#named.add(name);
    const waiting = this.#waiting.get(name) ?? new Map<string, Waiting>();
    this.#waiting.delete(name);
    for (const { link, step, level } of waiting.values()) await this.#reach(link, step, level);
  }

  /** What a name leads to, in its own file and in others. */
  async #reach(link: Link, step: Step, level: number): Promise<void> {
    const { entry, left } = step;
    const own = await this.#outlines(entry);
    if (own !== undefined) this.#follow(link, own, step, level, entry);
    if (own !== undefined && left > 0 && link.method) this.#await(link, own, step, level);
    for (const other of this.#declaring(link, entry, own)) {
      const outline = await this.#outlines(other);
      if (outline === undefined) continue;
      const meant = bodiesNamed(outline, link.name).filter((it) => this.#means(link, it, false));
      if (meant.length === 0 && (link.method || !outline.types.has(link.name))) {
        if (left > 0) this.#await(link, outline, step, level);
        continue;
      }
      // What another file declares under a name is read with this one: as a part of the program where it says something itself.
      const says = meant.some((it) => it.modelled && !it.test);
      const joins = says && !this.#aside && !isAside(other) && !this.#taken.has(other) && this.#hasRoom();
      if (!this.#admit(other)) continue;
      if (joins) await this.#chooseModelled(other);
      this.#follow(link, outline, step, level, other);
    }
  }

  /** The files that may declare what a link in a file means. */
  #declaring(link: Link, entry: RustEntry, own: Outline | undefined): readonly RustEntry[] {
    const found = this.#leads.declaring(link, entry, own);
    if (found.length <= MOST_DECLARING) return found;
    const { after, method } = link;
    const types = after !== undefined && /^[A-Z]/.test(after) ? new Set([after]) : undefined;
    if (types === undefined && !method) return [];
    const fitting = found.filter((it) => this.#index.implementsAny(it, types ?? this.#named));
    return fitting.length <= MOST_DECLARING ? fitting : [];
  }

  /** `called`: whoever calls it counts, though the program does not name the type yet. */
  #means(link: Link, body: BodyOutline, called: boolean): boolean {
    const { name, type, trait } = body;
    if (SILENT.has(name) && trait !== undefined) return false;
    if (link.name !== name) return IMPLIED.has(name) && !link.method && link.name === type && trait !== undefined;
    const knows = called || this.#knows(body);
    if (link.method) return body.method && knows;
    if (type === undefined && trait === undefined) return link.after === undefined || !/^[A-Z]/.test(link.after);
    if (link.after === undefined) return false;
    // A generic parameter, or a trait: whoever is behind it.
    return link.after === type || ((link.after === trait || /^[A-Z]\w?$/.test(link.after)) && !IMPLIED.has(name) && knows);
  }

  #knows({ name, type, trait }: BodyOutline): boolean {
    if ((type !== undefined && this.#named.has(type)) || (trait !== undefined && this.#named.has(trait))) return true;
    return name.length >= LONG_NAME && this.#leads.isOnly(name);
  }

  #await(link: Link, outline: Outline, step: Step, level: number): void {
    for (const { name, type, trait } of bodiesNamed(outline, link.name)) {
      if (name !== link.name) continue;
      for (const it of [type, trait]) {
        if (it === undefined || this.#named.has(it)) continue;
        const waiting = this.#waiting.get(it) ?? new Map<string, Waiting>();
        this.#waiting.set(it, waiting);
        if (!waiting.has(name)) waiting.set(name, { link, step, level });
      }
    }
  }

  /** Bodies and types of that name: what they use is needed as well, a few levels deep. */
  #follow(link: Link, outline: Outline, { left }: Step, level: number, entry: RustEntry): void {
    if (left <= 0) return;
    for (const body of bodiesNamed(outline, link.name)) {
      if (this.#chosen.has(body) || this.#used.has(body) || !this.#means(link, body, false)) continue;
      this.#used.add(body);
      this.#agenda.use({ entry, links: [...body.links.values()].flat(), left: left - 1 }, level + 1);
    }
    const inside = link.method ? undefined : outline.types.get(link.name);
    const key = `${entry.path}:${link.name}`;
    if (inside === undefined || this.#types.has(key)) return;
    this.#types.add(key);
    this.#agenda.use({ entry, links: inside, left: left - 1 }, level + 1);
  }
}

/** Methods of the standard library's traits that give back nothing new. */
const SILENT: ReadonlySet<string> = new Set(["clone", "fmt", "eq", "ne", "cmp", "partial_cmp", "hash", "drop"]);
