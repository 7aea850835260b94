/** Reads the text of a `cfg` predicate, as it stands in `cfg!(…)`. */
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
