/** What is asked of a body again and again: what gives a local its value, and which operations stand where in the text. */
import type { Span } from "../base/span.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";

interface Writer {
  readonly operation: Operation;
  /** It gives the local its value; if not, it is a method that is called on it. */
  readonly gives: boolean;
}

const known = new WeakMap<Body, BodyIndex>();

export class BodyIndex {
  readonly #writers = new Map<Local, Writer[]>();
  readonly #at = new Map<string, Operation[]>();

  static of(body: Body): BodyIndex {
    const found = known.get(body) ?? new BodyIndex(body);
    known.set(body, found);
    return found;
  }

  private constructor({ blocks }: Body) {
    for (const it of blocks.flatMap(({ operations }) => operations)) {
      const to = it.kind === "store" ? it.place.local : it.to;
      add(this.#writers, to, { operation: it, gives: true });
      if (it.kind === "method" && it.receiver.local !== to) add(this.#writers, it.receiver.local, { operation: it, gives: false });
      add(this.#at, keyOf(it.span), it);
    }
  }

  /** The operation that makes a temporary; of a variable the first. */
  definition(local: Local): Operation | undefined {
    return this.writers(local).find(({ gives, operation }) => gives && operation.kind !== "store")?.operation;
  }

  /** What a local is given, and what is called on it, in their order. */
  writers(local: Local): readonly Writer[] {
    return this.#writers.get(local) ?? [];
  }

  /** Those that are written there, in their order. */
  at(span: Span): readonly Operation[] {
    return this.#at.get(keyOf(span)) ?? [];
  }
}

const keyOf = ({ start, end }: Span): string => `${start}-${end}`;

function add<K, V>(to: Map<K, V[]>, key: K, value: V): void {
  const known = to.get(key);
  if (known === undefined) to.set(key, [value]);
  else known.push(value);
}
