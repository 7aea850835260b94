/**
 * The modules of a crate with what they declare, in the order of the source, for the scope of `macro_rules!` is textual. A loop over
 * frames: nesting has no bound. What a macro of the crate makes is declared where it is called.
 */
import { resolvePath } from "../../base/path.ts";
import { MOST_FRAGMENTS } from "../bounds.ts";
import { type ImportLeaf, scan, type TreeItem } from "../items/index.ts";
import { type Crate, Declared, type Fragment, Module, macroInScope, namespacesOf, plain, type TextualScope } from "./definitions.ts";
import type { Expansions } from "./expansions.ts";
import { insideOf } from "./macro-tokens.ts";
import { filesOfModule, type Home, homeInside, homeOfIncluded, homeOfRoot, startsWithName } from "./module-files.ts";
import type { ScannedText } from "./same-declarations.ts";

/** What the tree is told to. */
export interface Declarations {
  /** Of whatever kind, with a name or without. */
  item(declared: Declared): void;
  define(declared: Declared, in_: Module, visibleIn: Module | undefined): void;
  defineModule(module: Module, in_: Module, visibleIn: Module | undefined): void;
  import(leaf: ImportLeaf, in_: Module, visibleIn: Module | undefined): void;
  externCrate(leaf: ImportLeaf, in_: Module, visibleIn: Module | undefined, macros: boolean): void;
  /** No macro of that name is in textual scope. */
  macroCall(call: MacroCall): void;
}

export interface MacroCall {
  readonly call: Declared;
  readonly place: Place;
}

interface Textual {
  top: TextualScope | undefined;
}

/** Where items are declared. */
interface Place {
  readonly module: Module;
  readonly home: Home;
  readonly holder: Declared | undefined;
  readonly textual: Textual;
}

interface Frame extends Place {
  readonly fragment: Fragment;
  readonly items: readonly TreeItem[];
  next: number;
  /** Its macros stay in scope behind it. */
  readonly outer: Textual | undefined;
}

export class Scans {
  readonly #text: (path: string) => string | undefined;
  readonly #known = new Map<string, ScannedText | undefined>();

  constructor(text: (path: string) => string | undefined) {
    this.#text = text;
  }

  of(path: string): ScannedText | undefined {
    if (this.#known.has(path)) return this.#known.get(path);
    const text = this.#text(path);
    const made = text === undefined ? undefined : { text, scanned: scan(text) };
    this.#known.set(path, made);
    return made;
  }

  /** What was asked for already. */
  known(path: string): ScannedText | undefined {
    return this.#known.get(path);
  }

  replace(path: string, made: ScannedText): void {
    this.#known.set(path, made);
  }
}

export class ModuleTree {
  readonly #crate: Crate;
  readonly #scans: Scans;
  readonly #to: Declarations;
  readonly #expansions: Expansions;

  constructor(crate: Crate, scans: Scans, to: Declarations, expansions: Expansions) {
    this.#crate = crate;
    this.#scans = scans;
    this.#to = to;
    this.#expansions = expansions;
  }

  fromRoot(): void {
    const { root, node } = this.#crate;
    this.#crate.modules.push(root);
    const place: Place = { module: root, home: homeOfRoot(node.root), holder: undefined, textual: { top: undefined } };
    const frame = this.#file(node.root, place, []);
    if (frame !== undefined) this.#run(frame);
  }

  /** Items of a block, in the module that stands for it. */
  block(fragment: Fragment, module: Module, textual: TextualScope | undefined, keep: (item: TreeItem) => boolean): void {
    const home = homeOfRoot(fragment.path);
    const items = fragment.scanned.tree.items.filter(keep);
    this.#run({ fragment, items, next: 0, module, home, holder: undefined, textual: { top: textual }, outer: undefined });
  }

  /** What a call makes by a macro that was found by its path; without one, what its tokens hold. */
  settle({ call, place }: MacroCall, macro: Declared | undefined): void {
    for (const it of this.#made(call, place, macro)) this.#run(it);
  }

  #run(first: Frame): void {
    const frames = [first];
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const item = frame.items[frame.next++];
      if (item === undefined) {
        frames.pop();
        if (frame.outer !== undefined) frame.outer.top = frame.textual.top;
      } else frames.push(...this.#declare(item, frame));
    }
  }

  /** What has to be gone through next, the last one first. */
  #declare(item: TreeItem, frame: Frame): readonly Frame[] {
    const { module, fragment, holder } = frame;
    const visibleIn = visibilityOf(item, module);
    switch (item.kind) {
      case "module":
        return this.#module(item, frame, visibleIn);
      case "use":
        for (const leaf of item.imports ?? []) this.#to.import(leaf, module, visibleIn);
        return [];
      case "extern-crate":
        for (const leaf of item.imports ?? [])
          this.#to.externCrate(
            leaf,
            module,
            visibleIn,
            item.attributes.some((it) => startsWithName(it, "macro_use")),
          );
        return [];
      case "macro-call":
        return this.#call(new Declared(item, fragment, module, holder), frame);
    }
    const declared = new Declared(item, fragment, module, holder, frame.textual.top);
    this.#to.item(declared);
    if (holder !== undefined) holder.members.push(declared);
    if (item.kind === "macro-rules") {
      frame.textual.top = { macro: declared, outer: frame.textual.top };
      this.#to.define(declared, module, visibleIn);
      if (item.attributes.some((it) => startsWithName(it, "macro_export"))) this.#to.define(declared, this.#crate.root, undefined);
    } else if (namespacesOf(item) !== 0 && (holder === undefined || holder.kind === "foreign"))
      this.#to.define(declared, module, visibleIn);
    if (item.items === undefined) return [];
    return [{ ...frame, items: item.items, next: 0, holder: declared, outer: undefined }];
  }

  #module(item: TreeItem, frame: Frame, visibleIn: Module | undefined): readonly Frame[] {
    const name = plain(item.name);
    const module = new Module(this.#crate, name, frame.module);
    module.attributes.push(...frame.fragment.attributes, ...item.attributes);
    const keeps = item.attributes.some((it) => startsWithName(it, "macro_use"));
    const outer = keeps ? frame.textual : undefined;
    const place: Place = { module, home: frame.home, holder: undefined, textual: { top: frame.textual.top } };
    const frames: Frame[] = [];
    if (item.items !== undefined) {
      const home = homeInside(name, item.attributes, frame.home);
      frames.push({ ...place, home, fragment: frame.fragment, items: item.items, next: 0, outer });
    } else {
      for (const { path, home } of filesOfModule(name, item.attributes, frame.home)) {
        const made = this.#file(path, { ...place, home }, item.attributes);
        if (made === undefined) continue;
        frames.push({ ...made, outer });
        // Of two that `cfg_attr` chooses between either may be meant; else the first one is.
        if (!item.attributes.some((it) => startsWithName(it, "cfg_attr"))) break;
      }
      module.isAbsent = frames.length === 0;
    }
    this.#crate.modules.push(module);
    this.#to.defineModule(module, frame.module, visibleIn);
    return frames;
  }

  #file(path: string, place: Place, attributes: readonly string[]): Frame | undefined {
    const found = this.#scans.of(path);
    if (found === undefined) return undefined;
    if (this.#crate.fragments.length >= MOST_FRAGMENTS) return this.#cut(path, `more than ${MOST_FRAGMENTS} files are one crate`);
    // Circular modules do not compile: nothing is lost with what would be there once more.
    if (attributes.length > 0 && this.#takesItselfIn(path, place.module)) return undefined;
    const fragment: Fragment = { path, ...found, shift: 0, expansions: 0, attributes: [] };
    place.module.files.push(path);
    place.module.attributes.push(...found.scanned.tree.attributes);
    this.#crate.fragments.push(fragment);
    return { ...place, fragment, items: fragment.scanned.tree.items, next: 0, outer: undefined };
  }

  #takesItselfIn(path: string, from: Module): boolean {
    for (let module: Module | undefined = from; module !== undefined; module = module.parent) if (module.files.includes(path)) return true;
    return false;
  }

  #cut(path: string, why: string): undefined {
    this.#crate.cut(path, why);
    return undefined;
  }

  #call(call: Declared, frame: Frame): readonly Frame[] {
    this.#to.item(call);
    const place: Place = { module: frame.module, home: frame.home, holder: frame.holder, textual: frame.textual };
    const name = nameOfMacro(call);
    const macro = macroInScope(frame.textual.top, name);
    if (macro !== undefined) return this.#made(call, place, macro).toReversed();
    if (name === "include") return this.#included(call, place);
    this.#to.macroCall({ call, place });
    return [];
  }

  #included(call: Declared, place: Place): readonly Frame[] {
    return scan(call.textFromName).files.flatMap((it) => {
      if (it.kind !== "include" || it.path === undefined) return [];
      const folder = it.from === "package" ? this.#crate.node.folder : `${place.home.file}/..`;
      const path = resolvePath(folder, it.path);
      return this.#file(path, { ...place, home: homeOfIncluded(path) }, ["include"]) ?? [];
    });
  }

  #made(call: Declared, place: Place, macro: Declared | undefined): readonly Frame[] {
    const text = call.textFromName;
    const { path, expansions } = call.fragment;
    const around = [...call.fragment.attributes, ...call.tree.attributes];
    if (macro !== undefined) {
      const expanded = this.#expansions.of(macro, { text, path, start: call.nameStart, depth: expansions });
      if (expanded.kind === "cut") this.#cut(path, expanded.why);
      // A call that fits no rule is taken for what it holds.
      if (expanded.kind === "text") {
        const { text: made, at } = expanded.made.inside;
        return [this.#inner(made, { ...call.fragment, shift: at, expansions: expansions + 1, attributes: around }, place)];
      }
    }
    return insideOf(text, nameOfMacro(call) === "cfg_if").map(({ span: { start, end }, attributes }) => {
      const of = { ...call.fragment, shift: call.nameStart + start, attributes: [...around, ...attributes] };
      return this.#inner(text.slice(start, end), of, place);
    });
  }

  #inner(text: string, of: Fragment, place: Place): Frame {
    const fragment: Fragment = { ...of, text, scanned: scan(text) };
    if (fragment.scanned.tree.items.length > 0) this.#crate.fragments.push(fragment);
    return { ...place, fragment, items: fragment.scanned.tree.items, next: 0, outer: undefined };
  }
}

/** Of a call, without the path in front. */
const nameOfMacro = (call: Declared): string => call.tree.name.slice(call.tree.name.lastIndexOf(":") + 1).trim();

function visibilityOf({ visibility }: TreeItem, module: Module): Module | undefined {
  if (visibility === "pub") return undefined;
  const { enclosing } = module;
  if (visibility === "") return module;
  const [, restriction] = visibility.split(/\W+/);
  if (restriction === "self") return enclosing;
  return restriction === "super" ? (enclosing.parent?.enclosing ?? enclosing) : enclosing.crate.root;
}
