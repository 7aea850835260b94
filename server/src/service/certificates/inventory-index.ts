/** What is compared across certificate files, found by what it has in common: key, name, serial number, issuer, the name of its file. */
import type { Certificate, Parsed, PrivateKey, RevocationList } from "../../pki/index.ts";
import { folderOf } from "../../project/index.ts";
import { stemOf } from "../../rules/files/context.ts";
import type { Neighbour, NeighbourFile, Neighbours } from "../../rules/rule.ts";
import { AlikeBy, type Compared } from "./alike.ts";
import { numberOf } from "./compared-facts.ts";
import { type KnownFile, KnownSection } from "./known-files.ts";

/** Whoever looks through what is alike stays quick, though a workspace holds thousands of a name. */
const MOST_COMPARED = 64;
/** Lists of one issuer in other files: each is a question of its own to what they revoke. */
const MOST_LISTS = 2000;

const BEYOND = "it is judged by itself, for the certificate files before it fill the room for what is compared";

/** What else is known of the workspace, and in what it was not compared with all of it: found out while it is asked. */
export interface Surroundings extends Neighbours {
  readonly cuts: Set<string>;
}

export class InventoryIndex {
  readonly #paths = new Set<string>();
  readonly #folders = new Set<string>();
  readonly #byStem = new AlikeBy<NeighbourFile>(MOST_COMPARED);
  readonly #bySubject = new AlikeBy<Neighbour<Certificate>>(MOST_COMPARED);
  readonly #byIssuer = new AlikeBy<Neighbour<Certificate>>(MOST_COMPARED);
  readonly #byNumber = new AlikeBy<Neighbour<Certificate>>(MOST_COMPARED);
  readonly #byKey = new AlikeBy<Neighbour<Certificate>>(MOST_COMPARED);
  readonly #keys = new AlikeBy<Neighbour<PrivateKey>>(MOST_COMPARED);
  readonly #lists = new AlikeBy<Neighbour<RevocationList>>(MOST_LISTS);
  #closedKeys = false;
  /** Files that are judged by themselves. */
  #beyond: ReadonlySet<string> = new Set();

  add(known: KnownFile): void {
    const { facts } = known;
    if (facts === undefined) return;
    const folder = folderOf(known.path);
    this.#paths.add(known.path);
    this.#folders.add(folder);
    const stem = stemOf(known.path);
    // Whoever looks for a file of a name looks for its certificate.
    if (stem !== undefined && facts.some((it) => it.kind === "certificate")) this.#byStem.add(`${folder}/${stem}`, known);
    for (const fact of facts) {
      if (fact.kind === "certificate") {
        const it = new KnownSection(known, fact, isCertificate);
        this.#bySubject.add(fact.subject, it);
        this.#byIssuer.add(fact.issuer, it);
        this.#byNumber.add(fact.number, it);
        this.#byKey.add(fact.pin, it);
      } else if (fact.kind === "key") this.#keys.add(fact.pin, new KnownSection(known, { at: fact.at, alone: undefined }, isPrivateKey));
      else if (fact.kind === "closed key") this.#closedKeys = true;
      else this.#lists.add(fact.issuer, new KnownSection(known, fact, isRevocationList));
    }
  }

  /** `paths`: of files that there was no room for. */
  leaveOut(paths: readonly string[]): void {
    this.#beyond = new Set(paths);
  }

  hasFolder(folder: string): boolean {
    return this.#folders.has(folder);
  }

  /** As seen from one of the files: what lies in itself is left out. */
  around(path: string, signature: Neighbours["signature"]): Surroundings {
    const cuts = new Set<string>(this.#beyond.has(path) ? [BEYOND] : []);
    const others = <T extends NeighbourFile>({ found, cut }: Compared<T>, what: string): readonly T[] => {
      if (cut) cuts.add(`it is compared with ${found.length} ${what} in other files of the workspace, and there are more`);
      return found;
    };
    return {
      named: (subject) => others(this.#bySubject.beside(path, subject), "certificates of one name"),
      issuedBy: (subject) => others(this.#byIssuer.beside(path, subject), "certificates of one issuer"),
      numbered: (it) => others(this.#byNumber.beside(path, numberOf(it)), "certificates of one issuer and serial number"),
      withKey: (pin) => others(this.#byKey.beside(path, pin), "certificates of one key"),
      keys: (pin) => others(this.#keys.beside(path, pin), "copies of one private key"),
      closedKeys: this.#closedKeys,
      holdsLists: this.#lists.size > 0,
      listsOf: (issuer) => others(this.#lists.beside(path, issuer), "revocation lists of one issuer"),
      holds: (file) => this.#paths.has(file),
      called: (stem) => others(this.#byStem.beside(path, `${folderOf(path)}/${stem}`), "files of one name"),
      signature,
      cuts,
    };
  }
}

const isCertificate = (parsed: Parsed | undefined): parsed is Certificate => parsed?.kind === "certificate";
const isPrivateKey = (parsed: Parsed | undefined): parsed is PrivateKey => parsed?.kind === "private-key";
const isRevocationList = (parsed: Parsed | undefined): parsed is RevocationList => parsed?.kind === "revocation-list";
