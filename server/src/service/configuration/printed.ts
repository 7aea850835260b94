/** The settings that hold for a file, as a `tlslint.toml` would say them, each with the places that say it. */
import { stringify } from "smol-toml";
import { LineIndex } from "../../base/line-index.ts";
import { placeOfKey, type TomlKey, tomlKeys } from "../../cargo/index.ts";
import { ruleNames } from "../rule-names.ts";
import type { Workspace } from "../workspace.ts";
import type { ConfigurationLine, EffectiveSettings, SettingOrigin } from "./api.ts";
import { configurationFlaws } from "./flaws.ts";
import type { Configuration, Layer } from "./layers.ts";
import { isSettingKey, SETTING_KEYS, SETTINGS, type SettingKey } from "./settings.ts";

type TextOf = (file: string) => Promise<string | undefined>;

/** `textOf`: of a file that says some of them. */
export async function effectiveSettings(workspace: Workspace, file: string, textOf: TextOf): Promise<EffectiveSettings> {
  const { configurations, packages, files } = workspace;
  const configuration = await configurations.of(file);
  const lines = await printed(configuration, textOf);
  // What is wrong in a file that the caller names, `fault` tells.
  const flaws = configurations.isNamed ? [] : await configurationFlaws(file, packages.top(file), files, ruleNames);
  return { lines, sources: configuration.sources, excluded: await configurations.excluded(file), flaws };
}

async function printed({ settings, layers }: Configuration, textOf: TextOf): Promise<readonly ConfigurationLine[]> {
  const places = new Map<string, KeyPlaces>();
  for (const { source } of layers)
    if (source !== undefined && !places.has(source)) places.set(source, keyPlaces((await textOf(source)) ?? ""));
  const origins = (path: readonly string[], saying: readonly Layer[]): readonly SettingOrigin[] =>
    saying.map(({ source, table = [] }) => originOf(source, source === undefined ? undefined : places.get(source)?.([...table, ...path])));
  const plain: ConfigurationLine[] = [];
  const tables: ConfigurationLine[] = [];
  for (const key of SETTING_KEYS.filter(isSettingKey)) {
    const value: unknown = settings[key];
    if (!(value instanceof Map)) {
      plain.push({ toml: written(key, value), from: origins([key], sayingPlain(layers, key)) });
      continue;
    }
    tables.push({ toml: `[${key}]` });
    for (const [name, entry] of value) {
      const last = layers.findLast((it) => isEntryOf(it.settings[key], String(name)));
      tables.push({ toml: written(String(name), entry), from: origins([key, String(name)], last === undefined ? [] : [last]) });
    }
  }
  return [...plain, ...tables];
}

/** Lists add up; of others the last layer wins. */
function sayingPlain(layers: readonly Layer[], key: SettingKey): readonly Layer[] {
  const saying = layers.filter((it) => it.settings[key] !== undefined);
  return Array.isArray(SETTINGS[key].default) ? saying : saying.slice(-1);
}

const isEntryOf = (value: unknown, name: string): boolean => value instanceof Map && value.has(name);

const written = (key: string, value: unknown): string => stringify({ [key]: value }).trimEnd();

type KeyPlaces = (path: readonly string[]) => number | undefined;

/** The line of a key, counted from 1. */
function keyPlaces(text: string): KeyPlaces {
  const keys: readonly TomlKey[] = tomlKeys(text);
  const lines = new LineIndex(text);
  return (path) => {
    const key = placeOfKey(keys, path);
    return key && lines.position(key.span.start).line + 1;
  };
}

const originOf = (file: string | undefined, line: number | undefined): SettingOrigin => ({
  ...(file !== undefined && { file }),
  ...(line !== undefined && { line }),
});
