/** From text to a `RustFile`: the grammar's tree, kept inside, and the items lowered from it. */
import { Edit, Language, type Node, Parser, type Point, type Tree } from "web-tree-sitter";
import { err, ok, type Result } from "../base/result.ts";
import type { Span } from "../base/span.ts";
import type { Attributes, Item } from "./ast.ts";
import { createLowering, type FragmentParser } from "./fragments.ts";
import { stringOf } from "./literals.ts";
import { attributesOf } from "./lower-attributes.ts";
import { itemsOf } from "./lower-items.ts";
import { spanOf } from "./lowering.ts";
import { copySyntax, type Grammar, grammarOf, stack } from "./syntax.ts";

export interface RustFile {
  readonly text: string;
  readonly items: readonly Item[];
  /** Inner attributes of the file: `#![cfg(test)]`. */
  readonly attributes?: Attributes;
  /** ERROR and MISSING nodes. A reason for care where an edit would touch them, never for skipping the file. */
  readonly errors: readonly Span[];
  /** Comments, doc comments included, in order: suppressions live there. */
  readonly comments: readonly Span[];
  /** The innermost string literal (its value and the span between its quotes) at an offset, for hovers on path literals. */
  stringAt(offset: number): { readonly value: string; readonly span: Span } | undefined;
  /** The same file after a change, parsed incrementally; this one is disposed. What changed is found by comparing the texts. */
  edited(text: string, changes?: readonly { readonly span: Span; readonly text: string }[]): Result<RustFile, ParseFailure>;
  /** The same file as `text` would be, parsed incrementally; this one stays. */
  varied(text: string): Result<RustFile, ParseFailure>;
  /** Frees the tree. Bodies that were not yet lowered become undefined. */
  dispose(): void;
}
export interface ParseFailure {
  readonly reason: "too-slow" | "too-large";
  readonly detail: string;
}
export interface RustParser {
  parse(text: string): Result<RustFile, ParseFailure>;
}

/**
 * Rounds of the parser's work, after each of which it asks whether to go on; a clock would stop honest files on a busy machine.
 * Measured with web-tree-sitter 0.27: 1 MiB of Rust takes 7000 (real code) to 25,000 (tiny functions),
 * of garbage 40,000; a round takes 0.02 to 0.07 ms, but more than 0.2 ms in an unterminated string.
 */
const ROUNDS = 40_000;
/** A shorter text has as many rounds as one of this size, a longer one in proportion. */
const SHARE = 1 << 20;
/** Generated bindings of real repositories have some 2.5 MB; written by hand is nothing of this size. */
export const LARGEST_TEXT = 4 << 20;
/** One macro call: its tokens are parsed on their own, within this share of the file's rounds. */
const FRAGMENT_SHARE = 1 / 5;
/** More errors than anybody looks at. */
const MOST_ERRORS = 1000;

export interface ParserLimits {
  readonly rounds: number;
  readonly units: number;
}

/** `runtime` and `grammar`: the bytes of the two WASM files. */
export async function createRustParser(
  wasm: { readonly runtime: Uint8Array; readonly grammar: Uint8Array },
  limits: Partial<ParserLimits> = {},
): Promise<RustParser> {
  language ??= load(wasm);
  language.catch(() => {
    language = undefined;
  });
  const grammar = await language;
  const parser = new Parser();
  parser.setLanguage(grammar);
  const engine = new Engine(parser, grammarOf(grammar), { rounds: ROUNDS, units: LARGEST_TEXT, ...limits });
  return { parse: (text) => engine.parse(text, undefined) };
}

/** The runtime is one for the process, and each further load of a grammar takes memory and places in its table for good. */
let language: Promise<Language> | undefined;

async function load(wasm: { readonly runtime: Uint8Array; readonly grammar: Uint8Array }): Promise<Language> {
  // The module wants a buffer of its own: the bytes may be a window into a larger one.
  await Parser.init({ wasmBinary: new Uint8Array(wasm.runtime).buffer });
  return Language.load(wasm.grammar);
}

class Engine {
  readonly #parser: Parser;
  readonly #limits: ParserLimits;
  readonly grammar: Grammar;

  constructor(parser: Parser, grammar: Grammar, limits: ParserLimits) {
    this.#parser = parser;
    this.grammar = grammar;
    this.#limits = limits;
  }

  parse(text: string, previous: Tree | undefined): Result<RustFile, ParseFailure> {
    if (text.length > this.#limits.units) {
      return err({ reason: "too-large", detail: `${text.length} code units, at most ${this.#limits.units} are read` });
    }
    const tree = this.tree(text, previous, this.#limits.rounds);
    if (typeof tree === "string") return err({ reason: tree, detail: DETAILS[tree] });
    return ok(new ParsedFile(this, tree, text));
  }

  tree(text: string, previous: Tree | undefined, rounds: number): Tree | ParseFailure["reason"] {
    const shares = Math.max(1, text.length / SHARE);
    let left = rounds * shares;
    try {
      const tree = this.#parser.parse(text, previous, { progressCallback: () => --left < 0 });
      if (tree !== null) return tree;
      this.#parser.reset();
      return "too-slow";
    } catch {
      // The runtime aborts when its memory is full; it works again once trees were deleted.
      this.#parser.reset();
      return "too-large";
    }
  }

  readonly fragment: FragmentParser = (text, shift) => {
    const tree = this.tree(text, undefined, this.#limits.rounds * FRAGMENT_SHARE);
    if (typeof tree === "string") return undefined;
    const cursor = tree.walk();
    try {
      const root = copySyntax(cursor, this.grammar, shift, false);
      return { root, errors: errorsIn(tree.rootNode, shift) };
    } finally {
      cursor.delete();
      tree.delete();
    }
  };
}

const DETAILS = {
  "too-slow": "the text takes more steps to parse than are allowed",
  "too-large": "the parser ran out of memory",
} as const satisfies Record<ParseFailure["reason"], string>;

class ParsedFile implements RustFile {
  readonly text: string;
  readonly items: readonly Item[];
  readonly attributes: Attributes;
  readonly #engine: Engine;
  #tree: Tree | undefined;
  #errors: readonly Span[] | undefined;
  #comments: readonly Span[] | undefined;

  constructor(engine: Engine, tree: Tree, text: string) {
    this.#engine = engine;
    this.#tree = tree;
    this.text = text;
    const cursor = tree.walk();
    const root = copySyntax(cursor, engine.grammar, 0, true);
    cursor.delete();
    const lowering = createLowering(text, engine.fragment, (node) => this.#copy(node));
    this.items = itemsOf(root.children, lowering);
    this.attributes = attributesOf(
      root.children.filter((it) => it.type === "inner_attribute_item"),
      lowering,
    );
  }

  get errors(): readonly Span[] {
    this.#errors ??= this.#tree === undefined ? [] : errorsIn(this.#tree.rootNode, 0);
    return this.#errors;
  }

  get comments(): readonly Span[] {
    this.#comments ??= this.#tree?.rootNode.descendantsOfType(["line_comment", "block_comment"]).map((it) => this.#comment(it)) ?? [];
    return this.#comments;
  }

  stringAt(offset: number): { readonly value: string; readonly span: Span } | undefined {
    if (offset < 0 || offset > this.text.length) return undefined;
    let node = this.#tree?.rootNode.descendantForIndex(offset) ?? null;
    // An escape lies two levels below its literal; nothing else does.
    for (let up = 0; node !== null && up < 3; up++, node = node.parent) {
      if (node.type === "string_literal" || node.type === "raw_string_literal") {
        return stringOf(this.text.slice(node.startIndex, node.endIndex), node.startIndex);
      }
    }
    return undefined;
  }

  edited(text: string): Result<RustFile, ParseFailure> {
    const result = this.varied(text);
    this.dispose();
    return result;
  }

  varied(text: string): Result<RustFile, ParseFailure> {
    const tree = this.#tree?.copy();
    const edit = difference(this.text, text);
    if (edit !== undefined) tree?.edit(edit);
    const result = this.#engine.parse(text, tree);
    tree?.delete();
    return result;
  }

  dispose(): void {
    this.#tree?.delete();
    this.#tree = undefined;
  }

  #copy(node: Node): ReturnType<typeof copySyntax> | undefined {
    if (this.#tree === undefined) return undefined;
    const cursor = node.walk();
    const copy = copySyntax(cursor, this.#engine.grammar, 0, false);
    cursor.delete();
    return copy;
  }

  /** A doc comment's node takes in the end of its line. */
  #comment(node: Node): Span {
    const place = { start: node.startIndex, end: node.endIndex };
    while (place.end > place.start && (this.text[place.end - 1] === "\n" || this.text[place.end - 1] === "\r")) place.end--;
    return spanOf(place);
  }
}

/** Only nodes that hold an error are entered, without recursion. */
function errorsIn(root: Node, shift: number): Span[] {
  const found: Span[] = [];
  const waiting = root.hasError ? [root] : [];
  for (let node = waiting.pop(); node !== undefined && found.length < MOST_ERRORS; node = waiting.pop()) {
    if (node.isError || node.isMissing) found.push({ start: node.startIndex + shift, end: node.endIndex + shift });
    else
      stack(
        waiting,
        node.children.filter((it) => it.hasError),
      );
  }
  return found;
}

/** The one replacement that turns `before` into `after`. It never divides a surrogate pair. */
function difference(before: string, after: string): Edit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (tail < shorter - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start--;
  if (tail > 0 && isLowSurrogate(before.charCodeAt(before.length - tail))) tail--;
  const oldEnd = before.length - tail;
  const newEnd = after.length - tail;
  return new Edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: pointAt(before, start),
    oldEndPosition: pointAt(before, oldEnd),
    newEndPosition: pointAt(after, newEnd),
  });
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** As the grammar counts: only `\n` ends a row. */
function pointAt(text: string, offset: number): Point {
  let row = 0;
  let start = 0;
  for (let next = text.indexOf("\n"); next >= 0 && next < offset; next = text.indexOf("\n", start)) {
    row++;
    start = next + 1;
  }
  return { row, column: offset - start };
}
