/** What lies in the certificate files of the workspace, so that one file can be judged beside the others. */
import {
  type Certificate,
  type CertificateFile,
  checkIssued,
  type PrivateKey,
  type PublicKey,
  type RevocationList,
  readCertificateFile,
  type SignatureCheck,
} from "../../pki/index.ts";
import { type Breath, breath, bytesOf, folderOf, kindByName, relativePath } from "../../project/index.ts";
import type { Neighbour, NeighbourFile, Neighbours } from "../../rules/rule.ts";
import { fingerprint } from "../content-key.ts";
import type { Listing } from "../listing.ts";
import type { Workspace } from "../workspace.ts";

/**
 * The bytes of all files that are compared: some forty thousand certificates, kept as long as the workspace is. What goes beyond is
 * judged by itself.
 */
const MAXIMUM_BYTES = 64 * 1024 * 1024;
/** Signatures checked for one file, and issuers tried for one certificate. */
const MAXIMUM_CHECKS = 100;
const MAXIMUM_ISSUERS = 8;

interface Index {
  readonly byFolder: ReadonlyMap<string, readonly NeighbourFile[]>;
  readonly bySubject: ReadonlyMap<string, readonly Neighbour<Certificate>[]>;
  readonly byNumber: ReadonlyMap<string, readonly Neighbour<Certificate>[]>;
  readonly byKey: ReadonlyMap<string, readonly Neighbour<Certificate>[]>;
  readonly keys: ReadonlyMap<string, readonly Neighbour<PrivateKey>[]>;
  readonly closedKeys: boolean;
  readonly lists: readonly Neighbour<RevocationList>[];
}

interface Kept {
  readonly key: string;
  readonly file: CertificateFile;
  readonly size: number;
}

export class Inventory {
  readonly #workspace: Workspace;
  readonly #listing: Listing;
  readonly #files: Map<string, Kept>;
  /** Pure: a fork shares it. */
  readonly #checks: Map<string, SignatureCheck>;
  /** Folders that a linted file lies in, though the listing does not reach them. */
  readonly #visited: Set<string>;
  #index: { readonly moment: number; readonly made: Promise<Index> } | undefined;

  constructor(workspace: Workspace, listing: Listing, from?: Inventory) {
    this.#workspace = workspace;
    this.#listing = listing;
    this.#files = new Map(from ? from.#files : []);
    this.#checks = from ? from.#checks : new Map();
    this.#visited = new Set(from ? from.#visited : []);
    this.#index = from ? from.#index : undefined;
  }

  /** Empty: everything. */
  forget(paths: readonly string[]): void {
    this.#index = undefined;
    if (paths.length === 0) this.#files.clear();
    for (const path of paths) this.#files.delete(path);
  }

  async around(path: string, file: CertificateFile, signal: AbortSignal | undefined): Promise<Neighbours> {
    const index = await this.#current(folderOf(path));
    signal?.throwIfAborted();
    const others = <T extends NeighbourFile>(all: readonly T[] | undefined): readonly T[] => (all ?? []).filter((it) => it.path !== path);
    const neighbours: Neighbours = {
      named: (subject) => others(index.bySubject.get(subject)),
      numbered: (certificate) => others(index.byNumber.get(numberOf(certificate))),
      withKey: (pin) => others(index.byKey.get(pin)),
      keys: (pin) => others(index.keys.get(pin)),
      closedKeys: index.closedKeys,
      lists: others(index.lists),
      beside: others(index.byFolder.get(folderOf(path))),
      signature: (signed, by) => this.#checks.get(pairOf(signed, by)) ?? "cannot tell",
    };
    await this.#check(file, neighbours, breath(signal));
    return neighbours;
  }

  /** A file as others name it; undefined where it cannot be read. */
  async placeOf(path: string): Promise<NeighbourFile | undefined> {
    const kept = await this.#read(path);
    return kept && { path, shown: this.#shown(path), file: kept.file };
  }

  #shown(path: string): string {
    return relativePath(this.#workspace.packages.top(path), path) ?? path;
  }

  /** Upwards from all that the file holds, wherever names and key identifiers lead. */
  async #check(file: CertificateFile, neighbours: Neighbours, pause: Breath): Promise<void> {
    const own = file.sections.flatMap(({ parsed, der }) => (parsed?.kind === "certificate" && der ? [{ parsed, der }] : []));
    const lists = file.sections.flatMap(({ parsed, der }) => (parsed?.kind === "revocation-list" && der ? [{ parsed, der }] : []));
    const issuers = new Set(own.map((it) => it.parsed.issuer.text));
    const theirs = neighbours.lists.flatMap(({ parsed, section: { der } }) =>
      der && issuers.has(parsed.issuer.text) ? [{ parsed, der }] : [],
    );
    for (const { parsed, der } of file.sections.slice(0, MAXIMUM_CHECKS)) {
      if (parsed?.kind !== "request" || der === undefined) continue;
      const pair = pairOf(parsed, parsed.key);
      await pause.take();
      if (!this.#checks.has(pair)) this.#checks.set(pair, await checkIssued(der, der, parsed.key));
    }
    const bySubject = new Map<string, typeof own>();
    for (const it of own) add(bySubject, it.parsed.subject.text, it);
    const queue: { readonly parsed: Certificate | RevocationList; readonly der: Uint8Array }[] = [...own, ...lists, ...theirs];
    const seen = new Set(queue.map((it) => it.parsed.fingerprint));
    let left = MAXIMUM_CHECKS;
    for (const child of queue) {
      if (left <= 0) break;
      await pause.take();
      const name = child.parsed.issuer.text;
      const named = neighbours.named(name).flatMap(({ parsed, section: { der } }) => (der ? [{ parsed, der }] : []));
      const candidates = [...(bySubject.get(name) ?? []), ...named].slice(0, MAXIMUM_ISSUERS);
      for (const issuer of candidates) {
        const pair = pairOf(child.parsed, issuer.parsed.key);
        if (!this.#checks.has(pair)) {
          left--;
          this.#checks.set(pair, await checkIssued(child.der, issuer.der, issuer.parsed.key));
        }
        if (seen.has(issuer.parsed.fingerprint)) continue;
        seen.add(issuer.parsed.fingerprint);
        queue.push(issuer);
      }
    }
  }

  async #current(folder: string): Promise<Index> {
    const { moment } = this.#workspace;
    if (this.#index?.moment !== moment) this.#index = { moment, made: this.#build() };
    const index = await this.#index.made;
    if (index.byFolder.has(folder) || this.#visited.has(folder)) return index;
    this.#visited.add(folder);
    this.#index = { moment, made: this.#build() };
    return this.#index.made;
  }

  async #build(): Promise<Index> {
    const pause = breath(undefined);
    const bySubject = new Map<string, Neighbour<Certificate>[]>();
    const byNumber = new Map<string, Neighbour<Certificate>[]>();
    const byKey = new Map<string, Neighbour<Certificate>[]>();
    const byFolder = new Map<string, NeighbourFile[]>();
    const keys = new Map<string, Neighbour<PrivateKey>[]>();
    const lists: Neighbour<RevocationList>[] = [];
    let closedKeys = false;
    const paths = await this.#paths();
    let left = MAXIMUM_BYTES;
    for (const [number, path] of paths.entries()) {
      if (left < 0) {
        const others = paths.length - number;
        this.#workspace.host.log(
          "trace",
          `${path}: this and ${others - 1} more certificate files are judged by themselves, for those before them have ${MAXIMUM_BYTES} bytes`,
        );
        break;
      }
      await pause.take();
      const kept = await this.#read(path);
      left -= kept?.size ?? 0;
      if (kept === undefined || kept.file.sections.length === 0) continue;
      const { file } = kept;
      const place = { path, shown: this.#shown(path), file };
      add(byFolder, folderOf(path), place);
      for (const section of file.sections) {
        const { parsed } = section;
        if (parsed?.kind === "certificate") {
          add(bySubject, parsed.subject.text, { ...place, section, parsed });
          add(byNumber, numberOf(parsed), { ...place, section, parsed });
          add(byKey, parsed.key.pin, { ...place, section, parsed });
        } else if (parsed?.kind === "private-key" && parsed.pin !== undefined) add(keys, parsed.pin, { ...place, section, parsed });
        else if (section.kind === "private-key" || section.kind === "key-store") closedKeys = true;
        else if (parsed?.kind === "revocation-list") lists.push({ ...place, section, parsed });
      }
    }
    return { byFolder, bySubject, byNumber, byKey, keys, closedKeys, lists };
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

  async #read(path: string): Promise<Kept | undefined> {
    const { files } = this.#workspace;
    const known = this.#files.get(path);
    if (known && !files.isOpen(path) && !known.key.startsWith("open:")) return known;
    const content = await files.read(path);
    const bytes = bytesOf(content);
    if (bytes === undefined) return undefined;
    const key = fingerprint(content);
    if (known?.key === key) return known;
    const read = { key, file: readCertificateFile(bytes), size: bytes.length };
    this.#files.set(path, read);
    return read;
  }
}

const pairOf = (signed: { readonly fingerprint: string }, by: PublicKey): string => `${signed.fingerprint} ${by.pin}`;

const numberOf = ({ serial, issuer }: Pick<Certificate, "serial" | "issuer">): string => `${serial.hex} ${issuer.text}`;

/** Whoever looks through what is alike stays quick, though a bundle holds thousands of a name. */
const MOST_ALIKE = 2000;

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (list.length < MOST_ALIKE) list.push(value);
}
