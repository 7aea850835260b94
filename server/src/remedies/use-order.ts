/** The order in which rustfmt has imports, in a group and in a list. */

/** Segments of a `use` as far as they are common, with `{` for a list. */
export function segmentsOf(declaration: string): readonly string[] {
  const tree = /\buse\s+(?:::)?([^;]*)/.exec(declaration)?.[1] ?? "";
  const open = tree.indexOf("{");
  const flat = (open < 0 ? tree : tree.slice(0, open)).replace(/(?<!\s)\s+as\s+\w+/, "").replace(/\s/g, "");
  return [...flat.split("::").filter((it) => it !== ""), ...(open < 0 ? [] : ["{"])];
}

export const byUseOrder = (a: string, b: string): number => compareUse(a.split("::"), b.split("::"));

/** rustfmt's order of `use` trees: `self`, `super`, `crate`, then snake_case, CamelCase, SCREAMING_CASE, `*`, lists. */
export function compareUse(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [left = "", right = ""] = [a[at], b[at]];
    const order = rank(left) - rank(right) || (left < right ? -1 : left > right ? 1 : 0);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function rank(segment: string): number {
  const special = ["self", "super", "crate"].indexOf(segment);
  if (special >= 0) return special;
  if (segment === "*") return 6;
  if (segment === "{") return 7;
  return /^[\p{Lu}_\d]+$/u.test(segment) ? 5 : /^\p{Lu}/u.test(segment) ? 4 : 3;
}

/** The order of the style edition of 2024, for which all that begins with a capital comes first. */
export const compareLetters = (a: readonly string[], b: readonly string[]): number => {
  const [left, right] = [a.join("::"), b.join("::")];
  return left < right ? -1 : left > right ? 1 : 0;
};
