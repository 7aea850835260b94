/** What calls say of an object, and what they may still say once it is there: nobody else can set anything else. */
import type { CallModel, CanonicalPath, Effect } from "../models/model.ts";
import type { FactKind } from "../tls/facts.ts";
import type { ModelIndex } from "./model-index.ts";
import type { ModelObject } from "./model-object.ts";

/** Kinds of facts that an effect states of its object. */
export function kindsOf(effect: Effect): readonly FactKind[] {
  switch (effect.kind) {
    case "states":
      return [effect.fact.kind];
    case "switch":
      return [effect.on, effect.off].flatMap((it) => it?.kind ?? []);
    case "flags":
      return effect.cases.flatMap(({ states }) => states.map((it) => it.kind));
    case "keyed":
      return effect.cases.map(({ states }) => (states === "peer" ? states : states.kind));
    case "peers":
      return [...(effect.words ?? []), ...(effect.silent ?? [])].map(({ states }) => states.kind);
    case "word":
    case "number":
    case "text":
      return [effect.of];
    case "trusts":
      return ["trust"];
    case "revokes":
      return ["revocation"];
    default:
      return [];
  }
}

/** Whether somebody who has the object may say something else of that kind: a connection is what it was made, a builder is not. */
export function isSettable(models: ModelIndex, { type, model }: ModelObject, kind: FactKind): boolean {
  const types = new Set([type]);
  for (const it of types) for (const inner of models.type(it)?.of.derefs ?? []) types.add(inner);
  return [...types].some((it) => {
    const calls = (models.type(it)?.model ?? model).calls ?? [];
    return calls.some((call) => isMember(call, it) && says(call, kind));
  });
}

/** A method or field; what makes such an object is none. */
const isMember = ({ path, returns }: CallModel, type: CanonicalPath): boolean =>
  (path.startsWith(`${type}::`) || path.startsWith(`${type}.`)) && !(typeof returns === "object" && "new" in returns);

/** Views and parts say what their own calls do. */
const says = ({ returns, effects = [] }: CallModel, kind: FactKind): boolean =>
  (typeof returns === "object" && "view" in returns) || effects.some((it) => PARTS.has(it.kind) || kindsOf(it).includes(kind));

const PARTS: ReadonlySet<Effect["kind"]> = new Set(["takes", "calls", "callback", "installs", "switches", "accepts"]);
