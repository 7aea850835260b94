/** Calls in bodies of macros that are here: which macro is meant, and what it makes. */
import type { Span } from "../../base/span.ts";
import { type Declared, MACROS, type Module, macroInScope } from "./definitions.ts";
import type { Expansion } from "./expansion.ts";
import type { Expansions } from "./expansions.ts";
import type { Lookup } from "./lookup.ts";

/** The path of a macro as it is written, and where that begins. */
export interface Written {
  readonly segments: readonly string[];
  readonly global: boolean;
  readonly start: number;
}

interface Maps {
  readonly expansions: Expansions;
  resolve(segments: readonly string[], module: Module, global: boolean): Lookup;
}

export class MacroCalls {
  readonly #maps: Maps;
  /** By where their brackets open. */
  readonly #made = new Map<Declared, Map<number, Expansion | undefined>>();

  constructor(maps: Maps) {
    this.#maps = maps;
  }

  /** What a call makes, asked by who knows where it stands. `tokens`: its brackets and what is in them. */
  expand(of: Declared, module: Module, written: Written, tokens: Span): Expansion | undefined {
    const made = this.#made.get(of) ?? new Map<number, Expansion | undefined>();
    this.#made.set(of, made);
    if (made.has(tokens.start)) return made.get(tokens.start);
    const found = this.#expanded(of, module, written, tokens);
    made.set(tokens.start, found);
    return found;
  }

  /** The same, asked by who does not: it has been made before. */
  at(of: Declared, bracket: number): Expansion | undefined {
    return this.#made.get(of)?.get(bracket);
  }

  /** What stands somewhere in a body, or in what macros make there. */
  textAt({ fragment: { text, shift } }: Declared, { start, end }: Span): string {
    const made = start < shift || start > shift + text.length ? this.#maps.expansions.around(start) : undefined;
    const from = made === undefined ? shift : made.at;
    return (made?.text ?? text).slice(start - from, end - from);
  }

  /** The file has another text. */
  forget(path: string): void {
    for (const [of, all] of this.#made) {
      if (of.fragment.path !== path) continue;
      for (const it of all.values()) if (it !== undefined) this.#maps.expansions.forget(it);
      this.#made.delete(of);
    }
  }

  #expanded(of: Declared, module: Module, { segments, global, start }: Written, tokens: Span): Expansion | undefined {
    const macro = this.#macro(of, module, segments, global);
    if (macro === undefined) return undefined;
    const { path } = of.fragment;
    const around = this.#maps.expansions.around(start);
    const call = {
      text: this.textAt(of, { start, end: tokens.end }),
      path,
      start,
      depth: around === undefined ? 0 : around.call.depth + 1,
    };
    const expanded = this.#maps.expansions.of(macro, call);
    if (expanded.kind === "cut") module.crate.cut(path, expanded.why);
    return expanded.kind === "text" ? expanded.made : undefined;
  }

  /** Macros of blocks hide those in textual scope, and these what imports bring in. */
  #macro(of: Declared, module: Module, segments: readonly string[], global: boolean): Declared | undefined {
    const [name = "", ...more] = segments;
    const isLone = more.length === 0 && !global;
    const hiding = isLone ? (macroInBlocks(module, name) ?? macroInScope(of.textual, name)) : undefined;
    if (hiding !== undefined) return hiding;
    const found = this.#maps.resolve(segments, module, global).found.find((it) => (it.namespaces & MACROS) !== 0)?.definition;
    return found?.sort === "item" && found.kind === "macro-rules" ? found : undefined;
  }
}

function macroInBlocks(module: Module, name: string): Declared | undefined {
  for (let block: Module | undefined = module; block?.isBlock; block = block.parent) {
    const found = block.names.get(name)?.named.find((it) => (it.namespaces & MACROS) !== 0)?.definition;
    if (found?.sort === "item") return found;
  }
  return undefined;
}
