/** Bytes to text, with what was wrong with them said as a value. */

export interface Decoded {
  readonly text: string;
  /** Why the bytes are no text at all; `text` is then empty. */
  readonly binary?: string;
  /** The bytes that are not UTF-8, where the rest is text: they stand as U+FFFD in `text`. */
  readonly damage?: string;
}

/** More than a tenth of the characters zero or replaced: no text in another encoding looks like that by accident. */
const BINARY_SHARE = 0.1;

/** Made once: that takes longer than to decode a small file. */
const UTF_8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** A byte order mark stays in the text, so that a fixed file can be written back as it was. */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: "", binary: "it is UTF-16, Rust wants UTF-8" };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: "", binary: "it is UTF-16, Rust wants UTF-8" };
  const decoded = fromEditor(UTF_8.decode(bytes));
  const { text } = decoded;
  const first = text.indexOf("\uFFFD");
  if (first < 0 || isUtf8(bytes)) return decoded;
  if (count(text, "\uFFFD") > text.length * BINARY_SHARE)
    return { text: "", binary: "it is a binary file: too few of its bytes are UTF-8" };
  const line = text.slice(0, first).split(/\r\n|\r|\n/).length;
  return { text, damage: `line ${line} holds bytes that are not UTF-8` };
}

/** A few zeros are text: rustc takes them in comments and strings. An open document is judged as its file would be. */
export function fromEditor(text: string): Decoded {
  if (count(text, "\0") <= text.length * BINARY_SHARE) return { text };
  return { text: "", binary: "it is a binary file: too many of its bytes are zero" };
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++;
  return found;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
