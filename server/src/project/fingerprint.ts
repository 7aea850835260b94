/** A short name for a content, to see whether it changed: not for secrets, only for caches. */
import type { Content } from "./files.ts";

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
      return flat("open", content.text.length, hashOfText(content.text));
    case "bytes":
      return flat("disk", content.bytes.length, hashOfBytes(content.bytes));
    case "missing":
      return "missing";
    case "unreadable":
      return `unreadable:${content.reason}`;
  }
}

/** Two hashes of 32 bits with different multipliers: 64 bits keep accidents away. */
const [FIRST, SECOND] = [0x01000193, 0x85ebca6b];
const [START, OTHER_START] = [0x811c9dc5, 0x9747b28c];

function hashOfText(text: string): string {
  let a = START;
  let b = OTHER_START;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, FIRST);
    b = Math.imul(b ^ unit, SECOND);
  }
  return written(a, b);
}

/** Four bytes at a time, mixed from above so that each reaches all bits. */
function hashOfBytes(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = bytes.length & ~3;
  let a = START;
  let b = OTHER_START;
  for (let at = 0; at < words; at += 4) {
    const word = view.getInt32(at, true);
    a = Math.imul(a ^ word, FIRST);
    a ^= a >>> 15;
    b = Math.imul(b ^ word, SECOND);
    b ^= b >>> 13;
  }
  for (let at = words; at < bytes.length; at++) {
    a = Math.imul(a ^ (bytes[at] ?? 0), FIRST);
    b = Math.imul(b ^ (bytes[at] ?? 0), SECOND);
  }
  return written(a, b);
}

const written = (a: number, b: number): string => [(a >>> 0).toString(36), (b >>> 0).toString(36)].join(".");

/** Joined, not put together of pieces that each keep their place: there is one for each file. */
const flat = (...parts: readonly (string | number)[]): string => parts.join(":");
