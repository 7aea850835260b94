/** Reads the text of a `cfg` predicate, as it stands in `cfg!(…)`, and what `cfg_attr` puts under one. */
import type { Cfg } from "../rust/index.ts";

/** `(debug_assertions)`, `(any(test, feature = "x"))`. Undefined for what is no predicate. */
export function parseCfg(text: string): Cfg | undefined {
  const tokens = text.match(/[A-Za-z_]\w*|"[^"]*"|[(),=]/g) ?? [];
  let at = 0;
  const predicate = (depth: number): Cfg | undefined => {
    const name = tokens[at++];
    if (name === undefined || depth > 16 || !/^[A-Za-z_]/.test(name)) return undefined;
    if (tokens[at] === "=") {
      const value = tokens[at + 1];
      at += 2;
      return { kind: "flag", name, ...(value === undefined ? {} : { value: value.replace(/"/g, "") }) };
    }
    if (tokens[at] !== "(") return { kind: "flag", name };
    at++;
    const of: Cfg[] = [];
    while (at < tokens.length && tokens[at] !== ")") {
      const one = predicate(depth + 1);
      if (one === undefined) return undefined;
      of.push(one);
      if (tokens[at] === ",") at++;
    }
    at++;
    const [first] = of;
    if (name === "not") return first === undefined ? undefined : { kind: "not", of: first };
    return name === "all" || name === "any" ? { kind: name, of } : undefined;
  };
  while (tokens[at] === "(") at++;
  return predicate(0);
}

/** The attributes that one attribute writes: itself, or those that `cfg_attr(predicate, first, second)` adds where it holds. */
export function attributesIn(text: string): readonly string[] {
  const inside = /^\s*cfg_attr\s*\(([\s\S]*)\)\s*$/.exec(text)?.[1];
  if (inside === undefined) return [text];
  const parts: string[] = [""];
  let depth = 0;
  // Strings are taken whole: a comma or bracket in one is text.
  for (const token of inside.match(/"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)|[\s\S]/g) ?? []) {
    if (token === "," && depth === 0) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${token}`);
    if ("([{".includes(token)) depth++;
    else if (")]}".includes(token)) depth--;
  }
  return parts.slice(1).flatMap((it) => (it.trim() === "" ? [] : attributesIn(it.trim())));
}
