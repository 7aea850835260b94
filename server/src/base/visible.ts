/**
 * The one place that makes text safe to show: whoever wrote a file's name, a certificate or a line of code steers neither the terminal,
 * nor the editor, nor the log of a CI job with it. Every sink goes through here.
 */

/** Control, format (bidirectional marks, zero-width), private-use, unassigned and surrogate characters, and line separators. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

const codePoint = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** On one line. Each such character in the form that Rust and JavaScript write it: `\u{202e}`. */
export const visible = (text: string): string => text.replace(HIDDEN, codePoint);

/** The same for a text of several lines that we laid out: its line ends stay, and its tabs as blanks. */
export const visibleLines = (text: string): string =>
  text.replace(HIDDEN, (it) => (it === "\n" ? it : it === "\t" ? "    " : codePoint(it)));

/** The colours that we write ourselves. */
const COLOUR = new RegExp(`${String.fromCodePoint(0x1b)}\\[(?:0|1|2|3[1236]|90)m`, "g");

/**
 * For a terminal or the log of a CI job: lines and our own colours stay. GitHub takes lines that begin with `::`, and `##[` anywhere, for
 * commands, Azure `##vso[` anywhere: none is written so.
 */
export const terminalText = (text: string): string => (steers(text) ? text.split("\n").map(terminalLine).join("\n") : text);

/** Whether it has a hidden character that is no line end, or what GitHub could take for a command. Nearly no report has, and of ASCII that is seen at once. */
const steers = (text: string): boolean => (BEYOND_ASCII.test(text) || text.includes("##") || text.includes("::")) && STEERS.test(text);
const BEYOND_ASCII = /[^\n -~]/;
const STEERS = /(?!\n)[\p{C}\p{Zl}\p{Zp}]|##(?:vso)?\[|^ *::/mu;
/** The signs before a command's bracket. */
const SIGNS = /##(?=(?:vso)?\[)/g;

/** For the log of a CI job that shall carry out our lines: what they quote was escaped where they were made. Any other line is text. */
export const commandText = (text: string): string =>
  text
    .split("\n")
    .map((line) => (COMMAND.test(line) ? line : terminalLine(line)))
    .join("\n");
const COMMAND = /^(?:::(?:error|warning|notice) |##vso\[task\.logissue )[^\p{C}\p{Zl}\p{Zp}]*$/u;

/** Whether the log of a job would take a line of it for a command; GitHub's runner drops blanks before it looks. */
export const holdsCommands = (text: string): boolean =>
  /##(?:vso)?\[/.test(text) || text.split("\n").some((it) => it.trimStart().startsWith("::"));

function terminalLine(line: string): string {
  if (!steers(line)) return line;
  const colours = line.match(COLOUR) ?? [];
  const parts = line.split(COLOUR).map((it) => visibleLines(it).replace(SIGNS, "#\\u{23}"));
  const first = parts.findIndex((it) => it.trim() !== "");
  return parts
    .map((it, at) => (at === first ? it.replace(/^(\s*):(?=:)/, "$1\\u{3a}") : it))
    .map((it, at) => it + (colours[at] ?? ""))
    .join("");
}

/** JSON that says the same and holds no such character: it is escaped there. Most reports have none, and millions of line ends. */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  if (!steers(text)) return text;
  return text
    .replace(HIDDEN, (it) => (it === "\n" ? it : Array.from({ length: it.length }, (_, at) => escaped(it.charCodeAt(at))).join("")))
    .replace(SIGNS, `#${escaped(0x23)}`);
}

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, "0")}`;
