/** Bit strings of flags as rustls-webpki reads them. */
import type { ByteRange } from "../../der/der.ts";
import type { StrictReader } from "../strict-reader.ts";
import type { WebpkiBehaviour } from "./versions.ts";

/** `bit_string_flags`: which bits are set. Until 0.103.12 no bits at all made it panic. */
export function readFlags(reader: StrictReader, range: ByteRange, behaviour: WebpkiBehaviour): Uint8Array {
  const [unused = 8, ...bits] = reader.bytes.subarray(range.start, range.end);
  const last = bits.at(-1);
  if (unused === 0 && last === undefined && behaviour.panicsOnNoBits)
    reader.fail("panic", "an empty bit string makes this release of rustls-webpki panic", range);
  else if (
    unused > 7 ||
    (last === undefined ? unused > 0 : (last & ((1 << unused) - 1)) !== 0 || (last === 0 && behaviour.demandsFewestBits))
  )
    reader.fail("BadDer", "a bit string has wrong unused bits", range);
  return Uint8Array.from(bits);
}
