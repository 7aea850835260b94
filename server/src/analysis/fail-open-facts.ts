/** What is stated of a program that goes on without TLS, or without a part of it. */
import type { Conjunction, Value } from "../flow/index.ts";
import type { Fact, FactOf, FailureCause, Place, RelatedPlace } from "../tls/facts.ts";
import { failedIn } from "./failed-questions.ts";
import type { Half } from "./half-configured.ts";
import type { ModelObject } from "./model-object.ts";
import { type Atom, type Path, sameAtom } from "./path-conditions.ts";

export type Loss = FactOf<"fail-open">["loses"];

export interface Attempt {
  readonly call: string;
  readonly related: readonly RelatedPlace[];
}

type CauseOf<K extends FailureCause["kind"]> = Extract<FailureCause, { readonly kind: K }>;

interface Failure {
  readonly loses: Loss;
  readonly cause: FailureCause;
  readonly related?: readonly RelatedPlace[];
  readonly path: Path;
}

/** An attempt has failed. */
export const failing = ({ call, related }: Attempt): Pick<Failure, "cause" | "related"> => ({ cause: { kind: "attempt", call }, related });

/** Only one of two options is given. `at`: where that is told of. */
export const halved = ({ of, asked }: Half, at: Place): Pick<Failure, "related"> & { readonly cause: CauseOf<"half"> } => ({
  cause: { kind: "half", ...of },
  related: asked.filter((it) => !isSamePlace(it, at)).map((it) => ({ ...it, message: "one of them alone is ignored here" })),
});

/** What is demanded by one of two options needs the other one. */
export const demanded = ({ of, asked }: Half): Pick<Failure, "cause" | "related"> => ({
  cause: { kind: "half", ...of },
  related: asked.map((it) => ({ ...it, message: "this condition decides" })),
});

export function state(object: ModelObject, place: Place, draft: number, { loses, cause, related = [], path }: Failure): void {
  const fact: Fact = { kind: "fail-open", loses, cause };
  object.events.push({ kind: fact.kind, facts: { any: [fact] }, place, related, path, byDefault: false, draft });
}

/**
 * Without the conditions under which there is something to lose: whoever configures TLS, a CA or a certificate gets what is wrong with it. Who
 * asks for insecurity has asked for it all the same.
 */
export const besides = (path: Path, lost: readonly Path[]): Path =>
  path.filter((it) => !isQuestion(it) || !lost.some((one) => one.some((atom) => sameAtom(atom, it))));

const isQuestion = ({ guard }: Atom): boolean => guard?.kind === "condition" && !guard.optIn;

const isSamePlace = (a: Place, b: Place): boolean => a.file === b.file && a.span.start === b.span.start;

/** Calls that have failed under it. */
export const failuresIn = ({ atoms }: Conjunction): readonly Value[] =>
  atoms.flatMap(({ value, holds }) => (value === undefined ? [] : (failedIn(value, holds) ?? [])));
