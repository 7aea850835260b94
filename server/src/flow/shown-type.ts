/** Types of values: what a value shows of its own, and tests that ask for one. */
import { viewOf } from "./part-names.ts";
import type { Value } from "./value.ts";

const PREFIX = "type ";

/** Whether a value has the type of that path: what `Parts.test` is asked where the type of a receiver chooses between methods. */
export const typeTest = (path: string): string => PREFIX + path;

export const testedType = (what: string): string | undefined => (what.startsWith(PREFIX) ? what.slice(PREFIX.length) : undefined);

/** As far as a value shows its type. */
export function shownType(value: Value): string | undefined {
  switch (value.kind) {
    case "record":
      return value.type === "" ? undefined : value.type;
    case "object":
      return value.type;
    case "collection":
      return "std::vec::Vec";
    case "constant":
      return typeof value.value === "string" ? "str" : undefined;
    case "text":
      return "std::string::String";
    case "labelled":
      return shownType(value.of);
    case "part":
      return viewOf(value.name);
    default:
      return undefined;
  }
}
