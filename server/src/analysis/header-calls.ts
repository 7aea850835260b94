/** Which calls read a header of a message: by what they mean, by the type that they are called on, or by what holds it. */
import type { FunctionId, Target } from "../flow/index.ts";
import { HEADER_CALLS, HEADER_FILTERS, HEADER_GETTERS, HEADER_TYPES } from "../models/identity-headers.ts";
import type { Body, Local, Operation, Place } from "../rust/bodies/index.ts";
import { lastOf } from "../rust/last-of.ts";
import { HOLDS_HEADERS } from "./lexicon.ts";
import type { Sites } from "./sites.ts";

type Method = Extract<Operation, { readonly kind: "method" }>;

/** What names the header, where a call reads one by its name. */
export function headerName(sites: Sites, owner: FunctionId, body: Body, it: Operation): Local | undefined {
  if (it.kind !== "method" && it.kind !== "call") return undefined;
  const [only, ...others] = it.arguments;
  if (only === undefined || others.length > 0) return undefined;
  return it.kind === "method" ? ofMethod(sites, owner, body, it, only) : isFilter(sites, owner, it) ? only : undefined;
}

function ofMethod(sites: Sites, owner: FunctionId, body: Body, it: Method, only: Local): Local | undefined {
  if (!HEADER_CALLS.has(it.name) && !HEADER_GETTERS.has(it.name)) return undefined;
  const target = meantBy(sites, owner, it);
  // What the program's own does with a name, its body tells.
  if (target?.kind === "function" && sites.flow.callable(target.id) !== undefined) return undefined;
  if (HEADER_CALLS.has(it.name)) return only;
  return isOfHeaders(target) || holdsHeaders(body, it.receiver) ? only : undefined;
}

function isFilter(sites: Sites, owner: FunctionId, it: Operation): boolean {
  const target = meantBy(sites, owner, it);
  return target?.kind === "external" && HEADER_FILTERS.has(target.path);
}

function isOfHeaders(target: Target | undefined): boolean {
  if (target?.kind !== "external") return false;
  const end = target.path.lastIndexOf("::");
  return end >= 0 && HEADER_TYPES.has(lastOf(target.path.slice(0, end)));
}

/** The place itself is called so, or what it was made of, over what is called without arguments: `headers().clone()`. */
function holdsHeaders(body: Body, place: Place): boolean {
  const operations = operationsOf(body);
  const seen = new Set<Local>();
  for (let at: Place | undefined = place; at !== undefined && !seen.has(at.local); ) {
    seen.add(at.local);
    const field = at.path.flatMap((it) => (it.kind === "field" ? [it.name] : [])).at(-1);
    const name = field ?? body.locals[at.local]?.name;
    if (name !== undefined && HOLDS_HEADERS.test(name)) return true;
    if (field !== undefined) return false;
    const made = makerOf(at.local, operations);
    if (made?.kind === "method" && HOLDS_HEADERS.test(made.name)) return true;
    if (made?.kind === "call") return made.callee.kind === "path" && HOLDS_HEADERS.test(made.callee.path.segments.at(-1)?.name ?? "");
    at = sourceOf(made);
  }
  return false;
}

function sourceOf(made: Operation | undefined): Place | undefined {
  if (made?.kind === "copy") return made.from;
  if (made?.kind === "reference") return made.place;
  if (made?.kind === "await") return { local: made.operand, path: [] };
  return made?.kind === "method" && made.arguments.length === 0 ? made.receiver : undefined;
}

/** What the name of a call means. */
export function meantBy({ program: { names } }: Sites, owner: FunctionId, it: Operation): Target | undefined {
  if (it.kind === "method") return names.method(owner, { name: it.name, start: it.nameSpan.start, type: undefined, receiver: undefined });
  return it.kind === "call" && it.callee.kind === "path" ? names.path(owner, it.callee.path) : undefined;
}

export const operationsOf = ({ blocks }: Body): readonly Operation[] => blocks.flatMap((it) => it.operations);

export const makerOf = (local: Local, operations: readonly Operation[]): Operation | undefined =>
  operations.find((it) => it.to === local && it.kind !== "store");
