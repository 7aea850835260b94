/** Verdicts for which the peer vouches itself: whoever is asked was made to trust what the peer shows. */
import { type Effect, partsOf, type Value } from "../flow/index.ts";
import type { Statement } from "./model-rows.ts";
import { type PeerBits, SHOWN } from "./peer-bits.ts";

/** `verdict` was asked of one of `given`. */
export interface Asked {
  readonly verdict: Value;
  readonly given: readonly Value[];
}

/** Those of the verdicts that trust anchors from the peer itself decide. */
export function vouchedByPeer(asked: readonly Asked[], effects: readonly Effect[], bits: PeerBits): ReadonlySet<Value> {
  const trusting = new Set<string>();
  const isOwn = (value: Value): boolean => (bits.of(value) & SHOWN) !== 0 || [...objectsIn(value)].some((it) => trusting.has(it));
  // What is made of a store comes behind the store: once through in order tells.
  for (const { on, data, with: given } of effects) {
    if (!isStatement(data)) continue;
    const isTrusted = given.some((it, at) => isOwn(it) && (trusts(data, at) || [...objectsIn(it)].length > 0));
    if (isTrusted) for (const it of objectsIn(on)) trusting.add(it);
  }
  const own = asked.filter(({ given }) => given.some((it) => [...objectsIn(it)].some((object) => trusting.has(object))));
  return new Set(own.map((it) => it.verdict));
}

/** The argument at that place becomes a trust anchor. */
const trusts = ({ hit }: Statement, at: number): boolean =>
  hit?.of.effects?.some((it) => it.kind === "trusts" && it.argument === at) === true;

function* objectsIn(value: Value): Generator<string> {
  if (value.kind === "object") yield value.object;
  else for (const it of partsOf(value)) if (it.leads) yield* objectsIn(it);
}

const isStatement = (data: unknown): data is Statement => typeof data === "object" && data !== null && "form" in data;
