/** Who the peer is taken for: headers that stand for it, and servers that demand a certificate of which nobody takes any notice. */

import type { Span } from "../base/span.ts";
import type { FunctionId } from "../flow/index.ts";
import { IDENTITY_HEADER } from "../models/identity-headers.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import type { FactOf } from "../tls/facts.ts";
import { naming } from "./bodies-naming.ts";
import { ADDRESS_CHECK, LOOKS_AT_PEER } from "./lexicon.ts";
import type { Path } from "./path-conditions.ts";
import { peersAreRead } from "./peer-reads.ts";
import type { Records } from "./records.ts";
import type { Sites } from "./sites.ts";

/** `functions`: those whose bodies were evaluated, closures among them. `files`: with their texts. */
export function stateIdentity(
  records: Records,
  functions: readonly FunctionId[],
  files: ReadonlyMap<string, string>,
  pathTo: (id: FunctionId) => Path,
): void {
  const reach = reachOfAll(records);
  const { program, flow } = records.sites;
  const readsHeaders = naming(NAMING);
  for (const id of functions) {
    const declared = records.sites.declared(id);
    const body = declared !== undefined && readsHeaders(declared) ? flow.callable(id)?.body : undefined;
    for (const { header, span } of body === undefined ? [] : headersIn(records.sites, id, body)) {
      const fact = { kind: "identity-header", header, reach, checked: looksAtAddress(records.sites, id) } as const;
      records.loose.push({ fact, place: records.sites.place({ owner: id }, span), related: [], path: pathTo(id), draft: -1 });
    }
  }
  // Elsewhere somebody may look.
  const isAllSeen = program.ids.isWhole(new Set(files.keys())) && ![...files.values()].some((it) => LOOKS_AT_PEER.test(it));
  if (isAllSeen) stateUnseenPeers(records);
}

const GETTERS: ReadonlySet<string> = new Set(["get", "get_all", "get_one", "contains_key", "header", "get_header"]);
/** Whoever reads a header writes one of these. */
const NAMING: ReadonlySet<string> = new Set([...GETTERS, "header"]);

interface Header {
  readonly header: string;
  readonly span: Span;
}

/** Where a header is read: `headers().get(name)`, `header(name)`. */
function headersIn(sites: Sites, owner: FunctionId, body: Body): readonly Header[] {
  const operations = body.blocks.flatMap((it) => it.operations);
  return operations.flatMap((it): readonly Header[] => {
    const named = namedIn(sites, owner, it);
    const made = named === undefined ? undefined : makerOf(named, operations);
    const header = made && textOf(sites, owner, made, operations);
    return made === undefined || header === undefined || !IDENTITY_HEADER.test(header) ? [] : [{ header, span: made.span }];
  });
}

/** What names the header. */
function namedIn(sites: Sites, owner: FunctionId, it: Operation): Local | undefined {
  if (it.kind === "method") {
    const [only, ...others] = it.arguments;
    if (only === undefined || others.length > 0 || !GETTERS.has(it.name)) return undefined;
    const written = sites.text(sites.place({ owner }, { start: it.span.start, end: it.nameSpan.start }));
    return /header/.test(it.name) || /header/i.test(written.slice(-80)) ? only : undefined;
  }
  const path = it.kind === "call" && it.callee.kind === "path" && it.arguments.length === 1 ? it.callee.path.segments : [];
  return it.kind === "call" && path.some(({ name }) => name === "header") ? it.arguments[0] : undefined;
}

const makerOf = (local: Local, operations: readonly Operation[]): Operation | undefined =>
  operations.find((it) => it.to === local && it.kind !== "store");

/** A literal, or a constant that stands for one; calls of one argument around it hand it on. */
function textOf(sites: Sites, owner: FunctionId, named: Operation, operations: readonly Operation[]): string | undefined {
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

/** The same function looks at the address that a request came from. */
function looksAtAddress(sites: Sites, id: FunctionId): boolean {
  const declared = sites.declared(id);
  if (declared === undefined) return false;
  return ADDRESS_CHECK.test(sites.text(sites.place({ owner: id }, { start: declared.start, end: declared.end })));
}

/** Who can reach the program: by its listeners, as far as they are known. */
function reachOfAll({ objects }: Records): FactOf<"identity-header">["reach"] {
  const all = objects.all.flatMap((object) =>
    object.events.flatMap((event) => event.facts.any.flatMap((fact) => (fact.kind === "listener" ? [fact.reach] : []))),
  );
  if (all.includes("public")) return "public";
  return all.length > 0 && all.every((it) => it === "loopback") ? "loopback" : "unknown";
}

function stateUnseenPeers(records: Records): void {
  const { objects, loose } = records;
  if (peersAreRead(records)) return;
  for (const object of objects.all)
    for (const { facts, place, path, draft } of object.events)
      if (facts.any.some((it) => it.kind === "listener" && it.transport === "tls"))
        loose.push({ fact: { kind: "peer-identity", looked: false }, place, related: [], path, draft, object });
}
