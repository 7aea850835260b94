/** What a program does with a connection whose peer showed no certificate: whether it goes on with it, or leaves it where the certificate was asked for. */
import type { FunctionId } from "../flow/index.ts";
import { FAILURES } from "../models/failures.ts";
import { type Body, blockOf, type Local, type Operation, type Place, type Projection } from "../rust/bodies/index.ts";
import { BodyIndex } from "./body-index.ts";
import { drops } from "./held.ts";
import { leavesOf, type Site, type Sites } from "./sites.ts";
import { ABSENT, PRESENT } from "./std-names.ts";
import { operandsOf, usesOf } from "./uses.ts";

/** What a value is where there is no certificate: nothing or a failure, or a truth. */
type Without = "absent" | boolean;
type Known = ReadonlyMap<Local, Without>;

interface Outcome {
  /** Something is done with the connection all the same. */
  readonly used: boolean;
  /** What the body gives; nothing where it gives nothing, as it panics. */
  readonly gives: ReadonlySet<Without | "other">;
}

/**
 * `chain`: calls that lead to where the certificate is asked for, the outermost first. `made`: operations that lead to where the connection
 * is made. Who has the connection drops it there, or says so to whoever does.
 */
export function leavesWithout(sites: Sites, chain: readonly Site[], made: ReadonlySet<Operation>): boolean {
  const innermost = chain.at(-1);
  let asked = innermost === undefined ? [] : [innermost.operation].flatMap(receiverOf);
  let answer: Without = "absent";
  for (const site of chain.toReversed()) {
    const { owner, body, operation } = site;
    sites.program.looks.at(owner);
    const connection = leadingTo(body, asked, made);
    const { used, gives } = new Absence(sites, owner, body, connection).behind(operation, answer);
    if (used) return false;
    const borrowed = body.parameters.flatMap((it, index) => (connection.has(it) && isBorrowed(sites, owner, body, index) ? [index] : []));
    const isCaptured = body.captures.some(({ inner }) => connection.has(inner));
    if (gives.size === 0 || (borrowed.length === 0 && !isCaptured)) return true;
    const [only] = gives;
    if (gives.size > 1 || only === undefined || only === "other" || isCaptured) return false;
    answer = only;
    const call = chain[chain.indexOf(site) - 1]?.operation;
    if (call === undefined) return answer === "absent";
    const given = argumentsOf(call);
    asked = borrowed.flatMap((it) => given[it] ?? []);
  }
  return false;
}

const argumentsOf = (it: Operation): readonly Local[] =>
  it.kind === "method" ? [it.receiver.local, ...it.arguments] : it.kind === "call" ? it.arguments : [];

const receiverOf = (it: Operation): readonly Local[] => argumentsOf(it).slice(0, 1);

/** Locals that a value was taken from, up to where it is made, and those that it is copied to. */
function leadingTo(body: Body, from: readonly Local[], made: ReadonlySet<Operation>): ReadonlySet<Local> {
  const found = new Set(from);
  for (const local of found)
    for (const { operation: it, gives } of BodyIndex.of(body).writers(local)) {
      if (!gives || made.has(it)) continue;
      if (it.kind === "copy") found.add(it.from.local);
      else if (it.kind === "reference") found.add(it.place.local);
      else if (it.kind === "await" || it.kind === "cast") found.add(it.operand);
      else if (it.kind === "method") found.add(it.receiver.local);
    }
  for (const local of found) for (const { operation: it } of usesOf(body, local)) if (it !== undefined && isPassedOn(it)) found.add(it.to);
  return found;
}

const isPassedOn = ({ kind }: Operation): boolean => kind === "copy" || kind === "reference";

/** Its caller has it still. */
function isBorrowed(sites: Sites, owner: FunctionId, body: Body, index: number): boolean {
  const lowered = owner.includes("|") ? undefined : sites.declared(owner)?.lowered;
  const receiver = lowered?.kind === "function" ? lowered.receiver : undefined;
  if (receiver !== undefined && index === 0) return receiver.reference;
  const type = body.locals[body.parameters[index] ?? -1]?.type;
  return type === undefined || type.kind === "reference";
}

/** A body behind an operation that gave no certificate, along the ways that are left then. */
class Absence {
  readonly #sites: Sites;
  readonly #owner: FunctionId;
  readonly #body: Body;
  readonly #connection: ReadonlySet<Local>;
  readonly #asked: ReadonlySet<FunctionId>;
  readonly #gives = new Set<Without | "other">();
  readonly #before = new Map<number, Known>();
  #used = false;

  /** `asked`: functions that are asked already. */
  constructor(sites: Sites, owner: FunctionId, body: Body, connection: ReadonlySet<Local>, asked: ReadonlySet<FunctionId> = new Set()) {
    this.#sites = sites;
    this.#owner = owner;
    this.#body = body;
    this.#connection = connection;
    this.#asked = new Set([...asked, owner]);
  }

  behind(operation: Operation, answer: Without): Outcome {
    const block = blockOf(this.#body, operation);
    const at = this.#body.blocks[block]?.operations.indexOf(operation) ?? -1;
    return this.#follow(block, at + 1, new Map([[operation.to, answer]]));
  }

  /** Of a function that is given it. */
  within(given: Known): Outcome {
    return this.#follow(0, 0, given);
  }

  #follow(first: number, at: number, known: Known): Outcome {
    const open = this.#block(first, at, known);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [block, state] = next;
      const before = this.#before.get(block);
      const joined = before === undefined ? state : new Map([...before].filter(([local, it]) => state.get(local) === it));
      if (before !== undefined && joined.size === before.size) continue;
      this.#before.set(block, joined);
      open.push(...this.#block(block, 0, joined));
    }
    return { used: this.#used, gives: this.#gives };
  }

  /** Where a block leads, with what is known there. */
  #block(block: number, from: number, known: Known): [block: number, known: Known][] {
    const here = this.#body.blocks[block];
    const state = new Map(known);
    if (here === undefined) return [];
    for (const it of here.operations.slice(from)) {
      // Another one takes its place: what follows is about that.
      if (this.#connection.has(it.to) && !isPassedOn(it)) return [];
      if (this.#uses(it)) this.#used = true;
      if (stops(it, state)) return [];
      const given = this.#given(it, state);
      const to = it.kind === "store" ? (it.place.path.length === 0 ? it.place.local : undefined) : it.to;
      if (to === undefined) continue;
      if (given === undefined) state.delete(to);
      else state.set(to, given);
    }
    const { end } = here;
    if (end.kind === "goto") return [[end.to, state]];
    if (end.kind === "return") {
      if (this.#connection.has(end.value)) this.#used = true;
      this.#gives.add(state.get(end.value) ?? "other");
    }
    if (end.kind !== "branch") return [];
    const truth = state.get(end.condition);
    return [...(truth === false ? [] : [end.yes]), ...(truth === true ? [] : [end.no])].map((to) => [to, state]);
  }

  #uses(it: Operation): boolean {
    const isAsked = operandsOf(this.#body, it).some((local) => this.#connection.has(local));
    return isAsked && !isPassedOn(it) && !drops(this.#sites, this.#owner, it) && !this.#isTold(it);
  }

  /** A client without a certificate may be told so, in words that are the same for all, and that the connection ends. */
  #isTold(it: Operation): boolean {
    if (it.kind !== "method" || !this.#connection.has(it.receiver.local) || it.receiver.path.length > 0) return false;
    const isKnown = this.#sites.called(this.#owner, it).some((target) => target.kind === "function");
    const isWritten = it.arguments.length > 0 && it.arguments.every((local) => isLiteral(this.#body, local));
    return !isKnown && (isWritten || (it.arguments.length === 0 && ENDING.has(it.name)));
  }

  #given(it: Operation, state: Known): Without | undefined {
    switch (it.kind) {
      case "copy":
        return whole(it.from, state);
      case "reference":
        return whole(it.place, state);
      case "store":
        return state.get(it.value);
      case "await":
      case "cast":
        return state.get(it.operand);
      case "residual":
        return "absent";
      case "constant":
        return it.literal.type === "bool" ? it.literal.value : undefined;
      case "path":
        return this.#isAbsent(it.path) ? "absent" : undefined;
      case "unary":
        return it.operator === "!" ? opposite(state.get(it.operand)) : undefined;
      case "test":
        return this.#tested(it, state);
      case "method":
        return ofMethod(it, state) ?? this.#called(it, state);
      case "call":
        return it.callee.kind === "path" && this.#isAbsent(it.callee.path) ? "absent" : this.#called(it, state);
      default:
        return undefined;
    }
  }

  #tested(it: Extract<Operation, { readonly kind: "test" }>, state: Known): boolean | undefined {
    const known = whole(it.place, state);
    if (it.test.kind === "success") return known === "absent" ? false : undefined;
    if (it.test.kind === "literal" && it.test.literal.type === "bool" && typeof known === "boolean") return it.test.literal.value === known;
    if (it.test.kind !== "path" || known !== "absent") return undefined;
    const variant = this.#meaning(it.test.path);
    return PRESENT.has(variant) ? false : ABSENT.has(variant) ? true : undefined;
  }

  #isAbsent(path: Parameters<Sites["program"]["names"]["path"]>[1]): boolean {
    return ABSENT.has(this.#meaning(path));
  }

  #meaning(path: Parameters<Sites["program"]["names"]["path"]>[1]): string {
    const target = this.#sites.program.names.path(this.#owner, path);
    return "path" in target ? target.path : "";
  }

  /** A function of the program that is told that there is none. */
  #called(it: Operation, state: Known): Without | undefined {
    const given = argumentsOf(it);
    if (!given.some((local) => state.has(local))) return undefined;
    const { flow, program } = this.#sites;
    const [only, ...more] = this.#sites.called(this.#owner, it).flatMap((target) => leavesOf(target));
    const body = only?.kind === "function" && more.length === 0 && !this.#asked.has(only.id) ? flow.callable(only.id)?.body : undefined;
    if (only?.kind !== "function" || body === undefined) return undefined;
    program.looks.at(only.id);
    const known = new Map(
      body.parameters.flatMap((local, index) => {
        const told = state.get(given[index] ?? -1);
        return told === undefined ? [] : [[local, told] as const];
      }),
    );
    const { gives } = new Absence(this.#sites, only.id, body, new Set(), this.#asked).within(known);
    const [answer, ...others] = gives;
    return others.length > 0 || answer === "other" ? undefined : answer;
  }
}

/** What is written in the program as it is sent. */
function isLiteral(body: Body, local: Local): boolean {
  const made = BodyIndex.of(body).definition(local);
  if (made?.kind === "reference") return made.place.path.length === 0 && isLiteral(body, made.place.local);
  return made?.kind === "constant" && made.literal.type === "string";
}

/** Methods that end a connection, or what has been said over it. */
const ENDING: ReadonlySet<string> = new Set(["flush", "shutdown", "close", "finish"]);

const isSame = (it: Projection): boolean => it.kind === "dereference" || it.kind === "failure";

const whole = ({ local, path }: Place, state: Known): Without | undefined => (path.every(isSame) ? state.get(local) : undefined);

const opposite = (it: Without | undefined): boolean | undefined => (typeof it === "boolean" ? !it : undefined);

/** It panics without one. */
const stops = (it: Operation, state: Known): boolean =>
  it.kind === "method" && FAILURES[it.name] === "stops" && whole(it.receiver, state) === "absent";

/** What methods of options and results give where there is nothing. */
function ofMethod(it: Extract<Operation, { readonly kind: "method" }>, state: Known): Without | undefined {
  if (whole(it.receiver, state) !== "absent") return undefined;
  if (HANDING_ON.has(it.name)) return "absent";
  if (DENYING.has(it.name)) return false;
  if (AFFIRMING.has(it.name)) return true;
  const [otherwise] = it.arguments;
  return OTHERWISE.has(it.name) && otherwise !== undefined ? state.get(otherwise) : undefined;
}

const HANDING_ON: ReadonlySet<string> = new Set([
  ...["as_ref", "as_deref", "map", "and", "and_then", "filter", "copied", "cloned", "clone", "to_owned", "ok", "ok_or", "ok_or_else"],
  ...["map_err", "context", "with_context"],
]);
const DENYING: ReadonlySet<string> = new Set(["is_some", "is_some_and", "is_ok", "is_ok_and"]);
const AFFIRMING: ReadonlySet<string> = new Set(["is_none", "is_none_or", "is_err"]);
const OTHERWISE: ReadonlySet<string> = new Set(["map_or", "unwrap_or"]);
