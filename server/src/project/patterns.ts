/** Patterns as in `.gitignore`, matched without regular expressions, so that no pattern can make matching slow. */
import { relativePath } from "./path.ts";

export interface Patterns {
  /** True: ignored · false: brought back by `!` · undefined: not mentioned. */
  decides(path: string, folder: boolean): boolean | undefined;
}

/** `base`: the folder that the patterns are relative to. */
export function patternsOf(base: string, lines: readonly string[]): Patterns {
  const patterns = lines.flatMap(parsePattern);
  return {
    decides(path, folder) {
      const inside = relativePath(base, path);
      if (inside === undefined || inside === "") return undefined;
      const parts = inside.split("/");
      return patterns.findLast((it) => (folder || !it.folderOnly) && matches(it, parts))?.ignores;
    },
  };
}

/** Whether a path is ignored, itself or by a folder above it, below the patterns' base. */
export function excludes(patterns: Patterns, base: string, path: string, folder = false): boolean {
  const parts = relativePath(base, path)?.split("/") ?? [];
  return parts.some((_, index) => {
    const last = index === parts.length - 1;
    const part = `${base === "/" ? "" : base}/${parts.slice(0, index + 1).join("/")}`;
    return patterns.decides(part, last ? folder : true) === true;
  });
}

interface Pattern {
  /** In front of the first `**`, and all of it where there is none. */
  readonly head: readonly Name[];
  /** From the first `**` to the last one. */
  readonly middle: readonly (Name | "**")[];
  readonly tail: readonly Name[];
  readonly folderOnly: boolean;
  readonly ignores: boolean;
}

/** One name: its tokens, or the name itself where each stands for itself. */
type Name = readonly string[] | string;

function parsePattern(line: string): readonly Pattern[] {
  let text = withoutBlanks(line.endsWith("\r") ? line.slice(0, -1) : line);
  if (text === "" || text.startsWith("#")) return [];
  const ignores = !text.startsWith("!");
  if (!ignores) text = text.slice(1);
  const folderOnly = text.endsWith("/");
  if (folderOnly) text = text.slice(0, -1);
  // A slash at the start or inside ties the pattern to its folder; otherwise it holds at any depth.
  const tied = text.includes("/");
  const segments = text.replace(/^\//, "").split("/");
  const collapsed = segments.filter((it, index) => it !== "**" || segments[index - 1] !== "**");
  const whole = tied ? collapsed : ["**", ...collapsed];
  if (text === "") return [];
  const first = whole.indexOf("**");
  const [start, end] = first < 0 ? [whole.length, whole.length] : [first, whole.lastIndexOf("**") + 1];
  const middle = whole.slice(start, end).map((it) => (it === "**" ? it : nameOf(it)));
  return [{ head: whole.slice(0, start).map(nameOf), middle, tail: whole.slice(end).map(nameOf), folderOnly, ignores }];
}

/** A trailing blank counts only when it is escaped. */
function withoutBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === " " || line[end - 1] === "\t")) end--;
  return line.slice(0, end < line.length && line[end - 1] === "\\" ? end + 1 : end);
}

/** Most patterns are one name at any depth: what is fixed to an end of the path is looked at first, and alone if that is all. */
function matches({ head, middle, tail }: Pattern, parts: readonly string[]): boolean {
  const from = head.length;
  const to = parts.length - tail.length;
  if (middle.length === 0 ? from !== parts.length : from > to) return false;
  for (let at = 0; at < tail.length; at++) if (!matchesName(tail[at] ?? "", parts[to + at] ?? "")) return false;
  for (let at = 0; at < from; at++) if (!matchesName(head[at] ?? "", parts[at] ?? "")) return false;
  // Of a last `**` something must be inside.
  const atLeast = tail.length === 0 ? 1 : 0;
  return middle.length < 2 ? middle.length === 0 || to - from >= atLeast : matchesAnyDepth(middle, parts.slice(from, to), atLeast);
}

/** `atLeast`: how many parts the last `**` stands for. */
function matchesAnyDepth(middle: Pattern["middle"], parts: readonly string[], atLeast: number): boolean {
  // Each segment but `**` stands for one part: a longer pattern cannot match, and is not tried.
  if (middle.filter((it) => it !== "**").length > parts.length) return false;
  // row[j]: whether the pattern so far matches the first j parts.
  let row = Array.from({ length: parts.length + 1 }, (_, index) => index === 0);
  for (const [index, segment] of middle.entries()) {
    const next = new Array<boolean>(parts.length + 1).fill(false);
    const fewest = index === middle.length - 1 ? atLeast : 0;
    let reached = false;
    for (let j = 0; j <= parts.length; j++) {
      reached ||= row[j - fewest] === true;
      next[j] = segment === "**" ? reached : j > 0 && row[j - 1] === true && matchesName(segment, parts[j - 1] ?? "");
    }
    row = next;
  }
  return row[parts.length] === true;
}

/**
 * One name against `*`, `?`, `[a-z]` and `\` escapes; going back to the last star only. What asks for more characters than there are
 * is not tried, so the work is bounded by the name's length, of 255 at most, and not by the pattern's.
 */
function matchesName(tokens: Name, name: string): boolean {
  if (typeof tokens === "string") return tokens === name;
  if (tokens.length > 2 * name.length + 1) return false;
  let token = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < name.length) {
    const current = tokens[token];
    if (current === "*") {
      star = token++;
      resume = at;
    } else if (current !== undefined && fits(current, name.charAt(at))) {
      token++;
      at++;
    } else if (star >= 0) {
      token = star + 1;
      at = ++resume;
    } else return false;
  }
  while (tokens[token] === "*") token++;
  return token === tokens.length;
}

const nameOf = (pattern: string): Name => (/[*?[\\]/.test(pattern) ? tokenize(pattern) : pattern);

/** `*`, `?`, an escaped character with its backslash, a class with its brackets, or one character. */
function tokenize(pattern: string): readonly string[] {
  const tokens: string[] = [];
  const lastBracket = pattern.lastIndexOf("]");
  for (let at = 0; at < pattern.length; ) {
    const start = at++;
    const first = pattern[start];
    if (first === "*") while (pattern[at] === "*") at++;
    else if (first === "\\" && at < pattern.length) at++;
    else if (first === "[") {
      const members = at + (pattern[at] === "!" || pattern[at] === "^" ? 1 : 0);
      // A bracket right behind the opening one is a member.
      const close = members + 1 > lastBracket ? -1 : pattern.indexOf("]", members + 1);
      if (close >= 0) at = close + 1;
    }
    tokens.push(first === "*" ? "*" : pattern.slice(start, at));
  }
  return tokens;
}

function fits(token: string, character: string): boolean {
  if (token === "?") return true;
  if (token.startsWith("\\") && token.length === 2) return token[1] === character;
  if (!token.startsWith("[") || token.length < 3) return token === character;
  const negated = token[1] === "!" || token[1] === "^";
  const members = token.slice(negated ? 2 : 1, -1);
  let inside = false;
  for (let at = 0; at < members.length; at++) {
    const range = members[at + 1] === "-" && at + 2 < members.length;
    const from = members.charAt(at);
    inside ||= range ? from <= character && character <= members.charAt(at + 2) : from === character;
    if (range) at += 2;
  }
  return inside !== negated;
}
