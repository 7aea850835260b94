/** Whether VS Code would show a file as text: by its first bytes, as it looks itself (`detectEncodingFromBuffer`). */

/** As many bytes as VS Code looks at. */
const LOOKED_AT = 512;

/** A zero byte is in no text but UTF-16, where each second one is zero as long as the characters are those of ASCII. */
export function isBinary(file: Uint8Array): boolean {
  const start = file.subarray(0, LOOKED_AT);
  if (!start.includes(0) || isUtf16Marked(start)) return false;
  return !ZEROES_OF_UTF16.some((zeroes) => start.every((byte, at) => (byte === 0) === zeroes(at)));
}

const isUtf16Marked = ([first, second]: Uint8Array): boolean => (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

/** Little-endian, big-endian. */
const ZEROES_OF_UTF16: readonly ((at: number) => boolean)[] = [(at) => at % 2 === 1, (at) => at % 2 === 0];
