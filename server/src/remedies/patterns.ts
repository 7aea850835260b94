/** What patterns take out of what they match. */
import type { Pattern } from "../rust/index.ts";

/** Whether a pattern may give anything a name. */
export function bindsIn(it: Pattern): boolean {
  switch (it.kind) {
    case "binding":
    case "other":
    case "reference":
      return true;
    case "tuple-struct":
    case "tuple":
    case "slice":
    case "or":
      return it.elements.some(bindsIn);
    case "struct":
      return it.fields.some(({ pattern }) => bindsIn(pattern));
    default:
      return false;
  }
}
