/** Which summaries were made of which: what has to be made again when a body is another one. */
import type { FunctionId } from "./value.ts";

export class Dependents {
  readonly #users = new Map<FunctionId, Set<FunctionId>>();

  /** The summary of `user` was made of that of `id`. */
  add(id: FunctionId, user: FunctionId): void {
    this.#users.set(id, (this.#users.get(id) ?? new Set()).add(user));
  }

  /** Those that are others, of these and of what was used, and all that was made of them. */
  of(ids: Iterable<FunctionId>, isOther: (id: FunctionId) => boolean): ReadonlySet<FunctionId> {
    const found = new Set([...ids, ...this.#users.keys()].filter(isOther));
    for (const id of found) for (const user of this.#users.get(id) ?? []) found.add(user);
    return found;
  }

  /** Of what these were made, in turn, and they. */
  usedBy(ids: Iterable<FunctionId>): ReadonlySet<FunctionId> {
    const used = new Map<FunctionId, FunctionId[]>();
    for (const [id, users] of this.#users) for (const user of users) used.set(user, [...(used.get(user) ?? []), id]);
    const found = new Set(ids);
    for (const it of found) for (const more of used.get(it) ?? []) found.add(more);
    return found;
  }

  forget(gone: ReadonlySet<FunctionId>): void {
    for (const users of this.#users.values()) for (const it of users) if (gone.has(it)) users.delete(it);
  }
}
