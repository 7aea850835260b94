/** Scripts that complete commands, options and their values, from the tables. */
import { ruleNames } from "../../service/rule-names.ts";
import { COMMANDS, type CommandEntry, type Shell } from "./commands.ts";
import { helpOf } from "./help.ts";
import type { Option } from "./option.ts";

export const completions = (shell: Shell): string => SCRIPTS[shell]();

const entries = (): readonly (readonly [string, CommandEntry])[] => Object.entries(COMMANDS);

/** Choices of an option, or that it names files. */
const valuesOf = (option: Option): readonly string[] => (option.kind === "value" ? (option.choices ?? []) : []);
const takesValue = (option: Option): boolean => option.kind === "value" && option.optional === undefined;
const namesFile = (option: Option): boolean => option.kind === "value" && option.completes === "files";

function wordsOf({ completes }: CommandEntry): readonly string[] {
  if (completes === "commands") return Object.keys(COMMANDS);
  if (completes === "rules") return ruleNames.map(({ id }) => id);
  return completes === undefined || completes === "files" ? [] : completes;
}

const SCRIPTS = {
  bash() {
    const values = entries().flatMap(([name, { options }]) =>
      options.filter(takesValue).map((it) => {
        const answer = namesFile(it) ? `compgen -f -- "$word"` : `compgen -W "${valuesOf(it).join(" ")}" -- "$word"`;
        return `    "${name} --${it.name}") mapfile -t COMPREPLY < <(${answer}); return ;;`;
      }),
    );
    const words = entries().map(([name, entry]) => {
      const options = entry.options.map((it) => `--${it.name}`).join(" ");
      const own = entry.completes === "files" ? `compgen -f -- "$word"; ` : "";
      return `    ${name}) mapfile -t COMPREPLY < <(${own}compgen -W "${[options, ...wordsOf(entry)].join(" ")}" -- "$word") ;;`;
    });
    return `_tlslint() {
  local word="\${COMP_WORDS[COMP_CWORD]}" command="\${COMP_WORDS[1]}"
  local previous="\${COMP_WORDS[COMP_CWORD-1]}"
  # An equals sign is a word of its own.
  if [ "$word" = "=" ]; then
    word=""
  elif [ "$previous" = "=" ]; then
    previous="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "${Object.keys(COMMANDS).join(" ")}" -- "$word")
    return
  fi
  case "$command $previous" in
${values.join("\n")}
  esac
  case "$command" in
${words.join("\n")}
  esac
}
complete -o filenames -F _tlslint tlslint
`;
  },
  zsh() {
    const commands = entries().map(([name, { summary }]) => `    ${quoted(`${name}:${summary}`)}`);
    const cases = entries().map(([name, entry]) => {
      const options = entry.options.map((it) => {
        const value = takesValue(it) ? `:value:${namesFile(it) ? "_files" : `(${valuesOf(it).join(" ")})`}` : "";
        return quoted(
          `${it.kind === "value" && it.many ? "*" : ""}--${it.name}${takesValue(it) ? "=" : ""}[${helpOf(it).replaceAll(/[[\]:]/g, " ")}]${value}`,
        );
      });
      const words =
        entry.completes === "files" ? ["'*:file:_files'"] : wordsOf(entry).length > 0 ? [`':word:(${wordsOf(entry).join(" ")})'`] : [];
      return `    ${name}) _arguments ${[...options, ...words].join(" ")} ;;`;
    });
    return `#compdef tlslint
_tlslint() {
  local -a commands
  commands=(
${commands.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join("\n")}
  esac
}
_tlslint "$@"
`;
  },
  fish() {
    const names = Object.keys(COMMANDS).join(" ");
    const lines = entries().flatMap(([name, entry]) => [
      `complete -c tlslint -f -n "not __fish_seen_subcommand_from ${names}" -a ${name} -d ${quoted(entry.summary)}`,
      ...(entry.completes === "files" ? [`complete -c tlslint -F -n "__fish_seen_subcommand_from ${name}"`] : []),
      ...(wordsOf(entry).length > 0
        ? [`complete -c tlslint -f -n "__fish_seen_subcommand_from ${name}" -a ${quoted(wordsOf(entry).join(" "))}`]
        : []),
      ...entry.options.map((it) => {
        const value = !takesValue(it) ? "" : namesFile(it) ? " -r -F" : ` -x -a ${quoted(valuesOf(it).join(" "))}`;
        return `complete -c tlslint -n "__fish_seen_subcommand_from ${name}" -l ${it.name}${value} -d ${quoted(helpOf(it))}`;
      }),
    ]);
    return `${lines.join("\n")}\n`;
  },
} as const satisfies Readonly<Record<Shell, () => string>>;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
