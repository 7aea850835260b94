/**
 * What becomes of a connection as long as the certificate of its peer has not been compared with something of the program's own: it is
 * asked for the certificate and dropped, or something else is done with it, or others are given it.
 */
import {
  type Condition,
  type FunctionId,
  not,
  type OperationGiven,
  OperationsGiven,
  placeReadBy,
  type Value,
  viewOf,
  whenTrue,
} from "../flow/index.ts";
import { LEADING_ON, QUIET, QUIET_TYPES } from "../models/connection-calls.ts";
import { FAILURES } from "../models/failures.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import { Agreements } from "./agreements.ts";
import { unaskedInLoop } from "./asked-in-loops.ts";
import { BodyIndex } from "./body-index.ts";
import { drops } from "./held.ts";
import type { ModelIndex } from "./model-index.ts";
import { pathGiving } from "./model-rows.ts";
import { type PeerNames, partsOf } from "./peer-names.ts";
import { argumentsOf, leavesOf, type Sites } from "./sites.ts";
import { OK, SOME } from "./std-names.ts";
import { usesOf } from "./uses.ts";
import { isWhole } from "./whole-certificates.ts";

/** By whom the certificate is compared before anything else happens; undefined where nothing else ever does. */
export interface Checked {
  readonly by: FunctionId | undefined;
}

interface Following {
  readonly models: ModelIndex;
  readonly sites: Sites;
  readonly peers: PeerNames;
}

/** A function, what of it may hold the connection at first, and which values are it there. */
interface Frame {
  readonly owner: FunctionId;
  readonly body: Body;
  readonly from: readonly Local[];
  /** What gives it there; undefined where callers do. */
  readonly made?: Operation;
  isConnection(value: Value): boolean;
}

/** Whether what an operation gives may hold the connection, or something is done with it there. */
type Goes = "on" | "nowhere" | "away";

/**
 * `object`: the connection, as flow knows it where analysis begins. Undefined where something is done with it, or callers have it, before
 * anybody has compared.
 */
export function checkedFirst(following: Following, object: string): Checked | undefined {
  const { flow } = following.sites;
  const walk = new Walk(following);
  let key: string | undefined = object;
  const frames = following.sites.chain(object).map((site) => {
    const own = key;
    key = key === undefined ? undefined : flow.values.chains.inner(key);
    return { site, isConnection: (it: Value) => it.kind === "object" && it.object === own };
  });
  for (const { site, isConnection } of frames.toReversed()) {
    const { owner, body, operation } = site;
    const found = walk.within({ owner, body, from: [operation.to], made: operation, isConnection });
    if (found === "away") return undefined;
    if (found === "nowhere") return { by: walk.comparing };
  }
  return undefined;
}

class Walk {
  /** The first function that compares. */
  comparing: FunctionId | undefined;
  readonly #following: Following;
  readonly #entered = new Map<string, Goes>();
  readonly #given = new Map<FunctionId, OperationsGiven>();

  constructor(following: Following) {
    this.#following = following;
  }

  /** `on`: it is given back as it came. */
  within(frame: Frame): Goes {
    const { owner, body, from, made } = frame;
    this.#following.sites.program.looks.at(owner);
    const held = new Set(from);
    const exposed = made === undefined ? NO_OPERATIONS : unaskedInLoop(body, made, (asked, answer) => this.#tells(frame, asked, answer));
    for (const local of held)
      for (const { operation: it } of usesOf(body, local)) {
        if (it === undefined || this.#isCompared(frame, it, exposed)) continue;
        const goes = this.#goes(frame, it, held);
        if (goes === "away") return goes;
        if (goes === "on") held.add(it.kind === "store" ? it.place.local : it.to);
      }
    return body.blocks.some(({ end }) => end.kind === "return" && held.has(end.value)) ? "on" : "nowhere";
  }

  #here(owner: FunctionId, it: Operation): OperationGiven | undefined {
    const known = this.#given.get(owner) ?? this.#following.sites.flow.watch(owner, new OperationsGiven());
    this.#given.set(owner, known);
    return known.of(it);
  }

  /** It happens only where the peer's certificate agreed with something. */
  #isCompared(frame: Frame, it: Operation, exposed: ReadonlySet<Operation>): boolean {
    const under = this.#here(frame.owner, it)?.under;
    if (exposed.has(it) || under === undefined || !this.#agreesUnder(frame, under)) return false;
    this.comparing ??= frame.owner;
    return true;
  }

  /** Wherever that holds, the peer's certificate agreed with something. */
  #agreesUnder({ owner, body, isConnection }: Frame, under: Condition): boolean {
    const { peers, sites } = this.#following;
    return under.every((within) => {
      const isOfPeer = (value: Value): boolean => leads(value, isConnection) && isWhole(value, within, takesFirst(body));
      const shown = { isOfPeer, comesFromPeer: (value: Value) => leads(value, isConnection), whole: true, named: NOTHING };
      return new Agreements(sites.flow, peers.bitsOf(owner), shown).holdsUnder(within);
    });
  }

  /** A question whose answer is that it agreed. */
  #tells(frame: Frame, asked: Operation, answer: boolean): boolean {
    const value = this.#here(frame.owner, asked)?.value;
    return value !== undefined && this.#agreesUnder(frame, answer ? whenTrue(value) : not(whenTrue(value)));
  }

  #goes(frame: Frame, it: Operation, held: ReadonlySet<Local>): Goes {
    switch (it.kind) {
      case "copy":
        return it.from.path.at(-1)?.kind === "failure" ? "nowhere" : "on";
      case "test":
      case "residual":
        return "nowhere";
      case "reference":
      case "await":
      case "cast":
      case "tuple":
      case "record":
        return "on";
      case "store":
        return it.place.path.length === 0 || held.has(it.place.local) ? "on" : "away";
      case "method":
      case "call":
        return this.#called(frame, it, held);
      default:
        return "away";
    }
  }

  #called(frame: Frame, it: Extract<Operation, { readonly kind: "method" | "call" }>, held: ReadonlySet<Local>): Goes {
    const { sites, models } = this.#following;
    const { owner } = frame;
    if (drops(sites, owner, it)) return "nowhere";
    const targets = sites.called(owner, it).flatMap(leavesOf);
    const own = targets.flatMap((target) => (target.kind === "function" ? [target.id] : []));
    if (own.length > 0) return own.length < targets.length ? "away" : worst(own.map((id) => this.#inside(it, id, held)));
    const given = this.#here(owner, it)?.value;
    if (given !== undefined && isCertificateOf(given, frame)) return "nowhere";
    if (given !== undefined && isItself(given, frame)) return "on";
    if (it.kind === "method" && FAILURES[it.name] !== undefined) return CALLING.has(it.name) ? "away" : "on";
    // What it gives tells more of whose method it is than names do.
    const named = given === undefined ? undefined : pathGiving(given);
    const paths =
      named !== undefined && !named.startsWith(".") ? [named] : targets.flatMap((target) => ("path" in target ? target.path : []));
    return worst(paths.map((path) => calling(models.canonical(path))));
  }

  /** A function of the program is given it. */
  #inside(it: Operation, id: FunctionId, held: ReadonlySet<Local>): Goes {
    const body = this.#following.sites.flow.callable(id)?.body;
    if (body === undefined) return "away";
    const given = it.kind === "method" ? [it.receiver.local, ...argumentsOf(it)] : argumentsOf(it);
    const from = body.parameters.filter((_, at) => held.has(given[at] ?? -1));
    const key = `${id} ${from.join(" ")}`;
    const known = this.#entered.get(key);
    if (known !== undefined) return known;
    // Who calls itself does there what is seen anyway.
    this.#entered.set(key, "nowhere");
    const inputs = new Set(from.map((local) => body.captures.length + body.parameters.indexOf(local)));
    const found = this.within({ owner: id, body, from, isConnection: (value) => isInput(value, inputs) });
    this.#entered.set(key, found);
    return found;
  }
}

const NO_OPERATIONS: ReadonlySet<Operation> = new Set();
const NOTHING: ReadonlyMap<Value, readonly Value[]> = new Map();

/** Whatever it takes by a number, it takes the first. */
function takesFirst(body: Body): boolean {
  const places = body.blocks.flatMap(({ operations }) => operations.flatMap((it) => placeReadBy(it) ?? []));
  const indexes = places.flatMap(({ path }) => path.flatMap((it) => (it.kind === "index" ? BodyIndex.of(body).definition(it.index) : [])));
  return indexes.length > 0 && indexes.every((it) => it?.kind === "constant" && it.literal.type === "integer" && it.literal.value === 0);
}

const isInput = (value: Value, inputs: ReadonlySet<number>): boolean =>
  value.kind === "input"
    ? inputs.has(value.index)
    : value.kind === "pointer" && value.cell.kind === "input" && inputs.has(value.cell.index);

function worst(all: readonly Goes[]): Goes {
  return all.length === 0 || all.includes("away") ? "away" : all.includes("on") ? "on" : "nowhere";
}

/** What no table knows may send something. */
function calling(path: string): Goes {
  if (LEADING_ON.has(path) || path === OK || path === SOME) return "on";
  return QUIET.has(path) || QUIET_TYPES.has(path.slice(0, Math.max(0, path.lastIndexOf("::")))) ? "nowhere" : "away";
}

/** Methods of results and options that give what is there to a closure. */
const CALLING: ReadonlySet<string> = new Set(["map", "and_then", "map_or", "map_or_else", "filter_map", "flat_map"]);

/** It, or a view of it. */
function isItself(value: Value, frame: Frame): boolean {
  if (value.kind === "labelled") return isItself(value.of, frame);
  return frame.isConnection(value) || (value.kind === "part" && viewOf(value.name) !== undefined && isItself(value.of, frame));
}

/** That, and nothing that was done with it. */
const isCertificateOf = (value: Value, frame: Frame): boolean =>
  value.kind === "labelled" &&
  value.label === "certificate" &&
  value.of.kind === "apply" &&
  value.of.arguments.every((it) => leads(it, (one) => frame.isConnection(one)));

function leads(whole: Value, isConnection: (value: Value) => boolean): boolean {
  const seen = new Set([whole]);
  for (const value of seen) {
    if (isConnection(value)) return true;
    for (const part of partsOf(value)) seen.add(part);
  }
  return false;
}
