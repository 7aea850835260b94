/** Whether a list revokes a serial number. Lists have a million entries, and are asked about thousands of certificates. */

import { type ByteRange, sameRange } from "../der/der.ts";
import { entryAt, type RevocationList, type RevokedEntry, revokedEntries } from "./crl.ts";

/** A hash table of places: where the first entry of each number that revokes it starts, plus one; 0 is free. */
type Table = Int32Array;

const tables = new WeakMap<RevocationList, Table>();

/** The first entry that revokes it. `serial`: a DER INTEGER within `holder`, such as that of a certificate. */
export function revocationOf(der: Uint8Array, list: RevocationList, holder: Uint8Array, serial: ByteRange): RevokedEntry | undefined {
  if (list.revoked === undefined) return undefined;
  let table = tables.get(list);
  if (table === undefined) {
    table = tableOf(der, list, list.revoked);
    tables.set(list, table);
  }
  const slot = find(table, der, list.revoked, holder, serial);
  return table[slot] === 0 ? undefined : entryIn(table, slot, der, list.revoked);
}

function tableOf(der: Uint8Array, list: RevocationList, revoked: ByteRange): Table {
  // At most half full, so that a search ends soon.
  const table = new Int32Array(2 * list.entries + 1);
  for (const entry of revokedEntries(der, list)) {
    if (entry.reason === "removeFromCRL") continue;
    const slot = find(table, der, revoked, der, entry.number);
    if (table[slot] === 0) table[slot] = entry.start + 1;
  }
  return table;
}

const entryIn = (table: Table, slot: number, der: Uint8Array, revoked: ByteRange): RevokedEntry | undefined =>
  entryAt(der, (table[slot] ?? 1) - 1, revoked.end);

/** The slot of the number, or the free one where it would stand. */
function find(table: Table, der: Uint8Array, revoked: ByteRange, holder: Uint8Array, serial: ByteRange): number {
  let slot = hashOf(holder, serial) % table.length;
  for (; table[slot] !== 0; slot = (slot + 1) % table.length) {
    const entry = entryIn(table, slot, der, revoked);
    if (entry !== undefined && sameRange(der, entry.number, holder, serial)) break;
  }
  return slot;
}

/** Drawn anew for each process, so that nobody can choose numbers that all fall into one place. */
const FACTOR = Math.floor(Math.random() * 2 ** 30) * 2 + 1;

function hashOf(bytes: Uint8Array, { start, end }: ByteRange): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), FACTOR) ^ (hash >>> 15);
  return hash >>> 0;
}
