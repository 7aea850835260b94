/** What gives private keys, and what happens to files and logs, as rows of flow: of programs that write one down. */
import type { CallForm, ResolvedProgram, Row } from "../flow/index.ts";
import { FILE_METHODS, FILE_ROWS, type FileStatement, LOG_ROWS, PRIVATE_KEY } from "../models/key-files.ts";
import type { CanonicalPath, CrateModel } from "../models/model.ts";
import { lastOf } from "../rust/last-of.ts";
import { bodiesNaming } from "./bodies-naming.ts";
import type { ModelIndex } from "./model-index.ts";
import { tablesOf } from "./model-tables.ts";

export const isFileStatement = (data: unknown): data is FileStatement => typeof data === "object" && data !== null && "file" in data;

export class FileRows {
  readonly #models: ModelIndex;
  readonly #givers: ReadonlyMap<string, readonly CanonicalPath[]>;
  readonly #rows = new Map<CanonicalPath, Row>();

  private constructor(models: ModelIndex, givers: ReadonlyMap<string, readonly CanonicalPath[]>) {
    this.#models = models;
    this.#givers = givers;
  }

  /** Undefined where nothing gives a private key. */
  static of(program: ResolvedProgram, models: ModelIndex, all: readonly CrateModel[]): FileRows | undefined {
    const givers = tablesOf(all).keyGivers;
    return bodiesNaming(program, new Set(givers.keys())).length === 0 ? undefined : new FileRows(models, givers);
  }

  of(path: CanonicalPath, file: string, form: CallForm): Row | undefined {
    if (Object.hasOwn(LOG_ROWS, path)) return LOG_ROWS[path];
    const names = path.split("::");
    const key = [2, 3].map((it) => names.slice(-it).join("::")).find((it) => Object.hasOwn(FILE_ROWS, it));
    if (key !== undefined) return FILE_ROWS[key];
    return form === "method" ? this.#giver(names.at(-1) ?? "", file) : undefined;
  }

  /** A method of a file, whoever has it. */
  acts(name: string): boolean {
    return ON_FILES.has(name);
  }

  anywhere(name: string, file: string): Row | undefined {
    return Object.hasOwn(FILE_METHODS, name) ? FILE_METHODS[name] : this.#giver(name, file);
  }

  /** On something that no model knows by its type, where all calls of that name give a private key. */
  #giver(name: string, file: string): Row | undefined {
    const paths = this.#givers.get(name);
    if (paths === undefined || !this.#models.isTrigger(`${name}(`, file)) return undefined;
    const hits = paths.flatMap((it) => this.#models.call(it, file) ?? []);
    const [first] = hits;
    return first !== undefined && hits.every(({ of }) => of.givesPrivateKey === true) ? this.key(first.path) : undefined;
  }

  /** What a call of that path gives is one. */
  key(path: CanonicalPath): Row {
    const row = this.#rows.get(path) ?? { result: { label: PRIVATE_KEY, of: { symbol: path, of: [{ argument: 0 }] } } };
    this.#rows.set(path, row);
    return row;
  }
}

const ON_FILES: ReadonlySet<string> = new Set(Object.keys(FILE_ROWS).flatMap((it) => (it.startsWith("File::") ? [lastOf(it)] : [])));
