/** The certificate files of the workspace, so that one file can be judged beside the others. */
import type { CertificateFile } from "../../pki/index.ts";
import { breath, bytesOf, type Content, fingerprint, folderOf, kindByName, relativePath } from "../../project/index.ts";
import type { NeighbourFile } from "../../rules/rule.ts";
import type { Listing } from "../listing.ts";
import type { Workspace } from "../workspace.ts";
import { InventoryIndex, type Surroundings } from "./inventory-index.ts";
import { KnownFile, LatestFiles } from "./known-files.ts";
import { SignatureChecks } from "./signature-checks.ts";

/**
 * The bytes of all files that are compared: some forty thousand certificates, kept as long as the workspace is. What goes beyond is
 * judged by itself.
 */
const MAXIMUM_BYTES = 64 * 1024 * 1024;

export class Inventory {
  readonly #workspace: Workspace;
  readonly #listing: Listing;
  /** Those that others are compared with. */
  readonly #files: Map<string, KnownFile>;
  /** The one that was asked for last of those of which nobody has a use: however long they are, no more of them is kept. */
  #unlike: KnownFile | undefined;
  readonly #checks: SignatureChecks;
  readonly #latest = new LatestFiles();
  /** Folders that a linted file lies in, though the listing does not reach them. */
  readonly #visited: Set<string>;
  #index: { readonly moment: number; readonly made: Promise<InventoryIndex> } | undefined;

  constructor(workspace: Workspace, listing: Listing, from?: Inventory) {
    this.#workspace = workspace;
    this.#listing = listing;
    this.#files = new Map(from ? from.#files : []);
    this.#checks = new SignatureChecks(workspace.host.verifySignature, from ? from.#checks : undefined);
    this.#visited = new Set(from ? from.#visited : []);
    this.#index = from ? from.#index : undefined;
  }

  /** Empty: everything. */
  forget(paths: readonly string[]): void {
    this.#index = undefined;
    this.#unlike = undefined;
    if (paths.length === 0) this.#files.clear();
    for (const path of paths) this.#files.delete(path);
  }

  async around(path: string, file: CertificateFile, signal: AbortSignal | undefined): Promise<Surroundings> {
    const index = await this.#current(folderOf(path));
    signal?.throwIfAborted();
    const neighbours = index.around(path, (signed, by) => this.#checks.known(signed, by));
    if (!(await this.#checks.make(file, neighbours, breath(signal))))
      neighbours.cuts.add("some of its signatures are not checked, because it takes too many");
    return neighbours;
  }

  /** A file as others name it; undefined where it cannot be read. */
  async placeOf(path: string): Promise<NeighbourFile | undefined> {
    return this.#read(path);
  }

  /** A file as those who compare see it: opened once, until somebody says that it changed. */
  async contentOf(path: string): Promise<Content> {
    const { files } = this.#workspace;
    return this.#unchanged(path)?.content ?? files.read(path);
  }

  /** What a file says with this content; read once for those who compare it and for those who judge it. */
  contentsOf(path: string, content: Content, bytes: Uint8Array): CertificateFile {
    return this.#know(path, content, bytes).own;
  }

  async #current(folder: string): Promise<InventoryIndex> {
    const { moment } = this.#workspace;
    if (this.#index?.moment !== moment) this.#index = { moment, made: this.#build() };
    const index = await this.#index.made;
    if (index.hasFolder(folder) || this.#visited.has(folder)) return index;
    this.#visited.add(folder);
    this.#index = { moment, made: this.#build() };
    return this.#index.made;
  }

  async #build(): Promise<InventoryIndex> {
    const pause = breath(undefined);
    const index = new InventoryIndex();
    const paths = await this.#paths();
    let left = MAXIMUM_BYTES;
    for (const [number, path] of paths.entries()) {
      if (left < 0) {
        const others = paths.length - number;
        this.#workspace.host.log(
          "trace",
          `${path}: this and ${others - 1} more certificate files are judged by themselves, for those before them have ${MAXIMUM_BYTES} bytes`,
        );
        index.leaveOut(paths.slice(number));
        break;
      }
      await pause.take();
      const known = await this.#read(path);
      if (known === undefined) continue;
      index.add(known);
      if (known.isCompared) left -= known.bytes.length;
    }
    return index;
  }

  /** What the listing has, and what git ignores beside it: keys are there, and often the files of an authority. */
  async #paths(): Promise<readonly string[]> {
    const listed = await this.#listing.certificates();
    const { files, configurations } = this.#workspace;
    const paths = new Set(listed);
    for (const folder of new Set([...listed.map(folderOf), ...this.#visited])) {
      for (const { name, folder: inner, link } of (await files.readFolder(folder)) ?? []) {
        const path = `${folder === "/" ? "" : folder}/${name}`;
        if (inner || link || kindByName(path) !== "certificates" || paths.has(path)) continue;
        if (!(await configurations.excluded(path, false))) paths.add(path);
      }
    }
    for (const path of files.openPaths()) if (kindByName(path) === "certificates") paths.add(path);
    return [...paths].sort();
  }

  async #read(path: string): Promise<KnownFile | undefined> {
    const known = this.#unchanged(path);
    if (known !== undefined) return known;
    const content = await this.#workspace.files.read(path);
    const bytes = bytesOf(content);
    return bytes && this.#know(path, content, bytes);
  }

  /** What is open changes without a word to us. */
  #unchanged(path: string): KnownFile | undefined {
    const known = this.#known(path);
    return known?.content.kind === "bytes" && !this.#workspace.files.isOpen(path) ? known : undefined;
  }

  #known(path: string): KnownFile | undefined {
    return this.#files.get(path) ?? (this.#unlike?.path === path ? this.#unlike : undefined);
  }

  #know(path: string, content: Content, bytes: Uint8Array): KnownFile {
    const known = this.#known(path);
    if (known !== undefined && (known.content === content || fingerprint(known.content) === fingerprint(content))) return known;
    const shown = relativePath(this.#workspace.packages.top(path), path) ?? path;
    const made = new KnownFile(path, shown, content, bytes, this.#latest);
    if (made.isCompared) this.#files.set(path, made);
    else {
      this.#files.delete(path);
      this.#unlike = made;
    }
    return made;
  }
}
