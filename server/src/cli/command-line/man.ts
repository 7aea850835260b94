/** The manual page in roff, from the tables. */
import { COMMANDS } from "./commands.ts";
import { helpOf, usageOf } from "./help.ts";

export function manualPage(version: string): string {
  const commands = Object.entries(COMMANDS).flatMap(([name, { summary, words, options, example }]) => [
    `.SS "tlslint ${name}${words === "" ? "" : ` ${escaped(words)}`}"`,
    escaped(sentence(summary)),
    ...options.flatMap((it) => [".TP", `.B ${escaped(usageOf(it))}`, escaped(helpOf(it))]),
    ".PP",
    `${escaped(sentence(example.means))}`,
    ".PP",
    ".RS",
    ".nf",
    escaped(example.call),
    ".fi",
    ".RE",
  ]);
  return `${[
    `.TH TLSLINT 1 "" "tlslint ${version}" "User Commands"`,
    ".SH NAME",
    "tlslint \\- find TLS mistakes in Rust code and certificate files",
    ".SH SYNOPSIS",
    ".B tlslint",
    ".I COMMAND",
    "[OPTION\\&...]",
    ".SH COMMANDS",
    ...commands,
    ".SH EXIT STATUS",
    ".TP\n.B 0\nNo findings at or above \\-\\-fail\\-on.",
    ".TP\n.B 1\nFindings, or a chain is rejected.",
    ".TP\n.B 2\nWrong usage, or something was not analysed.",
    ".SH SEE ALSO",
    "https://github.com/tlslint/tlslint",
  ].join("\n")}\n`;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** A backslash, a dash that is one, and a sign at the beginning of a line that would be a request. */
const escaped = (text: string): string =>
  text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("…", "\\&...")
    .replace(/^(?=[.'])/gm, "\\&");
