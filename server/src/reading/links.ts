/**
 * Links: the names by which a text leads to what is declared elsewhere, told apart by how they are written. A field, a label, a word in
 * a comment or a string leads nowhere; `Type::name` leads to that type's; an imported name to where it is imported from.
 */
import type { Item } from "../rust/index.ts";

/** One way in which a name is written. */
export interface Link {
  readonly name: string;
  /** `value.name(…)`. */
  readonly method: boolean;
  /** What stands in front of the name, in its path or its import: a type, a module, a crate. */
  readonly after: string | undefined;
  /** The first segment of its path, imports undone; undefined for a name that is declared near, or that a glob brings. */
  readonly root: string | undefined;
}

/** What a file's `use` declarations bring into scope. */
export interface Imports {
  /** By name: several where `cfg` decides, or modules inside of the file differ. */
  readonly paths: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** First segments of the paths that globs import from. */
  readonly globs: ReadonlySet<string>;
}

export function importsIn(items: readonly Item[]): Imports {
  const paths = new Map<string, (readonly string[])[]>();
  const globs = new Set<string>();
  const walk = (within: readonly Item[]): void => {
    for (const item of within) {
      if (item.kind === "use") {
        for (const { path, name } of item.imports) {
          if (name === undefined) globs.add(path[0] ?? "");
          else append(paths, name, path);
        }
      } else if (item.kind === "module" || item.kind === "other") walk(item.items ?? []);
    }
  };
  walk(items);
  return { paths, globs };
}

/** Comments, literals, lifetimes and numbers are swallowed; what is left are paths, with what stands around them. */
const TOKENS =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\bb?r(#*)"[\s\S]*?(?:"\1|$)|b?"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|b?'(?:\\[^'\n]*|[^'\\\n])'|'[A-Za-z_]\w*|\d\w*|\.\.=?|(\.\s*)?\b([A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)*)(\s*!(?=\s*[([{])|\s*\(|\s*::\s*<|\s*:(?!:))?/g;
const USE = /\buse\s+(?:::\s*)?([A-Za-z_]\w*)\s*::([^;]*)(?:;|$)/g;

/** In a function's, a constant's or a type's text. `self`: the type that `Self` stands for. */
export function linksIn(text: string, imports: Imports, self: string | undefined): readonly Link[] {
  const found = new Map<string, Link>();
  const add = (name: string, root: string | undefined, after: string | undefined, method = false): void => {
    const key = `${method ? "." : ""}${after ?? ""}::${name} ${root ?? ""}`;
    if (!found.has(key)) found.set(key, { name, method, after, root });
  };
  const code = withoutQuotesInAttributes(text);
  const inside = importsInside(code);
  for (const [, , dot, written, behind = ""] of code.matchAll(TOKENS)) {
    if (written === undefined) continue;
    const follows = behind.trim();
    if (dot !== undefined) {
      if (follows === "(" || follows.startsWith("::")) add(written, undefined, undefined, true);
      continue;
    }
    const [head = "", ...rest] = written.split("::").map((it) => it.trim());
    if (follows === "!") {
      add(`${rest.at(-1) ?? head}!`, undefined, undefined);
      continue;
    }
    if (rest.length === 0 && follows === ":") continue;
    const known = [...(imports.paths.get(head) ?? []), ...(inside.get(head) ?? [])];
    for (const path of known) {
      const whole = [...path, ...rest];
      for (let at = path.length - 1; at < whole.length; at++) add(whole[at] ?? "", whole[0], whole[at - 1]);
    }
    if (known.length > 0) continue;
    const first = head === "Self" && self !== undefined ? self : head;
    const root = rest.length > 0 && head !== "Self" ? head : undefined;
    if (!PLACES.has(first)) add(first, root, undefined);
    for (const [at, name] of rest.entries()) add(name, root, at === 0 ? first : rest[at - 1]);
  }
  return [...found.values()];
}

const PLACES: ReadonlySet<string> = new Set(["crate", "self", "super"]);

/** Their strings are code: `#[serde(default = "path")]`. */
function withoutQuotesInAttributes(text: string): string {
  let code = "";
  let at = 0;
  for (let open = text.indexOf("#["); open >= 0; open = text.indexOf("#[", at)) {
    const close = text.indexOf("]", open);
    if (close < 0) break;
    code += text.slice(at, open) + text.slice(open, close).replaceAll('"', " ");
    at = close;
  }
  return code + text.slice(at);
}

/** Those of a body itself; of their paths only both ends matter. */
function importsInside(code: string): ReadonlyMap<string, readonly (readonly string[])[]> {
  const paths = new Map<string, (readonly string[])[]>();
  if (!code.includes("use ")) return paths;
  for (const [, root = "", tree = ""] of code.matchAll(USE))
    for (const [, name = "", alias] of tree.matchAll(/\b([A-Za-z_]\w*)(?:\s+as\s+([A-Za-z_]\w*))?\s*(?=[,}]|$)/g))
      append(paths, alias ?? name, [root, name]);
  return paths;
}

function append<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
