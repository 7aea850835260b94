/** An import that joins a list which is there: `use rustls::{KeyLogFile, ServerConfig};` gets `NoKeyLog`. */
import type { TextEdit } from "../base/text-edit.ts";
import type { UseItem } from "../rust/index.ts";
import { type Ground, levels } from "./ground.ts";
import { standsFree } from "./use-lines.ts";
import { compareLetters, compareUse, segmentsOf } from "./use-order.ts";
import { flat, readUse, type Tree } from "./use-tree.ts";

/** Undefined where no list has the like. `gone`: items that other edits take away. */
export function joining(path: string, { source, scope }: Ground, gone: readonly UseItem[]): TextEdit | undefined {
  const { text } = source;
  const around = levels(scope).at(-1) ?? scope;
  const homes = around.items.flatMap((it) => {
    if (it.kind !== "use" || it.visibility !== "private" || gone.includes(it) || it.attributes.texts.length > 0 || !standsFree(it, source))
      return [];
    const read = readUse(text.slice(it.span.start, it.span.end), it.span.start);
    return (read && homeIn(read.tree, path.split("::"))) ?? [];
  });
  const closest = Math.min(...homes.map((it) => it.rest.length));
  const home = homes.find((it) => it.rest.length === closest);
  if (home === undefined) return undefined;
  const { rest, children } = home;
  const name = rest.join("::");
  const parent = rest.slice(0, -1).join("::");
  const module = children.find((it) => "text" in it && it.text === parent);
  if (module !== undefined && "text" in module) {
    const end = module.at + module.text.length;
    return { span: { start: end, end }, text: `::{self, ${rest.at(-1)}}` };
  }
  const order = [compareUse, compareLetters].find((by) => isSorted(children, by)) ?? compareUse;
  const next = children.find((it) => order(rest, segmentsIn(it)) < 0);
  if (next !== undefined) return { span: { start: next.at, end: next.at }, text: `${name}, ` };
  const end = endOf(children.at(-1), text);
  return { span: { start: end, end }, text: `, ${name}` };
}

interface Home {
  readonly children: readonly Tree[];
  /** What the list's own path leaves of the import's. */
  readonly rest: readonly string[];
}

/** The innermost list that the path goes into: by its last name, or by more where others there go deeper, too. */
function homeIn(tree: Tree, path: readonly string[]): Home | undefined {
  if ("text" in tree) return undefined;
  const own = tree.prefix.split("::").slice(0, -1);
  if (own.length >= path.length || own.some((it, at) => it !== path[at])) return undefined;
  const rest = path.slice(own.length);
  for (const it of tree.children) {
    const inner = homeIn(it, rest);
    if (inner !== undefined) return inner;
  }
  if (tree.children.length === 0) return undefined;
  const goesDeeper = tree.children.some((it) => flat(it).includes("::"));
  return own.length > 0 && (rest.length === 1 || goesDeeper) ? { children: tree.children, rest } : undefined;
}

const segmentsIn = (it: Tree): readonly string[] => segmentsOf(`use ${flat(it)};`);

const isSorted = (all: readonly Tree[], by: typeof compareUse): boolean =>
  all.every((it, at) => {
    const before = all[at - 1];
    return before === undefined || by(segmentsIn(before), segmentsIn(it)) <= 0;
  });

/** Behind the last name of a list, or behind the bracket of one in it. */
function endOf(last: Tree | undefined, text: string): number {
  if (last === undefined) return 0;
  if ("text" in last) return last.at + last.text.length;
  return text.indexOf("}", endOf(last.children.at(-1), text)) + 1;
}
