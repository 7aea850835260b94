/** What a name is compared with, as far as the program's text tells. */
import type { Block, Definition, Expression, Type } from "../../rust/index.ts";
import type { Known } from "../../tls/compared-names.ts";
import { LOGGING } from "../lexicon.ts";
import type { Machine } from "../machine.ts";
import type { Room } from "./room.ts";

/** Where a name is looked up: `known`: variables that hold a text; `patterns`: those that hold a regular expression. */
type Sight = Pick<Room, "scope"> & Partial<Pick<Room, "known" | "patterns">>;

/** A literal, a constant, or a `format!` of which an end is known. */
export function knownText(it: Expression, room: Sight, machine: Machine): Known | undefined {
  switch (it.kind) {
    case "literal":
      return it.literal.type === "string" ? { whole: it.literal.value } : undefined;
    case "reference":
      return knownText(it.operand, room, machine);
    case "method":
      return it.name === "as_str" || it.name === "to_string" || it.name === "to_owned" ? knownText(it.receiver, room, machine) : undefined;
    case "path": {
      const own = it.path.segments.length === 1 ? room.known?.get(it.path.segments[0]?.name ?? "") : undefined;
      if (own !== undefined) return own;
      const value = constantOf(it, room, machine);
      return value === undefined ? undefined : knownText(value.value, { scope: value.definition.scope }, machine);
    }
    case "macro": {
      const [template] = it.arguments;
      if (it.path.segments.at(-1)?.name !== "format" || template?.kind !== "literal" || template.literal.type !== "string")
        return undefined;
      const { value } = template.literal;
      const beginning = /^[^{}]+/.exec(value)?.[0];
      const end = /(?<![^{}])[^{}]+$/.exec(value)?.[0];
      return { ...(beginning === undefined ? {} : { beginning }), ...(end === undefined ? {} : { end }) };
    }
    default:
      return undefined;
  }
}

/** Whether a method of a text is given a text, and not a character, a list of them or a test of one. */
export function mayBeText(it: Expression, room: Room, machine: Machine): boolean {
  switch (it.kind) {
    case "literal":
      return it.literal.type === "string";
    case "reference":
      return it.operand.kind !== "array" && it.operand.kind !== "index";
    case "path":
      return (
        knownText(it, room, machine) !== undefined || (it.path.segments.length === 1 && room.texts.has(it.path.segments[0]?.name ?? ""))
      );
    case "method":
      return it.name === "as_str" || it.name === "as_ref" || it.name === "to_string" || it.name === "as_deref";
    case "field":
    case "macro":
      return true;
    default:
      return false;
  }
}

/** The regular expression that a value was made from: here, or where a static holds it. */
export function patternOf(it: Expression, room: Sight, machine: Machine): string | undefined {
  if (it.kind === "reference" || it.kind === "try") return patternOf(it.operand, room, machine);
  if (it.kind === "method") return patternOf(it.receiver, room, machine);
  if (it.kind === "call") {
    const [first] = it.arguments;
    if (first === undefined || it.callee.kind !== "path") return undefined;
    const segments = it.callee.path.segments.map(({ name }) => name);
    if (segments.at(-1) !== "new") return undefined;
    if (first.kind === "closure") return patternOf(first.body, room, machine);
    return segments.at(-2) === "Regex" ? knownText(first, room, machine)?.whole : undefined;
  }
  if (it.kind !== "path") return undefined;
  const own = it.path.segments.length === 1 ? room.patterns?.get(it.path.segments[0]?.name ?? "") : undefined;
  if (own !== undefined) return own;
  const value = constantOf(it, room, machine);
  return value === undefined ? undefined : patternOf(value.value, { scope: value.definition.scope }, machine);
}

function constantOf(
  it: Extract<Expression, { kind: "path" }>,
  { scope }: Sight,
  machine: Machine,
): { readonly value: Expression; readonly definition: Definition } | undefined {
  const found = machine.scopes.resolve(it.path, scope);
  if (found.kind !== "local") return undefined;
  const { item } = found.definition;
  const value = item.kind === "const" || item.kind === "static" ? item.value() : undefined;
  return value === undefined ? undefined : { value, definition: found.definition };
}

export const isTextType = (type: Type): boolean => {
  const inner = type.kind === "reference" ? type.inner : type;
  const name = inner.kind === "path" ? inner.path.segments.at(-1)?.name : undefined;
  return name === "str" || name === "String";
};

/** A block that does nothing but log. */
export const onlyLogs = ({ statements, tail }: Block): boolean =>
  [...statements.map((it) => (it.kind === "expression" ? it.expression : undefined)), ...(tail === undefined ? [] : [tail])].every(
    (it) => it?.kind === "macro" && LOGGING.test(it.path.segments.at(-1)?.name ?? ""),
  );
