/** What is asked of a body again and again: which operation gives a local its value, and which operations stand where in the text. */
import type { Span } from "../base/span.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";

const known = new WeakMap<Body, BodyIndex>();

export class BodyIndex {
  readonly #definitions = new Map<Local, Operation>();
  readonly #at = new Map<string, Operation[]>();

  static of(body: Body): BodyIndex {
    const found = known.get(body) ?? new BodyIndex(body);
    known.set(body, found);
    return found;
  }

  private constructor({ blocks }: Body) {
    for (const { operations } of blocks) {
      for (const it of operations) {
        if (it.kind !== "store" && !this.#definitions.has(it.to)) this.#definitions.set(it.to, it);
        const beside = this.#at.get(keyOf(it.span));
        if (beside === undefined) this.#at.set(keyOf(it.span), [it]);
        else beside.push(it);
      }
    }
  }

  /** The operation that makes a temporary; of a variable the first. */
  definition(local: Local): Operation | undefined {
    return this.#definitions.get(local);
  }

  /** Those that are written there, in their order. */
  at(span: Span): readonly Operation[] {
    return this.#at.get(keyOf(span)) ?? [];
  }
}

const keyOf = ({ start, end }: Span): string => `${start}-${end}`;
