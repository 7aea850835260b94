/** One body under way: what its variables are known to be. */
import type { FunctionItem, Pattern, Scope } from "../../rust/index.ts";
import type { Known } from "./comparisons.ts";
import { inside, type Kind, one } from "./kinds.ts";
import type { Records } from "./records.ts";

export interface Room {
  readonly function: FunctionItem;
  readonly scope: Scope;
  readonly file: string;
  readonly depth: number;
  variables: Map<string, Kind>;
  /** Parameters that are declared as texts. */
  readonly texts: Set<string>;
  /** Variables that hold a text of the program's own, or a regular expression. */
  readonly known: Map<string, Known>;
  readonly patterns: Map<string, string>;
  /** What is compared here decides nothing but whether something is logged. */
  idle: boolean;
  returned: Kind | undefined;
}

/** Gives the names of a pattern what they are bound to. */
export function bind(pattern: Pattern, kind: Kind | undefined, room: Room, records: Records): void {
  switch (pattern.kind) {
    case "binding":
      room.known.delete(pattern.name);
      room.texts.delete(pattern.name);
      room.patterns.delete(pattern.name);
      if (kind === undefined) room.variables.delete(pattern.name);
      else room.variables.set(pattern.name, kind);
      if (pattern.inside !== undefined) bind(pattern.inside, kind, room, records);
      return;
    case "reference":
      bind(pattern.inside, kind, room, records);
      return;
    case "tuple":
    case "or":
      for (const it of pattern.elements) bind(it, kind, room, records);
      return;
    case "slice":
      for (const it of pattern.elements) bind(it, kind === undefined ? undefined : one(kind), room, records);
      return;
    case "tuple-struct": {
      const name = pattern.path.segments.at(-1)?.name ?? "";
      for (const [index, it] of pattern.elements.entries())
        bind(
          it,
          kind?.is === "record" && name !== "Some" && name !== "Ok" ? records.field(kind, String(index)) : kind && inside(kind, name),
          room,
          records,
        );
      return;
    }
    case "struct":
      for (const it of pattern.fields) bind(it.pattern, kind === undefined ? undefined : records.field(kind, it.name), room, records);
      return;
    default:
      return;
  }
}

/** Whatever is compared meanwhile decides nothing. */
export function idly<T>(idle: boolean, room: Room, work: () => T): T {
  const before = room.idle;
  room.idle ||= idle;
  const result = work();
  room.idle = before;
  return result;
}
