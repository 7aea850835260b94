/** Settings read from a table, with what is wrong in it, and the layers of settings put together for a file. */
import { closest } from "../../base/closest.ts";
import { isTable, type TomlTable } from "../../cargo/index.ts";
import type { Policy } from "../../tls/policy.ts";
import { type BadValue, isSettingKey, listed, type RuleName, SETTING_KEYS, SETTINGS, type SettingKey, type Settings } from "./settings.ts";

/** What one place says: a `tlslint.toml`, a metadata table, the editor. */
export interface Layer {
  /** The folder that `exclude` patterns are relative to. */
  readonly folder: string;
  readonly settings: Partial<Settings>;
  /** The file that says it, and the table of it that was read. */
  readonly source?: string;
  readonly table?: readonly string[];
  /** The user's own word, not a file's in the workspace: it may name files outside. */
  readonly own?: true;
}

/** The whole configuration of a file. */
export interface Configuration {
  /** From the weakest. */
  readonly layers: readonly Layer[];
  /** The files that say something, in the same order. */
  readonly sources: readonly string[];
  readonly settings: Settings;
  /** `exclude` of every layer, each with its folder. */
  readonly excluded: readonly { readonly folder: string; readonly patterns: readonly string[] }[];
  /** `hosts` of every layer, each file with the folder that its path is relative to. */
  readonly hosts: readonly { readonly folder: string; readonly path: string; readonly names: readonly string[] }[];
  /** `acknowledged` of every layer, each pattern with the folder that it is relative to. */
  readonly acknowledged: readonly { readonly folder: string; readonly pattern: string; readonly reason: string }[];
  /** `weak-key-lists` of every layer. */
  readonly keyLists: readonly { readonly folder: string; readonly path: string; readonly own: boolean }[];
}

export interface ConfigurationProblem {
  /** The keys that lead to it, below the table that was read. */
  readonly path: readonly string[];
  /** Which of the two is marked. */
  readonly of: "name" | "value";
  readonly message: string;
  readonly help: string;
  /** The wrong word, and the one that was meant, as far as one is near enough. */
  readonly slip?: { readonly written: string; readonly meant: string };
}

/** More than anybody corrects at once. Each is looked for among all keys, and what may have been meant among all settings. */
const MOST_PROBLEMS = 100;

export function readSettings(
  table: TomlTable,
  rules: readonly RuleName[],
): { readonly settings: Partial<Settings>; readonly problems: readonly ConfigurationProblem[] } {
  const settings: { -readonly [K in SettingKey]?: Settings[K] } = {};
  const problems: ConfigurationProblem[] = [];
  const take = <K extends SettingKey>(key: K, given: unknown): void => {
    const { value, bad } = SETTINGS[key].read(given, rules);
    if (value !== undefined) settings[key] = value;
    for (const it of bad.slice(0, MOST_PROBLEMS - problems.length)) {
      const nearest = it.written === undefined ? undefined : nearestOf(it.written, it.choices ?? []);
      problems.push({
        path: it.key === undefined ? [key] : [key, it.key],
        of: it.unknown === undefined ? "value" : "name",
        message: faultOf(it, key),
        help: nearest === undefined ? "see docs/configuration.md" : `did you mean \`${nearest}\``,
        ...(nearest !== undefined && it.written !== undefined && { slip: { written: it.written, meant: nearest } }),
      });
    }
  };
  for (const [key, value] of Object.entries(table)) {
    if (isSettingKey(key)) take(key, value);
    else if (problems.length < MOST_PROBLEMS) {
      const nearest = nearestOf(key, SETTING_KEYS);
      problems.push({
        path: [key],
        of: "name",
        message: `unknown setting \`${key}\``,
        help: nearest === undefined ? `expected ${listed(SETTING_KEYS)}` : `did you mean \`${nearest}\``,
        ...(nearest !== undefined && { slip: { written: key, meant: nearest } }),
      });
    }
  }
  return { settings, problems };
}

function faultOf({ key: own, unknown, expected, written }: BadValue, key: string): string {
  if (unknown !== undefined) return `unknown ${unknown} \`${written}\``;
  const found = written === undefined ? "invalid value" : `unknown value \`${written}\``;
  return `${found} for \`${own ?? key}\`; expected ${expected}`;
}

/** `warn` is meant to be `warning`, though half of the letters are missing. */
const nearestOf = (written: string, words: readonly string[]): string | undefined =>
  closest(written, words) ?? (written.length >= 3 ? words.find((it) => it.startsWith(written)) : undefined);

/** Later layers win, key by key; tables and lists add up. */
export function combine(layers: readonly Layer[]): Configuration {
  const given = layers.map((it) => it.settings);
  const last = <K extends SettingKey>(key: K): Settings[K] => given.findLast((it) => it[key] !== undefined)?.[key] ?? SETTINGS[key].default;
  return {
    layers,
    sources: layers.flatMap(({ source }) => source ?? []),
    settings: {
      mtls: last("mtls"),
      profile: last("profile"),
      "minimum-version": last("minimum-version"),
      rules: new Map(given.flatMap((it) => [...(it.rules ?? [])])),
      exclude: given.flatMap((it) => it.exclude ?? []),
      "expiring-days": last("expiring-days"),
      "client-ca": last("client-ca"),
      "server-ca": last("server-ca"),
      crl: last("crl"),
      hosts: new Map(given.flatMap((it) => [...(it.hosts ?? [])])),
      "weak-key-lists": given.flatMap((it) => it["weak-key-lists"] ?? []),
      acknowledged: new Map(given.flatMap((it) => [...(it.acknowledged ?? [])])),
    },
    excluded: layers.flatMap(({ folder, settings: { exclude = [] } }) => (exclude.length > 0 ? [{ folder, patterns: exclude }] : [])),
    hosts: layers.flatMap(({ folder, settings: { hosts = [] } }) => [...hosts].map(([path, names]) => ({ folder, path, names }))),
    acknowledged: layers.flatMap(({ folder, settings: { acknowledged = [] } }) =>
      [...acknowledged].map(([pattern, reason]) => ({ folder, pattern, reason })),
    ),
    keyLists: layers.flatMap(({ folder, settings, own = false }) =>
      (settings["weak-key-lists"] ?? []).map((path) => ({ folder, path, own })),
    ),
  };
}

export const policyOf = ({ settings }: Configuration, now: number): Policy => ({
  minimumVersion: settings["minimum-version"],
  mtls: settings.mtls,
  profile: settings.profile,
  now,
  expiringDays: settings["expiring-days"],
});

/** Editors send all their settings, some of which are not ours. */
export const ownSettings = (given: Readonly<Record<string, unknown>>): TomlTable =>
  isTable(given) ? Object.fromEntries(Object.entries(given).filter(([key, value]) => isSettingKey(key) && value !== null)) : {};
