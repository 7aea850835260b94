/** Which streams a hook on connections asks for: it is given something of any type, and guesses by `downcast_ref::<T>()`. */
import type { Block, Expression, Pattern, Scope, Type } from "../rust/index.ts";
import type { Place } from "../tls/facts.ts";
import { MAX_ALIASES } from "./budgets.ts";
import type { Machine } from "./machine.ts";
import { expressionsIn } from "./spelling/trail.ts";
import { examined, type Value } from "./values.ts";

export interface AskedStream {
  /** Canonical, without generic arguments. */
  readonly type: string;
  readonly place: Place;
}

const ASKING: ReadonlySet<string> = new Set(["downcast_ref", "downcast_mut", "downcast", "is"]);
const MOST_CALLS = 4;

/** Undefined where the hook does something else with the connection, or its body or a type is not known. */
export function streamsAskedFor(machine: Machine, hook: Value): readonly AskedStream[] | undefined {
  const it = examined(hook);
  if (it.kind === "closure") {
    const { body, parameters, frame } = it.closure;
    return asked(
      machine,
      { body: { span: body.span, items: [], statements: [], tail: body }, scope: frame.scope },
      parameters[0]?.pattern,
      0,
    );
  }
  const item = it.kind === "function" ? it.definition.item : undefined;
  if (it.kind !== "function" || item?.kind !== "function") return undefined;
  const body = item.body();
  return body && asked(machine, { body, scope: it.definition.scope }, item.parameters[0]?.pattern, 0);
}

/** `connection`: what the hook calls what it is given. */
function asked(
  machine: Machine,
  { body, scope }: { readonly body: Block; readonly scope: Scope },
  connection: Pattern | undefined,
  depth: number,
): readonly AskedStream[] | undefined {
  if (connection?.kind === "wildcard") return [];
  if (connection?.kind !== "binding" || depth > MOST_CALLS) return undefined;
  const inside = machine.scopes.within(scope, body.items);
  const isConnection = (it: Expression | undefined): boolean =>
    it?.kind === "reference"
      ? isConnection(it.operand)
      : it?.kind === "path" && it.path.segments.length === 1 && it.path.segments[0]?.name === connection.name;
  const found: AskedStream[] = [];
  let understood = 0;
  const all = expressionsIn(body);
  for (const it of all) {
    if (it.kind === "method" && isConnection(it.receiver) && ASKING.has(it.name)) {
      const [type] = it.generics;
      const name = type && canonical(machine, type, inside, 0);
      if (type === undefined || name === undefined) return undefined;
      found.push({ type: name, place: { file: scope.file, span: type.span } });
      understood++;
    }
    if (it.kind !== "call" || it.callee.kind !== "path") continue;
    const at = it.arguments.findIndex(isConnection);
    if (at < 0) continue;
    const called = machine.scopes.resolve(it.callee.path, inside);
    if (called.kind !== "local" || called.definition.item.kind !== "function") return undefined;
    const { item } = called.definition;
    const block = item.body();
    const more = block && asked(machine, { body: block, scope: called.definition.scope }, item.parameters[at]?.pattern, depth + 1);
    if (more === undefined) return undefined;
    found.push(...more);
    understood++;
  }
  const uses = all.filter((it) => it.kind === "path" && isConnection(it)).length;
  return uses === understood ? found : undefined;
}

function canonical(machine: Machine, type: Type, scope: Scope, aliases: number): string | undefined {
  if (aliases > MAX_ALIASES || type.kind !== "path") return undefined;
  const found = machine.scopes.resolve(type.path, scope);
  if (found.kind === "local") {
    const { item } = found.definition;
    return item.kind === "type-alias" ? canonical(machine, item.type, found.definition.scope, aliases + 1) : undefined;
  }
  const [path, another] = found.kind === "external" ? found.paths : [];
  return path === undefined || another !== undefined ? undefined : machine.models.canonical(path.join("::"));
}
