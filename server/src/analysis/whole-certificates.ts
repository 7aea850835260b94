/**
 * Whether what is compared stands for the peer's own certificate as a whole. Whoever answers chooses what else it sends: other certificates
 * beside its own, and any certificate begins, or is as long, as some other.
 */
import type { Conjunction, Value } from "../flow/index.ts";
import { CONTENTS } from "../models/contents.ts";
import { ELEMENTS } from "../models/failures.ts";
import { lastOf } from "../rust/last-of.ts";
import { partsOf } from "./peer-names.ts";

/** `within`: under which it is compared; `takesFirst`: what is taken by a number there is the first. */
export function isWhole(compared: Value, within: Conjunction, takesFirst: boolean): boolean {
  const seen = new Set([compared]);
  for (const value of seen) {
    if (isTaken(value) && holdsCertificate(value)) {
      const [of] = partsOf(value);
      if (of === undefined || !isShown(of) || !isFirst(value, within, takesFirst)) return false;
    }
    for (const part of partsOf(value)) seen.add(part);
  }
  return true;
}

/** A part of something that has several. */
const isTaken = (value: Value): boolean =>
  (value.kind === "part" && value.name === "each") || (value.kind === "apply" && takes(lastOf(value.callee)));

const takes = (name: string): boolean => ELEMENTS[name] === "one" || CONTENTS[name] === "measured" || TAKING.has(name);

/** Those that cut it, and those that look in it. */
const TAKING: ReadonlySet<string> = new Set([
  ...["split_at", "split_first", "chunks", "chars", "bytes", "take", "skip"],
  ...["find", "position", "filter", "any", "all", "starts_with", "ends_with", "contains"],
]);

/** What the peer has sent, as it came. */
function isShown(value: Value): boolean {
  if (value.kind === "labelled" && value.label === "certificate") return true;
  const handsOn = value.kind === "apply" ? handsOnAll(lastOf(value.callee)) : value.kind === "part" && value.name !== "each";
  const [of] = handsOn || value.kind === "labelled" ? partsOf(value) : [];
  return of !== undefined && isShown(of);
}

const handsOnAll = (name: string): boolean => CONTENTS[name] === "same" || HANDING.has(name);

/** Those that hand on what is there, if it is. */
const HANDING: ReadonlySet<string> = new Set([
  ...["ok_or", "ok_or_else", "context", "with_context", "unwrap", "expect", "ok", "map_err", "iter", "into_iter"],
]);

/** The certificate that the peer has the key of. */
function isFirst(value: Value, { atoms, some }: Conjunction, takesFirst: boolean): boolean {
  if (value.kind === "part")
    return takesFirst && !some && !atoms.some((it) => it.value?.kind === "test" && it.value.what === "another" && it.value.of === value.of);
  if (value.kind !== "apply") return false;
  const name = lastOf(value.callee);
  const [, at] = value.arguments;
  return FIRST.has(name) || (ELEMENTS[name] === "one" && at?.kind === "constant" && at.value === 0);
}

const FIRST: ReadonlySet<string> = new Set(["first", "first_mut", "next", "pop_front"]);

const holdsCertificate = (whole: Value): boolean => whole.labels.includes("certificate");
