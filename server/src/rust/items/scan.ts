/**
 * The token scan: from the tokens of a file to its item tree, in one pass that enters no body and never fails. What is no item is passed
 * over, and what does not close ends where the next item must begin.
 */
import type { Span } from "../../base/span.ts";
import { type NamedFile, namedFiles } from "../named-files.ts";
import { isRestriction } from "../syntax/item-parts.ts";
import { lex } from "../syntax/lexer.ts";
import { isName, isOpening, isSegment } from "../syntax/state.ts";
import * as token from "../syntax/tokens.ts";
import { partnersOf } from "./brackets.ts";
import { declaredNames } from "./declared-names.ts";
import { Extents, isModifier } from "./extents.ts";
import { pathOf, splitImpl } from "./impl-head.ts";
import { type ImplHead, type ItemKind, ItemSpans, type ItemTree, type TreeItem } from "./item-tree.ts";
import { NameSink } from "./name-hash.ts";
import { importsOf } from "./use-tree.ts";

export interface ScannedFile {
  readonly declares: readonly string[];
  readonly tree: ItemTree;
  readonly spans: ItemSpans;
  /** The names in an item, without those of the items that it holds. */
  namesIn(index: number): Int32Array;
  /** Of all items, one after the other, with what stands between them. */
  readonly names: Int32Array;
  /** Files that it names as parts of its crate. */
  readonly files: readonly NamedFile[];
}

export const scan = (text: string): ScannedFile => new Scanner(lex(text)).run();

interface Container {
  readonly index: number;
  readonly start: number;
  /** The token that closes it. */
  readonly close: number;
  readonly items: TreeItem[];
  readonly ordinals: Map<string, number>;
}

const sink = new NameSink();

class Scanner {
  readonly #tokens: token.Tokens;
  readonly #partners: Int32Array;
  readonly #extents: Extents;
  readonly #numbers: number[] = [];
  readonly #around: number[] = [];
  readonly #namesFrom: number[] = [];
  readonly #namesTo: number[] = [];
  readonly #fileAttributes: string[] = [];
  readonly #stack: Container[];
  /** Of what is being read, as tokens: its first attribute, and what follows its visibility. */
  #first = 0;
  #head = 0;
  #attributes: readonly string[] = NONE;
  #visibility = "";

  constructor(tokens: token.Tokens) {
    this.#tokens = tokens;
    this.#partners = partnersOf(tokens);
    this.#extents = new Extents(tokens, this.#partners);
    this.#stack = [{ index: -1, start: 0, close: tokens.count, items: [], ordinals: new Map() }];
  }

  run(): ScannedFile {
    const top = this.#top;
    let at = 0;
    while (at < this.#tokens.count) {
      while (this.#stack.length > 1 && at >= this.#top.close) {
        // A container that was closed by force ends in front of the token that did so.
        if (at === this.#top.close && this.#kind(at) === token.RIGHT_BRACE) at++;
        this.#stack.pop();
      }
      if (at < this.#tokens.count) at = this.#item(at);
    }
    const names = sink.finish();
    const { 0: from, 1: to } = [this.#namesFrom, this.#namesTo];
    return {
      declares: declaredNames(this.#tokens),
      tree: { attributes: this.#fileAttributes, items: top.items },
      spans: new ItemSpans(Int32Array.from(this.#numbers), Int32Array.from(this.#around)),
      names,
      files: namedFiles(this.#tokens, this.#partners),
      namesIn: (index) => names.subarray(from[index] ?? 0, to[index] ?? 0),
    };
  }

  get #top(): Container {
    return this.#stack[this.#stack.length - 1] ?? { index: -1, start: 0, close: 0, items: [], ordinals: new Map() };
  }

  #kind(at: number): number {
    return this.#tokens.kinds[at] ?? token.END;
  }

  #text(at: number): string {
    const { text, starts, ends } = this.#tokens;
    return text.slice(starts[at] ?? 0, ends[at] ?? 0);
  }

  #slice(from: number, to: number): string {
    const { text, starts, ends } = this.#tokens;
    return to <= from ? "" : text.slice(starts[from] ?? 0, ends[to - 1] ?? 0);
  }

  /** Reads what begins at a token, an item or not; where to go on, always further than that. */
  #item(first: number): number {
    let at = first;
    let attributes: string[] | undefined;
    while (this.#kind(at) === token.HASH) {
      const inner = this.#kind(at + 1) === token.NOT;
      const open = at + (inner ? 2 : 1);
      if (this.#kind(open) !== token.LEFT_BRACKET) return at + 1;
      const close = this.#extents.closing(open);
      const text = this.#slice(open + 1, close);
      if (inner) this.#innerAttribute(text);
      else {
        attributes ??= [];
        attributes.push(text);
      }
      at = close + 1;
    }
    if (at >= this.#top.close) return Math.max(at, first + 1);
    const visibilityAt = at;
    if (this.#kind(at) === token.PUB) at = isRestriction(at + 1, (it) => this.#kind(it)) ? this.#extents.closing(at + 1) + 1 : at + 1;
    this.#visibility = this.#slice(visibilityAt, at);
    this.#attributes = attributes ?? NONE;
    this.#first = first;
    this.#head = at;
    while (isModifier(this.#tokens, at)) at++;
    return this.#declaration(at) ?? Math.max(first + 1, this.#past(at));
  }

  /** What is no item: one token, or all in brackets. */
  #past(at: number): number {
    const close = this.#partners[at] ?? 0;
    return close > at ? close + 1 : at + 1;
  }

  #innerAttribute(text: string): void {
    if (this.#stack.length === 1) this.#fileAttributes.push(text);
  }

  #declaration(at: number): number | undefined {
    switch (this.#kind(at)) {
      case token.FN:
        return this.#withBody("function", at);
      case token.STRUCT:
        return this.#withBody("struct", at);
      case token.ENUM:
        return this.#withBody("enum", at);
      case token.UNION:
        return isName(this.#kind(at + 1)) ? this.#withBody("union", at) : this.#macro(at);
      case token.TRAIT:
        return this.#container("trait", at, at + 1);
      case token.IMPL:
        return this.#container("impl", at, NOWHERE);
      case token.MOD:
        return this.#kind(at + 2) === token.SEMICOLON
          ? this.#add("module", at + 1, at + 3, NOWHERE, NOWHERE)
          : this.#container("module", at, at + 1);
      case token.USE:
        return this.#add("use", NOWHERE, this.#extents.semicolon(this.#top.close, at + 1) + 1, NOWHERE, at + 1);
      case token.CONST:
      case token.STATIC: {
        // `static ref` is how macros write what is made on first use.
        const nameAt = at + (this.#kind(at + 1) === token.MUT || this.#kind(at + 1) === token.REF ? 2 : 1);
        if (!isName(this.#kind(nameAt))) return undefined;
        return this.#add(
          this.#kind(at) === token.CONST ? "const" : "static",
          nameAt,
          this.#extents.semicolon(this.#top.close, at + 1) + 1,
          NOWHERE,
          NOWHERE,
        );
      }
      case token.TYPE:
        return this.#add("type", at + 1, this.#extents.semicolon(this.#top.close, at + 1) + 1, NOWHERE, NOWHERE);
      case token.EXTERN:
        if (this.#kind(at + 1) !== token.CRATE) return this.#container("foreign", at, NOWHERE);
        return this.#add("extern-crate", NOWHERE, this.#extents.semicolon(this.#top.close, at + 1) + 1, NOWHERE, at + 2);
      case token.MACRO_RULES:
        return this.#kind(at + 1) === token.NOT && isName(this.#kind(at + 2))
          ? this.#delimited("macro-rules", at + 2, at + 3)
          : this.#macro(at);
      case token.MACRO: {
        if (!isName(this.#kind(at + 1))) return this.#macro(at);
        const body = this.#extents.bodyOrEnd(this.#top.close, at + 1, false);
        return this.#add("macro-rules", at + 1, this.#extents.behind(body), body, NOWHERE);
      }
      default:
        return this.#macro(at);
    }
  }

  #withBody(kind: ItemKind, at: number): number {
    const body = this.#extents.bodyOrEnd(this.#top.close, at + 1, true);
    return this.#kind(body) === token.LEFT_BRACE
      ? this.#add(kind, at + 1, this.#extents.behind(body), body, NOWHERE)
      : this.#add(kind, at + 1, body + 1, NOWHERE, NOWHERE);
  }

  /** A call of a macro where an item could stand. */
  #macro(at: number): number | undefined {
    let bang = at + (this.#kind(at) === token.PATH_SEPARATOR ? 1 : 0);
    while (isSegment(this.#kind(bang)) && this.#kind(bang + 1) === token.PATH_SEPARATOR) bang += 2;
    if (!isSegment(this.#kind(bang)) || this.#kind(bang + 1) !== token.NOT) return undefined;
    return this.#delimited("macro-call", bang, bang + (isName(this.#kind(bang + 2)) ? 3 : 2));
  }

  /** What ends with its braces, or with a semicolon behind other brackets. */
  #delimited(kind: ItemKind, nameAt: number, open: number): number | undefined {
    const opened = this.#kind(open);
    if (!isOpening(opened)) return undefined;
    const close = this.#extents.closing(open);
    const end = opened !== token.LEFT_BRACE && this.#kind(close + 1) === token.SEMICOLON ? close + 2 : this.#extents.behind(open);
    return this.#add(kind, nameAt, end, open, NOWHERE);
  }

  #container(kind: ItemKind, at: number, nameAt: number): number {
    const open = this.#extents.bodyOrEnd(this.#top.close, at + 1, kind === "impl" || kind === "trait");
    // A trait's alias, or half of what is being typed.
    if (this.#kind(open) !== token.LEFT_BRACE) return this.#add(kind, nameAt, open + 1, NOWHERE, NOWHERE);
    this.#add(kind, nameAt, this.#extents.behind(open), open, at + 1);
    return open + 1;
  }

  /** `inside`: the token behind the keyword, of those that are read further. Where to go on. */
  #add(kind: ItemKind, nameAt: number, wanted: number, body: number, inside: number): number {
    const { starts, ends, text } = this.#tokens;
    const end = Math.max(wanted, this.#first + 1);
    const around = this.#top;
    const start = starts[this.#first] ?? 0;
    const index = this.#around.length;
    const name = nameAt === NOWHERE ? "" : kind === "macro-call" ? this.#slice(this.#head, nameAt + 1) : this.#text(nameAt);
    const holds = body !== NOWHERE && CONTAINERS.has(kind);
    const items: TreeItem[] | undefined = holds ? [] : undefined;
    this.#around.push(around.index);
    this.#numbers.push(
      start - around.start,
      (ends[Math.min(end, this.#tokens.count) - 1] ?? text.length) - start,
      nameAt === NOWHERE ? 0 : (starts[nameAt] ?? 0) - start,
      body === NOWHERE ? -1 : (starts[body] ?? 0) - start,
    );
    this.#namesFrom.push(sink.count);
    const until = holds ? body : end;
    if (sink.add(this.#tokens, this.#first, until)) this.#addStrings(this.#first, until);
    this.#namesTo.push(sink.count);
    around.items.push({
      kind,
      name,
      ordinal: ordinalIn(around.ordinals, kind, name),
      index,
      visibility: this.#visibility,
      attributes: this.#attributes,
      head: HEADED.has(kind) ? this.#slice(this.#head, body === NOWHERE ? end : body) : "",
      items,
      imports: kind === "use" || kind === "extern-crate" ? importsOf(this.#tokens, inside, end - 1, (at) => this.#text(at)) : undefined,
      implements: kind === "impl" && body !== NOWHERE ? this.#implHead(inside, body) : undefined,
    });
    if (items !== undefined) this.#stack.push({ index, start, close: this.#extents.closing(body), items, ordinals: new Map() });
    return end;
  }

  #implHead(from: number, to: number): ImplHead {
    const { trait, type } = splitImpl(this.#tokens, from, to);
    const path = (it: Span): readonly string[] => pathOf(this.#tokens, it, (at) => this.#text(at));
    return { trait: trait && path(trait), type: path(type) };
  }

  /** `#[serde(default = "crate::defaults::verify")]`, at the item and at its fields. */
  #addStrings(from: number, to: number): void {
    const { kinds, starts, ends, units } = this.#tokens;
    for (let at = from; at < to; at++) {
      if (kinds[at] !== token.HASH || kinds[at + 1] !== token.LEFT_BRACKET) continue;
      const close = this.#extents.closing(at + 1);
      for (; at < close; at++) if (kinds[at] === token.STRING) sink.addWords(units, starts[at] ?? 0, ends[at] ?? 0);
    }
  }
}

function ordinalIn(ordinals: Map<string, number>, kind: ItemKind, name: string): number {
  const key = `${kind} ${name}`;
  const ordinal = ordinals.get(key) ?? 0;
  ordinals.set(key, ordinal + 1);
  return ordinal;
}

const NONE: readonly string[] = [];
const NOWHERE = -1;
const CONTAINERS: ReadonlySet<ItemKind> = new Set(["module", "impl", "trait", "foreign"]);
/** Kinds whose heads say more than their names. */
const HEADED: ReadonlySet<ItemKind> = new Set(["function", "struct", "enum", "union", "trait", "impl", "const", "static", "type"]);
