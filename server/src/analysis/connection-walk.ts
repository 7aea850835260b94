/** A connection on its way through a program: what is done with it, up to where nothing more is asked. */
import { type FunctionId, type OperationGiven, OperationsGiven, type Value, viewOf } from "../flow/index.ts";
import { LEADING_ON, QUIET, QUIET_TYPES } from "../models/connection-calls.ts";
import { FAILURES } from "../models/failures.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import { drops } from "./held.ts";
import type { ModelIndex } from "./model-index.ts";
import { pathGiving } from "./model-rows.ts";
import { partsOf } from "./peer-names.ts";
import { argumentsOf, leavesOf, type Site, type Sites } from "./sites.ts";
import { ERR, OK, SOME } from "./std-names.ts";
import { usesOf } from "./uses.ts";

export interface Followed {
  readonly models: ModelIndex;
  readonly sites: Sites;
}

/** A function, what of it may hold the connection at first, and which values are it there. */
export interface Frame {
  readonly owner: FunctionId;
  readonly body: Body;
  readonly from: readonly Local[];
  /** What gives it there; undefined where callers do. */
  readonly made?: Operation;
  isConnection(value: Value): boolean;
}

/** Whether what an operation gives may hold the connection, or something is done with it there. */
export type Goes = "on" | "nowhere" | "away";

/** Of operations of a frame: whether something has happened before that leaves nothing to ask. */
export type Passing = (frame: Frame) => (it: Operation) => boolean;

/** `object`: a connection, as flow knows it where analysis begins. The functions in which it is made, and that give it to their callers. */
export function framesOf({ sites }: Followed, object: string): readonly (Frame & { readonly made: Operation })[] {
  let key: string | undefined = object;
  return sites.chain(object).map(({ owner, body, operation }: Site) => {
    const own = key;
    key = key === undefined ? undefined : sites.flow.values.chains.inner(key);
    return { owner, body, from: [operation.to], made: operation, isConnection: (it) => it.kind === "object" && it.object === own };
  });
}

/** What operations give, of bodies that are asked for it. */
export class Given {
  readonly #sites: Sites;
  readonly #known = new Map<FunctionId, OperationsGiven>();

  constructor(sites: Sites) {
    this.#sites = sites;
  }

  by(owner: FunctionId, it: Operation): OperationGiven | undefined {
    const known = this.#known.get(owner) ?? this.#sites.flow.watch(owner, new OperationsGiven());
    this.#known.set(owner, known);
    return known.of(it);
  }
}

export class ConnectionWalk {
  readonly #followed: Followed;
  readonly #given: Given;
  readonly #passing: Passing;
  readonly #entered = new Map<string, Goes>();

  constructor(followed: Followed, given: Given, passing: Passing) {
    this.#followed = followed;
    this.#given = given;
    this.#passing = passing;
  }

  /** `on`: it is given back as it came. */
  within(frame: Frame): Goes {
    const held = this.heldIn(frame);
    if (held === undefined) return "away";
    return frame.body.blocks.some(({ end }) => end.kind === "return" && held.has(end.value)) ? "on" : "nowhere";
  }

  /** What may hold it there, as long as something is left to ask; undefined where something is done with it. */
  heldIn(frame: Frame): ReadonlySet<Local> | undefined {
    const { owner, body, from } = frame;
    this.#followed.sites.program.looks.at(owner);
    const held = new Set(from);
    const failed = new Set<Local>();
    const passes = this.#passing(frame);
    for (const local of held)
      for (const { operation: it } of usesOf(body, local)) {
        if (it === undefined || passes(it)) continue;
        if (this.#isFailure(frame, it)) {
          failed.add(it.to);
          continue;
        }
        const goes = this.#goes(frame, it, held);
        if (goes === "away") return undefined;
        if (goes === "on") held.add(it.kind === "store" ? it.place.local : it.to);
      }
    // What a handshake failed with may go on with it, if it is taken apart.
    return [...failed].some((local) => usesOf(body, local).some(({ operation: it }) => it?.kind === "copy" && it.from.path.length > 0))
      ? undefined
      : held;
  }

  /** What is there instead of a connection. */
  #isFailure({ owner }: Frame, it: Operation): boolean {
    const [first, ...more] = it.kind === "copy" ? it.from.path : [];
    if (first?.kind !== "payload" || more.length > 0) return false;
    const target = this.#followed.sites.program.names.path(owner, first.of);
    return "path" in target && target.path === ERR;
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
    const { sites, models } = this.#followed;
    const { owner } = frame;
    if (drops(sites, owner, it)) return "nowhere";
    const targets = sites.called(owner, it).flatMap(leavesOf);
    const own = targets.flatMap((target) => (target.kind === "function" ? [target.id] : []));
    if (own.length > 0) return own.length < targets.length ? "away" : worst(own.map((id) => this.#inside(it, id, held)));
    const given = this.#given.by(owner, it)?.value;
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
    const body = this.#followed.sites.flow.callable(id)?.body;
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
const CALLING: ReadonlySet<string> = new Set(["map", "and_then", "map_or", "map_or_else", "or_else", "filter_map", "flat_map"]);

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

export function leads(whole: Value, isConnection: (value: Value) => boolean): boolean {
  const seen = new Set([whole]);
  for (const value of seen) {
    if (isConnection(value)) return true;
    for (const part of partsOf(value)) seen.add(part);
  }
  return false;
}
