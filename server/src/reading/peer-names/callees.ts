/** Functions of the program that a name of the peer may go into, or come from. */
import type { Definition } from "../../rust/index.ts";
import type { Machine } from "../machine.ts";

export function methodsNamed(machine: Machine, name: string): readonly Definition[] {
  return machine.scopes
    .allImpls()
    .flatMap(({ item, scope }) =>
      item.kind !== "impl"
        ? []
        : item.items.flatMap((it): readonly Definition[] =>
            it.kind === "function" && it.name === name && it.receiver !== undefined
              ? [{ item: it, scope: machine.scopes.child(scope, item) }]
              : [],
          ),
    );
}

/** Whether a function may have a name of the peer by itself. */
export function asks({ item, scope }: Definition, telling: ReadonlySet<string>): boolean {
  const text = scope.source.text.slice(item.span.start, item.span.end);
  return [...telling].some((it) => text.includes(it));
}
