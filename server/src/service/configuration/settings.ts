/** The one table of settings: key, type, default and sentence. Parser, JSON schema, page and the manifest's block follow from it. */
import { err, ok, type Result } from "../../base/result.ts";
import { isHost } from "../../pki/stacks/host.ts";
import type { Severity } from "../../rules/rule.ts";
import type { Version } from "../../tls/facts.ts";
import { EXPIRING_DAYS, MINIMUM_VERSION } from "../../tls/policy.ts";

export const LEVELS = ["error", "warning", "info", "hint", "off"] as const;
export type Level = Severity | "off";

export interface Settings {
  readonly mtls: "auto" | "required" | "off";
  readonly profile: "private-mtls" | "public-web";
  readonly "minimum-version": Version;
  readonly rules: ReadonlyMap<string, Level>;
  readonly exclude: readonly string[];
  readonly "expiring-days": number;
  readonly "client-ca": string;
  readonly "server-ca": string;
  readonly crl: string;
  readonly hosts: ReadonlyMap<string, readonly string[]>;
  readonly "weak-key-lists": readonly string[];
  readonly acknowledged: ReadonlyMap<string, string>;
}
export type SettingKey = keyof Settings;

/** What is wrong with a value; `key` names the entry of a table, where one is. */
export interface BadValue {
  readonly key?: string;
  /** What the name that is written is not, or what the value should have been. */
  readonly unknown?: "rule";
  readonly expected?: string;
  /** The wrong word, and those that would have been right. */
  readonly written?: string;
  readonly choices?: readonly string[];
}

export interface Setting<T> {
  /** Markdown: a sentence, capital and full stop. */
  readonly sentence: string;
  readonly default: T;
  /** JSON schema of the value. `ruleIds` is for the one that names rules. */
  schema(rules: readonly RuleName[]): Readonly<Record<string, unknown>>;
  /** The part that is right, and what is wrong with the rest. */
  read(value: unknown, rules: readonly RuleName[]): { readonly value?: T; readonly bad: readonly BadValue[] };
}
export interface RuleName {
  readonly id: string;
  readonly summary: string;
  readonly severity: Severity;
}

export const SETTINGS: { readonly [K in SettingKey]: Setting<Settings[K]> } = {
  mtls: choice(
    ["auto", "required", "off"],
    "auto",
    "Whether servers are meant to demand client certificates. `auto` looks for signs in the code, such as a client CA that is loaded.",
  ),
  profile: choice(
    ["private-mtls", "public-web"],
    "private-mtls",
    "How certificate files are judged: as those of a private CA for mutual TLS, or by the rules of the public web.",
  ),
  "minimum-version": choice(
    ["TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"],
    MINIMUM_VERSION,
    "The oldest protocol version that a program may accept.",
  ),
  rules: {
    sentence: "The severity of single rules, or `off`. Code under conditions and test code stay quieter.",
    default: new Map(),
    schema: (rules) => ({
      type: "object",
      properties: Object.fromEntries(
        rules.map(({ id, summary, severity }) => [id, { enum: LEVELS, description: `${summary} (${severity} unless set)` }]),
      ),
      additionalProperties: false,
    }),
    read: readLevels,
  },
  exclude: texts("Files and folders to exclude: patterns as in `.gitignore`, relative to the folder of this configuration."),
  "expiring-days": {
    sentence: "Report certificates that expire within this many days.",
    default: EXPIRING_DAYS,
    schema: () => ({ type: "integer", minimum: 0, maximum: 3650 }),
    read: (value) =>
      typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 3650
        ? { value, bad: [] }
        : { bad: [{ expected: "a whole number of days from 0 to 3650" }] },
  },
  "client-ca": text("Path of the CA that issues client certificates, as fixes write it into code."),
  "server-ca": text("Path of the CA that issues the certificates of the servers that clients connect to, as fixes write it into code."),
  crl: text("Path of the CRL for client certificates, as fixes write it into code."),
  hosts: {
    sentence:
      "Hostnames and addresses that clients connect to, for each certificate file. Paths are relative to the folder of this configuration.",
    default: new Map(),
    schema: () => ({ type: "object", additionalProperties: { type: "array", items: { type: "string" } } }),
    read: readHosts,
  },
  "weak-key-lists": texts(
    "Lists of weak keys in the format of Debian's `openssl-blacklist`, relative to the folder of this configuration. Only the editor's settings and `--config` can name files outside the workspace.",
  ),
  acknowledged: {
    sentence:
      "Files and folders that may stay without analysis, each a pattern as in `.gitignore` with the reason. They are still listed and counted.",
    default: new Map(),
    schema: () => ({ type: "object", additionalProperties: { type: "string", pattern: "\\S" } }),
    read: readReasons,
  },
};

export const SETTING_KEYS: readonly string[] = Object.keys(SETTINGS);

export const isSettingKey = (key: string): key is SettingKey => Object.hasOwn(SETTINGS, key);

function choice<T extends string>(choices: readonly T[], preset: T, sentence: string): Setting<T> {
  return {
    sentence,
    default: preset,
    schema: () => ({ enum: choices }),
    read: (value) => {
      const read = word(value, choices);
      return read.ok ? { value: read.value, bad: [] } : { bad: [read.error] };
    },
  };
}

function text(sentence: string): Setting<string> {
  return {
    sentence,
    default: "",
    schema: () => ({ type: "string" }),
    read: (value) => (typeof value === "string" ? { value, bad: [] } : { bad: [{ expected: "a string" }] }),
  };
}

function texts(sentence: string): Setting<readonly string[]> {
  return {
    sentence,
    default: [],
    schema: () => ({ type: "array", items: { type: "string" } }),
    read: (value) => (isTexts(value) ? { value, bad: [] } : { bad: [{ expected: "an array of strings" }] }),
  };
}

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((it) => typeof it === "string");

function readHosts(value: unknown): { readonly value?: ReadonlyMap<string, readonly string[]>; readonly bad: readonly BadValue[] } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { bad: [{ expected: "a table of files" }] };
  const hosts = new Map<string, readonly string[]>();
  const bad: BadValue[] = [];
  for (const [file, names] of Object.entries(value)) {
    const wrong = isTexts(names) ? names.find((it) => !isHost(it)) : undefined;
    if (!isTexts(names)) bad.push({ key: file, expected: "an array of strings" });
    else if (wrong !== undefined) bad.push({ key: file, expected: "hostnames and addresses", written: wrong });
    else hosts.set(file, names);
  }
  return { value: hosts, bad };
}

function readReasons(value: unknown): { readonly value?: ReadonlyMap<string, string>; readonly bad: readonly BadValue[] } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { bad: [{ expected: "a table of files" }] };
  const reasons = new Map<string, string>();
  const bad: BadValue[] = [];
  for (const [file, reason] of Object.entries(value)) {
    if (typeof reason === "string" && reason.trim() !== "") reasons.set(file, reason);
    else bad.push({ key: file, expected: "a string that says why" });
  }
  return { value: reasons, bad };
}

function readLevels(
  value: unknown,
  rules: readonly RuleName[],
): { readonly value?: ReadonlyMap<string, Level>; readonly bad: readonly BadValue[] } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { bad: [{ expected: "a table of rules" }] };
  const levels = new Map<string, Level>();
  const bad: BadValue[] = [];
  const ids = rules.map((it) => it.id);
  for (const [id, wanted] of Object.entries(value)) {
    const level = word(wanted, LEVELS);
    if (!ids.includes(id)) bad.push({ key: id, unknown: "rule", written: id, choices: ids });
    else if (level.ok) levels.set(id, level.value);
    else bad.push({ key: id, ...level.error });
  }
  return { value: levels, bad };
}

/** `a`, `b` or `c`. */
export function listed(words: readonly string[]): string {
  const quoted = words.map((it) => `\`${it}\``);
  return quoted.length < 2 ? quoted.join() : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}

function word<T extends string>(value: unknown, choices: readonly T[]): Result<T, BadValue> {
  const found = choices.find((it) => it === value);
  if (found !== undefined) return ok(found);
  return err({
    expected: listed(choices),
    ...(typeof value === "string" ? { written: value, choices } : {}),
  });
}
