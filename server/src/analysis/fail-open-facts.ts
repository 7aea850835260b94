/** What is stated of a program that goes on without TLS, or without a part of it. */
import type { Conjunction, Value } from "../flow/index.ts";
import type { Fact, FactOf, Place, RelatedPlace } from "../tls/facts.ts";
import { failedIn } from "./conditions.ts";
import type { Half } from "./half-configured.ts";
import type { ModelObject } from "./model-object.ts";
import type { Path } from "./path-conditions.ts";

export type Loss = FactOf<"fail-open">["loses"];

export interface Attempt {
  readonly call: string;
  readonly related: readonly RelatedPlace[];
}

export const NO_ATTEMPT: Attempt = { call: "", related: [] };

interface Failure {
  readonly loses: Loss;
  readonly failed: Attempt;
  readonly half?: Half;
  /** Any other text than these means that. */
  readonly words?: readonly string[];
  /** The server said that it has no TLS. */
  readonly declined?: true;
  readonly path: Path;
}

export function state(object: ModelObject, place: Place, draft: number, { loses, failed, half, words, declined, path }: Failure): void {
  const { call } = failed;
  const fact: Fact = {
    kind: "fail-open",
    loses,
    call,
    ...(half !== undefined && { half: half.of }),
    ...(words !== undefined && { words }),
    ...(declined !== undefined && { declined }),
  };
  const asked = (half?.asked ?? [])
    .filter((it) => !isSamePlace(it, place))
    .map((it) => ({ ...it, message: "one of them alone is ignored here" }));
  const related = [...failed.related, ...asked];
  object.events.push({ kind: fact.kind, facts: { any: [fact] }, place, related, path, byDefault: false, draft });
}

const isSamePlace = (a: Place, b: Place): boolean => a.file === b.file && a.span.start === b.span.start;

/** Calls that have failed under it. */
export const failuresIn = ({ atoms }: Conjunction): readonly Value[] =>
  atoms.flatMap(({ value, holds }) => (value === undefined ? [] : (failedIn(value, holds) ?? [])));
