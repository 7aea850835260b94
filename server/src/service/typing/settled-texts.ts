/** The texts of open Rust documents, settled, and where in the documents stands what was found in them. */
import type { Span } from "../../base/span.ts";
import type { FileEdits } from "../../base/text-edit.ts";
import { kindByName } from "../../project/index.ts";
import type { Place } from "../../tls/facts.ts";
import { SettledText } from "./settled-text.ts";
import { type Change, lineTyped } from "./typed-line.ts";

export class SettledTexts {
  readonly #texts: Map<string, SettledText>;

  constructor(from?: SettledTexts) {
    this.#texts = new Map(from ? from.#texts : []);
  }

  /** What is to be analysed of a document that begins, or begins anew, with a text. */
  open(file: string, text: string): string {
    if (kindByName(file) === "rust") this.#texts.set(file, SettledText.of(text));
    return text;
  }

  /** `changes`: what was typed, if that is known. */
  change(file: string, text: string, changes?: readonly Change[]): string {
    const known = this.#texts.get(file);
    if (known === undefined) return this.open(file, text);
    // To type over a bracket that the editor has closed changes nothing.
    const now = text === known.current ? known : known.changed(text, lineTyped(known.current, text, changes));
    this.#texts.set(file, now);
    return now.text;
  }

  /** What is to be analysed of documents in which a line waited for its end, when nobody types any more. */
  pause(): readonly { readonly file: string; readonly text: string }[] {
    const waiting = [...this.#texts].filter(([, it]) => it.isWaiting);
    for (const [file, it] of waiting) this.#texts.set(file, it.paused());
    return waiting.flatMap(([file, { text: before }]) => {
      const text = this.#texts.get(file)?.text ?? before;
      return text === before ? [] : [{ file, text }];
    });
  }

  close(file: string): void {
    this.#texts.delete(file);
  }

  /** Whether any text is another one than its document's. */
  get areCurrent(): boolean {
    return [...this.#texts.values()].every((it) => it.isCurrent);
  }

  /** Of a document with something that does not parse. */
  unsettled(file: string): SettledText | undefined {
    const known = this.#texts.get(file);
    return known?.isCurrent === false ? known : undefined;
  }

  /** Undefined where it is no longer there as it was. */
  span(file: string, settled: Span): Span | undefined {
    const text = this.unsettled(file);
    return text === undefined ? settled : text.toCurrent(settled);
  }

  /** What of the settled text an offset of the current one is; undefined in what is being changed. */
  settledOffset(file: string, offset: number): number | undefined {
    const text = this.unsettled(file);
    return text === undefined ? offset : text.toSettled(offset);
  }

  /** What has a span in a file, where that is still there. */
  spans<T extends { readonly span: Span }>(file: string, all: readonly T[]): readonly T[] {
    return all.flatMap((it) => {
      const span = this.span(file, it.span);
      return span === undefined ? [] : [{ ...it, span }];
    });
  }

  /** Those that are still there. */
  places<P extends Place>(all: readonly P[]): readonly P[] {
    return all.flatMap((it) => this.place(it) ?? []);
  }

  place<P extends Place>(it: P): P | undefined {
    const span = this.span(it.file, it.span);
    return span && { ...it, span };
  }

  /** What has a place, where that is still there. */
  placed<T extends { readonly place: Place }>(all: readonly T[]): readonly T[] {
    return all.flatMap((it) => {
      const place = this.place(it.place);
      return place === undefined ? [] : [{ ...it, place }];
    });
  }

  /** Undefined where one of them would change what is no longer there. */
  edits({ file, edits }: FileEdits): FileEdits | undefined {
    const moved = edits.flatMap((it) => {
      const span = this.span(file, it.span);
      return span === undefined ? [] : [{ ...it, span }];
    });
    return moved.length < edits.length ? undefined : { file, edits: moved };
  }
}
