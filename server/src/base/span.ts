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

/** Of places that are in order and apart, as the items of a file are, those that touch one: found without looking at all. */
export function touching<T extends { readonly span: Span }>(ordered: readonly T[], place: Span): readonly T[] {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle]?.span.end ?? 0) < place.start) low = middle + 1;
    else high = middle;
  }
  const found: T[] = [];
  for (let it = ordered[low]; it !== undefined && it.span.start <= place.end; it = ordered[++low]) found.push(it);
  return found;
}

/** The same places in order, those that meet made one. */
export function mergedSpans(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const it of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || it.start > last.end) merged.push(it);
    else if (it.end > last.end) merged[merged.length - 1] = span(last.start, it.end);
  }
  return merged;
}
