/** Which files have to do with each other: those of one package, and of packages of which one depends on the other, over others, too. */
import type { DefinitionMaps } from "../rust/index.ts";

type Crates = DefinitionMaps["crates"];

/** `folders`: of the packages of files; a file of no package has to do with those that are read with it. */
export function relatedFiles(
  paths: Iterable<string>,
  crates: Crates,
  folders: ReadonlyMap<string, string | undefined>,
): readonly (readonly string[])[] {
  const wanted = new Set(paths);
  const groups = new Groups();
  const holding = new Map<string, string>();
  for (const { node, modules } of crates) {
    const own = modules.flatMap((it) => it.files).filter((it) => wanted.has(it));
    const [first] = own;
    if (first === undefined) continue;
    holding.set(node.id, first);
    for (const it of own) groups.join(first, it);
  }
  const firstIn = new Map<string, string>();
  for (const path of wanted) {
    const folder = folders.get(path);
    if (folder === undefined) continue;
    groups.join(firstIn.get(folder) ?? path, path);
    if (!firstIn.has(folder)) firstIn.set(folder, path);
  }
  const nodes = new Map(crates.map(({ node }) => [node.id, node]));
  for (const { node } of crates) {
    const own = holding.get(node.id);
    for (const id of own === undefined ? [] : reachedBy(node.id, nodes)) {
      const other = holding.get(id);
      if (own !== undefined && other !== undefined) groups.join(own, other);
    }
  }
  return groups.of(wanted);
}

function reachedBy(id: string, nodes: ReadonlyMap<string, Crates[number]["node"]>): ReadonlySet<string> {
  const found = new Set([id]);
  for (const it of found) for (const on of nodes.get(it)?.dependencies?.values() ?? []) if ("id" in on) found.add(on.id);
  return found;
}

class Groups {
  readonly #leaders = new Map<string, string>();

  join(a: string, b: string): void {
    this.#leaders.set(this.#leader(a), this.#leader(b));
  }

  of(all: Iterable<string>): readonly (readonly string[])[] {
    const found = new Map<string, string[]>();
    for (const it of all) found.set(this.#leader(it), [...(found.get(this.#leader(it)) ?? []), it]);
    return [...found.values()];
  }

  #leader(of: string): string {
    let found = of;
    for (let next = this.#leaders.get(found); next !== undefined && next !== found; next = this.#leaders.get(found)) found = next;
    return found;
  }
}
