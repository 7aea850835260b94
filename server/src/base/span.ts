/** Places in a text: half-open ranges of UTF-16 code units, the unit of JavaScript strings and of LSP's default. */

/** `text.slice(start, end)` is what the span covers. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const span = (start: number, end: number): Span => ({ start, end });

/** Whether `outer` covers all of `inner`. */
export const covers = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** Whether the two share at least one code unit, or one is empty and lies within the other. */
export const touches = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

export const sameSpan = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;
