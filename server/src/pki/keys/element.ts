/** Writes elements of DER. */

/** One element with the shortest length. */
export function tlv(tag: number, parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, it) => sum + it.length, 0);
  const size: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) size.unshift(rest % 256);
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | size.length, ...size];
  const element = new Uint8Array(head.length + length);
  element.set(head);
  let at = head.length;
  for (const it of parts) {
    element.set(it, at);
    at += it.length;
  }
  return element;
}
