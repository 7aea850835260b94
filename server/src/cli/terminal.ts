/** Text for terminals: colours where they are wanted, and nothing from a file that could steer the terminal. */
import { visible } from "../base/visible.ts";

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

/** On one line, tabs as blanks: nothing from a file breaks it, hides in it or steers the terminal. */
export const printable = (text: string): string => visible(text.replaceAll("\t", "    "));
