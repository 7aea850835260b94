/** The files of the workspace, found once and kept until something appears or vanishes. */
import { breath, type FileKind, kindByName, walk } from "../project/index.ts";
import type { Workspace } from "./workspace.ts";

type ByKind = ReadonlyMap<FileKind, readonly string[]>;

export class Listing {
  readonly #workspace: Workspace;
  #files: Promise<ByKind> | undefined;

  constructor(workspace: Workspace, from?: Listing) {
    this.#workspace = workspace;
    this.#files = from ? from.#files : undefined;
  }

  forget(): void {
    this.#files = undefined;
  }

  rust(): Promise<readonly string[]> {
    return this.#of("rust");
  }

  certificates(): Promise<readonly string[]> {
    return this.#of("certificates");
  }

  /** Configurations of proxies and deployments. */
  edges(): Promise<readonly string[]> {
    return this.#of("edge");
  }

  /** Manifests and files of variables among them. */
  async settings(): Promise<readonly string[]> {
    const kinds = ["settings", "environment", "manifest", "configuration"] as const;
    return (await Promise.all(kinds.map((it) => this.#of(it)))).flat();
  }

  /** Sorted; ignored and excluded ones left out. */
  async #of(kind: FileKind): Promise<readonly string[]> {
    this.#files ??= this.#walkRoots();
    return (await this.#files).get(kind) ?? [];
  }

  async #walkRoots(): Promise<ByKind> {
    const { roots, files, walkRules, rust } = this.#workspace;
    const found = new Map<string, FileKind>();
    for (const root of roots) {
      const walked = await walk(root, files, walkRules, breath(undefined));
      for (const it of walked.files) found.set(it, walked.kinds.get(it) ?? kindByName(it) ?? "other");
    }
    for (const root of [...found.values()].includes("rust") ? roots : [])
      for (const it of await rust.namedBelowFolder(root)) found.set(it, "rust");
    const byKind = new Map<FileKind, string[]>();
    for (const [path, kind] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const of = byKind.get(kind);
      if (of === undefined) byKind.set(kind, [path]);
      else of.push(path);
    }
    return byKind;
  }
}
