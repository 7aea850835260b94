/** What something was loaded from: a file's bytes, or a path to it, and whether these are given to somebody else, too. */
import { CONTENTS } from "../models/contents.ts";
import { FAILURES } from "../models/failures.ts";
import type { Local, Operation, Place } from "../rust/bodies/index.ts";
import { BodyIndex } from "./body-index.ts";
import type { Frame } from "./frames.ts";
import { argumentOf, type Site, type Sites } from "./sites.ts";

export interface Origin extends Frame {
  readonly local: Local;
}

/** The first variable that holds it, as it is given to the last of these calls. */
export function originOf(sites: Sites, chain: readonly Site[], index: number): Origin | undefined {
  const site = chain.at(-1);
  const local = site && argumentOf(site, index);
  if (site === undefined || local === undefined) return undefined;
  let at: Origin = { calls: chain.slice(0, -1), owner: site.owner, body: site.body, local };
  const seen = new Set<string>();
  for (let next: Origin | undefined = at; next !== undefined && !seen.has(keyOf(next)); next = before(sites, next)) {
    seen.add(keyOf(next));
    at = next;
  }
  return at;
}

const keyOf = ({ calls, owner, local }: Origin): string => `${calls.length} ${owner} ${local}`;

function before(sites: Sites, at: Origin): Origin | undefined {
  const made = BodyIndex.of(at.body).definition(at.local);
  if (made === undefined) return given(sites, at);
  const local = heldBy(sites, at, made);
  return local === undefined ? undefined : { ...at, local };
}

/** What an operation gives in another dress, or reads. */
function heldBy(sites: Sites, { owner }: Origin, it: Operation): Local | undefined {
  switch (it.kind) {
    case "copy":
      return whole(it.from);
    case "reference":
      return whole(it.place);
    case "await":
    case "iterate":
      return it.operand;
    case "call":
      return it.arguments.length === 1 && sites.isStandard(it, owner) ? it.arguments[0] : undefined;
    case "method":
      return CONTENTS[it.name] === "same" || FAILURES[it.name] !== undefined ? whole(it.receiver) : undefined;
    default:
      return undefined;
  }
}

/** Of what has several fields, one is not the whole. */
const whole = ({ local, path }: Place): Local | undefined => (path.some(({ kind }) => kind === "field") ? undefined : local);

/** A parameter is what a caller gives, one of a closure what it is called on; what a closure captures stands around it. */
function given(sites: Sites, { calls, owner, body, local }: Origin): Origin | undefined {
  const index = body.parameters.indexOf(local);
  if (index < 0) return captured(sites, { calls, owner, body, local });
  const site = calls.at(-1);
  const isClosure = owner.includes("|");
  if (site === undefined || (isClosure && site.operation.kind !== "method")) return undefined;
  const outer = argumentOf(site, isClosure ? 0 : index);
  return outer === undefined ? undefined : { calls: calls.slice(0, -1), owner: site.owner, body: site.body, local: outer };
}

function captured({ flow }: Sites, { calls, owner, local }: Origin): Origin | undefined {
  const end = owner.lastIndexOf("|");
  const around = owner.slice(0, Math.max(0, end));
  const body = end < 0 ? undefined : flow.callable(around)?.body;
  const outer = body?.closures[Number(owner.slice(end + 1))]?.captures.find(({ inner }) => inner === local)?.outer;
  if (body === undefined || outer === undefined) return undefined;
  return { calls: calls.at(-1)?.owner === around ? calls.slice(0, -1) : calls, owner: around, body, local: outer };
}
