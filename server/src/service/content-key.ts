/** A short name for a content, to see whether it changed: not for secrets, only for caches. */
import type { Content } from "../project/index.ts";

/** Asked for by one cache after the other: those of contents that are still about are kept. */
const known = new WeakMap<Content, string>();

export function fingerprint(content: Content): string {
  const there = known.get(content);
  if (there !== undefined) return there;
  const made = fingerprintOf(content);
  known.set(content, made);
  return made;
}

function fingerprintOf(content: Content): string {
  switch (content.kind) {
    case "open":
      return `open:${content.text.length}:${hash(content.text.length, (at) => content.text.charCodeAt(at))}`;
    case "bytes":
      return `disk:${content.bytes.length}:${hash(content.bytes.length, (at) => content.bytes[at] ?? 0)}`;
    case "missing":
      return "missing";
    case "unreadable":
      return `unreadable:${content.reason}`;
  }
}

/** Two FNV-1a hashes of 32 bits with different starts: 64 bits keep accidents away. */
function hash(length: number, unit: (at: number) => number): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let at = 0; at < length; at++) {
    const value = unit(at);
    a = Math.imul(a ^ value, 0x01000193);
    b = Math.imul(b ^ value, 0x85ebca6b);
  }
  return `${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}`;
}
