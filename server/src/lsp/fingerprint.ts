/** A short name for a text, for result ids: equal texts have equal names, others almost never (2^-53). */

/** Two 32-bit multiplicative hashes side by side, after FNV-1a; not for secrets. */
export function fingerprint(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995);
  }
  return (low >>> 0).toString(36) + (high >>> 0).toString(36);
}
