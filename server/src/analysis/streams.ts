/** Which streams a hook on connections asks for: it is given something of any type, and guesses by `downcast_ref::<T>()`. */
import type { FunctionId, Target, Value } from "../flow/index.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import type { Type } from "../rust/index.ts";
import type { Place } from "../tls/facts.ts";
import type { Sites } from "./sites.ts";

export interface AskedStream {
  /** Its path, without generic arguments. */
  readonly type: string;
  readonly place: Place;
}

const ASKING: ReadonlySet<string> = new Set(["downcast_ref", "downcast_mut", "downcast", "is"]);

/** Undefined where the hook does something else with the connection, or its body or a type is not known. */
export function streamsAskedFor(sites: Sites, hook: Value): readonly AskedStream[] | undefined {
  if (hook.kind === "labelled") return streamsAskedFor(sites, hook.of);
  const isFunction = hook.kind === "function" && hook.target.kind === "function";
  const owner = hook.kind === "closure" ? hook.of : isFunction && "id" in hook.target ? hook.target.id : undefined;
  return owner === undefined ? undefined : askedIn(sites, owner, 0, new Set());
}

/** `seen`: what was asked before: a function that hands the connection back to one that did asks nothing else. */
function askedIn(sites: Sites, owner: FunctionId, parameter: number, seen: Set<string>): readonly AskedStream[] | undefined {
  const key = `${owner} ${parameter}`;
  if (seen.has(key)) return [];
  seen.add(key);
  const body = sites.flow.callable(owner)?.body;
  const connection = body?.parameters[parameter];
  if (body === undefined || connection === undefined) return undefined;
  const names = namesOf(body, connection);
  const found: AskedStream[] = [];
  for (const it of body.blocks.flatMap(({ operations }) => operations)) {
    if (names.has(it.to) || !isUse(it, names)) continue;
    const more = it.kind === "method" ? byMethod(sites, owner, it, names) : byCall(sites, owner, it, names, seen);
    if (more === undefined) return undefined;
    found.push(...more);
  }
  return found;
}

/** The parameter, and what refers to it. */
function namesOf({ blocks }: Body, connection: Local): ReadonlySet<Local> {
  const names = new Set([connection]);
  const operations = blocks.flatMap((it) => it.operations);
  for (const name of names)
    for (const it of operations) {
      const from = it.kind === "copy" ? it.from : it.kind === "reference" ? it.place : undefined;
      if (from?.local === name && from.path.every((step) => step.kind === "dereference")) names.add(it.to);
    }
  return names;
}

function isUse(it: Operation, names: ReadonlySet<Local>): boolean {
  switch (it.kind) {
    case "method":
      return names.has(it.receiver.local) || it.arguments.some((one) => names.has(one));
    case "call":
    case "macro":
      return it.arguments.some((one) => names.has(one));
    case "tuple":
    case "array":
      return it.elements.some((one) => names.has(one));
    case "record":
      return it.fields.some((one) => names.has(one.value));
    case "copy":
      return names.has(it.from.local);
    default:
      return false;
  }
}

type Method = Extract<Operation, { readonly kind: "method" }>;

function byMethod(sites: Sites, owner: FunctionId, it: Method, names: ReadonlySet<Local>): readonly AskedStream[] | undefined {
  const [type] = it.generics;
  if (!names.has(it.receiver.local) || !ASKING.has(it.name) || type === undefined) return undefined;
  const path = pathOf(sites, owner, type);
  return path === undefined ? undefined : [{ type: path, place: sites.place({ owner }, type.span) }];
}

/** An alias is what it stands for. */
const pathOf = ({ program }: Sites, owner: FunctionId, type: Type): string | undefined => program.writtenType(type, owner);

/** Handed on to a function of the program. */
function byCall(
  sites: Sites,
  owner: FunctionId,
  it: Operation,
  names: ReadonlySet<Local>,
  seen: Set<string>,
): readonly AskedStream[] | undefined {
  if (it.kind !== "call" || it.callee.kind !== "path") return undefined;
  const target: Target = sites.program.names.path(owner, it.callee.path);
  const at = it.arguments.findIndex((one) => names.has(one));
  return target.kind === "function" ? askedIn(sites, target.id, at, seen) : undefined;
}
