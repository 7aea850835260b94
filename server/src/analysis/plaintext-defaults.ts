/**
 * Options that decide whether a client's connection is one over TLS or the bare one, and are by default what leaves it bare: whoever says
 * nothing has none.
 */
import type { FunctionId } from "../flow/index.ts";
import { TCP_CONNECTS } from "../models/tcp.ts";
import { type BlockId, type Body, blockOf, type Local, type Operation } from "../rust/bodies/index.ts";
import type { Fact, Place, Reach, RelatedPlace } from "../tls/facts.ts";
import { widest } from "../tls/hosts.ts";
import { BodyIndex } from "./body-index.ts";
import { type Branch, branchesBefore } from "./branches-before.ts";
import { placesOf } from "./default-places.ts";
import { isAside } from "./guards.ts";
import { hostsBehind } from "./hosts-behind.ts";
import { operationsIn } from "./missing-settings.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { defaultsOf } from "./option-defaults.ts";
import type { Path } from "./path-conditions.ts";
import type { Records } from "./records.ts";
import { argumentOf, argumentsOf, lastGiven, type Site, type Sites } from "./sites.ts";
import type { Asking } from "./unset.ts";
import { lineOf, onlyFrom, operandsOf } from "./uses.ts";

/** `pathTo`: under which a function is there at all. */
export function statePlaintextDefaults(records: Records, pathTo: (id: FunctionId) => Path): void {
  const begun = new Set(
    [...records.drafts].filter((_, at) => beginsTls(records, at)).flatMap(({ chain = [] }) => chain.map((it) => it.operation)),
  );
  for (const draft of records.drafts.keys()) stateDefault(records, draft, begun, pathTo);
}

/** `begun`: operations that begin TLS, or lead there. */
function stateDefault(records: Records, draft: number, begun: ReadonlySet<Operation>, pathTo: (id: FunctionId) => Path): void {
  const { sites, drafts, origins } = records;
  const { object, chain = [] } = drafts[draft] ?? {};
  const secured = chain.at(-1);
  // What tests and examples alone do is nobody's default.
  const isUsed = object !== undefined && (origins.get(object)?.paths ?? []).some((it) => !isAside(it));
  if (object === undefined || secured === undefined || !isUsed) return;
  const tls = { ...sites.named(secured), message: "TLS is set up here" };
  const given = givenBy(records, draft);
  if (given !== undefined) {
    const asking = { ...secured, calls: chain.slice(0, -1), local: given };
    if (!object.events.some(isOfPlaintext)) state(records, { asking, holds: false, draft, related: [tls], reach: peerOf(object), pathTo });
    return;
  }
  if (!beginsTls(records, draft)) return;
  for (const { asking, holds, at, hosts } of bareOnes(sites, chain, begun)) {
    const related = [{ ...at, message: "the connection is made in plaintext here" }, tls];
    if (state(records, { asking, holds, draft, related, reach: () => hostsBehind(records, hosts), pathTo })) return;
  }
}

interface Found {
  /** What decides, and what it is where there is no TLS. */
  readonly asking: Asking;
  readonly holds: boolean;
  readonly draft: number;
  readonly related: readonly RelatedPlace[];
  reach(): Reach | undefined;
  pathTo(id: FunctionId): Path;
}

/** Whether that is so by default. */
function state(records: Records, { asking, holds, draft, related, reach, pathTo }: Found): boolean {
  const decided = defaultsOf(records, asking, holds).filter((it) => !isAside(pathTo(it.owner)));
  const places = decided.flatMap((it) => placesOf(records.sites, it));
  const to = places.length > 0 ? reach() : undefined;
  for (const { file, span, name = asking.body.locals[asking.local]?.name, value } of places) {
    const told = { ...(name !== undefined && { name }), ...(value !== undefined && { value }), ...(to && { reach: to }) };
    records.loose.push({ fact: { kind: "plaintext-default", ...told }, place: { file, span }, related, path: [], draft });
  }
  return places.length > 0;
}

/** What a setter is given that turns TLS on, and says nothing where it does not. */
function givenBy({ drafts }: Records, draft: number): Local | undefined {
  const { callModel, at } = drafts[draft] ?? {};
  const turned = callModel?.effects?.find((it) => it.kind === "switch" && it.off === undefined && it.on !== undefined && isOverTls(it.on));
  if (at === undefined || turned?.kind !== "switch") return undefined;
  return argumentOf(at, turned.argument + (at.operation.kind === "method" ? 1 : 0));
}

const isOverTls = (it: Fact): boolean => it.kind === "client-transport" && it.tls;
const isOfPlaintext = ({ facts }: Event): boolean => facts.any.some((it) => it.kind === "client-transport" && !it.tls);

/** To whom what is made with it connects. */
const peerOf = (object: ModelObject) => (): Reach | undefined => {
  const peers = [object, ...object.usedBy].flatMap(({ events }) =>
    events.flatMap(({ facts }) => facts.any.filter((it) => it.kind === "peer")),
  );
  if (peers.length === 0) return undefined;
  return peers.every((it) => it.assumed) ? "loopback" : widest(peers.map((it) => it.reach));
};

/** A call that makes a client's stream of TLS. */
function beginsTls({ drafts, models }: Records, draft: number): boolean {
  const { callModel, site } = drafts[draft] ?? {};
  const returns = callModel?.returns;
  const made = typeof returns === "object" && "new" in returns ? models.type(returns.new)?.of : undefined;
  if (made?.sort !== "stream" || callModel === undefined || site === undefined) return false;
  const own = models.type(callModel.path.slice(0, callModel.path.lastIndexOf("::")))?.of;
  return (made.role ?? own?.role) === "client";
}

/** One of two ways of a branch, on which the connection is bare. */
interface Bare {
  /** What decides between the two, and what it is then. */
  readonly asking: Asking;
  readonly holds: boolean;
  readonly at: Place;
  /** What may name the host. */
  readonly hosts: readonly Asking[];
}

/** The nearest to where TLS begins first. */
function* bareOnes(sites: Sites, chain: readonly Site[], begun: ReadonlySet<Operation>): Generator<Bare> {
  const last = chain.at(-1);
  let given = last === undefined ? undefined : lastGiven(last);
  for (const [index, site] of [...chain.entries()].reverse()) {
    const { owner, body, operation } = site;
    const calls = chain.slice(0, index);
    const stream = new Set(given === undefined ? [] : lineOf(body, given));
    // What is made over TLS afterwards was a step on the way.
    const isStep = chain
      .slice(0, index)
      .slice(-1)
      .some((it) => isBegunFrom(it.body, blockOf(it.body, it.operation), begun, it.operation));
    for (const branch of isStep ? [] : branchesBefore(body, operation)) {
      const bare = bareOn(sites, site, branch, stream, begun);
      const end = body.blocks[branch.block]?.end;
      if (bare === undefined || end?.kind !== "branch") continue;
      const of = (local: Local): Asking => ({ calls, owner, body, local });
      const opened = [...stream].flatMap((it) => openedFor(sites, site, it));
      yield {
        asking: of(end.condition),
        holds: !branch.holds,
        at: sites.place(site, bare.span),
        hosts: [bare, ...opened].flatMap((it) => argumentsOf(it).flatMap((given) => piecesOf(body, given))).map(of),
      };
    }
    const caller = chain[index - 1];
    const parameter = body.parameters.findIndex((it) => stream.has(it));
    given = caller === undefined || parameter < 0 ? undefined : argumentOf(caller, parameter);
  }
}

/** What an address is put together of. */
function piecesOf(body: Body, local: Local): readonly Local[] {
  const found = new Set([local]);
  for (const it of found) {
    const made = BodyIndex.of(body).definition(it);
    const isWhole = made === undefined || !["tuple", "format", "reference"].includes(made.kind);
    for (const piece of isWhole ? [] : operandsOf(body, made)) found.add(piece);
  }
  return [...found];
}

/** On the other way, what is done with the connection as it is: it goes on, or one is opened there. */
function bareOn(
  sites: Sites,
  site: Site,
  { block, holds, guards }: Branch,
  stream: ReadonlySet<Local>,
  begun: ReadonlySet<Operation>,
): Operation | undefined {
  const { body } = site;
  const end = body.blocks[block]?.end;
  if (end?.kind !== "branch" || !guards) return undefined;
  const [secured, bare] = holds ? [end.yes, end.no] : [end.no, end.yes];
  if (isBegunFrom(body, bare, begun, undefined, block)) return undefined;
  const others = onlyFrom(body, bare, secured, block);
  const operations = operationsIn(body, others);
  return operations.find((it) => it.kind === "copy" && stream.has(it.from.local)) ?? operations.find((it) => opens(sites, site, it));
}

/** TLS begins on a way from there. `question`: before it is asked again. */
const isBegunFrom = (
  body: Body,
  from: BlockId,
  begun: ReadonlySet<Operation>,
  but: Operation | undefined,
  question: BlockId = -1,
): boolean => operationsIn(body, onlyFrom(body, from, question, question)).some((it) => it !== but && begun.has(it));

/** A call that opens a connection, by itself or in the function that it calls. */
function opens(sites: Sites, { owner }: Pick<Site, "owner">, operation: Operation): boolean {
  if (opensItself(sites, owner, operation)) return true;
  return sites
    .called(owner, operation)
    .some((it) => it.kind === "function" && bodiesOf(sites, it.id).some(([id, body]) => hasOpening(sites, id, body)));
}

function opensItself(sites: Sites, owner: FunctionId, operation: Operation): boolean {
  return sites.called(owner, operation).some((it) => it.kind === "external" && TCP_CONNECTS.has(it.path));
}

const hasOpening = (sites: Sites, owner: FunctionId, body: Body): boolean =>
  body.blocks.some(({ operations }) => operations.some((it) => opensItself(sites, owner, it)));

function bodiesOf({ flow }: Sites, id: FunctionId): readonly (readonly [FunctionId, Body])[] {
  const body = flow.callable(id)?.body;
  return body === undefined ? [] : [[id, body], ...body.closures.map((it, at) => [`${id}|${at}`, it] as const)];
}

/** What opened a connection that a body has. */
function openedFor(sites: Sites, { owner, body }: Site, local: Local): readonly Operation[] {
  const found = new Set<Local>([local]);
  const opened: Operation[] = [];
  for (const it of found)
    for (const operation of body.blocks.flatMap(({ operations }) => operations)) {
      if (operation.to !== it) continue;
      if (operation.kind === "copy") found.add(operation.from.local);
      else if (operation.kind === "await") found.add(operation.operand);
      else if (operation.kind === "method") found.add(operation.receiver.local);
      else if (opens(sites, { owner }, operation)) opened.push(operation);
    }
  return opened;
}
