/** Where a body takes a field out of what it is given, and under which conditions. */
import type { Operation, Place } from "../rust/bodies/index.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Condition, Value } from "./value.ts";
import type { Watcher } from "./watcher.ts";

export interface FieldRead {
  readonly operation: Operation;
  /** Of what. */
  readonly of: Value;
  readonly condition: Condition;
}

export class FieldReads implements Watcher {
  readonly #field: string;
  /** The last time that an operation is evaluated is what holds. */
  readonly #found = new Map<Operation, FieldRead>();

  constructor(field: string) {
    this.#field = field;
  }

  get all(): readonly FieldRead[] {
    return [...this.#found.values()];
  }

  before({ frame, condition }: Evaluation, operation: Operation): void {
    const place = placeReadBy(operation);
    const at = place?.path.findIndex((it) => (it.kind === "field" || it.kind === "payload") && it.name === this.#field) ?? -1;
    if (place === undefined || at < 0) return;
    const of = frame.load(frame.read({ local: place.local, path: place.path.slice(0, at) }));
    this.#found.set(operation, { operation, of, condition });
  }
}

/** What it reads a part of. */
export function placeReadBy(operation: Operation): Place | undefined {
  switch (operation.kind) {
    case "copy":
      return operation.from;
    case "reference":
    case "test":
      return operation.place;
    case "method":
      return operation.receiver;
    default:
      return undefined;
  }
}
