/**
 * Clients that ask their server on the connection itself whether it speaks TLS, and go on with the connection as it is where the answer is no:
 * whoever is between can give that answer, and make a handshake fail.
 */
import type { BlockId, Body, Local, Operation } from "../rust/bodies/index.ts";
import type { Place } from "../tls/facts.ts";
import { BodyIndex } from "./body-index.ts";
import { state } from "./fail-open-facts.ts";
import { plainInstead } from "./failed-handshakes.ts";
import { hasOperation, operationsIn } from "./missing-settings.ts";
import type { Draft, Records } from "./records.ts";
import { argumentOf, lastGiven, type Site, type Sites } from "./sites.ts";
import { lineOf, onlyFrom, operandsOf, usesOf } from "./uses.ts";

/** `draft`: the index of what makes a stream of TLS; `upgrades`: the calls that lead to any. */
export function stateDeclinedUpgrade(records: Records, draft: number, upgrades: ReadonlySet<Operation>): void {
  const { sites, origins, drafts } = records;
  const { object, chain = [] } = drafts[draft] ?? {};
  if (object === undefined || !isUpgrade(records, drafts[draft])) return;
  // What a stream of TLS is made around is the last that its maker is given.
  const last = chain.at(-1);
  let given = last === undefined ? undefined : lastGiven(last);
  for (const [index, site] of [...chain.entries()].reverse()) {
    const stream = new Set(given === undefined ? [] : connectionOf(site.body, given));
    const declined = declinedIn(sites, site, stream);
    const instead = given === undefined || declined !== undefined ? undefined : plainInstead(sites, site, given, upgrades);
    const caller = chain[index - 1];
    const parameter = site.body.parameters.findIndex((it) => stream.has(it));
    given = caller === undefined || parameter < 0 ? undefined : argumentOf(caller, parameter);
    const at = declined ?? instead;
    if (at === undefined) continue;
    const related = [{ ...sites.named(site), message: declined === undefined ? "where this fails" : "TLS is set up here" }];
    const path = (origins.get(object)?.paths[0] ?? []).filter(({ guard }) => guard !== undefined && guard.kind !== "condition");
    const cause = declined === undefined ? ({ kind: "attempt", call: sites.written(site) } as const) : ({ kind: "declined" } as const);
    state(object, at, draft, { loses: "tls", cause, related, path });
    return;
  }
}

/** A stream of TLS is made by a client. */
function isUpgrade({ models }: Records, draft: Draft | undefined): boolean {
  const returns = draft?.callModel?.returns;
  const made = typeof returns === "object" && "new" in returns ? models.type(returns.new)?.of : undefined;
  return made?.sort === "stream" && draft?.object?.role === "client";
}

/** The calls that lead to a stream of TLS of a client. */
export const upgradesIn = (records: Records): ReadonlySet<Operation> =>
  new Set(records.drafts.filter((it) => isUpgrade(records, it)).flatMap(({ chain = [] }) => chain.map((it) => it.operation)));

/** The stream, and what gives it back: a client that was put around it reads from the same connection. */
function connectionOf(body: Body, stream: Local): readonly Local[] {
  const line = lineOf(body, stream);
  const around = line.flatMap((it) => givingBack(body, it)?.receiver.local ?? []);
  return [...line, ...around.flatMap((it) => connectionOf(body, it))];
}

/** Whoever is asked for it without a word is asked for what it holds. */
function givingBack(body: Body, local: Local): Method | undefined {
  const made = BodyIndex.of(body).definition(local);
  return made?.kind === "method" && made.arguments.length === 0 && made.receiver.path.length === 0 && !isAwaited(body, made)
    ? made
    : undefined;
}

type Method = Operation & { readonly kind: "method" };

/** Where the connection goes on as it is. `site`: a call that leads to TLS. */
function declinedIn(sites: Sites, { owner, body, operation }: Site, stream: ReadonlySet<Local>): Place | undefined {
  const decisions = body.blocks.flatMap(({ end }, block) => {
    const asked = end.kind === "branch" && end.guards ? askedOn(body, end.condition, stream) : undefined;
    return end.kind === "branch" && asked !== undefined && asked !== operation ? [{ asked, block, end }] : [];
  });
  for (const { asked, block, end } of decisions) {
    const sides = [onlyFrom(body, end.yes, end.no, block), onlyFrom(body, end.no, end.yes, block)];
    const plain = sides.find((it) => !hasOperation(body, it, operation));
    if (plain === undefined || sides.every((it) => !hasOperation(body, it, operation))) continue;
    // Who refuses to go on somewhere, after the same answer, may do so for this one.
    const others = decisions.filter((it) => it.asked === asked);
    const isRefused = others.some((it) =>
      [it.end.yes, it.end.no].some((to, at, both) => refuses(body, onlyFrom(body, to, both[1 - at] ?? to, it.block), operation)),
    );
    const goesOn = operationsIn(body, plain).find((it) => goesOnWith(body, it, stream));
    if (!isRefused && goesOn !== undefined) return sites.place({ owner }, goesOn.span);
  }
  return undefined;
}

/** The stream itself, or what gives it back by the same call, is taken. */
function goesOnWith(body: Body, it: Operation, stream: ReadonlySet<Local>): boolean {
  if (it.kind === "copy") return stream.has(it.from.local);
  const back = [...stream].flatMap((one) => givingBack(body, one) ?? []);
  return it.kind === "method" && stream.has(it.receiver.local) && back.some(({ name }) => name === it.name);
}

/** What an answer comes of that was read from a stream. */
function askedOn(body: Body, answer: Local, stream: ReadonlySet<Local>): Operation | undefined {
  const index = BodyIndex.of(body);
  const seen = new Set([answer]);
  for (const local of seen)
    for (const { operation, gives } of index.writers(local)) {
      if (!gives || operation.kind === "store") continue;
      const isCall = operation.kind === "call" || operation.kind === "method";
      const isRead = operation.kind === "method" && stream.has(operation.receiver.local) && isAwaited(body, operation);
      if (isRead || (isCall && operation.arguments.some((it) => isLent(index, it, stream)))) return operation;
      const read = operation.kind === "copy" ? operation.from.local : undefined;
      for (const it of read === undefined ? operandsOf(body, operation) : [read]) if (!stream.has(it)) seen.add(it);
    }
  return undefined;
}

const isLent = (index: BodyIndex, local: Local, stream: ReadonlySet<Local>): boolean => {
  const made = index.definition(local);
  return made?.kind === "reference" && made.mutable && stream.has(made.place.local);
};

/** An address is there at once. */
const isAwaited = (body: Body, { to }: Operation): boolean => usesOf(body, to).some(({ operation }) => operation?.kind === "await");

/** It leaves with an error there, and not behind the call. */
function refuses(body: Body, blocks: ReadonlySet<BlockId>, but: Operation): boolean {
  if (hasOperation(body, blocks, but)) return false;
  const isError = (it: Operation): boolean =>
    it.kind === "residual" || (it.kind === "call" && it.callee.kind === "path" && it.callee.path.segments.at(-1)?.name === "Err");
  return operationsIn(body, blocks).some(isError) || [...blocks].some((it) => body.blocks[it]?.end.kind === "diverge");
}
