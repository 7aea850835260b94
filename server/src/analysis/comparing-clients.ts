/**
 * Crates in which every client that makes its own connections compares the peer's names itself: what the library does not compare is
 * compared there. One connection of the crate that nobody looks at, and nothing is known of any.
 */
import type { FunctionId, Value } from "../flow/index.ts";
import type { CallModel } from "../models/model.ts";
import { isAside } from "../reading/guards.ts";
import type { ModelIndex } from "../reading/model-index.ts";
import type { Hit } from "../reading/model-tables.ts";
import type { Place } from "../tls/facts.ts";
import { Agreements } from "./agreements.ts";
import { type PeerNames, partsOf } from "./peer-names.ts";
import type { Records, Root } from "./records.ts";
import { isStatement } from "./root-events.ts";
import type { Sites } from "./sites.ts";

/** A call that makes a TLS connection as a client. */
function isConnecting({ of, path }: Hit<CallModel>, models: ModelIndex): boolean {
  const at = path.lastIndexOf("::");
  const own = models.type(path.slice(0, at))?.of;
  const made = typeof of.returns === "object" && "new" in of.returns ? models.type(of.returns.new)?.of : undefined;
  const stream = made ?? (of.effects?.some((it) => it.kind === "takes" && it.part === "configuration") === true ? own : undefined);
  return stream?.sort === "stream" && [stream.role, own?.role].includes("client");
}

interface Asked extends Pick<Records, "models" | "sites"> {
  /** The same for all files of a crate. */
  featuresIn(file: string): unknown;
  readonly roots: readonly Root[];
}

/** By file, where its crate compares. */
export function comparingClients(asked: Asked, peers: PeerNames, files: readonly string[]): Map<string, Place> {
  const { sites, featuresIn } = asked;
  const byCrate = new Map<unknown, Map<FunctionId, Set<string>>>();
  for (const { owner, object } of connectionsIn(asked)) {
    const crate = featuresIn(sites.file(owner));
    const made = byCrate.get(crate) ?? new Map<FunctionId, Set<string>>();
    byCrate.set(crate, made.set(owner, (made.get(owner) ?? new Set()).add(object)));
  }
  const found = new Map<string, Place>();
  for (const [crate, made] of byCrate) {
    const [first] = made.keys();
    if (first === undefined || ![...made].every(([owner, objects]) => compares(sites, peers, owner, objects))) continue;
    const declared = sites.declared(first);
    const start = declared?.nameStart ?? 0;
    const place = sites.place({ owner: first }, { start, end: start + (declared?.name.length ?? 0) });
    for (const it of files) if (featuresIn(it) === crate) found.set(it, place);
  }
  return found;
}

/** Outside of tests and examples: in which functions, and what they are. */
function connectionsIn({ models, sites, roots }: Asked): readonly { readonly owner: FunctionId; readonly object: string }[] {
  return roots.flatMap(({ id, path }) => {
    const events = isAside(path) ? [] : (sites.flow.summary(id)?.events ?? []);
    return events.flatMap((it) => {
      if (it.kind !== "effect" || !isStatement(it.data) || it.data.hit === undefined || !isConnecting(it.data.hit, models)) return [];
      const owner = sites.chain(it.key).at(-1)?.owner;
      return owner === undefined ? [] : [{ owner, object: it.on.kind === "object" ? sites.flow.values.chains.originOf(it.on.object) : "" }];
    });
  });
}

function compares({ flow }: Sites, peers: PeerNames, owner: FunctionId, made: ReadonlySet<string>): boolean {
  const { chains } = flow.values;
  const leads = (value: Value, seen = new Set<Value>()): boolean => {
    if (seen.has(value)) return false;
    seen.add(value);
    const isOwn = value.kind === "object" && (made.has(chains.originOf(value.object)) || value.type.startsWith(UNNAMED));
    return isOwn || partsOf(value).some((it) => leads(it, seen));
  };
  const result = flow.summary(owner)?.result;
  return result !== undefined && new Agreements(flow, peers.bitsOf(owner), (it) => leads(it)).refusesOthers(result);
}

/** What a call of a model gives that the model says no more of. */
const UNNAMED = "what ";
