/** Lists of whom a verifier accepts, in which one entry stands for everybody: who writes that entry has dropped no check. */
import { partsOf, type Value } from "../flow/index.ts";
import { PEER, type PeerBits, SHOWN } from "./peer-bits.ts";
import type { Atom } from "./peer-conditions.ts";

type Ways = readonly (readonly Atom[])[];

/** On a way on which that holds nobody is compared because of what the others compare with. */
export function isAllowed(own: readonly Atom[], others: Ways, bits: PeerBits): boolean {
  return own.some((it) => {
    if (it.value === undefined || bits.of(it.value) !== PEER.configuration) return false;
    const asked = placesIn(it.value);
    return others.some((other) => hasOpposite(other, it) && other.some((one) => isCompared(one, asked, bits)));
  });
}

const hasOpposite = (atoms: readonly Atom[], { key, holds }: Atom): boolean => atoms.some((it) => it.key === key && it.holds !== holds);

const isCompared = ({ value, holds }: Atom, places: ReadonlySet<Value>, bits: PeerBits): boolean =>
  holds && value !== undefined && (bits.of(value) & SHOWN) !== 0 && [...placesIn(value)].some((it) => places.has(it));

/** Fields of the verifier, whatever is taken out of them: of those that are in one another the innermost. */
function placesIn(whole: Value): ReadonlySet<Value> {
  const found = new Set<Value>();
  const open = [whole];
  const seen = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (isField(next)) found.add(listOf(next));
    else open.push(...partsOf(next).filter((it) => !seen.has(it) && seen.add(it)));
  }
  return found;
}

const isField = (value: Value): boolean => value.kind === "part" && (value.of.kind === "input" || isField(value.of));

/** Of an entry, the list. */
const listOf = (value: Value): Value => (value.kind === "part" && value.name === "each" ? listOf(value.of) : value);
