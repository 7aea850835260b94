/**
 * Crates that say themselves whom they take for whom: every client that makes its own connections compares the peer's names, every
 * server looks up whose certificates it is shown. One connection of the crate that nobody looks at, and nothing is known of any.
 */
import type { Steps } from "../base/steps.ts";
import type { FunctionId, Value } from "../flow/index.ts";
import type { CallModel } from "../models/model.ts";
import type { Place, Role } from "../tls/facts.ts";
import { Agreements } from "./agreements.ts";
import { isAside } from "./guards.ts";
import type { ModelIndex } from "./model-index.ts";
import { GIVEN_BY, isConsultation, isStatement, NAMED_VERDICTS } from "./model-rows.ts";
import type { Hit } from "./model-tables.ts";
import { type PeerNames, partsOf } from "./peer-names.ts";
import type { Records, Root } from "./records.ts";
import type { Sites } from "./sites.ts";

/** A call that makes a TLS connection, as a client or as a server. */
function isConnecting({ of, path }: Hit<CallModel>, models: ModelIndex, role: Role): boolean {
  const at = path.lastIndexOf("::");
  const own = models.type(path.slice(0, at))?.of;
  const made = typeof of.returns === "object" && "new" in of.returns ? models.type(of.returns.new)?.of : undefined;
  const stream = made ?? (of.effects?.some((it) => it.kind === "takes" && it.part === "configuration") === true ? own : undefined);
  return stream?.sort === "stream" && [stream.role, own?.role].includes(role);
}

interface Asked extends Pick<Records, "models" | "sites"> {
  /** The same for all files of a crate. */
  featuresIn(file: string): unknown;
  readonly roots: readonly Root[];
  /** What they do of which callers see nothing. */
  readonly others: readonly Root[];
}

/** Where a crate compares: the function. */
export interface Comparing {
  readonly name: string;
  readonly place: Place;
}

/** By file, where its crate compares names, or looks up the certificates of its clients. */
export function* comparingIn(asked: Asked, peers: PeerNames, role: Role, files: readonly string[]): Steps<Map<string, Comparing>> {
  const { sites, featuresIn } = asked;
  const byCrate = new Map<unknown, Connection[]>();
  for (const it of connectionsIn(asked, role)) {
    const crate = featuresIn(sites.file(it.owners.at(-1) ?? ""));
    byCrate.set(crate, [...(byCrate.get(crate) ?? []), it]);
  }
  const found = new Map<string, Comparing>();
  for (const [crate, made] of byCrate) {
    const comparing: (FunctionId | undefined)[] = [];
    for (const { owners, object } of made) {
      comparing.push(owners.findLast((it) => compares(sites, peers, it, object, role)));
      yield;
      if (comparing.at(-1) === undefined) break;
    }
    const [first] = comparing;
    if (first === undefined || comparing.includes(undefined)) continue;
    const declared = sites.declared(first);
    const start = declared?.nameStart ?? 0;
    const name = declared?.name ?? "";
    const place = sites.place({ owner: first }, { start, end: start + name.length });
    for (const it of files) if (featuresIn(it) === crate) found.set(it, { name, place });
  }
  return found;
}

interface Connection {
  /** The functions that lead there, the innermost last. */
  readonly owners: readonly FunctionId[];
  /** Where it is made. */
  readonly object: string;
}

/** Outside of tests and examples. */
function connectionsIn({ models, sites, roots, others }: Asked, role: Role): readonly Connection[] {
  const inside = new Set(others);
  return [...roots, ...others].flatMap((root) => {
    const all = isAside(root.path) ? [] : (sites.flow.summary(root.id)?.events ?? []);
    const events = inside.has(root) ? all.filter((it) => it.settled) : all;
    return events.flatMap((it) => {
      if (it.kind !== "effect" || !isStatement(it.data) || it.data.hit === undefined) return [];
      if (!isConnecting(it.data.hit, models, role)) return [];
      const owners = sites.chain(it.key).map(({ owner }) => owner);
      return owners.length === 0
        ? []
        : [{ owners, object: it.on.kind === "object" ? sites.flow.values.chains.originOf(it.on.object) : "" }];
    });
  });
}

function compares({ flow }: Sites, peers: PeerNames, owner: FunctionId, made: string, role: Role): boolean {
  const { chains } = flow.values;
  const leads = (value: Value, seen = new Set<Value>()): boolean => {
    if (seen.has(value)) return false;
    seen.add(value);
    const isOwn = value.kind === "object" && (made === chains.originOf(value.object) || value.type.startsWith(GIVEN_BY));
    return isOwn || partsOf(value).some((it) => leads(it, seen));
  };
  const summary = flow.summary(owner);
  if (summary === undefined) return false;
  const named = new Map(summary.events.flatMap((it) => (it.kind === "effect" && isOfName(it.data) ? [[it.on, it.with] as const] : [])));
  const asked = { isOfPeer: (it: Value) => leads(it), whole: role === "server", named };
  return new Agreements(flow, peers.bitsOf(owner), asked).refusesOthers(summary.result);
}

const isOfName = (data: unknown): boolean => isConsultation(data) && NAMED_VERDICTS.has(data.consulted);
