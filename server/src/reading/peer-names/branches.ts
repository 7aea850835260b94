/** Branches on the way of a peer's name: which side is that of names that do not agree, and whether anybody gets past it. */
import type { Block, Expression, ExpressionOf, Pattern } from "../../rust/index.ts";
import { blockFails, fails, isFailure, refusedSide } from "./answers.ts";
import { isAnswer, type Kind } from "./kinds.ts";
import { alike, isSure, refuse } from "./refusals.ts";
import { agreeing, doubting, idly, type Room } from "./room.ts";
import { onlyLogs } from "./texts.ts";

export interface Walk {
  see(it: Expression, room: Room): Kind | undefined;
  block(it: Block, room: Room): Kind | undefined;
  bind(pattern: Pattern, kind: Kind | undefined, room: Room): void;
}

export function seeIf(walk: Walk, it: ExpressionOf<"if">, room: Room): Kind | undefined {
  const outer = room.variables;
  room.variables = new Map(outer);
  const condition = idly(onlyLogs(it.then) && it.otherwise === undefined, room, () =>
    it.condition.kind === "let" ? walk.see(it.condition.value, room) : walk.see(it.condition, room),
  );
  if (it.condition.kind === "let") walk.bind(it.condition.pattern, condition, room);
  const refused = isAnswer(condition) ? refusedSide(it.condition, condition) : undefined;
  const sure = isSure(condition);
  const { otherwise } = it;
  const alone = sure || (otherwise !== undefined && fails(otherwise, true));
  const then = agreeing(refused === "otherwise", room, () => doubting(!alone, room, () => walk.block(it.then, room)));
  room.variables = outer;
  const other =
    otherwise === undefined
      ? undefined
      : agreeing(refused === "then", room, () => doubting(!sure && !blockFails(it.then, true), room, () => walk.see(otherwise, room)));
  if (refused !== undefined) {
    const ends = (last: boolean): boolean =>
      refused === "then" ? blockFails(it.then, last) : otherwise !== undefined && fails(otherwise, last);
    if (ends(false)) refuse(room, it.condition);
    else if (ends(true)) return { is: "verdict" };
  }
  return isAnswer(then) || isAnswer(other) ? alike([then, other]) : (then ?? other);
}

export function seeMatch(walk: Walk, it: ExpressionOf<"match">, room: Room): Kind | undefined {
  const value = walk.see(it.scrutinee, room);
  const kinds = it.arms.map((arm) => {
    const outer = room.variables;
    room.variables = new Map(outer);
    walk.bind(arm.pattern, value, room);
    if (arm.condition !== undefined) walk.see(arm.condition, room);
    const alone = isSure(value) || it.arms.every((other) => other === arm || fails(other.body, true));
    const result = doubting(!alone, room, () => walk.see(arm.body, room));
    room.variables = outer;
    return result;
  });
  const refused = value?.is === "verdict" ? it.arms.find(({ pattern }) => isFailure(pattern)) : undefined;
  if (refused !== undefined && fails(refused.body, false)) refuse(room, it.scrutinee);
  else if (refused !== undefined && fails(refused.body, true)) return { is: "verdict" };
  if (!kinds.some(isAnswer)) return kinds.find((kind) => kind !== undefined);
  return alike(kinds.filter((_, index) => !fails(it.arms[index]?.body ?? it.scrutinee, true)));
}
