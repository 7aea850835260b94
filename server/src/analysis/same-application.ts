/** Which listeners are given the same application: what one of them answers, the others do, too. */
import type { Condition, Value } from "../flow/index.ts";
import { onlyRedirects } from "./applications.ts";
import type { CallEvent } from "./call-event.ts";
import type { ModelObject } from "./model-object.ts";

/** The application that answers what comes in. */
export function serves(call: CallEvent, application: Value, object: ModelObject | undefined, whole: Condition): void {
  const value = bare(application);
  if (object !== undefined) object.application = value && { value, root: call.root.id };
  if (onlyRedirects(call.records.sites, application)) call.state(object, "redirects", { any: [{ kind: "redirects" }] }, whole);
}

/** Values are made once: what is identical was made of the same, whatever it is. */
export function* answeringAlike(object: ModelObject, others: Iterable<ModelObject>): Generator<ModelObject> {
  const { application } = object;
  if (application === undefined) return;
  for (const it of others)
    if (it !== object && it.application?.value === application.value && it.application.root === application.root) yield it;
}

/**
 * Without what is made of it alone: `into_make_service()` adds nothing that a request could notice. What begins with nothing is told
 * apart by nothing, and what is unknown is not known to be the same.
 */
function bare(value: Value): Value | undefined {
  switch (value.kind) {
    case "labelled":
      return bare(value.of);
    case "apply": {
      const [only, ...more] = value.arguments;
      return only === undefined ? undefined : more.length === 0 ? bare(only) : value;
    }
    case "function":
      return value.target.kind === "external" ? undefined : value;
    case "unknown":
    case "unit":
    case "constant":
      return undefined;
    default:
      return value;
  }
}
