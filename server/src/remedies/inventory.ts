/** What lies ready in the function around a place: the endpoint's variable, a trust store or verifier without use, the files it names. */
import type { CrateModel, TypeModel } from "../models/model.ts";
import type { Block, Expression, FunctionItem, Type } from "../rust/index.ts";
import type { Ground } from "./ground.ts";
import { callModel, means } from "./meaning.ts";
import { type FileRole, fileIn } from "./named-file.ts";
import type { Site } from "./site.ts";
import { type Ancestor, expressionsIn } from "./trail.ts";

export interface Inventory {
  /** The variable that holds the endpoint. */
  binding(): string | undefined;
  spare(sort: "trust-store" | "verifier"): Spare | undefined;
  /** What names the file of the endpoint's own chain, its key or its clients' CA. */
  file(role: FileRole): string | undefined;
}
export interface Spare {
  /** The expression that takes it. */
  readonly take: string;
  /** It is an `Arc` already. */
  readonly shared: boolean;
}

export function createInventory(site: Site, trail: readonly Ancestor[], ground: Ground): Inventory {
  const here = enclosingFunction(trail);
  const body = here?.body();
  return {
    binding: () => (site.expression?.kind === "method" ? rootOf(site.expression) : undefined) ?? bindingOf(site, trail),
    spare: (sort) => (body === undefined || here === undefined ? undefined : spareIn(sort, here, body, trail, site, ground)),
    file: (role) => (body === undefined ? undefined : fileIn(role, body, site, ground)),
  };
}

/** A value of a modelled type: what a variable holds, as far as its first value tells. */
interface Held {
  readonly type: string;
  readonly model: TypeModel;
  readonly shared: boolean;
  readonly borrowed: boolean;
}
interface Variable {
  readonly name: string;
  readonly at: number;
  readonly held: Held;
}

export const enclosingFunction = (trail: readonly Ancestor[]): FunctionItem | undefined => {
  for (const ancestor of [...trail].reverse()) if (ancestor.of === "item" && ancestor.node.kind === "function") return ancestor.node;
  return undefined;
};

/** The variable at the start of a chain of method calls. */
function rootOf(expression: Expression): string | undefined {
  let node = expression;
  for (;;) {
    if (node.kind === "method") node = node.receiver;
    else if (node.kind === "try" || node.kind === "await") node = node.operand;
    else break;
  }
  return node.kind === "path" && node.path.segments.length === 1 ? node.path.segments[0]?.name : undefined;
}

/** A constructor's value is in the variable only if nothing but `?` and its kin stands between: `let name = Type::new()?;`. */
function bindingOf(site: Site, trail: readonly Ancestor[]): string | undefined {
  if (site.expression?.kind !== "call") return site.binding;
  let passed = true;
  for (const ancestor of [...trail].reverse()) {
    if (ancestor.of === "statement") {
      if (ancestor.node.kind !== "let" || ancestor.node.pattern.kind !== "binding" || !passed) return undefined;
      return ancestor.node.pattern.name;
    }
    if (ancestor.of !== "expression" || ancestor.node.kind === "closure" || ancestor.node.kind === "block") return undefined;
    if (ancestor.node === site.expression) continue;
    passed &&=
      ancestor.node.kind === "try" ||
      (ancestor.node.kind === "method" && /^(?:unwrap|expect|map_err|context|with_context)$/.test(ancestor.node.name));
  }
  return undefined;
}

function spareIn(
  sort: "trust-store" | "verifier",
  here: FunctionItem,
  body: Block,
  trail: readonly Ancestor[],
  site: Site,
  ground: Ground,
): Spare | undefined {
  const limit = site.expression?.span.start ?? site.nameSpan.start;
  const visible = variables(here, trail, limit, ground);
  const all = expressionsIn(body);
  const candidates = visible.filter(
    (it) =>
      it.held.model.sort === sort &&
      (sort === "trust-store" || (it.held.model.role === "server" && isFinished(it.held, site))) &&
      !isSpent(it, all, limit),
  );
  const best = candidates.find((it) => /client|ca(?![a-z])|trust/i.test(it.name)) ?? candidates[0];
  if (best === undefined) return undefined;
  return { take: best.held.borrowed ? `${best.name}.clone()` : best.name, shared: best.held.shared };
}

/** What `with_client_cert_verifier` takes: an `Arc`, which the builder of 0.22 and later gives by itself. */
const isFinished = (held: Held, site: Site): boolean =>
  held.shared || /WebPkiClientVerifier$/.test(held.type) || (site.version ?? "").startsWith("0.20");

/** Variables in scope at the place, nearest first; a shadowed one is left out. */
function variables(here: FunctionItem, trail: readonly Ancestor[], limit: number, ground: Ground): readonly Variable[] {
  const found: Variable[] = [];
  const lookup = (name: string): Held | undefined => found.findLast((it) => it.name === name)?.held;
  for (const { pattern, type } of here.parameters) {
    const held = type === undefined ? undefined : ofType(type, ground);
    if (pattern.kind === "binding" && held !== undefined) found.push({ name: pattern.name, at: pattern.span.end, held });
  }
  for (const ancestor of trail) {
    if (ancestor.of !== "block") continue;
    for (const statement of ancestor.node.statements) {
      if (statement.span.end > limit || statement.kind !== "let" || statement.pattern.kind !== "binding") continue;
      const { name } = statement.pattern;
      const held =
        (statement.type === undefined ? undefined : ofType(statement.type, ground)) ??
        (statement.value === undefined ? undefined : ofValue(statement.value, ground, lookup));
      for (let at = found.length - 1; at >= 0; at--) if (found[at]?.name === name) found.splice(at, 1);
      if (held !== undefined) found.push({ name, at: statement.span.end, held });
    }
  }
  return found.reverse();
}

/** Whether a variable is given away: anything but being filled, looked at or lent before the place. What follows has to do without it. */
function isSpent(variable: Variable, all: readonly Expression[], place: number): boolean {
  const isIt = (it: Expression): boolean =>
    it.kind === "path" && it.path.segments.length === 1 && it.path.segments[0]?.name === variable.name;
  const harmless = new Set<Expression>();
  for (const it of all) {
    if (it.kind === "method" && isIt(it.receiver) && it.name !== "clone") harmless.add(it.receiver);
    if (it.kind === "reference" && isIt(it.operand)) harmless.add(it.operand);
  }
  return all.some((it) => it.span.start > variable.at && isIt(it) && (it.span.start > place || !harmless.has(it)));
}

function ofValue(value: Expression, ground: Ground, lookup: (name: string) => Held | undefined): Held | undefined {
  switch (value.kind) {
    case "try":
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
      const before = ofValue(value.receiver, ground, lookup);
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

function ofType(type: Type, ground: Ground): Held | undefined {
  if (type.kind === "reference") {
    const held = ofType(type.inner, ground);
    return held === undefined ? undefined : { ...held, borrowed: true };
  }
  if (type.kind !== "path") return undefined;
  const last = type.path.segments.at(-1);
  const [inner] = last?.generics ?? [];
  if (last !== undefined && inner !== undefined && /^(?:Arc|Result|Option)$/.test(last.name)) {
    const held = ofType(inner, ground);
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
