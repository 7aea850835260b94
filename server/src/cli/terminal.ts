/** Text for terminals: colours where they are wanted, and nothing from a file that could steer the terminal. */

export interface Paint {
  error(text: string): string;
  warning(text: string): string;
  info(text: string): string;
  hint(text: string): string;
  bold(text: string): string;
  dim(text: string): string;
  added(text: string): string;
  removed(text: string): string;
}

const sgr = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
const plain = (text: string) => text;

/** Follows NO_COLOR (no-color.org) and FORCE_COLOR; else colours only a terminal. */
export function paintFor(isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): Paint {
  const coloured = environment["NO_COLOR"] ? false : environment["FORCE_COLOR"] ? environment["FORCE_COLOR"] !== "0" : isTerminal;
  const paint = (code: number) => (coloured ? sgr(code) : plain);
  return {
    error: paint(31),
    warning: paint(33),
    info: paint(36),
    hint: paint(90),
    bold: paint(1),
    dim: paint(2),
    added: paint(32),
    removed: paint(31),
  };
}

/** Control characters and those that reorder text (Unicode TR 36 §2.9) are shown as their code points; tabs become blanks. */
export function printable(text: string): string {
  return text.replaceAll("\t", "    ").replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach the terminal.
    /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u{${character.charCodeAt(0).toString(16)}}`,
  );
}
