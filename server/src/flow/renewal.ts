/**
 * After an edit: changed bodies are made again, and of what was made of them only what was made of something that is another now, callees
 * first. Most edits end where they begin.
 */
import { componentsOf } from "./components.ts";
import type { Dependents } from "./dependents.ts";
import { isSame, type Made } from "./made.ts";
import type { FunctionId } from "./value.ts";

export interface Renewable {
  readonly dependents: Dependents;
  /** Those that are made together: a function, or all that call each other. */
  madeWith(id: FunctionId): readonly FunctionId[];
  made(id: FunctionId): Made | undefined;
  forget(ids: readonly FunctionId[]): void;
  make(id: FunctionId): void;
}

export interface Renewed {
  /** Those with other bodies, and all that was made of them. */
  readonly touched: ReadonlySet<FunctionId>;
  /** Of these, those that are others now, and all that was made of one that is. */
  readonly affected: ReadonlySet<FunctionId>;
}

/** `changed`: with other bodies, or none. */
export function renew(of: Renewable, changed: Iterable<FunctionId>): Renewed {
  const { dependents } = of;
  const first = new Set([...changed].flatMap((it) => of.madeWith(it)));
  const touched = dependents.of(first);
  const renewal = new Renewal(of);
  // None of them is made of what another was.
  renewal.forget(first);
  for (const it of first) renewal.make(it);
  renewal.goOn();
  if (!renewal.closesCycle) return { touched, affected: dependents.of(renewal.different) };
  const all = dependents.of(touched);
  of.forget([...all]);
  return { touched: all, affected: all };
}

class Renewal {
  /** Functions call each other now that did not: they have to be made together, with all that was made of them. */
  closesCycle = false;
  readonly different = new Set<FunctionId>();
  readonly #of: Renewable;
  /** Whoever used something before he was forgotten may do so again. */
  readonly #unmade = new Set<FunctionId>();
  readonly #before = new Map<FunctionId, { readonly made: Made | undefined; readonly used: ReadonlySet<FunctionId> }>();

  constructor(of: Renewable) {
    this.#of = of;
  }

  forget(ids: Iterable<FunctionId>): void {
    const all = [...ids];
    for (const it of all) this.#before.set(it, { made: this.#of.made(it), used: new Set(this.#of.dependents.used(it)) });
    for (const it of all) this.#unmade.add(it);
    this.#of.forget(all);
  }

  /** What was forgotten, if nobody has asked for it yet. True if it is another one now. */
  make(id: FunctionId): boolean {
    this.#of.make(id);
    this.#unmade.delete(id);
    this.closesCycle ||= this.#isInNewCycle(id);
    const isDifferent = !isSame(this.#before.get(id)?.made, this.#of.made(id));
    if (isDifferent) this.different.add(id);
    return isDifferent;
  }

  /** Whoever uses what is another one now, and so on. */
  goOn(): void {
    const { dependents } = this.#of;
    const above = dependents.of(this.different);
    const order = componentsOf(above, (id) => [...dependents.used(id)].filter((it) => above.has(it))).flat();
    const rank = new Map(order.map((it, at) => [it, at]));
    const waiting = new Set<FunctionId>();
    const wait = (id: FunctionId): number => {
      const together = this.#of.madeWith(id);
      const others = [...dependents.users(id)].filter((it) => !together.includes(it) && this.#isOlder(it, id));
      const users = others.flatMap((it) => this.#of.madeWith(it));
      const fresh = new Set(users.filter((it) => !waiting.has(it)));
      for (const it of fresh) {
        waiting.add(it);
        if (!rank.has(it)) rank.set(it, order.push(it) - 1);
      }
      this.forget(fresh);
      return Math.min(...[...fresh].map((it) => rank.get(it) ?? 0));
    };
    let at = Math.min(...[...this.different].map(wait));
    while (at < order.length && !this.closesCycle) {
      const id = order[at++];
      if (id === undefined || !waiting.has(id)) continue;
      this.#of.make(id);
      // Whoever is made along with it is known now, too.
      const made = [id, ...this.#of.madeWith(id)].filter((it) => waiting.delete(it));
      const different = made.filter((it) => this.make(it));
      at = Math.min(at, ...different.map(wait));
    }
  }

  /** Made of what the other was before. */
  #isOlder(id: FunctionId, than: FunctionId): boolean {
    const [made, other] = [this.#of.made(id), this.#of.made(than)];
    return made !== undefined && (other === undefined || made.order < other.order);
  }

  /** What it uses since then uses it in turn, and is not made with it. */
  #isInNewCycle(id: FunctionId): boolean {
    const { dependents } = this.#of;
    const before = this.#before.get(id)?.used;
    if ([...dependents.used(id)].every((it) => before?.has(it) === true)) return false;
    const above = new Set([id]);
    for (const of of above) {
      for (const it of dependents.users(of)) above.add(it);
      for (const it of this.#unmade) if (this.#before.get(it)?.used.has(of) === true) above.add(it);
    }
    const below = dependents.usedBy([id]);
    const together = this.#of.madeWith(id);
    return [...above].some((it) => below.has(it) && !together.includes(it));
  }
}
