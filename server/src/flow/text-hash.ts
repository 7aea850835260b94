/** Hashes of texts, by which what is known by numbers of one run has an order that is the same in each. */

/** 53 bits, of two halves that are mixed apart. */
export function hashOf(text: string): number {
  let [low, high] = [0x9e3779b9, 0x85ebca6b];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995);
    high ^= high >>> 15;
  }
  return (high & 0x1fffff) * 0x100000000 + (low >>> 0);
}
