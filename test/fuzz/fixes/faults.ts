/** What comes between `--fix` and its end: the process dies before a call, the disk is full from one on, a call fails once. */
import { constants, writeSync } from "node:fs";
import type { FileSystem } from "../../../server/src/cli/writing/file-system.ts";
import { type Before, Dead, refused, watched } from "../../cli/fault.ts";
import type { Dice } from "../dice.ts";

/** `at`: before which call; each counts those of its own run. */
export type Fault =
  | { readonly kind: "killed"; readonly at: number }
  /** From then on nothing is taken; of the first text a part was. */
  | { readonly kind: "full"; readonly at: number; readonly code: string; readonly partly: boolean }
  | { readonly kind: "once"; readonly at: number; readonly code: string };

/** Calls of a small project's writing. */
const CALLS = 90;
const CODES = ["ENOSPC", "EDQUOT", "EFBIG", "EIO", "EACCES", "EROFS"];

export function faultOf(dice: Dice): Fault {
  const at = dice.below(CALLS);
  switch (dice.below(4)) {
    case 0:
      return { kind: "full", at, code: dice.one(CODES.slice(0, 3)), partly: dice.below(2) === 0 };
    case 1:
      return { kind: "once", at, code: dice.one(CODES) };
    default:
      return { kind: "killed", at };
  }
}

const TAKES_ROOM: ReadonlySet<string> = new Set(["writeFileSync", "fsyncSync", "mkdirSync", "linkSync"]);

export const faulty = (fault: Fault): FileSystem => watched(beforeEach(fault));

function beforeEach(fault: Fault): Before {
  return ({ number, name, first, second }) => {
    if (number < fault.at) return;
    switch (fault.kind) {
      case "killed":
        throw new Dead();
      case "once":
        if (number === fault.at) throw refused(fault.code);
        return;
      case "full": {
        const creates = name === "openSync" && typeof second === "number" && (second & constants.O_CREAT) !== 0;
        if (!creates && !TAKES_ROOM.has(name)) return;
        if (fault.partly && name === "writeFileSync" && typeof first === "number" && typeof second === "string")
          writeSync(first, second.slice(0, second.length >> 1));
        throw refused(fault.code);
      }
    }
  };
}
