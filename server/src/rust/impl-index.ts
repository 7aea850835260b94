/** Which impl blocks may be a type's or a trait's: asked for every type of a program, of which large ones have thousands. */
import type { Item, Path, Type } from "./ast.ts";
import type { Definition, Scope } from "./scopes.ts";
import type { Target } from "./targets.ts";

type Resolve = (path: Path, scope: Scope) => readonly Target[];

export class ImplIndex {
  readonly #impls: readonly Definition[];
  readonly #byType = new Positions();
  readonly #byTrait = new Positions();

  constructor(impls: readonly Definition[], resolve: Resolve) {
    this.#impls = impls;
    for (const [at, { item, scope }] of impls.entries()) {
      if (item.kind !== "impl") continue;
      const type = pathOf(item.type);
      if (type !== undefined) this.#byType.add(at, isName(type) ? resolve(type, scope) : undefined);
      if (item.trait !== undefined) this.#byTrait.add(at, isName(item.trait) ? resolve(item.trait, scope) : undefined);
    }
  }

  /** In the order of the source; some of them may be another one's. */
  candidates(type: Definition): readonly Definition[] {
    const positions = type.item.kind === "trait" ? this.#byTrait : this.#byType;
    return positions.of(type).flatMap((at) => this.#impls[at] ?? []);
  }
}

/** By what a name means; what a longer path means can depend on impls itself, and is asked each time. */
class Positions {
  readonly #byItem = new Map<Item, number[]>();
  readonly #byScope = new Map<Scope, Map<string, number[]>>();
  readonly #asked: number[] = [];

  add(at: number, targets: readonly Target[] | undefined): void {
    if (targets === undefined) this.#asked.push(at);
    for (const it of targets ?? []) {
      if (it.kind !== "local") continue;
      const { item, scope } = it.definition;
      append(this.#byItem, item, at);
      const named = this.#byScope.get(scope) ?? new Map<string, number[]>();
      this.#byScope.set(scope, named);
      append(named, twinKey(item), at);
    }
  }

  of({ item, scope }: Definition): readonly number[] {
    const found = [...(this.#byItem.get(item) ?? []), ...(this.#byScope.get(scope)?.get(twinKey(item)) ?? []), ...this.#asked];
    return [...new Set(found)].sort((a, b) => a - b);
  }
}

/** `cfg` twins share it. */
const twinKey = (item: Item): string => `${item.kind} ${"name" in item ? item.name : ""}`;
const isName = (path: Path): boolean => path.self === undefined && path.segments.length === 1;

/** Of a type, or of what it refers to. */
export function pathOf(type: Type): Path | undefined {
  if (type.kind === "reference") return pathOf(type.inner);
  return type.kind === "path" ? type.path : undefined;
}

function append<K>(lists: Map<K, number[]>, key: K, at: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [at]);
  else list.push(at);
}
