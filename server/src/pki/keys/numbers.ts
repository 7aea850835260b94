/** Whole numbers as they lie in keys: big-endian bytes. */

/** Eight bytes at once: a number of that size is made from text more slowly. */
export function numberOf(bytes: Uint8Array, start = 0, end = bytes.length): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let number = 0n;
  let at = start;
  for (; (end - at) % 8 !== 0; at++) number = (number << 8n) | BigInt(view.getUint8(at));
  for (; at < end; at += 8) number = (number << 64n) | view.getBigUint64(at);
  return number;
}

export function bytesOf(number: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let rest = number;
  for (let at = length - 1; at >= 0; at--, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
  return bytes;
}

/** Modulo `modulus`, which a negative number is brought to, too. */
export function remainder(number: bigint, modulus: bigint): bigint {
  const rest = number % modulus;
  return rest < 0n ? rest + modulus : rest;
}

/** Square and multiply. */
export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let factor = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}
