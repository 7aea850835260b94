/** Where a body does not get past a comparison of the peer's names with the program's own, and what that makes of its value. */
import type { Block, Expression, FunctionItem } from "../../rust/index.ts";
import { isForm } from "../../tls/compared-names.ts";
import type { Machine } from "../machine.ts";
import { type Answer, blockFails, isOwn } from "./answers.ts";
import { isAnswer, type Kind } from "./kinds.ts";
import type { Room } from "./room.ts";
import { knownText } from "./texts.ts";

/** What a body gives at its end: whether names agree where nothing gets past the comparison, else the value. */
export function outcome(item: FunctionItem, block: Block, value: Kind | undefined, room: Room): Kind | undefined {
  const refuses = room.refusedAt !== undefined || (room.grants && blockFails(block, true)) || isAnswer(value);
  if (!refuses) return value ?? (isAnswer(room.returned) ? undefined : room.returned);
  if (room.leaves) return isAnswer(value) ? undefined : value;
  if (isAnswer(value) && room.refusedAt === undefined) return value;
  const { returns } = item;
  const tells = returns?.kind === "path" && returns.path.segments.at(-1)?.name === "bool";
  return tells ? { is: "answer", agree: true } : { is: "verdict" };
}

export function refuse(room: Room, { span }: Expression): void {
  if (!room.idle && room.doubts === 0) room.refusedAt ??= { file: room.file, span };
}

/** A server has always shown a certificate; that there are names in it is the holder's to choose. */
export const isSure = (condition: Kind | undefined): boolean => isAnswer(condition) || condition?.is === "certificate";

/** What every way gives. */
export function alike(kinds: readonly (Kind | undefined)[]): Answer | undefined {
  const [first] = kinds;
  if (!isAnswer(first) || kinds.some((it) => !isAnswer(it) || it.is !== first.is)) return undefined;
  return kinds.some((it) => it?.is === "answer" && first.is === "answer" && it.agree !== first.agree) ? undefined : first;
}

/** Something of the peer's certificate is compared with what is the program's own. */
export function compared(
  peer: Kind | undefined,
  other: Kind | undefined,
  own: Expression,
  room: Room,
  machine: Machine,
): Answer | undefined {
  if (peer === undefined || isAnswer(peer) || other !== undefined || !isOwn(own, room)) return undefined;
  const known = knownText(own, room, machine)?.whole;
  return known !== undefined && isForm(known) ? undefined : { is: "answer", agree: true };
}
