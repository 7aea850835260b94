/** What of a fact shows only once everything is read: whether anything is left, and what is shown beside a certificate. */
import type { Fact, FactOf } from "../tls/facts.ts";
import type { ModelObject, ObservationDraft } from "./model-object.ts";

/** Whether the program goes on without what has failed, where nothing at all is left; whether a certificate is all that is shown. */
export function whenAllIsRead({ fact, object }: ObservationDraft): Fact {
  if (fact.kind === "dropped-error" && object?.checked === true) return { ...fact, checked: true };
  return fact.kind === "partial-bundle" && object !== undefined ? withItsChain(fact, object) : fact;
}

/** Whether it is shown with others that may be the rest of its chain; `object`: the certificate, or what loads and shows it itself. */
function withItsChain(fact: FactOf<"partial-bundle">, object: ModelObject): FactOf<"partial-bundle"> {
  const by = fact.shown === undefined ? showing(object) : [object];
  const isAlone = by.some(({ parts }) => parts.every((it) => !isOwn(it) || it.object === object));
  return by.length === 0 ? fact : { ...fact, shown: isAlone ? "alone" : "with-others" };
}

/** The endpoints that have them as their own. */
const showing = (certificates: ModelObject): readonly ModelObject[] =>
  certificates.usedBy.filter((it) => OWNERS.has(it.sort) && it.parts.some((part) => isOwn(part) && part.object === certificates));

/** Configurations, and what they are given to show. */
const OWNERS: ReadonlySet<ModelObject["sort"]> = new Set(["configuration", "other"]);

const isOwn = ({ kind }: ModelObject["parts"][number]): boolean => kind === "certificates";
