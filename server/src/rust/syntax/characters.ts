/** What a code unit can begin: a table for ASCII, Unicode's properties for the rest. */
import { type Units, unitAt } from "./units.ts";

export const SPACE = 1;
export const LETTER = 2;
export const DIGIT = 4;

/** The classes of ASCII units, as bits. `_` is a letter. */
const CLASSES = new Uint8Array(128);
for (const unit of [9, 10, 11, 12, 13, 32]) CLASSES[unit] = SPACE;
for (let unit = 48; unit <= 57; unit++) CLASSES[unit] = DIGIT;
for (let unit = 65; unit <= 90; unit++) CLASSES[unit] = CLASSES[unit + 32] = LETTER;
CLASSES[95] = LETTER;

/** Zero for punctuation, and for everything that is not ASCII. */
export const classOf = (unit: number): number => CLASSES[unit] ?? 0;

export const isSpace = (unit: number): boolean =>
  classOf(unit) === SPACE || (unit >= 0x80 && /\s|[\u0085\u200e\u200f]/.test(String.fromCharCode(unit)));

/** How many units the character at an offset takes. */
export const widthAt = (units: Units, at: number): number =>
  (unitAt(units, at) & 0xfc00) === 0xd800 && (unitAt(units, at + 1) & 0xfc00) === 0xdc00 ? 2 : 1;

export const startsName = (units: Units, at: number): boolean => {
  const unit = unitAt(units, at);
  return unit < 0x80 ? classOf(unit) === LETTER : /\p{XID_Start}/u.test(characterAt(units, at));
};

/** The end of the name that starts, or goes on, at an offset. */
export function endOfName(units: Units, at: number): number {
  let end = at;
  for (;;) {
    const unit = unitAt(units, end);
    if (unit < 0x80) {
      if ((classOf(unit) & (LETTER | DIGIT)) === 0) return end;
      end++;
    } else {
      if (!/\p{XID_Continue}/u.test(characterAt(units, end))) return end;
      end += widthAt(units, end);
    }
  }
}

const characterAt = (units: Units, at: number): string =>
  widthAt(units, at) === 2 ? String.fromCharCode(unitAt(units, at), unitAt(units, at + 1)) : String.fromCharCode(unitAt(units, at));
