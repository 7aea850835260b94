/** One body under way: what its variables are known to be. */
import type { FunctionItem, Pattern, Scope } from "../../rust/index.ts";
import type { Known } from "../../tls/compared-names.ts";
import type { Place } from "../../tls/facts.ts";
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
  /** Under how many conditions that have nothing to do with the peer. */
  doubts: number;
  /** On the side of a comparison where the names agree. */
  agreed: boolean;
  /** Where the body fails unless names of the peer's certificate agree with its own; an earlier way out; one on the side that agrees. */
  refusedAt: Place | undefined;
  leaves: boolean;
  grants: boolean;
  returned: Kind | undefined;
}

export const newRoom = (item: FunctionItem, scope: Scope, depth: number): Room => ({
  function: item,
  scope,
  file: scope.file,
  depth,
  variables: new Map(),
  texts: new Set(),
  known: new Map(),
  patterns: new Map(),
  idle: false,
  doubts: 0,
  agreed: false,
  refusedAt: undefined,
  leaves: false,
  grants: false,
  returned: undefined,
});

/** Whatever happens meanwhile happens under a condition that has nothing to do with the peer. */
export function doubting<T>(doubt: boolean, room: Room, work: () => T): T {
  room.doubts += Number(doubt);
  const result = work();
  room.doubts -= Number(doubt);
  return result;
}

/** Whatever happens meanwhile happens where the names agree. */
export function agreeing<T>(agreed: boolean, room: Room, work: () => T): T {
  const before = room.agreed;
  room.agreed ||= agreed;
  const result = work();
  room.agreed = before;
  return result;
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
