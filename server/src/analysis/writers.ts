/** What gives the locals of a body their values, and the literals among it. */
import type { Value } from "../flow/index.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";

/** Of texts that are written down in one body; undefined where others are in it. */
export function textOf({ pieces }: Extract<Operation, { readonly kind: "format" }>, body: Body): string | undefined {
  const texts = pieces.map((it) => {
    const [only, ...others] = typeof it === "string" ? [] : (writersOf(body).get(it) ?? []);
    if (typeof it === "string") return it;
    const literal = others.length === 0 && only?.operation.kind === "constant" ? only.operation.literal : undefined;
    return literal === undefined || literal.type === "other" ? undefined : `${literal.value}`;
  });
  return texts.includes(undefined) ? undefined : texts.join("");
}

interface Writer {
  readonly operation: Operation;
  /** It gives the local its value; if not, it is a method that is called on it. */
  readonly gives: boolean;
}

const writersIn = new WeakMap<Body, ReadonlyMap<Local, readonly Writer[]>>();

/** By local: a body of ten thousand arms is asked for each of them. */
export function writersOf(body: Body): ReadonlyMap<Local, readonly Writer[]> {
  const known = writersIn.get(body);
  if (known !== undefined) return known;
  const found = new Map<Local, Writer[]>();
  const add = (local: Local, writer: Writer): void => {
    const writers = found.get(local);
    if (writers === undefined) found.set(local, [writer]);
    else writers.push(writer);
  };
  for (const { operations } of body.blocks)
    for (const operation of operations) {
      const to = operation.kind === "store" ? operation.place.local : operation.to;
      add(to, { operation, gives: true });
      if (operation.kind === "method" && operation.receiver.local !== to) add(operation.receiver.local, { operation, gives: false });
    }
  writersIn.set(body, found);
  return found;
}

/** It is a constant of this value. */
export const isLiteral = (operation: Operation | undefined, value: Value | undefined): boolean =>
  operation?.kind === "constant" &&
  operation.literal.type !== "other" &&
  value?.kind === "constant" &&
  operation.literal.value === value.value;
