/**
 * Whether what is compared stands for the peer's own certificate as a whole. Whoever answers chooses what else it sends: other certificates
 * beside its own, and any certificate begins, or is as long, as some other.
 */
import type { Conjunction, Value } from "../flow/index.ts";
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
  (value.kind === "part" && value.name === "each") || (value.kind === "apply" && TAKING.has(lastOf(value.callee)));

const TAKING: ReadonlySet<string> = new Set([
  ...["first", "last", "get", "nth", "next", "next_back", "pop", "split_at", "split_first", "chunks", "chars", "bytes", "take", "skip"],
  ...["len", "is_empty", "count", "find", "position", "filter", "any", "all", "starts_with", "ends_with", "contains"],
]);

/** What the peer has sent, as it came. */
function isShown(value: Value): boolean {
  if (value.kind === "labelled" && value.label === "certificate") return true;
  const handsOn = value.kind === "apply" ? HANDING.has(lastOf(value.callee)) : value.kind === "part" && value.name !== "each";
  const [of] = handsOn || value.kind === "labelled" ? partsOf(value) : [];
  return of !== undefined && isShown(of);
}

const HANDING: ReadonlySet<string> = new Set([
  ...["ok_or", "ok_or_else", "context", "with_context", "unwrap", "expect", "ok", "map_err", "as_ref", "as_deref", "clone", "cloned"],
  ...["iter", "into_iter", "to_vec", "to_owned"],
]);

/** The certificate that the peer has the key of. */
function isFirst(value: Value, { atoms, some }: Conjunction, takesFirst: boolean): boolean {
  if (value.kind === "part")
    return takesFirst && !some && !atoms.some((it) => it.value?.kind === "test" && it.value.what === "another" && it.value.of === value.of);
  if (value.kind !== "apply") return false;
  const name = lastOf(value.callee);
  const [, at] = value.arguments;
  return name === "first" || name === "next" || ((name === "get" || name === "nth") && at?.kind === "constant" && at.value === 0);
}

const holdsCertificate = (whole: Value): boolean => whole.labels.includes("certificate");
