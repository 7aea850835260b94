/** Texts that may be longer than anybody has room for, one piece after the other. */

export type Pieces = Generator<string, void, void>;

/** Characters that are written at once: each piece by itself would be a call to the system. */
const AT_ONCE = 0x10000;

/** The same text in fewer pieces; each begins and ends where one did. */
export function* gathered(pieces: Pieces): Pieces {
  let waiting: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < AT_ONCE) continue;
    yield waiting.join("");
    [waiting, length] = [[], 0];
  }
  if (length > 0) yield waiting.join("");
}
