/**
 * What a fix changed is laid out as rustfmt would: the statements it touched, and the new ones. A statement that was laid out
 * otherwise before keeps the layout that its author gave it, if it has any.
 */
import { type Span, touches } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import { layoutEdits, type RustFile, type Style, type Unit } from "../rust/index.ts";
import { column, indentationAt, styleOf, width } from "./lines.ts";
import { type Ancestor, itemAncestor, trailTo, visitAll } from "./trail.ts";
import { useAgain } from "./use-tree.ts";

/** `edits` made `after` of `before`. The result is stated against `after`. `whole`: the text whose style it is, where these are parts. */
export function layoutAfter(before: RustFile, after: RustFile, edits: readonly TextEdit[], whole = before.text): readonly TextEdit[] {
  const places = placesOf(edits);
  const style = styleOf(whole);
  const found: TextEdit[] = [];
  visitAll(after.items.map(itemAncestor), (ancestor, around) => {
    if (!places.some((it) => touches(it.after, ancestor.span))) return false;
    const unit = unitOf(ancestor, around);
    const own =
      unit === undefined
        ? (emptied(ancestor, after) ?? listed(ancestor, before, after, places, style))
        : laidOut(unit, before, after, places, style);
    if (own !== undefined) found.push(...own);
    return own === undefined;
  });
  return found;
}

function laidOut(unit: Unit, before: RustFile, after: RustFile, places: readonly Place[], style: Style): readonly TextEdit[] | undefined {
  const kept = keptOf(unit.node.span, places);
  if (kept !== undefined) {
    const old = unitAt(before, kept);
    const wanted = old === undefined ? undefined : layoutEdits(old, before, style);
    if (old === undefined || wanted === undefined || (wanted.length > 0 && !isFlat(old.node.span, before))) return undefined;
  }
  return layoutEdits(unit, after, style);
}

/** A list of imports that others joined. */
function listed(
  { of, node, span }: Ancestor,
  before: RustFile,
  after: RustFile,
  places: readonly Place[],
  { unit, eol }: Style,
): readonly TextEdit[] | undefined {
  const again = (it: Span, { text }: RustFile): string | undefined =>
    useAgain(text.slice(it.start, it.end), unit, eol, column(text, it.start))?.replaceAll(eol, eol + indentationAt(text, it.start));
  const kept = of === "item" && node.kind === "use" ? keptOf(span, places) : undefined;
  if (kept === undefined || again(kept, before) !== before.text.slice(kept.start, kept.end)) return undefined;
  const text = again(span, after);
  return text === undefined ? undefined : [{ span, text }];
}

/** Pasted without its indentation: no line of it is deeper than the first. */
function isFlat({ start, end }: Span, { text }: RustFile): boolean {
  const own = width(indentationAt(text, start));
  const lines = text.slice(start, end).split(/\r\n|\n|\r/);
  return lines.length > 1 && lines.slice(1).every((it) => width(indentationAt(it, 0)) <= own);
}

/** A block that has nothing left in it. */
function emptied({ of, span: { start, end } }: Ancestor, { text }: RustFile): readonly TextEdit[] | undefined {
  return of === "block" && /^\{\s+\}$/.test(text.slice(start, end)) ? [{ span: { start, end }, text: "{}" }] : undefined;
}

function unitOf(ancestor: Ancestor, around: Ancestor | undefined): Unit | undefined {
  if (ancestor.of === "statement") return { of: "statement", node: ancestor.node };
  if (ancestor.of === "expression") return around?.of === "block" ? { of: "value", node: ancestor.node } : undefined;
  return ancestor.of === "item" && (ancestor.node.kind === "const" || ancestor.node.kind === "static")
    ? { of: "constant", node: ancestor.node }
    : undefined;
}

/** The smallest unit that covers a place. */
function unitAt(file: RustFile, place: Span): Unit | undefined {
  const trail = trailTo(file, place);
  for (let at = trail.length - 1; at >= 0; at--) {
    const ancestor = trail[at];
    const unit = ancestor === undefined ? undefined : unitOf(ancestor, trail[at - 1]);
    if (unit !== undefined) return unit;
  }
  return undefined;
}

/** An edit, where it was made and where its text stands. */
interface Place {
  readonly before: Span;
  readonly after: Span;
}

function placesOf(edits: readonly TextEdit[]): readonly Place[] {
  let shift = 0;
  return [...edits]
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .map(({ span, text }) => {
      const start = span.start + shift;
      shift += text.length - (span.end - span.start);
      return { before: span, after: { start, end: start + text.length } };
    });
}

/** From the first to the last of what was there before, where it was; undefined of what is all new. */
function keptOf({ start, end }: Span, places: readonly Place[]): Span | undefined {
  const at = (offset: number, side: "start" | "end"): number => {
    let shift = 0;
    for (const it of places) {
      const within =
        side === "start" ? it.after.start <= offset && offset < it.after.end : it.after.start < offset && offset <= it.after.end;
      if (within) return side === "start" ? it.before.end : it.before.start;
      if (it.after.start >= offset) break;
      shift = it.before.end - it.after.end;
    }
    return offset + shift;
  };
  const kept = { start: at(start, "start"), end: at(end, "end") };
  return kept.start < kept.end ? kept : undefined;
}
