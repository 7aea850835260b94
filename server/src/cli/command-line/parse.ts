/** The arguments of the process as a command, or what is wrong with them. */
import { err, ok, type Result } from "../../base/result.ts";
import { COMMANDS, type Command, type CommandName, isCommandName, unknownCommand } from "./commands.ts";
import { divided, givenTo } from "./given.ts";
import { listed } from "./option.ts";
import { help, version } from "./options.ts";

export function parseCommand(args: readonly string[]): Result<Command | { readonly name: "version" }, string> {
  const written = divided(fromCargo(args), [help, version, ...Object.values(COMMANDS).flatMap((it) => it.options)]);
  if (!written.ok) return written;
  const { words, options } = written.value;
  const [name = "help", ...rest] = words;
  if (options.some((it) => it.name === version.name)) return ok({ name: "version" });
  if (!isCommandName(name)) return err(unknownCommand(name));
  if (options.some((it) => it.name === help.name))
    return ok(words.length === 0 || name === "help" ? { name: "help" } : { name: "help", of: name });
  const entry = COMMANDS[name];
  const stranger = options.find((it) => !entry.options.some((known) => known.name === it.name));
  if (stranger !== undefined) return err(strangerIn(words.length === 0 ? undefined : name, stranger.name, stranger.raw));
  // Of a variable that is not set: a path relative to the current folder would be that folder.
  if (rest.includes("")) return err(`an argument of \`tlslint ${name}\` is empty; expected \`tlslint ${`${name} ${entry.words}`.trim()}\``);
  const given = givenTo(entry.options, { words: rest, options });
  return given.ok ? entry.read(given.value) : given;
}

/** Cargo names its subcommand first; `cargo tlslint` alone, or with options, lints. */
function fromCargo(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  if (first !== "tlslint") return args;
  const [next = ""] = rest;
  const isAsked = isCommandName(next) || ["--help", "-h", "--version", "-V"].includes(next);
  return isAsked ? rest : ["check", ...rest];
}

/** `name`: the command; undefined where there is none. */
function strangerIn(name: CommandName | undefined, option: string, raw: string): string {
  const owners = Object.entries(COMMANDS).flatMap(([command, it]) => (it.options.some((known) => known.name === option) ? [command] : []));
  const stated = name === undefined ? `there is no command before \`${raw}\`` : `\`tlslint ${name}\` has no option \`${raw}\``;
  return `${stated}; it is an option of ${listed(owners.map((it) => `tlslint ${it}`))}`;
}
