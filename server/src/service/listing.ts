/** The files of the workspace, found once and kept until something appears or vanishes. */
import { breath, kindByName, walk } from "../project/index.ts";
import type { Workspace } from "./workspace.ts";

export class Listing {
  readonly #workspace: Workspace;
  #files: Promise<readonly string[]> | undefined;

  constructor(workspace: Workspace, from?: Listing) {
    this.#workspace = workspace;
    this.#files = from ? from.#files : undefined;
  }

  forget(): void {
    this.#files = undefined;
  }

  /** Sorted; ignored and excluded ones left out. */
  all(): Promise<readonly string[]> {
    this.#files ??= this.#walkRoots();
    return this.#files;
  }

  async rust(): Promise<readonly string[]> {
    return (await this.all()).filter((it) => kindByName(it) === "rust");
  }

  /** What `walk` takes for worth linting and no name explains holds certificates. */
  async certificates(): Promise<readonly string[]> {
    return (await this.all()).filter((it) => (kindByName(it) ?? "certificates") === "certificates");
  }

  async #walkRoots(): Promise<readonly string[]> {
    const { roots, files, configurations } = this.#workspace;
    const found = new Set<string>();
    for (const root of roots) {
      const rules = { roots, excluded: (path: string, folder: boolean) => configurations.excluded(path, folder) };
      for (const it of (await walk(root, files, rules, breath(undefined))).files) found.add(it);
    }
    return [...found].sort();
  }
}
