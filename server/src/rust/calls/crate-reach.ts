/** Which crates can know what another declares: those that depend on it, directly or in turn, and itself. */
import type { Crate, CrateNode } from "../names/index.ts";

export class CrateReach {
  readonly #node: (id: string) => CrateNode | undefined;
  readonly #known = new Map<Crate, ReadonlySet<string>>();

  constructor(node: (id: string) => CrateNode | undefined) {
    this.#node = node;
  }

  /** Whether code of one may name, or have values of, what the other declares. */
  reaches(from: Crate, to: Crate): boolean {
    return this.#reached(from).has(to.node.id);
  }

  #reached(crate: Crate): ReadonlySet<string> {
    const known = this.#known.get(crate);
    if (known !== undefined) return known;
    const found = new Set([crate.node.id]);
    for (const id of found) for (const it of neededBy(this.#node(id))) found.add(it);
    this.#known.set(crate, found);
    return found;
  }
}

function neededBy(node: CrateNode | undefined): readonly string[] {
  const named = [...(node?.dependencies?.values() ?? [])].flatMap((it) => ("id" in it ? [it.id] : []));
  return node?.within === undefined ? named : [...named, node.within];
}
