/** Which code reads a certificate file, and how: from the paths that the Rust files of the workspace name. */
import {
  type Breath,
  breath,
  isTestCode,
  isTestData,
  modulePlace,
  nameOf,
  relativePath,
  resolveLiteral,
  textOf,
} from "../../project/index.ts";
import type { Place } from "../../tls/facts.ts";
import type { FileUse } from "../code/unit-lint.ts";
import type { Listing } from "../listing.ts";
import type { Workspace } from "../workspace.ts";

/** Words in a text that look like the name of a file. */
const ENDING = /\.(?:pem|crt|cer|cert|der|key|csr|crl|p8|pk8|chain|bundle|ca-bundle|txt)\b/g;
const fileNamesIn = (text: string): readonly string[] =>
  (text.match(/[\w.-]+/g) ?? []).flatMap((word) => {
    const last = [...word.matchAll(ENDING)].at(-1);
    return last === undefined || last.index === 0 ? [] : [word.slice(0, last.index + last[0].length)];
  });

export interface TrustedPath {
  readonly path: string;
  readonly role: "client-ca" | "server-ca";
}

export class Uses {
  readonly #workspace: Workspace;
  readonly #usesIn: (file: string, signal: AbortSignal | undefined) => Promise<readonly FileUse[]>;
  readonly #names: Map<string, ReadonlySet<string>>;
  readonly #listing: Listing;

  constructor(
    workspace: Workspace,
    listing: Listing,
    usesIn: (file: string, signal: AbortSignal | undefined) => Promise<readonly FileUse[]>,
    from?: Uses,
  ) {
    this.#workspace = workspace;
    this.#listing = listing;
    this.#usesIn = usesIn;
    this.#names = new Map(from ? from.#names : []);
  }

  /** Empty: everything. */
  forget(files: readonly string[]): void {
    if (files.length === 0) this.#names.clear();
    for (const file of files) this.#names.delete(file);
  }

  async of(file: string, signal: AbortSignal | undefined): Promise<readonly FileUse[]> {
    const name = nameOf(file);
    const uses: FileUse[] = [];
    const pause = breath(signal);
    for (const rust of await this.#listing.rust()) {
      if (!(await this.#namesIn(rust, pause)).has(name)) continue;
      for (const use of await this.#usesIn(rust, signal)) {
        if (nameOf(use.path) === name && (await this.resolve(use.path, rust)) === file) uses.push(use);
      }
    }
    return uses;
  }

  /** All of the workspace, by the file that is read. */
  async all(signal: AbortSignal | undefined): Promise<ReadonlyMap<string, readonly FileUse[]>> {
    const found = new Map<string, FileUse[]>();
    const pause = breath(signal);
    for (const rust of await this.#listing.rust()) {
      if ((await this.#namesIn(rust, pause)).size === 0) continue;
      for (const use of await this.#usesIn(rust, signal)) {
        const file = await this.resolve(use.path, rust);
        if (file === undefined) continue;
        const known = found.get(file);
        if (known === undefined) found.set(file, [use]);
        else known.push(use);
      }
    }
    return found;
  }

  /** The files of authorities that the code of the workspace trusts. */
  async trusted(signal: AbortSignal | undefined): Promise<readonly TrustedPath[]> {
    const found = new Map<string, TrustedPath>();
    const pause = breath(signal);
    for (const rust of await this.#listing.rust()) {
      if ((await this.#namesIn(rust, pause)).size === 0) continue;
      for (const { path, loader } of await this.#usesIn(rust, signal)) {
        if (loader.role !== "client-ca" && loader.role !== "server-ca") continue;
        const file = await this.resolve(path, rust);
        if (file !== undefined) found.set(`${loader.role} ${file}`, { path: file, role: loader.role });
      }
    }
    return [...found.values()];
  }

  /** The Rust files whose text names a file that is called so. */
  async naming(name: string): Promise<readonly string[]> {
    const found: string[] = [];
    for (const rust of await this.#listing.rust()) if ((await this.namesIn(rust)).has(name)) found.push(rust);
    return found;
  }

  /** Where code that is no test's writes its path, whatever it is given to. */
  async placesOf(file: string): Promise<readonly Place[]> {
    const { packages } = this.#workspace;
    const found: Place[] = [];
    for (const path of await this.naming(nameOf(file)))
      if (!isTestData(relativePath(packages.top(path), path) ?? path)) found.push(...(await this.#placesIn(path, file)));
    return found;
  }

  /** Tests write its path, and nothing else names a file that is called so. */
  async isOfTestsAlone(file: string): Promise<boolean> {
    const naming = await this.naming(nameOf(file));
    if (naming.length === 0 || (await this.isNamed(nameOf(file))) !== false) return false;
    for (const path of naming) if ((await this.#placesIn(path, file)).length > 0) return true;
    return false;
  }

  async #placesIn(path: string, file: string): Promise<readonly Place[]> {
    const { files, sources } = this.#workspace;
    const { rustParser } = await import("../../rust/index.ts");
    const text = textOf(await files.read(path))?.text;
    const [parsed] = text === undefined ? [] : sources.parsed([{ path, text }], rustParser);
    const found: Place[] = [];
    for (const { value, span } of parsed?.ok ? parsed.value.strings() : [])
      if (nameOf(value) === nameOf(file) && (await this.resolve(value, path)) === file) found.push({ file: path, span });
    return found;
  }

  /**
   * Whether code, settings or a deployment names a file that is called so, and is there for more than tests; undefined where the workspace
   * has no code.
   */
  async isNamed(name: string): Promise<boolean | undefined> {
    const { packages } = this.#workspace;
    const rust = await this.#listing.rust();
    if (rust.length === 0) return undefined;
    for (const it of [...rust, ...(await this.#listing.settings()), ...(await this.#listing.edges())]) {
      const isTest = isTestData(relativePath(packages.top(it), it) ?? it);
      if (!isTest && (await this.namesIn(it)).has(name) && (await this.#isNamedForMore(it, name))) return true;
    }
    return false;
  }

  /** By code that is no test, or by what is no code. */
  async #isNamedForMore(file: string, name: string): Promise<boolean> {
    if (file.endsWith(".rs") && (await this.#isOfTests(file))) return false;
    const text = textOf(await this.#workspace.files.read(file))?.text ?? "";
    const [{ guardsAt }, { rustParser }] = await Promise.all([import("../../analysis/index.ts"), import("../../rust/index.ts")]);
    const parsed = file.endsWith(".rs") ? rustParser.parse(text) : undefined;
    if (parsed?.ok !== true) return true;
    const places = [...text.matchAll(/[\w.-]+/g)].flatMap(({ 0: word, index }) =>
      word.startsWith(name) || word.endsWith(name) ? [index] : [],
    );
    return places.length === 0 || places.some((it) => !guardsAt(it, parsed.value, file, undefined).some(({ kind }) => kind === "test"));
  }

  /** Said where the file is declared as a module, or by its package. */
  async #isOfTests(file: string): Promise<boolean> {
    const { packages, files } = this.#workspace;
    const owner = await packages.packageOf(file);
    return isTestCode(modulePlace(file, owner?.folder ?? packages.top(file), owner?.manifest), owner, files);
  }

  /** Rust files whose text names any file. */
  async namingAny(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const rust of await this.#listing.rust()) if ((await this.namesIn(rust)).size > 0) found.push(rust);
    return found;
  }

  /** What files a text names, without their folders. */
  namesIn(file: string): Promise<ReadonlySet<string>> {
    return this.#namesIn(file, breath(undefined));
  }

  resolve(path: string, from: string): Promise<string | undefined> {
    const { packages, files } = this.#workspace;
    return resolveLiteral(path, from, packages, files);
  }

  async #namesIn(file: string, pause: Breath): Promise<ReadonlySet<string>> {
    const known = this.#names.get(file);
    if (known) return known;
    await pause.take();
    const text = textOf(await this.#workspace.files.read(file))?.text ?? "";
    const names = new Set(fileNamesIn(text));
    this.#names.set(file, names);
    return names;
  }
}
