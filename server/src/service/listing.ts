/** The files of the workspace, found once and kept until something appears or vanishes. */
import { breath, type FileKind, kindByName, walk } from "../project/index.ts";
import type { Workspace } from "./workspace.ts";

interface ByKind {
  readonly rust: readonly string[];
  readonly certificates: readonly string[];
}

function byKind(files: readonly string[]): ByKind {
  const kinds = files.map((path) => kindByName(path) ?? "certificates");
  const of = (kind: FileKind): readonly string[] => files.filter((_, index) => kinds[index] === kind);
  return { rust: of("rust"), certificates: of("certificates") };
}

export class Listing {
  readonly #workspace: Workspace;
  #files: Promise<readonly string[]> | undefined;
  /** By what they are: asked for once a file. */
  #byKind: Promise<ByKind> | undefined;

  constructor(workspace: Workspace, from?: Listing) {
    this.#workspace = workspace;
    this.#files = from ? from.#files : undefined;
    this.#byKind = from ? from.#byKind : undefined;
  }

  forget(): void {
    this.#files = undefined;
    this.#byKind = undefined;
  }

  /** Sorted; ignored and excluded ones left out. */
  all(): Promise<readonly string[]> {
    this.#files ??= this.#walkRoots();
    return this.#files;
  }

  async rust(): Promise<readonly string[]> {
    return (await this.#kinds()).rust;
  }

  /** What `walk` takes for worth linting and no name explains holds certificates. */
  async certificates(): Promise<readonly string[]> {
    return (await this.#kinds()).certificates;
  }

  #kinds(): Promise<ByKind> {
    this.#byKind ??= this.all().then(byKind);
    return this.#byKind;
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
