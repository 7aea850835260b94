/** What a module or block declares, by name. */
import type { ImplItem, Import, Item, TraitItem, UseItem } from "./ast.ts";
import type { Scope } from "./scopes.ts";

interface NameTable {
  /** In the order of the text; `cfg` twins share a name. */
  readonly named: ReadonlyMap<string, readonly Entry[]>;
  readonly globs: readonly Import[];
}
export type Entry =
  | { readonly kind: "item"; readonly item: Item }
  | { readonly kind: "import"; readonly import: Import; readonly use: UseItem };

/** That of each scope, made when somebody asks. */
export class NameTables {
  readonly #tables = new WeakMap<Scope, NameTable>();

  of(scope: Scope): NameTable {
    const known = this.#tables.get(scope);
    if (known !== undefined) return known;
    const table = tableOf(scope.items);
    this.#tables.set(scope, table);
    return table;
  }
}

function tableOf(items: readonly Item[]): NameTable {
  const named = new Map<string, Entry[]>();
  const globs: Import[] = [];
  const add = (name: string, entry: Entry) => {
    const list = named.get(name);
    if (list === undefined) named.set(name, [entry]);
    else list.push(entry);
  };
  for (const item of expanded(items)) {
    if (item.kind === "use") {
      for (const one of item.imports) {
        if (one.name === undefined) globs.push(one);
        else if (one.name !== "_") add(one.name, { kind: "import", import: one, use: item });
      }
    } else if (item.kind !== "impl" && item.name !== undefined && item.name !== "") add(item.name, { kind: "item", item });
  }
  return { named, globs };
}

/** The items, with those that macro calls in item place show. What `macro_rules!` holds (it has a name) is declared nowhere. */
export function expanded(items: readonly Item[]): readonly Item[] {
  if (!items.some((it) => it.kind === "other")) return items;
  return items.flatMap((it) => (it.kind === "other" && it.name === undefined ? expanded(it.items) : [it]));
}

/** Whether a module's text takes a file in by `include!`. */
export const takesIn = ({ source }: Scope, file: string): boolean =>
  source.text.includes("include!") && source.text.includes(file.slice(file.lastIndexOf("/") + 1));

/** What an impl block or a trait holds under a name. */
export function membersOf(holder: ImplItem | TraitItem, name: string): readonly Item[] {
  let named = members.get(holder);
  if (named === undefined) {
    named = new Map();
    for (const it of expanded(holder.items)) {
      if (!("name" in it) || it.name === undefined) continue;
      const list = named.get(it.name);
      if (list === undefined) named.set(it.name, [it]);
      else list.push(it);
    }
    members.set(holder, named);
  }
  return named.get(name) ?? [];
}

const members = new WeakMap<Item, Map<string, Item[]>>();

/** Kinds that may stand before `::`. */
export const HOLDERS: ReadonlySet<Item["kind"]> = new Set(["module", "enum", "struct", "trait", "type-alias", "extern-crate", "other"]);
export const isModule = (entry: Entry): boolean => entry.kind === "item" && entry.item.kind === "module";
