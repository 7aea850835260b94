/** What is compared across certificate files, found by what it has in common: key, name, serial number, issuer, the name of its file. */
import type { Certificate, Parsed, PrivateKey, RevocationList } from "../../pki/index.ts";
import { folderOf } from "../../project/index.ts";
import { stemOf } from "../../rules/files/context.ts";
import type { Neighbour, NeighbourFile, Neighbours } from "../../rules/rule.ts";
import { numberOf } from "./compared-facts.ts";
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
    const { facts } = known;
    if (facts === undefined) return;
    const folder = folderOf(known.path);
    this.#paths.add(known.path);
    this.#folders.add(folder);
    const stem = stemOf(known.path);
    if (stem !== undefined) add(this.#byStem, `${folder}/${stem}`, known);
    for (const fact of facts) {
      if (fact.kind === "certificate") {
        const it = new KnownSection(known, fact.at, isCertificate);
        add(this.#bySubject, fact.subject, it);
        add(this.#byNumber, fact.number, it);
        add(this.#byKey, fact.pin, it);
      } else if (fact.kind === "key") add(this.#keys, fact.pin, new KnownSection(known, fact.at, isPrivateKey));
      else if (fact.kind === "closed key") this.#closedKeys = true;
      else add(this.#lists, fact.issuer, new KnownSection(known, fact.at, isRevocationList));
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

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (list.length < MOST_ALIKE) list.push(value);
}
