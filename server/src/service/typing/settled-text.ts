/**
 * What is analysed of a text that somebody types: where it does not parse, each item is as it was when it last did; so it is while a line
 * in it is being typed.
 */
import { covers, type Span, span } from "../../base/span.ts";
import { applyEdits, composed, minimal, movedBy, type TextEdit } from "../../base/text-edit.ts";
import { parses } from "../../rust/index.ts";
import { regionsAround } from "./regions.ts";
import { takesPlace } from "./wholeness.ts";

export class SettledText {
  /** What is analysed. */
  readonly text: string;
  /** As the editor has it. */
  readonly current: string;
  /** What makes the current text of the settled one, in order; none where all is settled. */
  readonly #held: readonly TextEdit[];
  /** Some of it waits for the end of a line, however well it parses. */
  readonly isWaiting: boolean;

  private constructor(text: string, current: string, held: readonly TextEdit[], isWaiting = false) {
    this.text = text;
    this.current = current;
    this.#held = held;
    this.isWaiting = isWaiting;
  }

  /** Of a text that was not seen before nothing better is known. */
  static of(text: string): SettledText {
    return new SettledText(text, text, []);
  }

  get isCurrent(): boolean {
    return this.#held.length === 0;
  }

  /** `line`: of the current text, where it is being typed. */
  changed(current: string, line?: Span): SettledText {
    const edit = minimal(this.current, [{ span: span(0, this.current.length), text: current }]);
    const edits = composed(this.text, this.#held, edit);
    const waiting = new Set(line === undefined ? [] : touching(edits, line));
    const { text, held } = settled(this.text, edits, waiting);
    // Brackets that belong together may have come one after the other: then no part is whole before all of it is.
    if (held.length > 0 && waiting.size === 0 && parses(current)) return SettledText.of(current);
    return new SettledText(text, current, held, waiting.size > 0);
  }

  /** Nobody types any more. */
  paused(): SettledText {
    return this.isWaiting ? this.changed(this.current) : this;
  }

  /** Where something of the settled text stands; undefined where it is no longer there as it was. */
  toCurrent(place: Span): Span | undefined {
    return this.#held.some((it) => overlap(it.span, place)) ? undefined : movedBy(this.#held, place);
  }

  /** What of the settled text an offset of the current one is; undefined in what is held. */
  toSettled(offset: number): number | undefined {
    let shift = 0;
    for (const { span: replaced, text } of this.#held) {
      const start = replaced.start + shift;
      if (offset < start) break;
      if (offset < start + text.length) return undefined;
      shift += text.length - (replaced.end - replaced.start);
    }
    return offset - shift;
  }
}

interface Held {
  readonly text: string;
  readonly held: readonly TextEdit[];
}

/** Those whose texts stand in a line of what they make, or that have removed something there. */
function touching(edits: readonly TextEdit[], line: Span): readonly TextEdit[] {
  let shift = 0;
  return edits.filter(({ span: replaced, text }) => {
    const start = replaced.start + shift;
    shift += text.length - (replaced.end - replaced.start);
    return start <= line.end && line.start <= start + text.length;
  });
}

/** With the edits made that leave whole what they are in, and wait for nothing. From the end, so that places before them stay what they are. */
function settled(before: string, edits: readonly TextEdit[], waiting: ReadonlySet<TextEdit>): Held {
  let text = before;
  let held = edits;
  for (const edit of edits.toReversed()) {
    if (!held.includes(edit) || waiting.has(edit)) continue;
    for (const region of regionsAround(text, edit.span)) {
      const inside = held.filter((it) => it === edit || overlap(it.span, region));
      if (!inside.every((it) => covers(region, it.span) && !waiting.has(it))) continue;
      const then = text.slice(region.start, region.end);
      const now = applyEdits(
        then,
        inside.map((it) => movedTo(it, -region.start)),
      );
      if (!takesPlace(now, then)) continue;
      text = text.slice(0, region.start) + now + text.slice(region.end);
      const behind = held.slice(held.indexOf(edit) + 1).filter((it) => !inside.includes(it));
      const ahead = held.slice(0, held.indexOf(edit)).filter((it) => !inside.includes(it));
      held = [...ahead, ...behind.map((it) => movedTo(it, now.length - then.length))];
      break;
    }
  }
  return { text, held };
}

const movedTo = ({ span: { start, end }, text }: TextEdit, shift: number): TextEdit => ({ span: span(start + shift, end + shift), text });

/** An insertion overlaps what it is within, not what it is beside. */
const overlap = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;
