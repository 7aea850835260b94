/** What is known of a value by its type, or by the calls that made it: a trust store, a verifier, revocation lists. */
import type { CrateModel, TypeModel } from "../models/model.ts";
import type { Expression, Statement, Type } from "../rust/index.ts";
import type { Ground } from "./ground.ts";
import { callModel, means } from "./meaning.ts";

/** A value of a modelled type: what a variable holds, as far as its first value tells. */
export interface Held {
  readonly type: string;
  readonly model: TypeModel;
  readonly shared: boolean;
  readonly borrowed: boolean;
  /** Several, in a list of them. */
  readonly listed?: true;
}
export interface Spare {
  /** The expression that takes it. */
  readonly take: string;
  /** It is an `Arc` already. */
  readonly shared: boolean;
  /** `let _ = store;`, which says no more than that it is not used. */
  readonly forgotten?: readonly Statement[];
}

export function ofValue(value: Expression, ground: Ground, lookup: (name: string) => Held | undefined): Held | undefined {
  switch (value.kind) {
    case "try":
      return ofCollected(value.operand, ground, lookup) ?? ofValue(value.operand, ground, lookup);
    case "await":
      return ofValue(value.operand, ground, lookup);
    case "reference": {
      const held = ofValue(value.operand, ground, lookup);
      return held === undefined ? undefined : { ...held, borrowed: true };
    }
    case "path":
      return value.path.segments.length === 1 ? lookup(value.path.segments[0]?.name ?? "") : undefined;
    case "struct":
      return modelled(means(value.path.segments, ground), ground.models);
    case "method": {
      const before = ofCollected(value.receiver, ground, lookup) ?? ofValue(value.receiver, ground, lookup);
      if (/^(?:unwrap|expect|map_err|context|with_context|unwrap_or_else|clone)$/.test(value.name)) return before;
      if (before === undefined) return undefined;
      if (value.name === "into" || value.name === "boxed") return { ...before, shared: true };
      const call = callModel(`${before.type}::${value.name}`, ground.models);
      const returns = call?.returns;
      if (returns === "self" || returns === "clone") return before;
      if (typeof returns === "object" && "becomes" in returns) return modelled(returns.becomes, ground.models);
      return undefined;
    }
    case "call":
      return ofCall(value.callee, value.arguments, ground, lookup);
    default:
      return undefined;
  }
}

/** What a list holds that failed if one of its parts did: `parts.collect::<Result<Vec<_>, _>>()`, with its error taken off. */
function ofCollected(value: Expression, ground: Ground, lookup: (name: string) => Held | undefined): Held | undefined {
  if (value.kind === "method" && /^(?:map_err|context|with_context)$/.test(value.name)) return ofCollected(value.receiver, ground, lookup);
  const held = value.kind === "method" && value.name === "collect" ? ofValue(value.receiver, ground, lookup) : undefined;
  return held && { ...held, listed: true };
}

function ofCall(
  callee: Expression,
  given: readonly Expression[],
  ground: Ground,
  lookup: (name: string) => Held | undefined,
): Held | undefined {
  if (callee.kind !== "path") return undefined;
  const resolution = ground.scopes.resolve(callee.path, ground.scope);
  if (resolution.kind === "local") {
    const { item } = resolution.definition;
    return item.kind === "function" && item.returns !== undefined ? ofType(item.returns, ground) : undefined;
  }
  const path = means(callee.path.segments, ground) ?? callee.path.segments.map((it) => it.name).join("::");
  if (/(?:^|::)Arc::(?:new|from)$/.test(path)) {
    const [first] = given;
    const held = first === undefined ? undefined : ofValue(first, ground, lookup);
    return held === undefined ? undefined : { ...held, shared: true };
  }
  const returns = callModel(path, ground.models)?.returns;
  return typeof returns === "object" && "new" in returns ? modelled(returns.new, ground.models) : undefined;
}

export function ofType(type: Type, ground: Ground): Held | undefined {
  if (type.kind === "reference") {
    const held = ofType(type.inner, ground);
    return held === undefined ? undefined : { ...held, borrowed: true };
  }
  if (type.kind !== "path") return undefined;
  const last = type.path.segments.at(-1);
  const [inner] = last?.generics ?? [];
  if (last !== undefined && inner !== undefined && /^(?:Arc|Result|Option|Vec)$/.test(last.name)) {
    const held = ofType(inner, ground);
    if (held !== undefined && last.name === "Vec") return held.model.sort === "crls" ? { ...held, listed: true } : undefined;
    return held === undefined || last.name !== "Arc" ? held : { ...held, shared: true };
  }
  return modelled(means(type.path.segments, ground), ground.models);
}

function modelled(path: string | undefined, models: readonly CrateModel[]): Held | undefined {
  if (path === undefined) return undefined;
  for (const { types } of models) {
    const model = types[path];
    if (model !== undefined) return { type: path, model, shared: false, borrowed: false };
  }
  return undefined;
}
