/** TLS that needs several options, and is left out where only one of them is given: whoever gave that one meant TLS. */
import type { FunctionId } from "../flow/index.ts";
import type { HalfConfigured, Place } from "../tls/facts.ts";
import { partsIn } from "./given-out.ts";
import type { Event } from "./model-object.ts";
import type { Option, Path } from "./path-conditions.ts";
import type { Records, Root } from "./records.ts";
import { isRefused } from "./refused-halves.ts";
import { keyOf, usedForTls } from "./used-for-tls.ts";

export interface Half {
  readonly of: HalfConfigured;
  /** The function in whose words. */
  readonly owner: FunctionId;
  /** Where the program asks for the option that is missing. */
  readonly asked: readonly Place[];
}

/** Either of them may be the one that is missing. */
export const tellsOf = ({ facts }: Event, { given, missing }: HalfConfigured): boolean =>
  facts.any.some(
    (it) =>
      it.kind === "fail-open" &&
      it.cause.kind === "half" &&
      [it.cause.given, it.cause.missing].every((one) => one === given || one === missing),
  );

/** `path`: under which the program does without TLS; `secured`: under which it has it; `usedBy`: what it has for that, in terms of the root. */
export function halfOf(records: Records, root: Root["id"], path: Path, secured: Path, usedBy = usedForTls): Half | undefined {
  const options = path.flatMap(({ option, group }) =>
    option !== undefined && secured.some((it) => it.group === group && it.option?.given) ? [option] : [],
  );
  const missing = options.find((it) => !it.given);
  if (missing === undefined) return undefined;
  // Of what is not asked there, something may be given.
  const unasked = secured.flatMap(({ option, group }) =>
    option?.given === true && !path.some((it) => it.group === group) ? [option] : [],
  );
  // What holds the one that is missing was given for other things, too, and what that one holds is missing with it.
  const isOfOther = (it: Option): boolean => !partsIn([missing.of]).has(it.of) && !partsIn([it.of]).has(missing.of);
  const given = [...options.filter((it) => it.given), ...unasked].filter(isOfOther);
  const used = given.length === 0 ? undefined : usedBy(records, root);
  const meant = given.find(({ of }) => used?.has(keyOf(of)) === true);
  const asked = path.flatMap(({ option, guard }) => (option === missing && guard?.kind === "condition" ? [guard.place] : []));
  if (meant === undefined || isRefused(records, root, meant.of, missing.of)) return undefined;
  return { of: { given: meant.text, missing: missing.text }, asked, owner: root };
}
