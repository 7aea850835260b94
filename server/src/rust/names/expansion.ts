/** What one call of a macro makes: a text in braces, and for each piece of it where it was written, in the call or in the macro. */
import type { Span } from "../../base/span.ts";
import type { Declared } from "./definitions.ts";
import { type Binding, type Bindings, type Bound, isBound, namesIn } from "./macro-match.ts";
import type { Part } from "./macro-pattern.ts";

export interface WrittenAt {
  readonly path: string;
  readonly span: Span;
}

/** A call of a macro: its text from the name of the macro on, and where that begins. */
export interface MadeBy {
  readonly text: string;
  readonly path: string;
  readonly start: number;
  /** How many macros made it. */
  readonly depth: number;
}

interface Piece {
  /** In the text that is made. */
  readonly start: number;
  readonly end: number;
  /** In the text of the macro: what is written there, or the variable. */
  readonly macro: Span;
  /** Of an argument, where it begins in the text of the call. */
  readonly argument: number | undefined;
}

interface Made {
  readonly at: number;
  readonly call: MadeBy;
  readonly macro: Declared;
}

export class Expansion {
  /** With braces around it, so that it is a block. */
  readonly text: string;
  readonly at: number;
  readonly call: MadeBy;
  readonly macro: Declared;
  readonly #pieces: readonly Piece[];

  constructor(text: string, pieces: readonly Piece[], { at, call, macro }: Made) {
    this.text = text;
    this.#pieces = pieces;
    this.at = at;
    this.call = call;
    this.macro = macro;
  }

  /** Without the braces, and where that begins. */
  get inside(): { readonly text: string; readonly at: number } {
    return { text: this.text.slice(1, -1), at: this.at + 1 };
  }

  /** Where the argument of the call stands that a place is in; undefined for what the macro writes. */
  argumentAt(position: number): number | undefined {
    const piece = this.#pieceAt(position - this.at);
    return piece?.argument === undefined ? undefined : this.call.start + piece.argument + position - this.at - piece.start;
  }

  written(span: Span): WrittenAt {
    const [first, last] = this.#ends(span);
    const argument = this.argumentAt(span.start);
    const end = last === undefined ? undefined : this.argumentAt(Math.max(span.start, span.end - 1));
    if (argument !== undefined && end !== undefined && argument <= end)
      return { path: this.call.path, span: { start: argument, end: end + (span.end > span.start ? 1 : 0) } };
    const isOfMacro = first !== undefined && last !== undefined && first.argument === undefined && last.argument === undefined;
    return (isOfMacro ? this.writtenInMacro(span) : undefined) ?? this.#called;
  }

  writtenInMacro(span: Span): WrittenAt | undefined {
    const [first, last] = this.#ends(span);
    const { fragment, nameStart } = this.macro;
    if (first === undefined || last === undefined || last.macro.end < first.macro.start) return undefined;
    const from = first.argument === undefined ? span.start - this.at - first.start : 0;
    const end = last.argument === undefined ? last.macro.start + span.end - this.at - last.start : last.macro.end;
    return { path: fragment.path, span: { start: nameStart + first.macro.start + from, end: nameStart + end } };
  }

  get #called(): WrittenAt {
    const { path, start, text } = this.call;
    return { path, span: { start, end: start + text.length } };
  }

  #ends({ start, end }: Span): readonly [Piece | undefined, Piece | undefined] {
    return [this.#pieceAt(start - this.at), this.#pieceAt(Math.max(start, end - 1) - this.at)];
  }

  /** The last one that begins at a place or in front of it. */
  #pieceAt(offset: number): Piece | undefined {
    let [low, high] = [0, this.#pieces.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#pieces[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return this.#pieces[low - 1];
  }
}

export class ExpansionWriter {
  readonly #crate: string;
  readonly #most: number;
  readonly #texts: string[] = ["{"];
  readonly #pieces: Piece[] = [];
  #length = 1;

  /** `crate`: what `$crate` is written as. */
  constructor(crate: string, most: number) {
    this.#crate = crate;
    this.#most = most;
  }

  get size(): number {
    return this.#length + 1;
  }

  finish(of: Made): Expansion {
    return new Expansion(`${this.#texts.join("")}}`, this.#pieces, of);
  }

  write(parts: readonly Part[], bindings: Bindings): void {
    for (const part of parts) {
      if (this.size > this.#most) return;
      switch (part.kind) {
        case "token":
          this.#push(part.text, part);
          break;
        case "crate":
          this.#push(this.#crate, part);
          break;
        case "group":
          this.#push(part.open, { ...part, end: part.start + 1 });
          this.write(part.parts, bindings);
          this.#push(CLOSING[part.open] ?? "", { start: part.end - 1, end: part.end, touches: true });
          break;
        case "variable": {
          const bound = bindings.get(part.name);
          if (isBound(bound)) this.#bound(bound, part);
          else this.#push(`$${part.name}`, part);
          break;
        }
        case "repetition":
          this.#turns(part, bindings);
      }
    }
  }

  /** As many as the lists have that are used in it. */
  #turns(part: Part & { readonly kind: "repetition" }, bindings: Bindings): void {
    const lists = namesIn(part.parts).flatMap((name): readonly (readonly [string, readonly Binding[]])[] => {
      const bound = bindings.get(name);
      return bound === undefined || isBound(bound) ? [] : [[name, bound]];
    });
    const turns = Math.max(0, ...lists.map(([, list]) => list.length));
    for (let turn = 0; turn < turns && this.size <= this.#most; turn++) {
      if (turn > 0) this.#push(part.separator, { start: part.end, end: part.end, touches: false });
      const own: Bindings = new Map(bindings);
      for (const [name, list] of lists) {
        const one = list[turn];
        if (one !== undefined) own.set(name, one);
      }
      this.write(part.parts, own);
    }
  }

  #bound({ text, start, isCompound }: Bound, part: Part): void {
    if (isCompound) this.#push("(", part, start);
    this.#push(text, isCompound ? { ...part, touches: true } : part, start);
    if (isCompound) this.#push(")", { ...part, touches: true }, start + text.length);
  }

  /** The parts of an operator are tokens that touch. */
  #push(text: string, { start, end, touches }: Pick<Part, "start" | "end" | "touches">, argument?: number): void {
    if (text === "") return;
    const last = this.#texts.at(-1)?.at(-1) ?? " ";
    if (!touches || (isWord(last) && isWord(text[0] ?? " "))) {
      this.#texts.push(" ");
      this.#length++;
    }
    this.#pieces.push({ start: this.#length, end: this.#length + text.length, macro: { start, end }, argument });
    this.#texts.push(text);
    this.#length += text.length;
  }
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const isWord = (character: string): boolean => /[\p{ID_Continue}'"#]/u.test(character);
