/** Which summaries were made of which: what has to be made again when a body is another one. */
import type { FunctionId } from "./value.ts";

export class Dependents {
  readonly #users = new Map<FunctionId, Set<FunctionId>>();
  readonly #used = new Map<FunctionId, Set<FunctionId>>();

  /** The summary of `user` was made of that of `id`. */
  add(id: FunctionId, user: FunctionId): void {
    note(this.#users, id, user);
    note(this.#used, user, id);
  }

  users(id: FunctionId): ReadonlySet<FunctionId> {
    return this.#users.get(id) ?? NOBODY;
  }

  used(id: FunctionId): ReadonlySet<FunctionId> {
    return this.#used.get(id) ?? NOBODY;
  }

  /** All that summaries were made of: some of it has none. */
  get all(): Iterable<FunctionId> {
    return this.#users.keys();
  }

  /** These, and all that was made of them, in turn. */
  of(ids: Iterable<FunctionId>): ReadonlySet<FunctionId> {
    const found = new Set(ids);
    for (const id of found) for (const user of this.users(id)) found.add(user);
    return found;
  }

  /** These, and of what they were made, in turn. */
  usedBy(ids: Iterable<FunctionId>): ReadonlySet<FunctionId> {
    const found = new Set(ids);
    for (const id of found) for (const it of this.used(id)) found.add(it);
    return found;
  }

  /** A summary is made again, or not any more. */
  forget(user: FunctionId): void {
    for (const id of this.used(user)) this.#users.get(id)?.delete(user);
    this.#used.delete(user);
  }
}

const NOBODY: ReadonlySet<FunctionId> = new Set();

function note(of: Map<FunctionId, Set<FunctionId>>, key: FunctionId, id: FunctionId): void {
  const known = of.get(key);
  if (known === undefined) of.set(key, new Set([id]));
  else known.add(id);
}
