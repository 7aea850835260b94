/** What an editor shows while settings are written: what a key means, and which keys and values fit where the cursor is. */
import { covers, type Span, span } from "../../base/span.ts";
import { type TomlKey, tomlKeys, tomlTokens } from "../../cargo/index.ts";
import type { Hover } from "../api.ts";
import { ruleNames } from "../rule-names.ts";
import { ruleUrl } from "../rule-pages.ts";
import type { SettingCompletion } from "./api.ts";
import { settingTables } from "./configurations.ts";
import { isSettingKey, LEVELS, listed, SETTING_KEYS, SETTINGS, type SettingKey } from "./settings.ts";

interface Written {
  readonly file: string;
  readonly text: string;
}

/** Of the key, or its value, at an offset; undefined for what is no setting. */
export function settingHover({ file, text }: Written, offset: number): Hover | undefined {
  if (settingTables(file).length === 0) return undefined;
  const key = tomlKeys(text).findLast((it) => covers(it.span, span(offset, offset)));
  const path = key && ownPath(key.path, file);
  const markdown = path && meaningOf(path);
  return key !== undefined && markdown !== undefined ? { span: key.span, markdown } : undefined;
}

export function settingCompletions({ file, text }: Written, offset: number): readonly SettingCompletion[] {
  if (settingTables(file).length === 0 || tomlTokens(text).comments.some((it) => it.start < offset && offset <= it.end)) return [];
  const keys = tomlKeys(text);
  const value = keys.findLast((it) => it.value !== undefined && it.value.start <= offset && offset <= it.value.end);
  if (value?.value !== undefined) return valuesAt(ownPath(value.path, file), value.value);
  const lineStart = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  const [, indent = "", typed] = /^([ \t]*)([A-Za-z0-9_-]*)$/.exec(text.slice(lineStart, offset)) ?? [];
  if (typed === undefined) return [];
  const header = keys.findLast((it) => it.span.end < lineStart && isHeader(text, it));
  const table = ownPath(header?.path ?? [], file);
  if (table === undefined) return [];
  const end = offset + (/^[A-Za-z0-9_-]*/.exec(text.slice(offset))?.[0].length ?? 0);
  return keysIn(table, { header: header?.path ?? [], keys, place: span(lineStart + indent.length, end) });
}

const isHeader = (text: string, { span: { start } }: TomlKey): boolean => /(?:^|[\r\n])[ \t]*\[[ \t]*$/.test(text.slice(0, start));

/** Below the table that holds settings; undefined outside of all of them. */
function ownPath(path: readonly string[], file: string): readonly string[] | undefined {
  const table = settingTables(file).find((it) => it.every((name, at) => path[at] === name));
  return table && path.slice(table.length);
}

function valuesAt(path: readonly string[] | undefined, place: Span): readonly SettingCompletion[] {
  const [key = "", name] = path ?? [];
  if (!isSettingKey(key)) return [];
  const choices = path?.length === 1 ? choicesOf(key) : isRule(key, name) && path?.length === 2 ? LEVELS : [];
  const sentence = name === undefined ? SETTINGS[key].sentence : (ruleNames.find((it) => it.id === name)?.summary ?? "");
  return choices.map((it) => ({ kind: "value", label: it, insert: `"${it}"`, markdown: sentence, place }));
}

const isRule = (key: SettingKey, name: string | undefined): boolean => key === "rules" && ruleNames.some(({ id }) => id === name);

function choicesOf(key: SettingKey): readonly string[] {
  const choices: unknown = SETTINGS[key].schema(ruleNames)["enum"];
  return Array.isArray(choices) ? choices.map(String) : [];
}

interface Place {
  /** Of the table around, as it is written. */
  readonly header: readonly string[];
  readonly keys: readonly TomlKey[];
  readonly place: Span;
}

/** Those that are not there yet. A table is offered as its header, which ends the one that it stands in. */
function keysIn(table: readonly string[], { header, keys, place }: Place): readonly SettingCompletion[] {
  const isThere = (name: string): boolean =>
    keys.some(
      ({ path, span: at }) =>
        !(at.start <= place.end && place.start <= at.end) &&
        path[header.length] === name &&
        header.every((it, index) => path[index] === it),
    );
  const names = table.length === 0 ? SETTING_KEYS : table.length === 1 && table[0] === "rules" ? ruleNames.map(({ id }) => id) : [];
  return names
    .filter((it) => !isThere(it))
    .map((name) => {
      const isTable = table.length === 0 && isSettingKey(name) && SETTINGS[name].default instanceof Map;
      const insert = isTable ? `[${[...header, name].join(".")}]` : `${name} = `;
      return { kind: table.length === 0 ? "setting" : "rule", label: name, insert, markdown: meaningOf([...table, name]) ?? "", place };
    });
}

function meaningOf([key = "", name, ...more]: readonly string[]): string | undefined {
  if (!isSettingKey(key) || more.length > 0) return undefined;
  if (name === undefined) {
    const choices = choicesOf(key);
    const preset: unknown = SETTINGS[key].default;
    const values = choices.length === 0 ? "" : `  \nValues: ${listed(choices)}.`;
    const given = preset === "" || typeof preset === "object" ? "" : `  \nDefault: \`${JSON.stringify(preset)}\`.`;
    return `${SETTINGS[key].sentence}${values}${given}`;
  }
  const rule = key === "rules" ? ruleNames.find((it) => it.id === name) : undefined;
  return rule && `**[${rule.id}](${ruleUrl(rule.id)})**: ${rule.summary}  \nSeverity: \`${rule.severity}\`. Values: ${listed(LEVELS)}.`;
}
