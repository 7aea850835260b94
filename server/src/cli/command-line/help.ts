/** What `tlslint help` prints, from the tables. */
import { COMMANDS, type CommandEntry, type CommandName } from "./commands.ts";
import type { Option } from "./option.ts";
import { STATUSES } from "./statuses.ts";

export function overview(): string {
  const usages = Object.entries(COMMANDS).map(([name, { words, summary }]) => [`${name} ${words}`.trim(), summary] as const);
  return `${[
    "tlslint finds TLS and mutual-TLS mistakes in Rust code and certificate files",
    "",
    "usage: tlslint COMMAND [OPTION…]",
    "",
    ...aligned(usages),
    "",
    "example: tlslint check",
    "         lint this folder; `tlslint init` writes a configuration to begin with",
    "",
    "`tlslint help COMMAND` lists the options of a command, with an example; `tlslint --version` prints the version",
    statusOf("check"),
  ].join("\n")}\n`;
}

export function commandHelp(name: CommandName): string {
  const { summary, words, options, example }: CommandEntry = COMMANDS[name];
  return `${[
    `tlslint ${name}: ${summary}`,
    "",
    `usage: ${["tlslint", name, ...(options.length > 0 ? ["[OPTION…]"] : []), words].join(" ").trim()}`,
    ...(options.length > 0 ? ["", ...aligned(options.map((it) => [usageOf(it), helpOf(it)]))] : []),
    "",
    `example: ${example.call}`,
    `         ${example.means}`,
    "",
    statusOf(name),
  ].join("\n")}\n`;
}

const statusOf = (name: CommandName): string => `exit status: ${STATUSES[name]}`;

/** `--format FORMAT`. */
export function usageOf(option: Option): string {
  if (option.kind === "flag") return `--${option.name}`;
  return option.optional ? `--${option.name}[=${option.placeholder}]` : `--${option.name} ${option.placeholder}`;
}

/** With the choices that the usage has no room for, and what holds without the option. */
export function helpOf(option: Option): string {
  if (option.kind === "flag") return option.help;
  const { help, choices = [], placeholder, preset, many } = option;
  const named = choices.length > 0 && !placeholder.includes("|") ? `: ${choices.join(", ")}` : "";
  return `${help}${named}${many ? "; may be given more than once" : ""}${preset === undefined ? "" : ` (${preset})`}`;
}

const WIDTH = 100;

/** Two columns; the right one is wrapped. */
function aligned(rows: readonly (readonly [string, string])[]): readonly string[] {
  const left = Math.max(...rows.map(([it]) => it.length)) + 4;
  return rows.flatMap(([head, text]) =>
    wrapped(text, WIDTH - left).map((line, at) => `  ${(at === 0 ? head : "").padEnd(left - 2)}${line}`),
  );
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
