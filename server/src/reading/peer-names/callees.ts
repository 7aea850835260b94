/** Functions of the program that a name of the peer may go into, or come from. */
import type { Definition, Item } from "../../rust/index.ts";
import type { Machine } from "../machine.ts";

export function methodsNamed(machine: Machine, name: string): readonly Definition[] {
  let known = methods.get(machine);
  if (known === undefined) {
    known = new Map();
    methods.set(machine, known);
    for (const { item, scope } of machine.scopes.allImpls()) {
      if (item.kind !== "impl") continue;
      for (const it of item.items) {
        if (it.kind !== "function" || it.receiver === undefined) continue;
        const list = known.get(it.name) ?? [];
        known.set(it.name, list);
        list.push({ item: it, scope: machine.scopes.child(scope, item) });
      }
    }
  }
  return known.get(name) ?? [];
}

const methods = new WeakMap<Machine, Map<string, Definition[]>>();

/** Whether a function may have a name of the peer by itself. The same words are asked for throughout a program. */
export function asks({ item, scope }: Definition, telling: ReadonlySet<string>): boolean {
  let known = asking.get(telling);
  if (known === undefined) {
    known = new Map();
    asking.set(telling, known);
  }
  let found = known.get(item);
  if (found === undefined) {
    const text = scope.source.text.slice(item.span.start, item.span.end);
    found = [...telling].some((it) => text.includes(it));
    known.set(item, found);
  }
  return found;
}

const asking = new WeakMap<ReadonlySet<string>, Map<Item, boolean>>();
