/** The settings that hold for a file, as a `tlslint.toml` would say them. */
import { stringify } from "smol-toml";
import type { Configuration } from "./layers.ts";
import { SETTING_KEYS, SETTINGS } from "./settings.ts";

export function printedConfiguration({ settings }: Configuration): string {
  const own = new Map(Object.entries(settings));
  const defaults = new Map(Object.entries(SETTINGS).map(([key, it]) => [key, it.default]));
  const table = Object.fromEntries(SETTING_KEYS.map((key) => [key, plain(own.get(key) ?? defaults.get(key))]));
  return `${stringify(table)}\n`;
}

/** Tables are maps here. */
const plain = (value: unknown): unknown => (value instanceof Map ? Object.fromEntries(value) : value);
