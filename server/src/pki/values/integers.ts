/** Integers of any length as hexadecimal digits, as OpenSSL prints serial numbers: the number, not its encoding. */
import { toHex } from "../der/characters.ts";

/** `content`: of an INTEGER, in two's complement. `04d2`, `-01`, `00`. */
export function magnitude(content: Uint8Array): string {
  const negative = (content[0] ?? 0) >= 0x80;
  const bytes = negative ? negated(content) : content;
  const first = bytes.findIndex((byte) => byte !== 0);
  return `${negative ? "-" : ""}${first < 0 ? "00" : toHex(bytes, first)}`;
}

function negated(content: Uint8Array): Uint8Array {
  const bytes = content.map((byte) => byte ^ 0xff);
  for (let at = bytes.length - 1; at >= 0; at--) {
    bytes[at] = ((bytes[at] ?? 0) + 1) & 0xff;
    if (bytes[at] !== 0) break;
  }
  return bytes;
}
