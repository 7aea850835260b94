/** Finds the configuration of a file: the nearest `tlslint.toml`, the tables in manifests, the editor's settings below them. */

import { ok, type Result } from "../../base/result.ts";
import { type Span, span } from "../../base/span.ts";
import { parseToml, placeOfKey, type TomlFailure, type TomlKey, type TomlTable, tableAt, tomlFault, tomlKeys } from "../../cargo/index.ts";
import {
  absence,
  CONFIGURATION_NAME,
  type Files,
  folderOf,
  isExcluded,
  nameOf,
  type Packages,
  textOf,
  upwards,
} from "../../project/index.ts";
import type { Finding, LintOptions } from "../api.ts";
import { type Configuration, type ConfigurationProblem, combine, type Layer, ownSettings, readSettings } from "./layers.ts";
import type { RuleName } from "./settings.ts";

type Slip = NonNullable<ConfigurationProblem["slip"]>;

/** Where a file that is read for its settings keeps them: the whole of `tlslint.toml`, tables of `Cargo.toml`. */
const IN_MANIFEST = [
  ["workspace", "metadata", "tlslint"],
  ["package", "metadata", "tlslint"],
] as const;

/** The tables of a file that hold settings, each by the keys that lead to it. */
export const settingTables = (file: string): readonly (readonly string[])[] =>
  nameOf(file) === "Cargo.toml" ? IN_MANIFEST : nameOf(file) === CONFIGURATION_NAME ? [[]] : [];

export class Configurations {
  readonly #files: Files;
  readonly #packages: Packages;
  readonly #rules: readonly RuleName[];
  readonly #log: (message: string) => void;
  /** Half a line of typing must not change the findings of a workspace. */
  readonly #lastGood: Map<string, TomlTable>;
  readonly #tables: Map<string, Promise<TomlTable | undefined>>;
  readonly #combined: Map<string, Promise<Configuration>>;
  #options: LintOptions;

  /** `from`: the configurations of the files that these were forked from. */
  constructor(
    files: Files,
    packages: Packages,
    rules: readonly RuleName[],
    options: LintOptions,
    log: (message: string) => void,
    from?: Configurations,
  ) {
    this.#files = files;
    this.#packages = packages;
    this.#rules = rules;
    this.#options = options;
    this.#log = log;
    this.#lastGood = new Map(from ? from.#lastGood : []);
    this.#tables = new Map(from ? from.#tables : []);
    this.#combined = new Map(from ? from.#combined : []);
  }

  forget(options: LintOptions = this.#options): void {
    this.#options = options;
    this.#tables.clear();
    this.#combined.clear();
  }

  of(file: string): Promise<Configuration> {
    const folder = folderOf(file);
    const known = this.#combined.get(folder);
    if (known) return known;
    const made = this.#combine(file);
    this.#combined.set(folder, made);
    return made;
  }

  /** Why the configuration that the caller names cannot be used as it is; undefined where it can, or where none is named. */
  async fault(): Promise<string | undefined> {
    const path = this.#options.configuration;
    if (path === undefined) return undefined;
    const content = await this.#files.readKept(path);
    const decoded = textOf(content);
    if (decoded === undefined || decoded.binary !== undefined) return decoded?.binary ?? absence(content) ?? "it is no text";
    const parsed = parseToml(decoded.text);
    if (!parsed.ok) return tomlFault(decoded.text, parsed.error);
    const [problem] = readSettings(parsed.value, this.#rules).problems;
    return problem && `${problem.message}; ${problem.help}`;
  }

  /** The caller names the one file that counts. */
  get isNamed(): boolean {
    return this.#options.configuration !== undefined;
  }

  /** The setting's folder whose patterns leave a file out. */
  async excluded(file: string, folder = false): Promise<boolean> {
    const { excluded } = await this.of(file);
    return excluded.some((it) => isExcluded(it.folder, it.patterns, file, folder));
  }

  /** Why a file or folder may stay without analysis; the innermost setting that speaks of it says so. */
  async acknowledgement(path: string): Promise<string | undefined> {
    const { acknowledged } = await this.of(path);
    return acknowledged.findLast(({ folder, pattern }) => [false, true].some((it) => isExcluded(folder, [pattern], path, it)))?.reason;
  }

  async #combine(file: string): Promise<Configuration> {
    const top = this.#packages.top(file);
    const editor: Layer[] = this.#options.settings
      ? [{ ...this.#layer(top, ownSettings(this.#options.settings), "the editor's settings"), own: true }]
      : [];
    const explicit = this.#options.configuration;
    if (explicit !== undefined) return combine([...editor, ...(await this.#layerAt(explicit)).map((it): Layer => ({ ...it, own: true }))]);
    const owner = await this.#packages.packageOf(file);
    const inherited: Layer[] = [];
    if (owner) {
      const { workspace, manifest } = owner;
      const shared = tableAt(workspace?.workspace?.metadata, "tlslint");
      const own = tableAt(manifest.package?.metadata, "tlslint");
      const [ofWorkspace, ofPackage] = IN_MANIFEST;
      if (shared)
        inherited.push({
          ...this.#layer(owner.workspaceFolder, shared),
          source: `${owner.workspaceFolder}/Cargo.toml`,
          table: ofWorkspace,
        });
      if (own) inherited.push({ ...this.#layer(owner.folder, own), source: `${owner.folder}/Cargo.toml`, table: ofPackage });
    }
    return combine([...editor, ...inherited, ...(await this.#nearest(file, top))]);
  }

  async #nearest(file: string, top: string): Promise<readonly Layer[]> {
    for (const folder of upwards(folderOf(file), top)) {
      const layers = await this.#layerAt(`${folder}/${CONFIGURATION_NAME}`);
      if (layers.length > 0) return layers;
    }
    return [];
  }

  async #layerAt(path: string): Promise<readonly Layer[]> {
    const known = this.#tables.get(path) ?? this.#table(path);
    this.#tables.set(path, known);
    const table = await known;
    return table ? [{ ...this.#layer(folderOf(path), table), source: path }] : [];
  }

  /** Problems of files are findings there; only those of the editor's settings have no place of their own. */
  #layer(folder: string, table: TomlTable, source?: string): Layer {
    const { settings, problems } = readSettings(table, this.#rules);
    if (source !== undefined) for (const { message, help } of problems) this.#log(`${source}: ${message}; ${help}`);
    return { folder, settings };
  }

  async #table(path: string): Promise<TomlTable | undefined> {
    const content = await this.#files.readKept(path);
    const text = textOf(content)?.text;
    if (text === undefined) {
      const reason = absence(content);
      if (content.kind !== "missing" || path === this.#options.configuration) this.#log(`${path}: ${reason ?? "it is no text"}`);
      return undefined;
    }
    const parsed = parseToml(text);
    if (parsed.ok) this.#lastGood.set(path, parsed.value);
    else this.#log(`${path}: ${tomlFault(text, parsed.error)}`);
    return parsed.ok ? parsed.value : this.#lastGood.get(path);
  }
}

/** What is wrong in a `tlslint.toml` or in a manifest's tables, each at its place. */
export function configurationFindings(file: string, text: string, rules: readonly RuleName[]): Result<readonly Finding[], TomlFailure> {
  const parsed = parseToml(text);
  if (!parsed.ok) return parsed;
  const findings = settingTables(file).flatMap((path) => {
    const table = tableAt(parsed.value, ...path);
    const problems = table ? readSettings(table, rules).problems : [];
    const keys = problems.length === 0 ? [] : tomlKeys(text);
    return problems.map((it) => problemFinding(file, text, keys, path, it));
  });
  return ok(findings);
}

export const brokenToml = (file: string, text: string, failure: TomlFailure, help: string): Finding => ({
  rule: "unreadable-toml",
  severity: "warning",
  place: { file, span: lineAround(text, failure.offset) },
  message: `invalid TOML: ${failure.message}`,
  help,
  notes: [],
  related: [],
  fixes: [],
});

function problemFinding(
  file: string,
  text: string,
  keys: readonly TomlKey[],
  table: readonly string[],
  { path, of, message, help, slip }: ConfigurationProblem,
): Finding {
  const key = placeOfKey(keys, [...table, ...path]);
  // A wrong value is marked itself, an unknown name at the name.
  const wrongValue = of === "value" ? key?.value : undefined;
  return {
    rule: "unknown-configuration",
    severity: "warning",
    place: { file, span: wrongValue ?? key?.span ?? lineAround(text, 0) },
    message,
    help,
    notes: [],
    related: [],
    fixes: key === undefined || slip === undefined ? [] : correction(file, text, wrongValue ?? key.span, slip),
  };
}

/** At the end of what is marked: a value, or a key that may be dotted. */
function correction(file: string, text: string, { start, end }: Span, { written, meant }: Slip): Finding["fixes"] {
  const from = text.lastIndexOf(written, end - written.length);
  if (from < start) return [];
  const edits = [{ span: span(from, from + written.length), text: meant }];
  const title = `Change to \`${meant}\``;
  return [{ title, applicability: "review", preferred: true, edits: [{ file, edits }], placeholders: [], notes: [] }];
}

/** The rest of the line from the place of an error; where nothing follows, the last line that has anything. */
function lineAround(text: string, offset: number): Span {
  const end = /[\r\n]|$/.exec(text.slice(offset))?.index ?? 0;
  if (end > 0) return span(offset, offset + end);
  const before = text.slice(0, offset).trimEnd();
  return span(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1, before.length);
}
