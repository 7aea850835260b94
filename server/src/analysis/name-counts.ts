/** Whether a value is several names, a list or an iterator of them: `contains` then asks for a whole one. */
import { payloadOf, type Value } from "../flow/index.ts";
import { FROM_CERTIFICATE, FROM_NAME } from "../models/certificate-names.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Held } from "./calls-seen.ts";
import type { PeerNames } from "./peer-names.ts";

/** Of an option, a result or a reference as of what is in it; of what came from elsewhere as of what it was there. */
export function isSeveral({ owner, value }: Held, peers: PeerNames, seen = new Set<string>()): boolean {
  const key = `${owner} ${value.id}`;
  if (seen.has(key)) return false;
  seen.add(key);
  const within = (it: Value | undefined): boolean => it !== undefined && isSeveral({ owner, value: it }, peers, seen);
  switch (value.kind) {
    case "collection":
      return true;
    case "labelled":
      return within(value.of);
    case "alternatives":
      return value.of.some((it) => within(it.value));
    case "apply": {
      const name = lastOf(value.callee);
      return STEPS.get(name) ?? (TO_MANY.has(name) || (!TO_ONE.has(name) && within(value.arguments[0])));
    }
    case "part":
      if (value.name === "each") return false;
      if (STEPS.has(value.name)) return STEPS.get(value.name) === true;
      if (value.name === "success") return within(value.of);
      break;
  }
  const giver = peers.giverOf({ owner, value });
  if (giver !== undefined) return isSeveral(giver, peers, seen);
  return value.kind === "part" && payloadOf(value.name) !== undefined && within(value.of);
}

/** Whether what leads to a name gives several. */
const STEPS: ReadonlyMap<string, boolean> = new Map(
  Object.entries({ ...FROM_CERTIFICATE, ...FROM_NAME }).map(([path, { many }]) => [lastOf(path), many === true]),
);

/** Methods by which one of several is taken, or all become one text. */
const TO_ONE: ReadonlySet<string> = new Set([
  ...["next", "next_back", "first", "last", "get", "nth", "pop", "find", "find_map", "max", "min", "remove"],
  ...["join", "concat", "any", "all", "contains", "len"],
]);

/** Methods by which a text is taken apart, or what is there is gathered. */
const TO_MANY: ReadonlySet<string> = new Set([
  ...["split", "rsplit", "splitn", "rsplitn", "split_whitespace", "split_terminator", "lines", "chars", "bytes"],
  ...["iter", "into_iter", "filter_map", "flat_map", "collect"],
]);
