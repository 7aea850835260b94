/**
 * Names on their way into modules, and from there into those that import all of them. What is named hides what a glob brings, so a glob's
 * name waits where an import of that name has not led anywhere yet: whoever looked at it meanwhile would know something that is hidden.
 */
import { type Definition, type Entries, type Entry, type External, type Module, TYPES, VALUES } from "./definitions.ts";

export class Propagation {
  /** Names that go into modules, so far. */
  steps = 0;
  /** Nothing waits any more. */
  settled = false;
  readonly #held = new Set<{ readonly module: Module; readonly name: string }>();

  add(module: Module, name: string, entry: Entry): void {
    this.#spread([{ module, entry, byGlob: false }], name);
  }

  /** An import of that name has led somewhere. */
  found(module: Module, name: string): void {
    const entries = module.entries(name);
    entries.unsettled--;
    if (entries.unsettled === 0) this.#release(module, name, entries);
  }

  /** Whatever still waits, goes on. */
  release(): void {
    this.settled = true;
    for (const it of this.#held) this.#release(it.module, it.name, it.module.entries(it.name));
    this.#held.clear();
  }

  glob(from: Definition, module: Module, visibleIn: Module | undefined): void {
    if (from.sort === "external") this.#globExternal(from, module, visibleIn);
    else if (from.sort === "item") {
      for (const it of from.variants())
        this.#spread([{ module, entry: { definition: it, namespaces: TYPES | VALUES, visibleIn }, byGlob: true }], it.name);
    } else if (from.sort === "module" && from !== module) {
      if (from.importers.some((it) => it.module === module && it.visibleIn === visibleIn)) return;
      from.importers.push({ module, visibleIn });
      module.globs.push(from);
      for (const [name, { named, globbed, unsettled }] of [...from.names]) {
        const shown = unsettled > 0 && !this.settled ? named : [...named, ...globbed];
        const seen = shown.filter((entry) => sees(module, entry));
        this.#spread(
          seen.map((entry) => ({ module, entry: { ...entry, visibleIn }, byGlob: true })),
          name,
        );
      }
      for (const it of [...from.externalGlobs]) if (sees(module, it)) this.#globExternal(it.external, module, visibleIn);
    }
  }

  #release(module: Module, name: string, { globbed, waiting }: Entries): void {
    for (const entry of globbed) this.#spread(importing(module, entry), name);
    for (const it of waiting) it.again();
  }

  #globExternal(external: External, first: Module, visibleIn: Module | undefined): void {
    const waiting = [{ module: first, visibleIn }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { module } = next;
      const at = next.visibleIn;
      this.steps++;
      if (module.externalGlobs.some((it) => it.external === external && it.visibleIn === at)) continue;
      module.externalGlobs.push({ external, visibleIn: at });
      waiting.push(...module.importers.filter((it) => sees(it.module, { visibleIn: at })));
    }
  }

  /** A loop, for globs may be a long chain. */
  #spread(first: readonly Way[], name: string): void {
    const waiting = [...first];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      this.steps++;
      const { module, byGlob } = next;
      const news = put(module.entries(name), next.entry, byGlob);
      if (news === undefined) continue;
      const entries = module.entries(name);
      if (byGlob && entries.unsettled > 0 && !this.settled) {
        this.#held.add({ module, name });
        continue;
      }
      for (const it of entries.waiting) it.again();
      waiting.push(...importing(module, news));
    }
  }
}

/** A name that is about to go into a module. */
interface Way {
  readonly module: Module;
  readonly entry: Entry;
  readonly byGlob: boolean;
}

const importing = (from: Module, entry: Entry): readonly Way[] =>
  from.importers.flatMap(({ module, visibleIn }) =>
    sees(module, entry) ? [{ module, entry: { ...entry, visibleIn }, byGlob: true }] : [],
  );

/** What of it is news. */
function put(entries: Entries, entry: Entry, byGlob: boolean): Entry | undefined {
  const { named, globbed } = entries;
  const namespaces = byGlob ? entry.namespaces & ~named.reduce((bits, it) => bits | it.namespaces, 0) : entry.namespaces;
  const list = byGlob ? globbed : named;
  const isNew = !mayHold(entries, entry.definition);
  const isKnown =
    !isNew &&
    list.some(
      (it) =>
        it.definition === entry.definition &&
        (it.namespaces & namespaces) === namespaces &&
        (it.visibleIn === undefined || it.visibleIn === entry.visibleIn),
    );
  if (namespaces === 0 || isKnown) return undefined;
  const news = { ...entry, namespaces };
  list.push(news);
  if (!byGlob) hide(globbed, namespaces);
  return news;
}

/** Thousands of one name are no mistake of ours, and are not gone through for each. */
const FEW = 16;

/** False where it certainly holds none of that definition. */
function mayHold(entries: Entries, definition: Definition): boolean {
  const { named, globbed, definitions } = entries;
  if (named.length + globbed.length < FEW) return true;
  entries.definitions = definitions ?? new Set([...named, ...globbed].map((it) => it.definition));
  const holds = entries.definitions.has(definition);
  entries.definitions.add(definition);
  return holds;
}

function hide(globbed: Entry[], namespaces: number): void {
  const left = globbed.map((it) => ({ ...it, namespaces: it.namespaces & ~namespaces })).filter((it) => it.namespaces !== 0);
  globbed.splice(0, globbed.length, ...left);
}

/** Whether a module's globs bring something that is visible there. */
const sees = (module: Module, { visibleIn }: Pick<Entry, "visibleIn">): boolean => visibleIn === undefined || module.isWithin(visibleIn);
