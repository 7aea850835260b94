/** What is compared across certificate files, found by what it has in common: key, name, serial number, issuer, the name of its file. */
import type { Certificate, Parsed, PrivateKey, RevocationList } from "../../pki/index.ts";
import { folderOf } from "../../project/index.ts";
import { stemOf } from "../../rules/files/context.ts";
import type { Neighbour, NeighbourFile, Neighbours } from "../../rules/rule.ts";
import { type KnownFile, KnownSection } from "./known-files.ts";

/** Whoever looks through what is alike stays quick, though a workspace holds thousands of a name: so many are kept, and so many are shown. */
const MOST_ALIKE = 2000;
const MOST_COMPARED = 64;

export class InventoryIndex {
  readonly #paths = new Set<string>();
  readonly #folders = new Set<string>();
  readonly #byStem = new Map<string, NeighbourFile[]>();
  readonly #bySubject = new Map<string, Neighbour<Certificate>[]>();
  readonly #byNumber = new Map<string, Neighbour<Certificate>[]>();
  readonly #byKey = new Map<string, Neighbour<Certificate>[]>();
  readonly #keys = new Map<string, Neighbour<PrivateKey>[]>();
  readonly #lists = new Map<string, Neighbour<RevocationList>[]>();
  #closedKeys = false;

  add(known: KnownFile): void {
    const { sections } = known.own;
    if (sections.length === 0) return;
    const folder = folderOf(known.path);
    this.#paths.add(known.path);
    this.#folders.add(folder);
    const stem = stemOf(known.path);
    if (stem !== undefined) add(this.#byStem, `${folder}/${stem}`, known);
    for (const [at, { kind, parsed }] of sections.entries()) {
      if (parsed?.kind === "certificate") {
        const it = new KnownSection(known, at, isCertificate);
        add(this.#bySubject, parsed.subject.text, it);
        add(this.#byNumber, numberOf(parsed), it);
        add(this.#byKey, parsed.key.pin, it);
      } else if (parsed?.kind === "private-key" && parsed.pin !== undefined)
        add(this.#keys, parsed.pin, new KnownSection(known, at, isPrivateKey));
      else if (kind === "private-key" || kind === "key-store") this.#closedKeys = true;
      else if (parsed?.kind === "revocation-list") add(this.#lists, parsed.issuer.text, new KnownSection(known, at, isRevocationList));
    }
  }

  hasFolder(folder: string): boolean {
    return this.#folders.has(folder);
  }

  /** As seen from one of the files: what lies in itself is left out. */
  around(path: string, signature: Neighbours["signature"]): Neighbours {
    const others = <T extends NeighbourFile>(all: readonly T[] | undefined, most = MOST_COMPARED): readonly T[] => {
      const found: T[] = [];
      for (const it of all ?? []) {
        if (found.length === most) break;
        if (it.path !== path) found.push(it);
      }
      return found;
    };
    return {
      named: (subject) => others(this.#bySubject.get(subject)),
      numbered: (certificate) => others(this.#byNumber.get(numberOf(certificate))),
      withKey: (pin) => others(this.#byKey.get(pin)),
      keys: (pin) => others(this.#keys.get(pin)),
      closedKeys: this.#closedKeys,
      holdsLists: this.#lists.size > 0,
      listsOf: (issuer) => others(this.#lists.get(issuer), MOST_ALIKE),
      holds: (file) => this.#paths.has(file),
      called: (stem) => others(this.#byStem.get(`${folderOf(path)}/${stem}`)),
      signature,
    };
  }
}

const isCertificate = (parsed: Parsed | undefined): parsed is Certificate => parsed?.kind === "certificate";
const isPrivateKey = (parsed: Parsed | undefined): parsed is PrivateKey => parsed?.kind === "private-key";
const isRevocationList = (parsed: Parsed | undefined): parsed is RevocationList => parsed?.kind === "revocation-list";

/** Joined to one text: pieces would be kept as long as the index is. */
const numberOf = ({ serial, issuer }: Pick<Certificate, "serial" | "issuer">): string => [serial.hex, issuer.text].join(" ");

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (list.length < MOST_ALIKE) list.push(value);
}
