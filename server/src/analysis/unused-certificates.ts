/** CAs and certificates of clients that are loaded and reach nothing, beside clients of the same library that go without them. */
import type { Operation } from "../rust/bodies/index.ts";
import { libraryOf } from "./building.ts";
import { clientsBeside, isOfTests, mayTrust, noteUnused } from "./clients-beside.ts";
import { showsCertificate } from "./fallback-clients.ts";
import { originOf } from "./loaded-origins.ts";
import { LoadedWalk } from "./loaded-walk.ts";
import type { ModelObject } from "./model-object.ts";
import type { Loaded, Records } from "./records.ts";
import { unusedLoads } from "./unused-loads.ts";

export function stateUnusedCertificates(records: Records): void {
  const concerned = new Map(records.loaded.map((it) => [it, concernedBy(records, it)]));
  const unused = unusedLoads(records, (it) => it.sort !== "crls" && (concerned.get(it)?.length ?? 0) > 0);
  const operations = new Set(unused.flatMap(({ chain }) => chain.at(-1)?.operation ?? []));
  for (const it of unused) {
    const { from, draft, isIdentity } = it;
    const clients = concerned.get(it) ?? [];
    const isOwn = isIdentity || it.sort === "private-key";
    // The chain of a key that nobody is given, either.
    const isChain = !isOwn && unused.some((other) => other.sort === "private-key" && isBeside(other, it));
    const isHad = clients.some((client) => (isOwn ? showsCertificate(client) : mayTrust(client, from)));
    if (isChain || isHad || isGivenOtherwise(records, it, operations)) continue;
    noteUnused(records, clients, draft, (call) =>
      isOwn
        ? { kind: "unused-identity", call, loads: isIdentity ? "certificate" : "key" }
        : { kind: "unused-anchors", call, ...(from !== undefined && { from }) },
    );
  }
}

const isBeside = (one: Loaded, other: Loaded): boolean => one.root === other.root && libraryOf(one.model) === libraryOf(other.model);

const concernedBy = (records: Records, { path, draft, model, root }: Loaded): readonly ModelObject[] =>
  isOfTests(path) ? [] : clientsBeside(records, { model, root, file: records.drafts[draft]?.site.file ?? "" });

/** What it is loaded from goes to somebody else as well. */
function isGivenOtherwise(records: Records, { chain, given }: Loaded, but: ReadonlySet<Operation>): boolean {
  const walk = new LoadedWalk(records);
  return given.some((index) => {
    const origin = originOf(records.sites, chain, index);
    return origin !== undefined && walk.endFrom(origin, but) === "used";
  });
}
