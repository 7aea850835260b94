/** A `use` declaration without some of its names, laid out as rustfmt would lay out the rest. */
import type { Span } from "../base/span.ts";

interface Leaf {
  readonly text: string;
  readonly at: number;
}
interface List {
  /** With its `::`. */
  readonly prefix: string;
  readonly at: number;
  readonly children: readonly Tree[];
}
export type Tree = Leaf | List;

const MAX_WIDTH = 100;

/**
 * `text` from `use` to the semicolon; `offset` is where it stands, `column` how far it is indented. Undefined where it holds what
 * would be lost: a comment.
 */
export function useWithout(
  text: string,
  offset: number,
  gone: readonly Span[],
  unit: string,
  eol: string,
  column: number,
): string | undefined {
  const read = readUse(text, offset);
  const left = read && pruned(read.tree, gone);
  return left && printed(read.head, left, unit, eol, column, /[\r\n]/.test(text));
}

/** Laid out anew, for something was added; undefined where it holds what would be lost. */
export function useAgain(text: string, unit: string, eol: string, column: number): string | undefined {
  const read = readUse(text, 0);
  if (read === undefined) return undefined;
  const tree = gathered(read.tree);
  const isLong = column + read.head.length + flat(tree).length + 1 > MAX_WIDTH;
  return printed(read.head, tree, unit, eol, column, isLong || hasLists(tree) || /[\r\n]/.test(text));
}

const hasLists = (tree: Tree): boolean => !("text" in tree) && tree.children.some((it) => !("text" in it));

/** Of several names of one module a list: `server::{Accepted, Acceptor}`. */
function gathered(tree: Tree): Tree {
  if ("text" in tree) return tree;
  const heads = tree.children.map((it) => ("text" in it ? /^(?:\w+::)+/.exec(it.text)?.[0].split("::")[0] : undefined));
  const children = tree.children.flatMap((it, at): readonly Tree[] => {
    const head = heads[at];
    if (head === undefined || heads.indexOf(head) === heads.lastIndexOf(head)) return [gathered(it)];
    if (heads.indexOf(head) < at) return [];
    const prefix = `${head}::`;
    const own = tree.children.flatMap((one, index) =>
      "text" in one && heads[index] === head ? [{ ...one, text: one.text.slice(prefix.length) }] : [],
    );
    return [gathered({ prefix, at: it.at, children: own })];
  });
  return { ...tree, children };
}

/** What it names, and what stands before that; undefined where there is a comment in it. */
export function readUse(text: string, offset: number): { readonly head: string; readonly tree: Tree } | undefined {
  const head = /^(?:pub(?:\s*\([^)]*\))?\s+)?use\s+/.exec(text)?.[0];
  if (head === undefined || !text.endsWith(";") || /\/\/|\/\*/.test(text)) return undefined;
  const body = text.slice(head.length, -1).trimEnd();
  const read = treeAt(body, 0, offset + head.length);
  return read === undefined || read.end !== body.length ? undefined : { head, tree: read.tree };
}

function printed(head: string, tree: Tree, unit: string, eol: string, column: number, broken: boolean): string {
  const [first = "", ...more] = laidOut(tree, head.length + column, column, unit, broken);
  return `${[head + first, ...more].join(eol)};`;
}

function treeAt(text: string, start: number, offset: number): { readonly tree: Tree; readonly end: number } | undefined {
  const open = /^(?:::)?(?:[\w#]+\s*::\s*)*\{/.exec(text.slice(start));
  if (open === null) {
    const leaf = /^(?:::)?[\w#]+(?:\s*::\s*(?:[\w#]+|\*))*(?:\s+as\s+\w+)?|^\*/.exec(text.slice(start));
    return leaf === null ? undefined : { tree: { text: leaf[0], at: offset + start }, end: start + leaf[0].length };
  }
  const children: Tree[] = [];
  let at = start + open[0].length;
  for (;;) {
    at += blanks(text, at);
    if (text[at] === "}")
      return { tree: { prefix: open[0].slice(0, -1).replaceAll(/\s/g, ""), at: offset + start, children }, end: at + 1 };
    const child = treeAt(text, at, offset);
    if (child === undefined) return undefined;
    children.push(child.tree);
    at = child.end + blanks(text, child.end);
    if (text[at] === ",") at++;
    else if (text[at] !== "}") return undefined;
  }
}

const blanks = (text: string, at: number): number => /^\s*/.exec(text.slice(at))?.[0].length ?? 0;

/** Undefined where nothing is left. What is alone in its list needs no list. */
function pruned(tree: Tree, gone: readonly Span[]): Tree | undefined {
  if ("text" in tree) return gone.some((it) => it.start === tree.at) ? undefined : tree;
  const children = tree.children.flatMap((it) => pruned(it, gone) ?? []);
  const [only] = children;
  if (only === undefined) return undefined;
  if (children.length > 1 || children.length === tree.children.length) return { ...tree, children };
  if (!("text" in only)) return { ...tree, prefix: tree.prefix + only.prefix, children: only.children };
  return /^self\b/.test(only.text) ? { ...tree, children } : { text: tree.prefix + only.text, at: only.at };
}

export const flat = (tree: Tree): string => ("text" in tree ? tree.text : `${tree.prefix}{${tree.children.map(flat).join(", ")}}`);

/** Lists within a list are never on one line to rustfmt; what stood on one is left there all the same. */
function laidOut(tree: Tree, start: number, indentation: number, unit: string, broken: boolean): readonly string[] {
  const line = flat(tree);
  if ("text" in tree || !broken) return [line];
  const nested = tree.children.some((it) => !("text" in it));
  if (!nested && start + line.length + 1 <= MAX_WIDTH) return [line];
  const inner = indentation + (unit === "\t" ? 4 : unit.length);
  const rows: string[] = [];
  let row = "";
  let previous = false;
  for (const child of tree.children) {
    const [first = "", ...more] = laidOut(child, inner, inner, unit, true);
    const long = first.includes("::") || more.length > 0;
    const fits = row !== "" && inner + row.length + first.length + 2 <= MAX_WIDTH;
    if (row !== "" && (!fits || (nested && (previous || long)))) {
      rows.push(row);
      row = "";
    }
    row += `${row === "" ? "" : " "}${first}`;
    if (more.length > 0) {
      rows.push(row, ...more.slice(0, -1));
      row = more.at(-1) ?? "";
    }
    row += ",";
    previous = long;
  }
  if (row !== "") rows.push(row);
  return [`${tree.prefix}{`, ...rows.map((it) => unit + it), "}"];
}
