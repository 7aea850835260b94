/**
 * Definition maps: the modules of crates with every name that declarations, imports, globs and macros give them, brought to a fixpoint by a
 * worklist. An import is looked at again when a name appears that its path needs, so that cycles end and chains cost what they hold.
 */
import { FEWEST_STEPS, STEPS_PER_DECLARATION } from "../bounds.ts";
import { type ImportLeaf, scan } from "../items/index.ts";
import type { CrateGraph } from "./crate-graph.ts";
import { Crate, type Declared, MACROS, Module, namespacesOf, plain, TYPES, type Waiting } from "./definitions.ts";
import { Expansions } from "./expansions.ts";
import { type Lookup, Names } from "./lookup.ts";
import { MacroCalls } from "./macro-calls.ts";
import { type Declarations, type MacroCall, ModuleTree, Scans } from "./module-tree.ts";
import { Propagation } from "./propagation.ts";
import { declareTheSame, type ScannedText } from "./same-declarations.ts";

type Task = Import | Call;

interface Import {
  readonly kind: "import";
  readonly module: Module;
  readonly waiting: Waiting;
  readonly leaf: ImportLeaf;
  readonly visibleIn: Module | undefined;
  settled: boolean;
  /** Nothing that it leads to can lead elsewhere any more. */
  complete: boolean;
  queued: boolean;
}
interface Call extends MacroCall {
  readonly kind: "call";
  readonly module: Module;
  readonly waiting: Waiting;
  settled: boolean;
  queued: boolean;
}

export class DefinitionMaps implements Declarations {
  readonly names = new Names();
  readonly #graph: CrateGraph;
  readonly #scans: Scans;
  readonly expansions = new Expansions();
  /** Their calls in bodies. */
  readonly macros: MacroCalls = new MacroCalls(this);
  readonly #trees = new Map<Crate, ModuleTree>();
  readonly #tasks: Task[] = [];
  /** Before all others: an import that looks at a name before a glob has brought it would take what little there is for all. */
  readonly #globs: Task[] = [];
  readonly #unsettled = new Set<Task>();
  /** Names under which imports know something else than by its own. */
  readonly #aliases = new Map<string, Set<string>>();
  readonly #blocks = new Map<Module, Map<number, { readonly module: Module; readonly path: string }>>();
  readonly #propagation = new Propagation();
  #lookUps = 0;
  #declarations = 0;
  #items = 0;
  #taken = 0;

  constructor(graph: CrateGraph) {
    this.#graph = graph;
    this.#scans = new Scans((path) => graph.text(path));
  }

  /** Brings in crates with all that they depend on; those that are there stay as they are. */
  load(ids: Iterable<string>): void {
    const fresh: ModuleTree[] = [];
    const waiting = [...ids];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const node = this.#graph.crates.get(id);
      if (node === undefined || this.names.byId.has(id)) continue;
      const crate = new Crate(node, this.names.crates.length);
      this.names.crates.push(crate);
      this.names.byId.set(id, crate);
      const tree = new ModuleTree(crate, this.#scans, this, this.expansions);
      this.#trees.set(crate, tree);
      fresh.push(tree);
      for (const it of node.dependencies?.values() ?? []) if ("id" in it) waiting.push(it.id);
    }
    for (const it of fresh) it.fromRoot();
    this.#settle();
  }

  /** Names put into modules and imports looked at, so far. */
  get steps(): number {
    return this.#lookUps + this.#propagation.steps;
  }

  get crates(): readonly Crate[] {
    return this.names.crates;
  }

  crateOf(id: string): Crate | undefined {
    return this.names.byId.get(id);
  }

  /** Other names than its own by which imports may know something of that name. */
  aliasesOf(name: string): ReadonlySet<string> {
    return this.#aliases.get(name) ?? new Set();
  }

  /** `segments` as they are written in a module; those behind a type are left. */
  resolve(segments: readonly string[], module: Module, global = false): Lookup {
    return this.names.path(segments, module, global, false);
  }

  /** The items that a block declares, as a module inside of another one. `at`: where its text begins, `ends` where its items do end. */
  block(text: string, at: number, of: Declared, around: Module, ends: ReadonlySet<number>): Module {
    const blocks = this.#blocks.get(around) ?? new Map<number, { readonly module: Module; readonly path: string }>();
    this.#blocks.set(around, blocks);
    const known = blocks.get(at);
    if (known !== undefined) return known.module;
    const made = new Module(around.crate, "", around, true);
    blocks.set(at, { module: made, path: of.fragment.path });
    const fragment = { ...of.fragment, text, shift: at, scanned: scan(text) };
    this.#trees.get(around.crate)?.block(fragment, made, of.textual, (item) => ends.has(fragment.scanned.spans.end(item.index) + at));
    this.#settle();
    return made;
  }

  /**
   * A file has another text. Whether the maps hold for it: only bodies of functions differ, and no macro call there holds items, which
   * would stand elsewhere now. Then what those bodies declared is gone, until somebody walks through them again. Else the maps are of no use.
   */
  replace(path: string, text: string): boolean {
    const before = this.#scans.known(path);
    if (before === undefined) return true;
    const after = { text, scanned: scan(text) };
    if (!declareTheSame(before, after)) return false;
    for (const { fragments } of this.crates)
      if (fragments.some((it) => it.path === path && (it.scanned !== before.scanned || it.shift > 0))) return false;
    this.#scans.replace(path, after);
    for (const crate of this.crates) this.#replaceIn(crate, path, after);
    for (const blocks of this.#blocks.values()) for (const [at, it] of blocks) if (it.path === path) blocks.delete(at);
    return true;
  }

  #replaceIn({ fragments, items }: Crate, path: string, { text, scanned }: ScannedText): void {
    const files = new Set(fragments.filter((it) => it.path === path));
    if (files.size === 0) return;
    const stay = items.filter(({ fragment }) => fragment.path !== path || files.has(fragment));
    if (stay.length < items.length) this.#taken++;
    items.splice(0, items.length, ...stay);
    for (const it of items) if (files.has(it.fragment)) it.forgetText();
    this.macros.forget(path);
    for (const it of files) Object.assign(it, { text, scanned });
  }

  /** How many items came so far: nothing is new to whoever has seen as many. */
  get items(): number {
    return this.#items;
  }

  /** How many declarations and imports came so far, those of blocks among them. */
  get declarations(): number {
    return this.#declarations;
  }

  /** How often items were taken away: what was known of others by where they stand does not hold any more. */
  get taken(): number {
    return this.#taken;
  }

  item(declared: Declared): void {
    this.#items++;
    declared.module.crate.items.push(declared);
  }

  define(declared: Declared, module: Module, visibleIn: Module | undefined): void {
    this.#declarations++;
    this.#propagation.add(module, declared.name, { definition: declared, namespaces: namespacesOf(declared.tree), visibleIn });
  }

  defineModule(made: Module, module: Module, visibleIn: Module | undefined): void {
    this.#declarations++;
    this.#propagation.add(module, made.name, { definition: made, namespaces: TYPES, visibleIn });
  }

  import(written: ImportLeaf, module: Module, visibleIn: Module | undefined): void {
    this.#declarations++;
    const leaf: ImportLeaf = {
      ...written,
      path: written.path.map(plain),
      name: written.name === undefined ? undefined : plain(written.name),
    };
    const last = leaf.path.at(-1);
    if (leaf.name !== undefined && last !== undefined && leaf.name !== last && leaf.name !== "_") {
      const aliases = this.#aliases.get(last) ?? new Set<string>();
      this.#aliases.set(last, aliases.add(leaf.name));
    }
    if (leaf.name !== undefined) module.entries(leaf.name).unsettled++;
    const waiting = { again: () => this.#queue(task) };
    const task: Task = { kind: "import", module, leaf, visibleIn, waiting, settled: false, complete: false, queued: false };
    this.#ask(task);
  }

  externCrate({ path, name }: ImportLeaf, module: Module, visibleIn: Module | undefined, macros: boolean): void {
    const { crate } = module;
    const written = plain(path[0] ?? "");
    const found = written === "self" ? crate.root : (this.names.crateNamed(written, crate) ?? this.names.external(written));
    const called = plain(name ?? written);
    this.#propagation.add(module, called, { definition: found, namespaces: TYPES, visibleIn });
    if (module === crate.root) crate.externs.set(called, found);
    if (macros && found.sort === "module") crate.macrosFrom.push(found.crate);
  }

  macroCall(call: MacroCall): void {
    this.#declarations++;
    const waiting = { again: () => this.#queue(task) };
    const task: Task = { ...call, kind: "call", module: call.place.module, waiting, settled: false, queued: false };
    this.#ask(task);
  }

  #ask(task: Task): void {
    this.#unsettled.add(task);
    this.#queue(task);
  }

  #queue(task: Task): void {
    if (task.queued) return;
    task.queued = true;
    (isGlob(task) ? this.#globs : this.#tasks).push(task);
  }

  /** First what is certain; then what crates that are not here may give, and what macros that nobody knows hold. */
  #settle(): void {
    this.#work();
    this.names.settled = true;
    this.#propagation.release();
    let known = new Set<Task>();
    while ([...this.#unsettled].some((it) => !known.has(it))) {
      known = new Set(this.#unsettled);
      for (const it of known) this.#queue(it);
      this.#work();
      for (const it of known) if (it.kind === "call" && !it.settled) this.#settleCall(it, undefined);
      this.#work();
    }
    this.names.settled = false;
    this.#propagation.settled = false;
    // They still hear of names that they asked for.
    this.#unsettled.clear();
  }

  #work(): void {
    const most = FEWEST_STEPS + STEPS_PER_DECLARATION * this.#declarations;
    for (;;) {
      const task = this.#globs.pop() ?? this.#tasks.pop();
      if (task === undefined) return;
      task.queued = false;
      this.#lookUps++;
      if (this.steps > most) {
        const { crate } = task.module;
        crate.cut(crate.node.root, `names were looked up more than ${most} times`);
        continue;
      }
      if (task.kind === "import") this.#lookImportUp(task);
      else if (!task.settled) this.#lookCallUp(task);
    }
  }

  #lookCallUp(call: Call): void {
    const segments = call.call.tree.name.split("::").map((it) => it.trim());
    const global = segments[0] === "";
    const asking = { waiting: call.waiting, name: undefined, module: call.module, isPartial: false };
    const { found } = this.names.path(global ? segments.slice(1) : segments, call.module, global, false, asking);
    const macro = found.find(({ namespaces }) => (namespaces & MACROS) !== 0)?.definition;
    if (macro === undefined) return;
    this.#settleCall(call, macro.sort === "item" && macro.kind === "macro-rules" ? macro : undefined);
  }

  #settleCall(call: Call, macro: Declared | undefined): void {
    call.settled = true;
    this.#unsettled.delete(call);
    this.#trees.get(call.module.crate)?.settle(call, macro);
  }

  #lookImportUp(task: Import): void {
    const { module, leaf, visibleIn } = task;
    const asking = { waiting: task.waiting, name: leaf.name, module, isPartial: false };
    const { found, rest } = this.names.path(leaf.path, module, leaf.global, true, asking);
    if (found.length === 0 || rest.length > 0) return;
    if (leaf.name === undefined) {
      for (const { definition, namespaces } of found)
        if ((namespaces & TYPES) !== 0 && !(task.settled && definition.sort === "external"))
          this.#propagation.glob(definition, module, visibleIn);
    } else {
      for (const { definition, namespaces } of found) {
        // `use quote::quote` knows a `quote` from then on, and must not look for another one in that.
        if (task.settled && definition.sort === "external") continue;
        this.#propagation.add(module, leaf.name, { definition, namespaces, visibleIn });
      }
      if (!task.complete && !asking.isPartial) {
        task.complete = true;
        this.#propagation.found(module, leaf.name);
      }
    }
    task.settled = true;
    this.#unsettled.delete(task);
  }
}

const isGlob = (task: Task): boolean => task.kind === "import" && task.leaf.name === undefined;
