/** Where a `use` line stands among those of its module, in rustfmt's order. */
import { touches } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { FunctionItem, Item, RustFile, Scope, Style, UseItem } from "../rust/index.ts";
import { withAttributes } from "./attribute-edits.ts";
import { type Ground, levels } from "./ground.ts";
import { indentationAt, lineEnd, lineStart, nextLine, startsLine, styleOf, wholeLines } from "./lines.ts";
import { compareUse, segmentsOf } from "./use-order.ts";

/** A declaration that was rewritten stands where rustfmt would have it among its neighbours, if they are in that order. */
export function reordered(item: UseItem, line: string, uses: readonly UseItem[], text: string): readonly TextEdit[] {
  const inPlace = [{ span: item.span, text: line }];
  const group = groupsOf(
    uses.filter((it) => it.imports.length > 0),
    text,
  ).find((it) => it.includes(item));
  const others = group?.filter((it) => it !== item) ?? [];
  const segments = segmentsOf(line);
  const next = others.find((it) => compareUse(segments, prefixOf(it, text)) < 0);
  const lines = wholeLines(text, item.span);
  const sorted = group?.every((it, at) => at === 0 || compareUse(prefixOf(group[at - 1] ?? it, text), prefixOf(it, text)) <= 0) ?? false;
  const follows = group?.[group.indexOf(item) + 1];
  if (!sorted || lines === undefined || next === follows || others.some((it) => it.attributes.texts.length > 0)) return inPlace;
  const { eol } = styleOf(text);
  const indentation = indentationAt(text, item.span.start);
  const last = others.at(-1)?.span.end ?? item.span.end;
  const at = next === undefined ? nextLine(text, last) : lineStart(text, next.span.start);
  return [
    { span: lines, text: "" },
    { span: { start: at, end: at }, text: `${indentation}${line}${eol}` },
  ];
}

interface Needed {
  /** The function that needs it. */
  readonly around: FunctionItem | undefined;
  /** Another one is inserted after it. */
  readonly follows: boolean;
}

/** A `use` line goes into the group that imports from the same crate, else into one of its kind, in rustfmt's order. */
export function insertion(path: string, ground: Ground, gone: readonly UseItem[], { around, follows }: Needed): TextEdit {
  const { source } = ground;
  const { text } = source;
  const style = styleOf(text);
  const module = levels(ground.scope).at(-1) ?? ground.scope;
  const uses = module.items.filter(
    (it): it is UseItem => it.kind === "use" && it.imports.length > 0 && !gone.includes(it) && standsFree(it, source),
  );
  const gate =
    gateOf(around, source) ??
    sharedGate(
      uses.filter((it) => rootName(it) === path.split("::")[0]),
      source,
    );
  const imported = `use ${path};`;
  const gated = (indentation: string): string => (gate === undefined ? imported : `${gate}${style.eol}${indentation}${imported}`);
  if (uses.length === 0) return atTop((indentation) => `${gated(indentation)}${follows ? "" : style.eol}`, module, source, style);
  const groups = groupsOf(uses, text);
  const group =
    groups.findLast((it) => it.some((item) => rootName(item) === path.split("::")[0])) ??
    groups.findLast((it) => it.every((item) => kindOf(rootName(item)) === kindOf(path.split("::")[0] ?? ""))) ??
    groups.findLast((it) => it.some((item) => kindOf(rootName(item)) !== "own")) ??
    groups[0] ??
    uses;
  const next = group.find((item) => compareUse(path.split("::"), prefixOf(item, text)) < 0);
  if (next !== undefined) {
    // Above the first of a group stands what belongs to the file or the group; above another, what belongs to it.
    const start = next === group[0] ? withAttributes(next).start : withComments(next, source);
    const indentation = indentationAt(text, start);
    return { span: { start, end: start }, text: `${gated(indentation)}${style.eol}${indentation}` };
  }
  const last = group[group.length - 1];
  const end = last?.span.end ?? 0;
  const at = /^[ \t]*(\/\/.*)?$/.test(text.slice(end, lineEnd(text, end))) ? lineEnd(text, end) : end;
  const indentation = indentationAt(text, last?.span.start ?? 0);
  return { span: { start: at, end: at }, text: `${style.eol}${indentation}${gated(indentation)}` };
}

/** The one `cfg` under which an item is there, as it is written. */
function gateOf(item: Pick<Item, "attributes"> | undefined, { text }: RustFile): string | undefined {
  const [only, ...others] = item?.attributes.cfg ?? [];
  return only === undefined || others.length > 0 ? undefined : text.slice(only.span.start, only.span.end);
}

/** Under which all of a crate's imports are there: so may the crate be. */
function sharedGate(uses: readonly UseItem[], source: RustFile): string | undefined {
  const [only, ...others] = new Set(uses.map((it) => gateOf(it, source)));
  return others.length > 0 ? undefined : only;
}

function atTop(line: (indentation: string) => string, module: Scope, source: RustFile, style: Style): TextEdit {
  const { text } = source;
  // What is half-typed above is not what the imports belong to.
  const free = module.items.filter((it) => standsFree(it, source));
  const first = free.find((it) => !source.errors.some((error) => touches(error, it.span))) ?? free[0];
  if (first === undefined) return { span: { start: 0, end: 0 }, text: `${line("").trimEnd()}${style.eol}` };
  const start = withComments(first, source);
  const indentation = indentationAt(text, start);
  return { span: { start, end: start }, text: `${line(indentation)}${style.eol}${indentation}` };
}

/** Nothing but the end of something else stands before it on its line: an error may have swallowed the `pub async` of a `fn`. */
export const standsFree = (item: Item, source: RustFile): boolean => {
  const { start } = withAttributes(item);
  const before = source.tokenBefore(start);
  return before === undefined || before.end <= lineStart(source.text, start) || ";{}".includes(source.text.slice(before.start, before.end));
};

/** Where an item begins with its attributes and the comments that stand directly above it. */
function withComments(item: Item, source: RustFile): number {
  const { text } = source;
  let { start } = withAttributes(item);
  for (;;) {
    if (!startsLine(text, start)) return start;
    const above = source.comments.findLast((it) => it.end <= start);
    if (above === undefined || !startsLine(text, above.start) || text.startsWith("//!", above.start) || text.startsWith("/*!", above.start))
      return start;
    if (!/^(\r\n|\n|\r)?[ \t]*$/.test(text.slice(above.end, start))) return start;
    start = above.start;
  }
}

const rootName = (item: UseItem): string => item.imports[0]?.path[0] ?? "";
const kindOf = (root: string): string =>
  root === "std" || root === "core" || root === "alloc"
    ? "std"
    : root === "crate" || root === "self" || root === "super"
      ? "own"
      : "external";

/** `use` items that no blank line and no other item separates. */
function groupsOf(uses: readonly UseItem[], text: string): readonly (readonly UseItem[])[] {
  const groups: UseItem[][] = [];
  let previous: UseItem | undefined;
  for (const item of uses) {
    const gap = previous === undefined ? undefined : text.slice(previous.span.end, item.span.start);
    if (gap !== undefined && joins(gap)) groups.at(-1)?.push(item);
    else groups.push([item]);
    previous = item;
  }
  return groups;
}

/** Nothing but comments and attributes, and no empty line. */
function joins(gap: string): boolean {
  const [first = "", ...others] = gap.split(/\r\n|\n|\r/);
  const isAside = (line: string): boolean => /^[ \t]*(?:\/\/|#\[)/.test(line);
  const last = others.pop();
  if (last === undefined) return first.trim() === "" || first.trimStart().startsWith("//");
  return (first.trim() === "" || isAside(first)) && others.every(isAside) && last.trim() === "";
}

const prefixOf = (item: UseItem, text: string): readonly string[] => segmentsOf(text.slice(item.span.start, item.span.end));
