/** Attempts that have failed: how they are called, and where the first of them stands. */
import type { Value } from "../flow/index.ts";
import { FAILURES } from "../models/failures.ts";
import { lastOf } from "../rust/last-of.ts";
import { type Attempt, failing, type Loss, state } from "./fail-open-facts.ts";
import { isOfFile } from "./failed-questions.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { isStatement } from "./model-rows.ts";
import type { Path } from "./path-conditions.ts";
import type { Records, Root } from "./records.ts";

/** What says more of a failure, or another one instead, has not failed itself. */
function attemptIn(value: Call): Call {
  const [first] = value.arguments;
  const becomes = FAILURES[lastOf(value.callee).replace(/^\./, "")];
  return first?.kind === "apply" && (becomes === "passes" || becomes === "told") ? attemptIn(first) : value;
}

type Call = Value & { readonly kind: "apply" };

/** The call that made something else of it: that may have failed. */
function conversion({ sites }: Records, root: Root["id"] | undefined, of: Value & { readonly kind: "object" }): string | undefined {
  const events = root === undefined ? [] : (sites.flow.summary(root)?.events ?? []);
  const made = events.find((it) => it.kind === "effect" && it.on === of && isStatement(it.data) && it.data.becomes === of.type);
  return made?.key;
}

/** As they are called, and where the first stands. */
export function attemptsOf(records: Records, root: Root["id"] | undefined, failed: readonly Value[]): Attempt {
  const { sites } = records;
  const [first] = failed;
  const site = first?.kind === "object" ? sites.chain(conversion(records, root, first) ?? first.object).at(-1) : undefined;
  if (site === undefined) return { call: first?.kind === "apply" && !isOfFile(first) ? lastOf(attemptIn(first).callee) : "", related: [] };
  return { call: sites.written(site), related: [{ ...sites.named(site), message: "where this fails" }] };
}

/** Something happens where attempts have failed, by the conditions of a path. */
export function stateFailed(records: Records, object: ModelObject, event: Event, loses: Loss, path: Path): void {
  const failed = path.flatMap((it) => (typeof it.failed === "object" ? it.failed : []));
  state(object, event.place, event.draft, {
    loses,
    ...failing(attemptsOf(records, records.origins.get(object)?.root, failed)),
    path: path.filter((it) => it.failed === undefined),
  });
}
