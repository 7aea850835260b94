/** What an organisation allows in its repositories, until when, and who answers for what: the file of `--policy`, read wholly or refused. */
import { closest } from "../base/closest.ts";
import { err, ok, type Result } from "../base/result.ts";
import { isTable, parseToml, type TomlTable, tomlFault } from "../cargo/index.ts";
import { isExcluded } from "../project/index.ts";
import { ruleIds } from "./rule-names.ts";

export interface PolicyException {
  readonly rules: readonly string[];
  readonly paths: readonly string[];
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it holds, such as `2027-01-31`. */
  readonly until: string;
}
export interface Policy {
  /** Rules that repositories may not suppress themselves. */
  readonly reserved: readonly string[];
  readonly exceptions: readonly PolicyException[];
  readonly owners: readonly { readonly name: string; readonly paths: readonly string[] }[];
}

export function readPolicy(text: string): Result<Policy, string> {
  const parsed = parseToml(text);
  if (!parsed.ok) return err(tomlFault(text, parsed.error));
  const unknown = unknownKey(parsed.value, ["reserved", "exception", "owner"], "the policy");
  if (unknown !== undefined) return err(unknown);
  const reserved = rulesAt(parsed.value, "reserved", "the policy");
  if (!reserved.ok) return reserved;
  const exceptions = all(parsed.value["exception"], "exception", exceptionOf);
  if (!exceptions.ok) return exceptions;
  const owners = all(parsed.value["owner"], "owner", ownerOf);
  if (!owners.ok) return owners;
  return ok({ reserved: reserved.value, exceptions: exceptions.value, owners: owners.value });
}

/** Whether it concerns a finding of this rule there; `path` as a merged report has it, the repository's name first. */
export const concerns = ({ rules, paths }: PolicyException, rule: string, path: string): boolean =>
  rules.includes(rule) && matches(paths, path);

/** Whether it has ended. */
export const hasEnded = ({ until }: PolicyException, now: number): boolean => now >= Date.parse(`${until}T00:00:00Z`) + 86_400_000;

/** Who answers for a file: the last one who is named for it. */
export const ownerOfPath = ({ owners }: Policy, path: string): string | undefined => owners.findLast((it) => matches(it.paths, path))?.name;

const matches = (patterns: readonly string[], path: string): boolean => isExcluded("/", patterns, `/${path.replace(/^\/+/, "")}`, false);

function exceptionOf(table: TomlTable, where: string): Result<PolicyException, string> {
  const unknown = unknownKey(table, ["rules", "paths", "owner", "reason", "until"], where);
  if (unknown !== undefined) return err(unknown);
  const rules = rulesAt(table, "rules", where);
  if (!rules.ok) return rules;
  const paths = textsAt(table, "paths", where);
  if (!paths.ok) return paths;
  const until = dayOf(table["until"]);
  if (until === undefined) return err(`${where}: expected a day at \`until\`, such as 2027-01-31`);
  const [owner, reason] = [table["owner"], table["reason"]];
  if (!isFilled(owner)) return err(`${where}: expected at \`owner\` who answers for it`);
  if (!isFilled(reason)) return err(`${where}: expected at \`reason\` why it is allowed`);
  return rules.value.length === 0 || paths.value.length === 0
    ? err(`${where}: expected at least one of \`rules\` and one of \`paths\``)
    : ok({ rules: rules.value, paths: paths.value, owner, reason, until });
}

function ownerOf(table: TomlTable, where: string): Result<Policy["owners"][number], string> {
  const unknown = unknownKey(table, ["name", "paths"], where);
  if (unknown !== undefined) return err(unknown);
  const name = table["name"];
  if (!isFilled(name)) return err(`${where}: expected a \`name\``);
  const paths = textsAt(table, "paths", where);
  return paths.ok ? ok({ name, paths: paths.value }) : paths;
}

function all<T>(value: unknown, name: string, read: (table: TomlTable, where: string) => Result<T, string>): Result<readonly T[], string> {
  if (value === undefined) return ok([]);
  if (!Array.isArray(value)) return err(`expected tables at \`${name}\`, each below \`[[${name}]]\``);
  const items: T[] = [];
  for (const [at, table] of value.entries()) {
    const where = `${name} ${at + 1}`;
    const item = isTable(table) ? read(table, where) : err(`${where}: expected a table`);
    if (!item.ok) return item;
    items.push(item.value);
  }
  return ok(items);
}

function rulesAt(table: TomlTable, key: string, where: string): Result<readonly string[], string> {
  const ids = table[key] === undefined ? ok([]) : textsAt(table, key, where);
  const unknown = ids.ok ? ids.value.find((it) => !ruleIds.includes(it)) : undefined;
  return unknown === undefined ? ids : err(`${where}: there is no rule \`${unknown}\`${suggested(unknown, ruleIds)}`);
}

function textsAt(table: TomlTable, key: string, where: string): Result<readonly string[], string> {
  const value: unknown = table[key];
  return Array.isArray(value) && value.every((it) => typeof it === "string")
    ? ok(value)
    : err(`${where}: expected a list of texts at \`${key}\``);
}

const isFilled = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

/** A date of TOML, or a text that is one. */
function dayOf(value: unknown): string | undefined {
  const text = value instanceof Date ? value.toISOString() : value;
  return typeof text === "string" && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

function unknownKey(table: TomlTable, known: readonly string[], where: string): string | undefined {
  const unknown = Object.keys(table).find((it) => !known.includes(it));
  return unknown === undefined ? undefined : `${where}: unknown key \`${unknown}\`${suggested(unknown, known)}`;
}

function suggested(word: string, known: readonly string[]): string {
  const near = closest(word, known);
  if (near !== undefined) return `; did you mean \`${near}\`?`;
  return known.length > 8 ? "; `tlslint rules` lists them" : `; expected ${known.map((it) => `\`${it}\``).join(", ")}`;
}
