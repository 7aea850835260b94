/** Bodies of functions and closures, as long as they are evaluated, what is asked of them later, and whom they name. */

import { type Head, Heads } from "./heads.ts";
import { namedIn } from "./named-callees.ts";
import type { Callable, Program } from "./names.ts";
import type { FunctionId } from "./value.ts";

export class BodiesMet {
  #program: Program;
  readonly #callables = new Map<FunctionId, Callable>();
  readonly #heads = new Heads();
  readonly #callees = new Map<FunctionId, Set<FunctionId>>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** Of another program, in which these bodies stand elsewhere, or are others. */
  continueWith(program: Program, isOther: (id: FunctionId) => boolean): void {
    this.#program = program;
    for (const known of [this.#callables, this.#heads]) for (const id of known.keys()) if (isOther(id)) known.delete(id);
  }

  /** `outer|2` is the third closure of `outer`. */
  callable(id: FunctionId): Callable | undefined {
    this.#program.looks.at(id);
    const known = this.#callables.get(id);
    if (known !== undefined) return known;
    const end = id.lastIndexOf("|");
    const body = end < 0 ? undefined : this.callable(id.slice(0, end))?.body.closures[Number(id.slice(end + 1))];
    const found = end < 0 ? this.#program.callable(id) : body && { body, declared: undefined };
    if (found !== undefined) this.#callables.set(id, found);
    return found;
  }

  head(id: FunctionId): Head | undefined {
    this.#program.looks.at(id);
    const known = this.#heads.get(id);
    const body = known === undefined ? this.callable(id)?.body : undefined;
    return body === undefined ? known : this.#heads.note(id, body);
  }

  /** Its head is known, whatever becomes of it. */
  note(id: FunctionId, { body }: Callable): void {
    this.#heads.note(id, body);
  }

  /** As far as names tell; values add to them. */
  callees(id: FunctionId): Set<FunctionId> {
    const known = this.#callees.get(id);
    if (known !== undefined) return known;
    const found = new Set<FunctionId>();
    this.#callees.set(id, found);
    const body = this.callable(id)?.body;
    if (body !== undefined) for (const it of namedIn(id, body, this.#program.names)) found.add(it);
    return found;
  }

  /** Undefined where nobody has asked yet. */
  knownCallees(id: FunctionId): Set<FunctionId> | undefined {
    return this.#callees.get(id);
  }

  /** Of what has a summary the body and what is in it can be had again, and is rarely asked for. */
  release(id: FunctionId): void {
    this.#callables.delete(id);
    this.#callees.delete(id);
    this.#program.release(id);
  }

  forget(id: FunctionId): void {
    for (const known of [this.#callables, this.#heads, this.#callees]) known.delete(id);
  }
}
