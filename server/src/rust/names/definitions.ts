/** What names lead to: modules, items, variants, and paths of crates that are not here. Each is one object, so that equal is identical. */
import type { Item } from "../ast.ts";
import type { ItemKind, ScannedFile, TreeItem } from "../items/index.ts";
import { Text } from "../lower/text.ts";
import type { CrateNode } from "./crate-graph.ts";

export type Definition = Module | Declared | Variant | External;

/** Bits: a name may mean one thing as a type or module, another as a value, a third as a macro. */
export const TYPES = 1;
export const VALUES = 2;
export const MACROS = 4;
export const ALL_NAMESPACES = TYPES | VALUES | MACROS;

export interface Found {
  readonly definition: Definition;
  readonly namespaces: number;
}

/** A text that was scanned as one: a file, the inside of a block, or what a macro made. A file may get another text that declares the same. */
export interface Fragment {
  readonly path: string;
  text: string;
  /** Where it begins in its file. */
  readonly shift: number;
  scanned: ScannedFile;
  /** How many macros made it; the offsets of what one made are behind all files (`Expansions`). */
  readonly expansions: number;
  /** What the calls of macros that hold it have in front of them, and the branch of `cfg_if!` that it is. */
  readonly attributes: readonly string[];
}

/** Where a bound ended the work on a crate's names, and which. */
export interface Cut {
  readonly path: string;
  readonly why: string;
}

export class Crate {
  readonly node: CrateNode;
  /** Among all crates that are loaded; `$crate` is written by it. */
  readonly index: number;
  readonly root: Module;
  readonly fragments: Fragment[] = [];
  /** All items, the members of impls and traits among them. */
  readonly items: Declared[] = [];
  readonly modules: Module[] = [];
  /** What `extern crate` adds to the names of crates, and the crates whose macros `#[macro_use]` brings into sight everywhere. */
  readonly externs = new Map<string, Definition>();
  readonly macrosFrom: Crate[] = [];
  /** Work that was not done. */
  readonly cuts: Cut[] = [];

  constructor(node: CrateNode, index: number) {
    this.node = node;
    this.index = index;
    this.root = new Module(this, "crate", undefined);
  }

  cut(path: string, why: string): void {
    if (!this.cuts.some((it) => it.path === path && it.why === why)) this.cuts.push({ path, why });
  }
}

/** Macros in textual scope, the last one first. */
export interface TextualScope {
  readonly macro: Declared;
  readonly outer: TextualScope | undefined;
}

export function macroInScope(scope: TextualScope | undefined, name: string): Declared | undefined {
  let found = scope;
  while (found !== undefined && found.macro.name !== name) found = found.outer;
  return found?.macro;
}

/** An item as it was declared; the same file in two crates declares its items twice. */
export class Declared {
  readonly sort = "item";
  readonly tree: TreeItem;
  readonly fragment: Fragment;
  /** Where its names are looked up. */
  readonly module: Module;
  /** The impl, trait or foreign module that holds it. */
  readonly holder: Declared | undefined;
  /** Macros that its body can call by their names alone. */
  readonly textual: TextualScope | undefined;
  readonly members: Declared[] = [];
  readonly #variants = new Map<string, Variant>();
  #lowered: Item | undefined;

  constructor(tree: TreeItem, fragment: Fragment, module: Module, holder?: Declared, textual?: TextualScope) {
    this.tree = tree;
    this.fragment = fragment;
    this.module = module;
    this.holder = holder;
    this.textual = textual;
  }

  get kind(): ItemKind {
    return this.tree.kind;
  }

  get name(): string {
    return plain(this.tree.name);
  }

  get start(): number {
    return this.fragment.scanned.spans.start(this.tree.index) + this.fragment.shift;
  }

  get end(): number {
    return this.fragment.scanned.spans.end(this.tree.index) + this.fragment.shift;
  }

  get nameStart(): number {
    return this.fragment.scanned.spans.name(this.tree.index) + this.fragment.shift;
  }

  /** Without attributes and what else stands in front of it. */
  get textFromName(): string {
    const { text, shift } = this.fragment;
    return text.slice(this.nameStart - shift, this.end - shift);
  }

  /** As plain data. Of what holds other items the head alone: they are lowered one by one. */
  get lowered(): Item | undefined {
    this.#lowered ??= Text.of(this.#text(), this.start).items().items[0];
    return this.#lowered;
  }

  /** As plain data whose body is read once: it is not kept, for it is many times as large as its text. */
  takeLowered(): Item | undefined {
    const { lowered } = this;
    this.#lowered = undefined;
    return lowered;
  }

  /** Its file has another text. */
  forgetText(): void {
    this.#lowered = undefined;
  }

  #text(): string {
    const { text, shift } = this.fragment;
    if (this.kind === "impl" || this.kind === "trait") return `${this.tree.head}{}`;
    return text.slice(this.start - shift, this.end - shift);
  }

  /** Of an enum. */
  variant(name: string): Variant | undefined {
    if (this.kind !== "enum") return undefined;
    if (this.#variants.size === 0 && this.lowered?.kind === "enum")
      for (const it of this.lowered.variants) this.#variants.set(it.name, new Variant(this, it.name));
    return this.#variants.get(name);
  }

  variants(): readonly Variant[] {
    this.variant("");
    return [...this.#variants.values()];
  }
}

export class Variant {
  readonly sort = "variant";
  readonly of: Declared;
  readonly name: string;

  constructor(of: Declared, name: string) {
    this.of = of;
    this.name = name;
  }
}

/** A path of a crate that is not here, from its own name on. */
export class External {
  readonly sort = "external";
  readonly path: readonly string[];
  readonly #children = new Map<string, External>();

  constructor(path: readonly string[]) {
    this.path = path;
  }

  child(name: string): External {
    const known = this.#children.get(name);
    if (known !== undefined) return known;
    const made = new External([...this.path, name]);
    this.#children.set(name, made);
    return made;
  }
}

/** A module, or a block that declares items. */
export class Module {
  readonly sort = "module";
  readonly crate: Crate;
  readonly name: string;
  /** The module around; of a block the block or module in which it stands. */
  readonly parent: Module | undefined;
  readonly isBlock: boolean;
  /** Those that its items stand in; none where that is the file of the module around. */
  readonly files: string[] = [];
  /** A declaration says that it is a file, which is not here. */
  isAbsent = false;
  /** At its declaration and within it. */
  readonly attributes: string[] = [];
  readonly names = new Map<string, Entries>();
  /** Globs of crates that are not here: what is not found otherwise may come from them. */
  readonly externalGlobs: { readonly external: External; readonly visibleIn: Module | undefined }[] = [];
  /** Modules that import all of this one's names. */
  readonly importers: Importer[] = [];
  /** Modules all of whose names this one imports. */
  readonly globs: Module[] = [];

  constructor(crate: Crate, name: string, parent: Module | undefined, isBlock = false) {
    this.crate = crate;
    this.name = name;
    this.parent = parent;
    this.isBlock = isBlock;
  }

  /** The module that a block stands in. */
  get enclosing(): Module {
    let module: Module = this;
    while (module.isBlock && module.parent !== undefined) module = module.parent;
    return module;
  }

  entries(name: string): Entries {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const made: Entries = { named: [], globbed: [], unsettled: 0, waiting: new Set() };
    this.names.set(name, made);
    return made;
  }

  isWithin(other: Module): boolean {
    for (let module: Module | undefined = this; module !== undefined; module = module.parent) if (module === other) return true;
    return false;
  }
}

/** What one module knows under one name. */
export interface Entries {
  readonly named: Entry[];
  /** Only for namespaces in which nothing is named. */
  readonly globbed: Entry[];
  /** Imports of that name whose path has led nowhere yet. */
  unsettled: number;
  /** Whose answer depends on this name. */
  readonly waiting: Set<Waiting>;
  /** All that either list ever held, once they are many. */
  definitions?: Set<Definition>;
}
export interface Entry extends Found {
  /** Undefined where it is public. */
  readonly visibleIn: Module | undefined;
}
export interface Importer {
  readonly module: Module;
  readonly visibleIn: Module | undefined;
}
/** An import or a call of a macro: what is looked at again when a name that it needs appears. */
export interface Waiting {
  again(): void;
}

/** Without the `r#` of raw identifiers. */
export const plain = (name: string): string => (name.startsWith("r#") ? name.slice(2) : name);

/** The namespaces in which an item is known by its name. */
export function namespacesOf({ kind, head }: TreeItem): number {
  switch (kind) {
    case "function":
    case "const":
    case "static":
      return VALUES;
    case "struct":
      // `struct A;` and `struct A(u8);` are constructors, too.
      return head.trimEnd().endsWith(";") ? TYPES | VALUES : TYPES;
    case "enum":
    case "union":
    case "trait":
    case "type":
    case "module":
      return TYPES;
    case "macro-rules":
      return MACROS;
    default:
      return 0;
  }
}
