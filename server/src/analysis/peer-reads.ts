/** Where who the peer is is asked for, and what becomes of the certificate there: nobody looks at it, or its absence is a panic. */

import { type Effect, partsOf, type Value } from "../flow/index.ts";
import type { Local } from "../rust/bodies/index.ts";
import type { ClientAuthentication, Role } from "../tls/facts.ts";
import { roleOf } from "./building.ts";
import type { CallEvent } from "./call-event.ts";
import { pathsOf } from "./conditions.ts";
import { effectiveEvents } from "./effective-events.ts";
import type { ModelObject } from "./model-object.ts";
import { extend } from "./path-conditions.ts";
import { askerOf, type Records, type Root } from "./records.ts";
import { isOffered } from "./roots.ts";
import type { Site } from "./sites.ts";
import { usesOf } from "./uses.ts";

/** Connections that a value is of. */
function connectionsIn({ objects }: Records, root: string, value: Value): readonly ModelObject[] {
  const seen = new Set([value]);
  const found = new Set<ModelObject>();
  for (const it of seen) {
    const object = it.kind === "object" ? objects.known(root, it.object) : undefined;
    if (object !== undefined) found.add(object);
    for (const part of partsOf(it)) seen.add(part);
  }
  return [...found].filter((it) => it.sort === "stream");
}

/** `connection`: what the call is made on, if that is known. */
export function notePeerRead(call: CallEvent, connection: ModelObject | undefined): void {
  const { records, statement, root, chain, effect } = call;
  const { hit } = statement;
  const reads = hit?.of.readsPeerIdentity;
  if (reads !== undefined) addPeerRead(records, root, { chain, site: call.site, effect, reads, library: hit?.model.crate }, connection);
}

interface Reading {
  readonly chain: readonly Site[];
  readonly site: Site;
  readonly effect: Effect;
  readonly reads: "certificate" | "data";
  readonly library?: string | undefined;
}

export function addPeerRead(
  records: Records,
  root: Root,
  { chain, site, effect, reads, library }: Reading,
  connection: ModelObject | undefined,
): void {
  const made = connection === undefined ? "unknown" : roleOf(connection);
  const side = made === "unknown" ? declaredRole(records, site) : made;
  records.peerReads.push({
    site,
    place: records.sites.named(site),
    call: records.sites.written(site),
    path: root.path,
    chain,
    paths: pathsOf(effect.condition, askerOf(records, root.id, root.inputs, records.sites.named(site))).flatMap((it) => {
      const whole = extend(root.path, it);
      return whole === undefined ? [] : [whole];
    }),
    connections: connectionsIn(records, root.id, effect.on),
    givesCertificate: reads === "certificate",
    ofClient: side === "client",
    eitherOf: side === "client" || side === "server" ? undefined : library,
    isOffered: isOffered(records, root, site),
  });
}

/** That of the type of which names say that it has the method. */
function declaredRole({ models, sites }: Records, { owner, operation }: Site): Role | undefined {
  if (operation.kind !== "method") return undefined;
  const { name, nameSpan } = operation;
  const found = sites.program.names.method(owner, { name, start: nameSpan.start, type: undefined, receiver: undefined });
  if (found.kind !== "external") return undefined;
  return models.type(models.canonical(found.path.slice(0, found.path.lastIndexOf("::"))))?.of.role;
}

/** Somebody looks at who a client is. */
export const peersAreRead = ({ peerReads }: Records): boolean => peerReads.some((it) => !it.ofClient);

/** What servers of the program demand of their clients at the end. */
export const demandsOf = (objects: readonly ModelObject[]): readonly ClientAuthentication[] =>
  objects.flatMap((object) =>
    effectiveEvents(object).flatMap(({ facts }) =>
      [...(facts.server ?? []), ...facts.any].flatMap((fact) => (fact.kind === "client-authentication" ? [fact.mode] : [])),
    ),
  );

export function stateAskedPeers({ peerReads, objects, loose }: Records): void {
  const demanded = demandsOf(objects.all);
  for (const { site, place, call, path, givesCertificate } of peerReads) {
    if (!givesCertificate) continue;
    const use = isDropped(site) ? "dropped" : demanded.includes("optional") && isAssumed(site) ? "assumed" : undefined;
    if (use !== undefined) loose.push({ fact: { kind: "peer-certificate", use, call }, place, related: [], path, draft: -1 });
  }
}

/** Methods that hand on what they are called on, and those that hand on something of it, present or not. */
const SAME: ReadonlySet<string> = new Set(["clone", "cloned", "as_ref", "as_deref", "ok"]);
const CARRYING: ReadonlySet<string> = new Set([...SAME, "map", "and_then"]);
/** Those that give a part of what they are called on, and do nothing else. */
const TAKING: ReadonlySet<string> = new Set([...SAME, "first", "last", "get", "iter", "next", "to_owned", "to_vec"]);
const PANICKING: ReadonlySet<string> = new Set(["unwrap", "expect"]);

const isDropped = ({ body, operation }: Site): boolean =>
  handedOn(body, operation.to, (it) => isTaking(it, body)).every((local) =>
    usesOf(body, local).every(({ operation: it }) => isTakenOut(it, body) || isTaking(it, body)),
  );

const isAssumed = ({ body, operation }: Site): boolean =>
  handedOn(body, operation.to, (it) => isHandedOn(it, CARRYING)).some((local) =>
    usesOf(body, local).some(({ operation: it }) => it?.kind === "method" && PANICKING.has(it.name)),
  );

type Used = ReturnType<typeof usesOf>[number]["operation"];

/** Of a payload that is taken out where it was tested no more is said, and what nobody reads nobody has, whatever it is called. */
const isTakenOut = (it: Used, body: Site["body"]): boolean =>
  it?.kind === "copy" && (it.from.path.length > 0 || usesOf(body, it.to).length === 0);

/** `and_then(|chain| chain.first())` does as `first` does. */
function isTaking(it: Used, body: Site["body"]): boolean {
  if (it?.kind !== "method" || !CARRYING.has(it.name)) return isHandedOn(it, TAKING);
  const given = it.arguments.map((local) => body.blocks.flatMap(({ operations }) => operations).find((one) => one.to === local));
  return given.every((one) => {
    const inside = one?.kind === "closure" ? body.closures[one.body] : undefined;
    const operations = inside?.blocks.flatMap((block) => block.operations) ?? [undefined];
    return operations.every((inner) => inner?.kind === "copy" || inner?.kind === "constant" || isHandedOn(inner, TAKING));
  });
}

const isHandedOn = (it: Used, through: ReadonlySet<string>): boolean =>
  it?.kind === "await" || it?.kind === "reference" || (it?.kind === "method" && through.has(it.name));

/** The value, and what such methods make of it. */
function handedOn(body: Site["body"], first: Local, through: (it: Used) => boolean): readonly Local[] {
  const all = [first];
  for (const local of all)
    for (const { operation } of usesOf(body, local))
      if (operation !== undefined && through(operation) && !all.includes(operation.to)) all.push(operation.to);
  return all;
}
