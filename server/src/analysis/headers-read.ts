/** Which headers a program reads, and where: by their names, or through a function of the program's own that is given the name. */
import type { Span } from "../base/span.ts";
import type { FunctionId } from "../flow/index.ts";
import { HEADER_CALLS, HEADER_GETTERS } from "../models/identity-headers.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import { naming } from "./bodies-naming.ts";
import { headerName, makerOf, meantBy, operationsOf } from "./header-calls.ts";
import type { Sites } from "./sites.ts";

export interface HeaderRead {
  readonly owner: FunctionId;
  readonly body: Body;
  /** What holds its name. */
  readonly local: Local;
  readonly header: string;
  /** What names it. */
  readonly span: Span;
}

/** What names a header in a body that reads it. */
interface Named {
  readonly owner: FunctionId;
  readonly body: Body;
  readonly local: Local;
}

/** Whoever reads a header writes one of these. */
const NAMING: ReadonlySet<string> = new Set([...HEADER_GETTERS, ...HEADER_CALLS]);

export function headersRead(sites: Sites, functions: readonly FunctionId[]): readonly HeaderRead[] {
  const reads = naming(NAMING);
  const named = functions.flatMap((owner) => {
    const declared = sites.declared(owner);
    const body = declared !== undefined && reads(declared) ? sites.flow.callable(owner)?.body : undefined;
    return body === undefined ? [] : within(owner, body).flatMap((it) => namedIn(sites, it.owner, it.body));
  });
  const all = new Map(named.map((it) => [keyOf(it), it]));
  // What a function is given for it is what its callers name.
  for (const it of all.values()) for (const given of givenFor(sites, functions, it)) all.set(keyOf(given), given);
  return [...all.values()].flatMap((it) => {
    const made = makerOf(it.local, operationsOf(it.body));
    const header = made && textOf(sites, it, made);
    return made === undefined || header === undefined ? [] : [{ ...it, header, span: made.span }];
  });
}

const keyOf = ({ owner, local }: Named): string => `${owner} ${local}`;

/** A body and the closures in it. */
function within(owner: FunctionId, body: Body): readonly { readonly owner: FunctionId; readonly body: Body }[] {
  return [{ owner, body }, ...body.closures.flatMap((it, index) => within(`${owner}|${index}`, it))];
}

/** `headers().get(name)`, `header(name)`. */
function namedIn(sites: Sites, owner: FunctionId, body: Body): readonly Named[] {
  return operationsOf(body).flatMap((it): readonly Named[] => {
    const local = headerName(sites, owner, body, it);
    return local === undefined ? [] : [{ owner, body, local }];
  });
}

/** What calls of a function give for a parameter of its that names a header. */
function givenFor(sites: Sites, functions: readonly FunctionId[], named: Named): readonly Named[] {
  const index = parameterOf(named);
  if (index === undefined) return [];
  const { owner } = named;
  const at = owner.lastIndexOf("|");
  const around = at < 0 ? undefined : owner.slice(0, at);
  if (around !== undefined) return callsOfClosure(sites, around, Number(owner.slice(at + 1)), index);
  const name = sites.declared(owner)?.name;
  const calls = naming(new Set(name === undefined ? [] : [name]));
  const bodies = functions.flatMap((id) => {
    const declared = sites.declared(id);
    const body = declared !== undefined && calls(declared) ? sites.flow.callable(id)?.body : undefined;
    return body === undefined ? [] : within(id, body);
  });
  return bodies.flatMap((it) =>
    operationsOf(it.body).flatMap((call) => {
      const local = targetOf(sites, it.owner, call) === owner ? givenAt(call, index) : undefined;
      return local === undefined ? [] : [{ ...it, local }];
    }),
  );
}

/** Which parameter a local is as it is. */
function parameterOf({ body, local }: Named): number | undefined {
  const seen = new Set<Local>();
  for (let at = local; !seen.has(at); ) {
    seen.add(at);
    const index = body.parameters.indexOf(at);
    if (index >= 0) return index;
    const made = makerOf(at, operationsOf(body));
    if (made?.kind === "copy") at = made.from.local;
    else if (made?.kind === "reference") at = made.place.local;
  }
  return undefined;
}

/** In the body that makes it, by the variable that has it. */
function callsOfClosure(sites: Sites, owner: FunctionId, closure: number, index: number): readonly Named[] {
  const body = sites.flow.callable(owner)?.body;
  if (body === undefined) return [];
  const operations = operationsOf(body);
  const held = new Set(operations.flatMap((it) => (it.kind === "closure" && it.body === closure ? [it.to] : [])));
  for (const it of operations) if (it.kind === "copy" && it.from.path.length === 0 && held.has(it.from.local)) held.add(it.to);
  return operations.flatMap((it): readonly Named[] => {
    const local = it.kind === "call" && it.callee.kind === "local" && held.has(it.callee.local) ? it.arguments[index] : undefined;
    return local === undefined ? [] : [{ owner, body, local }];
  });
}

function targetOf(sites: Sites, owner: FunctionId, it: Operation): FunctionId | undefined {
  const target = meantBy(sites, owner, it);
  return target?.kind === "function" ? target.id : undefined;
}

/** The receiver is the first parameter of a method. */
function givenAt(it: Operation, index: number): Local | undefined {
  if (it.kind === "method") return it.arguments[index - 1];
  return it.kind === "call" ? it.arguments[index] : undefined;
}

/** A literal, or a constant that stands for one; calls of one argument around it hand it on. */
function textOf(sites: Sites, { owner, body }: Named, named: Operation): string | undefined {
  const operations = operationsOf(body);
  let it = named;
  for (let inner: Operation | undefined = it; inner !== undefined; ) {
    it = inner;
    const [only]: readonly Local[] = it.kind === "call" && it.arguments.length === 1 ? it.arguments : [];
    inner = only === undefined ? undefined : makerOf(only, operations);
  }
  if (it.kind === "constant") return it.literal.type === "string" ? it.literal.value : undefined;
  const target = it.kind === "path" ? sites.program.names.path(owner, it.path) : undefined;
  const result = target?.kind === "constant" ? sites.flow.summary(target.id)?.result : undefined;
  const held = result?.kind === "apply" && result.arguments.length === 1 ? result.arguments[0] : result;
  return held?.kind === "constant" && typeof held.value === "string" ? held.value : undefined;
}
