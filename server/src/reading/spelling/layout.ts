/** How code is laid out: line ends and indentation of a text, and rustfmt's default line breaking for what we write ourselves. */
import type { Span } from "../../base/span.ts";

/** rustfmt's `max_width`, `chain_width` and `fn_call_width` in its default style; a tab counts as four columns. */
const MAX_WIDTH = 100;
const CHAIN_WIDTH = 60;
const CALL_WIDTH = 60;
const TAB = 4;

export interface Style {
  readonly eol: string;
  /** One level of indentation. */
  readonly unit: string;
}

/** A file's habits: the end of its first line, and its smallest indentation. */
export function styleOf(text: string): Style {
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  if (/^\t/m.test(text)) return { eol, unit: "\t" };
  const widths = [...text.matchAll(/^( {2,8})\S/gm)].map((it) => it[1]?.length ?? TAB);
  const narrowest = Math.min(TAB, ...widths);
  return { eol, unit: " ".repeat(narrowest === 2 && widths.filter((it) => it === 2).length > 1 ? 2 : TAB) };
}

export function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== "\n" && text[at - 1] !== "\r") at--;
  return at;
}

export function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at++;
  return at;
}

/** Past the line's end characters. */
export function nextLine(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  return text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length);
}

export const indentationAt = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(lineStart(text, offset), lineEnd(text, offset)))?.[0] ?? "";

export const startsLine = (text: string, offset: number): boolean => /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));

/** Nothing but blanks or a line comment follows on the line. */
export const endsLine = (text: string, offset: number): boolean => /^[ \t]*(\/\/.*)?$/.test(text.slice(offset, lineEnd(text, offset)));

export const width = (text: string): number => [...text].reduce((sum, it) => sum + (it === "\t" ? TAB : 1), 0);

export const column = (text: string, offset: number): number => width(text.slice(lineStart(text, offset), offset));

/** The place of a chain of calls on its line. */
export interface ChainPlace {
  /** Where the chain's first character stands. */
  readonly column: number;
  /** How much follows on the last line: `;`, `)?;`. */
  readonly after: number;
}

/** Whether rustfmt keeps the chain on one line. */
export function chainFits(root: string, segments: readonly string[], place: ChainPlace): boolean {
  const whole = root + segments.join("");
  if (/[\r\n]/.test(whole)) return false;
  // Each `?` at the end is counted once more than it is wide, and twice more against the line's width.
  const tries = segments.length === 0 ? 0 : (/\?*$/.exec(whole)?.[0].length ?? 0);
  const room = MAX_WIDTH - place.column - place.after - 2 * tries;
  const chainWidth = CHAIN_WIDTH - tries;
  return width(whole) <= (segments.length === 1 ? room : Math.min(room, chainWidth));
}

/** Whether rustfmt leaves the first call on the root's line when it breaks the chain. `head`: what stands before it in the statement. */
export const joinsFirst = (root: string, head: string): boolean => width(head + root) <= TAB;

/**
 * Lays out statements that are written one a line with four blanks a level: each is broken as rustfmt would break it.
 * The first line has no indentation, for it goes where the indentation already stands.
 */
export function layOut(written: readonly string[], indentation: string, style: Style): string {
  const lines: string[] = [];
  for (const line of written) {
    const last = lines.at(-1);
    // A chain that was written over several lines is one statement.
    if (last !== undefined && /^\s*\.\w/.test(line)) lines[lines.length - 1] = last + line.trim();
    else lines.push(line);
  }
  return lines
    .flatMap((line) => {
      const depth = Math.floor((/^ */.exec(line)?.[0].length ?? 0) / TAB);
      const indent = indentation + style.unit.repeat(depth);
      return layOutLine(line.trim(), indent, style).map((it) => (it === "" ? "" : indent + it));
    })
    .join(style.eol)
    .slice(indentation.length);
}

/** The lines of one statement or block head, each relative to `indent`. */
function layOutLine(line: string, indent: string, style: Style): readonly string[] {
  const room = MAX_WIDTH - width(indent);
  const parts = /^((?:pub )?(?:let (?:mut )?[\w, ()&:<>]+? = |for .+? in |if |return |[\w.]+ = )?)([\s\S]*?)( \{|;|,|)$/.exec(line);
  const [, head = "", expression = "", tail = ""] = parts ?? ["", "", line, ""];
  const chain = splitChain(expression);
  // The brace of a loop finds room on the next line.
  const isLoop = head.startsWith("for ") && tail === " {";
  const place: ChainPlace = { column: width(indent) + width(head), after: isLoop ? 0 : tail.length };
  if (chain === undefined) return [line];
  const { root, segments } = chain;
  if (segments.length === 0 ? width(line) <= room && callFits(root) : chainFits(root, segments, place))
    return width(line) <= room ? [line] : [line.slice(0, -tail.length), "{"];
  const onNextLine: ChainPlace = { column: width(indent) + width(style.unit), after: tail === " {" ? 0 : tail.length };
  const mayMoveDown = / (=|in) $/.test(head);
  const isCall = segments.length === 0;
  const fitsBelow = width(expression) + onNextLine.after <= MAX_WIDTH - onNextLine.column;
  if (mayMoveDown && (isCall ? width(line) > room && callFits(root) && fitsBelow : chainFits(root, segments, onNextLine))) {
    const down = [head.trimEnd(), style.unit + expression + (tail === " {" ? "" : tail)];
    return tail === " {" ? [...down, "{"] : down;
  }
  const broken = segments.length === 0 ? breakCall(root, indent, style) : breakChain(root, segments, head, indent, style);
  const first = `${head}${broken[0] ?? ""}`;
  const all = [first, ...broken.slice(1)];
  if (tail === " {") return segments.length === 0 ? [...all.slice(0, -1), `${all.at(-1)} {`] : [...all, "{"];
  return [...all.slice(0, -1), `${all.at(-1)}${tail}`];
}

function breakChain(root: string, segments: readonly string[], before: string, indent: string, style: Style): readonly string[] {
  const joined = joinsFirst(root, before) ? 1 : 0;
  const head = root + segments.slice(0, joined).join("");
  const rest = segments.slice(joined);
  const fits = (segment: string): boolean => segmentFits(segment, indent + style.unit);
  if (rest.length === 0) return breakCall(head, indent, style);
  // A lone call that is too wide for a line of its own stays where it is, with its arguments below.
  if (rest.length === 1 && !fits(rest[0] ?? "")) return breakCall(head + rest[0], indent, style);
  return [head, ...rest.flatMap((it) => (fits(it) ? [it] : breakCall(it, indent + style.unit, style))).map((it) => style.unit + it)];
}

const segmentFits = (segment: string, indent: string): boolean => callFits(segment) && width(indent + segment) < MAX_WIDTH;

/** One call of a chain on a line of its own, which starts with `indent`. */
export function layOutSegment(segment: string, indent: string, style: Style): string {
  return segmentFits(segment, indent) ? segment : breakCall(segment, indent, style).join(style.eol + indent);
}

/** One argument a line, where a call's arguments are too wide for one. */
function breakCall(call: string, indent: string, style: Style): readonly string[] {
  const close = call.lastIndexOf(")");
  const open = openingOf(call, close);
  if (open < 0 || close <= open + 1) return [call];
  const inner = indent + style.unit;
  const args = splitArguments(call.slice(open + 1, close));
  // A lone closure keeps its parameters on the line, and its value goes below, in a block.
  const closure = args.length === 1 ? /^((?:move )?\|[^|]*\| )([^{].*)$/.exec(args[0] ?? "") : null;
  if (closure !== null) {
    const [, parameters = "", value = ""] = closure;
    const lines = layOutLine(value, inner, style).map((it) => style.unit + it);
    return [`${call.slice(0, open + 1)}${parameters}{`, ...lines, `}${call.slice(close)}`];
  }
  // A lone call keeps its head on the line, and its own arguments go below.
  const nested = args.length === 1 ? headOfCall(args[0] ?? "") : undefined;
  if (args[0] !== undefined && nested !== undefined && width(indent + call.slice(0, open + 1) + nested) <= MAX_WIDTH) {
    const [first = "", ...rest] = breakCall(args[0], indent, style);
    if (rest.length > 0 && first === nested)
      return [call.slice(0, open + 1) + first, ...rest.slice(0, -1), rest.at(-1) + call.slice(close)];
  }
  const given = args.flatMap((it) => {
    const chain = width(`${inner}${it},`) > MAX_WIDTH ? splitChain(it) : undefined;
    const lines = chain === undefined || chain.segments.length === 0 ? [it] : breakChain(chain.root, chain.segments, "", inner, style);
    return lines.map((line, at) => `${style.unit}${line}${at === lines.length - 1 ? "," : ""}`);
  });
  return [call.slice(0, open + 1), ...given, call.slice(close)];
}

/** `name(` of what is one call with arguments and nothing else. */
function headOfCall(text: string): string | undefined {
  const head = /^(?:&mut |&)?[\w:]+\((?=[^)])/.exec(text)?.[0];
  return head !== undefined && text.endsWith(")") && openingOf(text, text.length - 1) === head.length - 1 ? head : undefined;
}

/** The bracket that the one at `close` belongs to. */
function openingOf(text: string, close: number): number {
  const open: number[] = [];
  let found = -1;
  scan(text, (at) => {
    if (text[at] === "(") open.push(at);
    if (text[at] !== ")") return;
    const start = open.pop();
    if (at === close) found = start ?? -1;
  });
  return found;
}

/** Arguments of this width stay on the call's line. */
export const isNarrow = (columns: number): boolean => columns <= CALL_WIDTH;
export const fitsWidth = (columns: number): boolean => columns <= MAX_WIDTH;

/** A lone argument may fill the line, unless it is a call, whose own arguments can go below. */
export function callFits(call: string): boolean {
  const close = call.lastIndexOf(")");
  const open = openingOf(call, close);
  if (open < 0) return true;
  const inner = call.slice(open + 1, close);
  return width(inner) <= CALL_WIDTH || (splitArguments(inner).length === 1 && headOfCall(inner) === undefined);
}

/** `root` up to the first `.name` outside of brackets, then one segment a call with its `?`; undefined for what is no chain. */
export function splitChain(expression: string): { readonly root: string; readonly segments: readonly string[] } | undefined {
  const starts: number[] = [];
  let blank = false;
  scan(expression, (at, depth) => {
    if (depth > 0) return;
    if (expression[at] === "." && /[A-Za-z_]/.test(expression[at + 1] ?? "")) starts.push(at);
    if (expression[at] === " " && !/^(&mut|return|move|\*|&)$/.test(expression.slice(0, at).trim())) blank = true;
  });
  if (blank) return undefined;
  const segments = starts.map((start, index) => expression.slice(start, starts[index + 1] ?? expression.length));
  return { root: expression.slice(0, starts[0] ?? expression.length), segments };
}

export function splitArguments(text: string): readonly string[] {
  const cuts: number[] = [];
  scan(text, (at, depth) => {
    if (depth === 0 && text[at] === ",") cuts.push(at);
  });
  return [...cuts, text.length]
    .map((cut, index) => text.slice(index === 0 ? 0 : (cuts[index - 1] ?? 0) + 1, cut).trim())
    .filter((it) => it !== "");
}

/** `a && b.c(d || e)` → `a`, `b.c(d || e)`. */
export function splitOperands(text: string): readonly string[] {
  const cuts: { readonly start: number; readonly end: number }[] = [];
  scan(text, (at, depth) => {
    const operator = depth === 0 && text[at] === " " ? OPERATOR.exec(text.slice(at, at + 4))?.[0] : undefined;
    if (operator !== undefined) cuts.push({ start: at, end: at + operator.length });
  });
  return [...cuts, { start: text.length, end: text.length }].map(({ start }, index) => text.slice(cuts[index - 1]?.end ?? 0, start));
}
const OPERATOR = /^ (?:&&|\|\||[<>=!]=|<<|>>|[-+*/%&|^<>]) /;

/** Visits every code unit outside of string and character literals with the number of brackets around it. */
function scan(text: string, visit: (at: number, depth: number) => void): void {
  let depth = 0;
  let generics = 0;
  for (let at = 0; at < text.length; at++) {
    const literal = /^(?:b?"(?:\\.|[^"\\])*"|b?'(?:\\.|[^'\\])'|r(#*)"[\s\S]*?"\1)/.exec(text.slice(at))?.[0];
    if (literal !== undefined) {
      at += literal.length - 1;
      continue;
    }
    const unit = text[at] ?? "";
    // Generics are brackets where `::<` opens them, and until as many are closed.
    const generic = unit === "<" && (generics > 0 || text.startsWith("::", at - 2));
    const endsGeneric = unit === ">" && generics > 0 && text[at - 1] !== "-";
    if (endsGeneric) generics--;
    if (endsGeneric || ")]}".includes(unit)) depth--;
    visit(at, depth);
    if (generic) generics++;
    if (generic || "([{".includes(unit)) depth++;
  }
}

/** The lines that a span touches, when nothing else stands on them: from the first one's start to the next one's. */
export function wholeLines(text: string, { start, end }: Span): Span | undefined {
  return startsLine(text, start) && endsLine(text, end) ? { start: lineStart(text, start), end: nextLine(text, end) } : undefined;
}
