/** Types of values: what a value shows of its own, and tests that ask for one. */
import { lastOf } from "../rust/last-of.ts";
import { isTypeName } from "./definition-ids.ts";
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
    case "function":
      return value.target.kind === "external" && isConstant(value.target.path) ? ownerOf(value.target.path) : undefined;
    case "apply":
      return value.arguments.length === 0 ? ownerOf(value.callee) : undefined;
    case "operation":
      return value.operands[0] && shownType(value.operands[0]);
    default:
      return undefined;
  }
}

/** What a type has as a constant, or makes of nothing, is of that type, as a rule: `Flags::ONE`, `Flags::empty()`. */
function ownerOf(path: string): string | undefined {
  const owner = path.slice(0, Math.max(0, path.lastIndexOf("::")));
  return isTypeName(lastOf(owner)) ? owner : undefined;
}

const isConstant = (path: string): boolean => /::\p{Lu}[\p{Lu}\p{N}_]*$/u.test(path);
